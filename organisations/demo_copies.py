"""Plain copies of the demo's organisations and people, in bulk, for measuring with `--scale`."""

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from taggit.models import TaggedItem

from hub.demo import Demo
from organisations.models import Membership, Organisation, Role, User, Verification

BATCH = 2000
#: People per copied organisation, by role.
ROLES = (Role.ADMINISTRATOR, Role.EDITOR, Role.MEMBER)


def make_copies(demo: Demo) -> None:
    """(scale - 1) copies of every verified organisation, each with three people of its own."""
    patterns = list(demo.organisations.values())
    demo.store["copies"] = []
    if demo.scale < 2:
        return
    rounds = range(2, demo.scale + 1)
    made = [_copy(pattern, number) for number in rounds for pattern in patterns]
    Organisation.objects.bulk_create(made, batch_size=BATCH)
    people = _people(demo, made)
    memberships = []
    for index, organisation in enumerate(made):
        own = people[index * len(ROLES) : (index + 1) * len(ROLES)]
        demo.store["copies"].append((organisation, own))
        memberships += [
            Membership(
                person=person, organisation=organisation, role=role, start_date=organisation.created
            )
            for person, role in zip(own, ROLES, strict=True)
        ]
    Membership.objects.bulk_create(memberships, batch_size=BATCH)
    _decisions(demo, made)
    _tags(patterns, made)


def _copy(pattern: Organisation, number: int) -> Organisation:
    copied = {
        field: getattr(pattern, field)
        for field in (
            "kind", "status", "country", "place_id", "summary", "description", "email",
            "latitude", "longitude", "folded", "created", "last_modified",
        )
    }  # fmt: skip
    return Organisation(
        name=f"{pattern.name} {number}",
        slug=f"{pattern.slug[:52]}-{number}",
        folded_name=f"{pattern.folded_name} {number}",
        **copied,
    )


def _people(demo: Demo, organisations: list[Organisation]) -> list[User]:
    names = sorted({str(person) for person in demo.people.values()})
    unusable = make_password(None)
    people = [
        User(
            email=f"copy{number}@people.example",
            display_name=names[number % len(names)],
            password=unusable,
            language="",
        )
        for number in range(len(organisations) * len(ROLES))
    ]
    User.objects.bulk_create(people, batch_size=BATCH)
    EmailAddress.objects.bulk_create(
        [EmailAddress(user=one, email=one.email, verified=True, primary=True) for one in people],
        batch_size=BATCH,
    )
    return people


def _decisions(demo: Demo, organisations: list[Organisation]) -> None:
    coordinator = demo.people["coordinator"]
    Verification.objects.bulk_create(
        [
            Verification(
                organisation=one,
                decision=Verification.Decision.VERIFIED,
                reason="Copied for measuring.",
                coordinator=coordinator,
                decided=timezone.now(),
            )
            for one in organisations
        ],
        batch_size=BATCH,
    )


def _tags(patterns: list[Organisation], organisations: list[Organisation]) -> None:
    kind = ContentType.objects.get_for_model(Organisation)
    tags = [list(pattern.tags.values_list("pk", flat=True)) for pattern in patterns]
    TaggedItem.objects.bulk_create(
        [
            TaggedItem(tag_id=tag, content_type=kind, object_id=one.pk)
            for index, one in enumerate(organisations)
            for tag in tags[index % len(patterns)]
        ],
        batch_size=BATCH,
    )
