"""The organisations' share of the demo network: people, organisations, who belongs where.

The believable part is made by calling the services; `--scale` adds plain copies in bulk.
Hands on to the next rooms: `demo.people` by the part of the address before @ (the sign-ins
`ngo`, `municipality`, ... among them), `demo.organisations` by slug (verified ones only),
`demo.store["members"]`: slug -> people with their roles, administrators first, and for the
copies `demo.store["copies"]`: list of (organisation, [people]).
"""

import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db.models import QuerySet
from django.utils import translation

from hub.audit import history
from hub.demo import Demo, register_demo
from hub.notifications.models import Notification
from hub.text import fold
from organisations.acting import Actor
from organisations.acts import acts_of
from organisations.demo_copies import make_copies
from organisations.models import Invitation, Membership, Organisation, Place, User
from organisations.services.invitations import invite_person
from organisations.services.memberships import add_member, end_membership
from organisations.services.organisations import register_organisation
from organisations.services.people import create_person
from organisations.services.places import load_places
from organisations.services.verification import decide

FILE = Path(__file__).resolve().parent / "data" / "demo.json"
PASSWORD = "demo-hub-2026"  # noqa: S105 - published on purpose, for the demo only
ZONES = {
    "XK": "Europe/Belgrade",
    "AL": "Europe/Tirane",
    "BG": "Europe/Sofia",
    "GE": "Asia/Tbilisi",
}
Status = Organisation.Status


def build(demo: Demo) -> None:
    """Make the people, the organisations, their memberships and the decisions about them."""
    load_places()
    data = json.loads(FILE.read_text(encoding="utf-8"))
    hashed = make_password(PASSWORD)
    for name, login, coordinates, zone in data["people"]:
        _person(demo, name, login, hashed, is_coordinator=coordinates, time_zone=zone)
    places = {place.code: place for place in Place.objects.all()}
    demo.store["members"] = {}
    for number, row in enumerate(data["organisations"]):
        _organisation(demo, row, places[row["place"]], data["seen"], hashed, number)
    _loose_ends(demo)
    _calm_notices(demo)
    make_copies(demo)


def _person(demo: Demo, name: str, login: str, hashed: str, **fields: Any) -> User:
    """A person; those with a `login` have the published password and no language of their own.

    They read in the language of whoever tries them out.
    """
    key = login or fold(name).replace(" ", ".")
    domain = "demo.example" if login else "people.example"
    if login:
        fields["language"] = ""
    person = create_person(email=f"{key}@{domain}", display_name=name, **fields)
    if login:
        person.password = hashed
        person.save(update_fields=["password"])
    demo.people[key] = person
    return person


def _organisation(
    demo: Demo, row: dict[str, Any], place: Place, seen: Any, hashed: str, number: int
) -> None:
    language, zone = row["language"], ZONES[place.country]
    people = [
        (_person(demo, name, login, hashed, language=language, time_zone=zone), role)
        for name, role, login in (
            (*entry, "") if len(entry) == 2 else tuple(entry) for entry in row["people"]
        )
    ]
    founder = people[0][0]
    site = f"{fold(row['name']).replace(' ', '-')[:40].strip('-')}.example"
    organisation = register_organisation(
        actor=Actor(founder),
        tags=row["tags"],
        name=row["name"],
        kind=row["kind"],
        country=place.country,
        place=place,
        registration_number=row["number"],
        summary=row["summary"],
        description=row["description"],
        website="" if row["kind"] == "informal" else f"https://{site}",
        email=f"info@{site}",
        latitude=_near(demo, place.latitude),
        longitude=_near(demo, place.longitude),
    )
    for person, role in people[1:]:
        actor = Actor(person, organisation)
        add_member(organisation=organisation, person=person, role=role, actor=actor)
    status = row.get("status", "verified")
    begun = demo.now - timedelta(days=2 + number % 9 if status == "pending" else 700 - number * 11)
    if status != "pending":
        _decide(demo, organisation, row, seen, status)
    _backdate(organisation, begun)
    organisation.refresh_from_db()
    if status == "verified":
        demo.organisations[organisation.slug] = organisation
        demo.store["members"][organisation.slug] = people


def _near(demo: Demo, degrees: float | None) -> float | None:
    """A point in the same town, so that neighbours do not hide each other on the map."""
    return None if degrees is None else round(degrees + demo.random.uniform(-0.012, 0.012), 5)


def _decide(
    demo: Demo, organisation: Organisation, row: dict[str, Any], seen: Any, status: str
) -> None:
    """The decision (a suspended one was verified before), by one of the two coordinators."""
    second = demo.people["lilija.andreeva"]
    coordinator = second if organisation.country in ("BG", "GE") else demo.people["coordinator"]
    form = {
        "municipality": "official",
        "institution": "official",
        "informal": "informal",
    }.get(row["kind"], "registered")
    what = seen[form].get(row["language"]) or seen["registered"][row["language"]]
    steps = [("verified", what), ("suspended", row.get("reason", ""))]
    if status == "refused":
        steps = [("refused", row["reason"])]
    for decision, reason in steps if status == "suspended" else steps[:1]:
        decide(
            organisation=organisation,
            decision=decision,
            reason=reason,
            actor=Actor(coordinator),
        )


def _backdate(organisation: Organisation, begun: datetime) -> None:
    """Spread what was just made over the past: registered, then decided, then joined."""
    Organisation.objects.filter(pk=organisation.pk).update(created=begun, last_modified=begun)
    _spread(organisation.memberships.order_by("pk"), "start_date", begun, timedelta(days=9))
    decisions = organisation.verifications.order_by("pk")
    _spread(decisions, "decided", begun + timedelta(days=3, hours=5), timedelta(days=60))
    _spread(acts_of(organisation).order_by("pk"), "at", begun, timedelta(days=2))


def _spread(rows: QuerySet[Any], field: str, begun: datetime, step: timedelta) -> None:
    for number, pk in enumerate(list(rows.values_list("pk", flat=True))):
        rows.model.objects.filter(pk=pk).update(**{field: begun + step * number})


def _loose_ends(demo: Demo) -> None:
    """What a living hub has too: somebody who left, an invitation under way."""
    organisation = demo.organisations["rinia-aktive-e-anamoraves"]
    administrator = Actor(demo.people["ngo"], organisation)
    with translation.override("sq"):
        former = add_member(
            organisation=organisation,
            person=demo.people["elira.domi"],
            role="member",
            actor=Actor(demo.people["elira.domi"], organisation),
        )
        end_membership(
            membership=former, actor=administrator, reason="Praktika mbaroi. Faleminderit, Elira!"
        )
        joined, left = demo.now - timedelta(days=200), demo.now - timedelta(days=20)
        Membership.objects.filter(pk=former.pk).update(start_date=joined, end_date=left)
        _spread(history(former).order_by("pk"), "at", joined, left - joined)
        invitation = invite_person(
            organisation=organisation,
            email="bujar.thaci@people.example",
            role="editor",
            actor=administrator,
        )
        sent = demo.now - timedelta(days=2)
        Invitation.objects.filter(pk=invitation.pk).update(created=sent)
        _spread(history(invitation), "at", sent, timedelta(0))


def _calm_notices(demo: Demo) -> None:
    """Notices about what happened long ago were read long ago."""
    waiting = Organisation.objects.filter(status=Status.PENDING).values_list("pk", flat=True)
    notices = Notification.objects.filter(kind__startswith="organisations.")
    done = notices.exclude(
        kind="organisations.registered", target_id__in=[str(pk) for pk in waiting]
    )
    read = demo.now - timedelta(days=30)
    done.update(created=read - timedelta(days=2), read_at=read)


register_demo(10, "organisations", build)
