"""The demo's consultations: one at every stage, in the languages of their municipalities."""

from datetime import datetime, time, timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from forums.consultations.effects import default_answer_day
from forums.consultations.models import Audience, Consultation, Response
from forums.consultations.services import prepare_consultation
from forums.demo import LANGUAGES, citizens, editor_of, past_hours, texts_of
from forums.demo_copies import duplicate, register_copier
from forums.demo_times import calm_notices, set_times
from forums.models import Move, Topic
from forums.services.moves import make_move, settle
from forums.services.posts import post_reply
from hub.demo import Demo, register_demo
from organisations.acting import Actor
from organisations.models import Organisation

# Where the host of the forum is no municipality, the municipality beside it invites.
INVITERS = {"budget": "Komuna e Prishtinës", "danube": "Община Русе"}
INVITERS["kakheti"] = "თელავის მუნიციპალიტეტის მერია"


def build(demo: Demo) -> None:
    """Invite, contribute, and bring each consultation to its stage."""
    by_name = {organisation.name: organisation for organisation in demo.organisations.values()}
    demo.store["consultations"] = []
    for language in LANGUAGES:
        for row in texts_of(language).get("consultation", []):
            if row["forum"] in demo.store["forums"]:
                demo.store["consultations"].append(_build(demo, language, row, by_name))
    calm_notices(demo)


def _build(
    demo: Demo, language: str, row: dict[str, Any], by_name: dict[str, Organisation]
) -> Consultation:
    forum = demo.store["forums"][row["forum"]]
    organisation = by_name[INVITERS.get(row["forum"], forum.owner.name)]
    actor = editor_of(demo, organisation)
    stage = row["stage"]
    begun = demo.now - timedelta(days=row["begun"], hours=demo.random.uniform(0, 6))
    closes = (demo.now + timedelta(days=row["days"])).date()
    still_to_come = timezone.localdate() + timedelta(days=3)
    topic = prepare_consultation(
        forum=forum,
        actor=actor,
        title=row["title"],
        body=row["text"],
        closes=max(closes, still_to_come),
        audience=Audience.INVITED if stage == "invited" else Audience.EVERYONE,
        invited=[by_name[name] for name in row["invited"] if name in by_name],
        documents=[_paper(row["document"], row["title"])] if "document" in row else [],
        publish_now=stage != "draft",
    )
    topic = Topic.objects.select_related("consultation", "forum", "organisation").get(pk=topic.pk)
    _contribute(demo, language, topic, row)
    end = min(demo.now, topic.consultation.closes_at, begun + timedelta(days=max(row["begun"], 2)))
    if row["days"] < 0:
        end = datetime.combine(closes, time(18), tzinfo=demo.now.tzinfo)
    if stage == "withdrawn":
        end = demo.now - timedelta(days=6)
    moments = past_hours(demo, begun, end, len(row["contributions"]) + 1)
    set_times(topic, moments)
    Move.objects.filter(topic=topic, name="publish").update(at=begun)
    topic.refresh_from_db(fields=["published", "opened", "last_post_at"])
    _bring_to_stage(demo, topic, actor, row)
    demo.store["topics"].append(topic)
    return topic.consultation


def _contribute(demo: Demo, language: str, topic: Topic, row: dict[str, Any]) -> None:
    people = [Actor(person) for person in citizens(demo, language)]
    by_name = {organisation.name: organisation for organisation in demo.organisations.values()}
    last = None
    for name, text in row["contributions"]:
        if name:
            members = demo.store["members"][by_name[name].slug]
            speaker = Actor(demo.random.choice(members)[0], by_name[name])
        else:
            speaker = demo.random.choice([each for each in people if each.person != last] or people)
        last = speaker.person
        post_reply(topic=topic, actor=speaker, body=text)


def _bring_to_stage(demo: Demo, topic: Topic, actor: Actor, row: dict[str, Any]) -> None:
    """The moves after publication, each then set to its day."""
    stage = row["stage"]
    consultation = topic.consultation
    if row["days"] < 0:
        consultation.set_closing((demo.now + timedelta(days=row["days"])).date())
        consultation.answer_due = default_answer_day(consultation.closes)
        consultation.save(update_fields=["closes", "closes_at", "answer_due"])
        settle(topic=topic)
    if stage == "answered":
        make_move(topic=topic, actor=actor, move="answer", text=row["answer"])
        published = consultation.closes_at + timedelta(days=-row["days"] / 2)
        Response.objects.filter(consultation=consultation).update(published=published)
        Move.objects.filter(topic=topic, name="answer").update(at=published)
    elif stage == "postponed":
        day = consultation.answer_due + timedelta(days=15)
        make_move(topic=topic, actor=actor, move="postpone", date=day, reason=row["reason"])
        Move.objects.filter(topic=topic, name="postpone").update(
            at=demo.now - timedelta(days=2, hours=3)
        )
    elif stage == "extended":
        day = consultation.closes + timedelta(days=7)
        make_move(topic=topic, actor=actor, move="extend", date=day, reason=row["reason"])
        Move.objects.filter(topic=topic, name="extend").update(at=demo.now - timedelta(days=4))
    elif stage == "withdrawn":
        make_move(topic=topic, actor=actor, move="withdraw", reason=row["reason"])
        Move.objects.filter(topic=topic, name="withdraw").update(at=demo.now - timedelta(days=5))


def _paper(name: str, title: str) -> SimpleUploadedFile:
    """A small true PDF with a heading; letters beyond Latin stand in the invitation itself."""
    return SimpleUploadedFile(f"{name}.pdf", one_page_pdf(name.replace("-", " ").capitalize()))


def one_page_pdf(heading: str) -> bytes:
    """A PDF of one A4 page with `heading` (Latin letters) on it."""
    words = heading.encode("ascii", "replace").replace(b"(", b"").replace(b")", b"")
    stream = b"BT /F1 24 Tf 72 740 Td (" + words + b") Tj ET"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    body, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    rows = b"".join(b"%010d 00000 n \n" % place for place in places)
    table = b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, rows)
    trailer = b"trailer << /Size %d /Root 1 0 R >>\n" % (len(objects) + 1)
    return body + table + trailer + b"startxref\n%d\n%%%%EOF\n" % len(body)


def copy_consultations(copies: dict[int, list[Topic]]) -> None:
    """Terms and answers of copied topics, in bulk."""
    for row in Consultation.objects.filter(topic__in=copies).select_related("response"):
        made = Consultation.objects.bulk_create(
            duplicate(row, topic_id=topic.pk) for topic in copies[row.topic_id]
        )
        response = getattr(row, "response", None)
        if response is not None:
            Response.objects.bulk_create(
                duplicate(response, consultation_id=copy.pk) for copy in made
            )


register_demo(21, "consultations", build)
register_copier(copy_consultations)
