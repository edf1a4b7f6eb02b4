"""The projects' share of the demo network, made by calling the services.

Hands on `demo.store["projects"]`: key -> project.
"""

from datetime import timedelta
from typing import Any

from django.utils import timezone, translation

from activities.models import Activity
from forums.models import Topic
from hub.demo import Demo, register_demo
from organisations.models import Place
from projects import services
from projects.demo_tools import acting, backdate_acts, calm_notices, day, moment, rows
from projects.models import Partner, Project

# How a project came to the status it has now.
MOVES = {
    "planned": (),
    "active": ("start",),
    "finished": ("start", "finish"),
    "stopped": ("start", "stop"),
}


def build(demo: Demo) -> None:
    """Enter the projects, invite and answer, link what belongs to them, date them back."""
    places = {place.code: place for place in Place.objects.all()}
    demo.store["projects"] = {}
    for row in rows("projects"):
        with translation.override(row["language"]):
            project = _project(demo, row, places[row["place"]])
            _partners(demo, project, row)
            _links(demo, project)
            _moves(demo, project, row)
        demo.store["projects"][row["key"]] = project
    calm_notices(demo, "projects", keep=("projects.invited",))


def _project(demo: Demo, row: dict[str, Any], place: Place) -> Project:
    return services.create_project(
        actor=acting(demo, demo.organisations[row["lead"]]),
        title=row["title"],
        summary=row["summary"],
        description=row["description"],
        place=place,
        start_date=day(demo, row["start"]),
        end_date=day(demo, row["end"]),
        visibility=row["visibility"],
        tags=row["tags"],
    )


def _partners(demo: Demo, project: Project, row: dict[str, Any]) -> None:
    lead = acting(demo, project.lead)
    for slug, role, state in row["partners"]:
        organisation = demo.organisations[slug]
        partner = services.invite_partner(
            project=project, organisation=organisation, role=role, actor=lead
        )
        if state != Partner.State.INVITED:
            services.answer_invitation(
                partner=partner,
                accept=state == Partner.State.ACCEPTED,
                actor=acting(demo, organisation),
            )


def _links(demo: Demo, project: Project) -> None:
    """Up to four activities and three topics of those who take part."""
    lead = acting(demo, project.lead)
    part = [project.lead_id, *project.partners.values_list("organisation_id", flat=True)]
    public = Activity.objects.public().filter(organisation__in=part, place=project.place)
    near = public.filter(dtstart__gt=demo.now - timedelta(days=30)).order_by("dtstart", "pk")
    topics = Topic.objects.listed().filter(organisation__in=part, forum__visibility="public")
    found: list[Activity | Topic] = [*near[:4]]
    found += topics.order_by("-last_post_at", "pk")[:3]
    for target in found:
        services.link(project=project, target=target, actor=lead)


def _moves(demo: Demo, project: Project, row: dict[str, Any]) -> None:
    lead = acting(demo, project.lead)
    for move in MOVES[row["status"]]:
        services.move_project(project=project, move=move, actor=lead, reason=row.get("reason", ""))
    begun = moment(demo, min(row["start"] - 25, -6))
    latest = moment(demo, min(row["end"], -3))
    project.partners.update(invited=begun, answered=begun + timedelta(days=4))
    project.partners.filter(state=Partner.State.INVITED).update(
        invited=demo.now - timedelta(days=2), answered=None
    )
    backdate_acts(project, begun, max(latest, begun + timedelta(days=2)))
    Project.objects.filter(pk=project.pk).update(
        created=begun, last_modified=min(latest, timezone.now())
    )
    project.refresh_from_db()


register_demo(40, "projects", build)
