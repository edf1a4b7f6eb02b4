"""The demo's share of forums: rooms, topics and posts in five languages, spread over 90 days.

Everything is made by the services; then the rows are moved back in time.  Hands on
`demo.store["forums"]` (by key) and `demo.store["topics"]`; consultations follow in their room.
"""

import tomllib
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

from django.utils import timezone

from forums.demo_copies import make_copies
from forums.demo_times import calm_notices, set_times
from forums.models import Forum, Topic
from forums.services.forums import open_forum
from forums.services.moves import make_move
from forums.services.posts import post_reply
from forums.services.topics import open_topic, pin_topic
from hub.demo import Demo, register_demo
from organisations.acting import Actor
from organisations.models import Organisation, Role, User

DATA = Path(__file__).resolve().parent / "data"
LANGUAGES = ("sq", "sr", "bg", "ka", "en")
DAYS = 90
LANGUAGE_OF_ZONE = {
    "Europe/Tirane": "sq",
    "Europe/Belgrade": "sr",
    "Europe/Sofia": "bg",
    "Asia/Tbilisi": "ka",
}


class Room(NamedTuple):
    """A forum of the demo."""

    key: str
    title: str
    purpose: str
    owner: str
    hosts: tuple[str, ...]
    rules: str
    visibility: str = "public"
    opening: str = "everyone"


ROOMS = (
    Room(
        "gjilan", "Gjilani bisedon", "Lagjet, rrugët, pastërtia dhe çdo gjë që na prek çdo ditë.",
        "Komuna e Gjilanit", ("Rinia Aktive e Anamoravës",),
        "Shkruani me emër dhe me respekt. Një temë, një pyetje. Reklamat hiqen.",
    ),
    Room(
        "schools", "Shkolla dhe kopshte", "Prindër, mësimdhënës dhe bashkia për fëmijët tanë.",
        "Bashkia Elbasan", ("Prindërit e Kopshtit nr. 3",),
        "Emrat e fëmijëve nuk shkruhen këtu.",
    ),
    Room(
        "budget", "Buxheti i hapur", "Ku shkojnë paratë publike dhe kush vendos për to.",
        "Qendra për Buxhet të Hapur", ("Komuna e Prishtinës",),
        "Çdo shifër me burimin e saj.", opening="verified",
    ),
    Room(
        "newsroom", "Redaksitë dhe zyrat", "Ku mediat dhe komuna merren vesh për punën e ditës.",
        "Radio Kroi", ("Komuna e Gjilanit", "Gazeta Bregu"),
        "Çka shkruhet këtu nuk citohet pa pyetur.", visibility="members",
    ),
    Room(
        "gracanica", "Живот у Грачаници", "Вода, путеви, школа и култура: питања која нас се тичу.",
        "Општина Грачаница", ("Удружење „Заједно за Грачаницу“",),
        "Пишите под својим именом, ћирилицом или латиницом.",
    ),
    Room(
        "gabrovo", "Габрово говори", "Кварталите, градините и бюджетът – открито и по име.",
        "Община Габрово", ("Фондация „Отворена община“",),
        "Пишете с името си. Обидите се скриват с посочена причина.",
    ),
    Room(
        "danube", "Дунав и градът", "Брегът, високите води и всичко, което реката носи.",
        "Сдружение „Дунавски бряг“", ("Община Русе",),
        "Снимките и мерките помагат повече от мненията.",
    ),
    Room(
        "kutaisi", "ქუთაისი ლაპარაკობს", "მდინარე, ქუჩები და ტრანსპორტი: ვკითხოთ და ვუპასუხოთ.",
        "ქუთაისის მუნიციპალიტეტის მერია", ("ააიპ „ღია ქალაქი“",),
        "დაწერეთ თქვენი სახელით და პატივისცემით.",
    ),
    Room(
        "kakheti", "ახალგაზრდები კახეთში", "ცენტრი, სკოლები და ის, რაც ახალგაზრდებს სჭირდებათ.",
        "ააიპ „კახეთის ახალგაზრდობა“", ("თელავის მუნიციპალიტეტის მერია",),
        "აქ ყველა ხმა თანასწორია.",
    ),
    Room(
        "borders", "Across the borders", "What members in four countries learn from each other.",
        "Open Neighbourhoods",
        ("Ura e Qytetarëve", "Сдружение „Дунавски бряг“", "ააიპ „ღია ქალაქი“"),
        "Write plainly: most of us read English as a third language.", opening="verified",
    ),
)  # fmt: skip


def build(demo: Demo) -> None:
    """Open the forums, fill them, and move everything to its time."""
    demo.store["forums"] = {}
    demo.store["topics"] = []
    by_name = {organisation.name: organisation for organisation in demo.organisations.values()}
    for room in ROOMS:
        if room.owner in by_name:
            demo.store["forums"][room.key] = _open(demo, room, by_name)
    for language in LANGUAGES:
        texts = texts_of(language)
        for subject in texts["subject"]:
            for title, opening in subject["topics"]:
                _discussion(demo, language, subject, title, opening, texts)
        for news in texts.get("announcement", []):
            _announcement(demo, language, news)
    calm_notices(demo)


def build_copies(demo: Demo) -> None:
    """After every kind of topic is there: plain copies in bulk, for measuring."""
    make_copies(demo)


def texts_of(language: str) -> dict[str, Any]:
    """What the people of the demo say in one language."""
    return tomllib.loads((DATA / f"demo_{language}.toml").read_text(encoding="utf-8"))


def editor_of(demo: Demo, organisation: Organisation) -> Actor:
    """An editor (or administrator) acting for `organisation`."""
    members = demo.store["members"][organisation.slug]
    editors = [person for person, role in members if role == Role.EDITOR]
    return Actor((editors or [members[0][0]])[0], organisation)


def voices(demo: Demo, language: str, forum: Forum) -> list[Actor]:
    """Who might speak in `forum` in `language`; whoever lives nearer stands in it more often."""
    hosts = {forum.owner.pk, *forum.hosts.values_list("pk", flat=True)}
    members_only = forum.visibility == Forum.Visibility.MEMBERS
    found = []
    for slug, members in demo.store["members"].items():
        organisation = demo.organisations[slug]
        near = organisation.place_id == forum.place_id or organisation.pk in hosts
        if (members_only and organisation.pk not in hosts) or (
            organisation.is_official and not near and language != "en"
        ):
            continue
        for person, _role in members:
            if language in ("en", person.language or _home(organisation)):
                found += [Actor(person, organisation)] * (3 if near else 1)
    if forum.opening == Forum.Opening.EVERYONE and not members_only:
        found += [Actor(person) for person in citizens(demo, language)] * 2
    return found


def citizens(demo: Demo, language: str) -> list[User]:
    """People of the demo who speak for no organisation here and live where `language` is spoken."""
    organised = {person.pk for rows in demo.store["members"].values() for person, _role in rows}
    return [
        person
        for person in demo.people.values()
        if person.pk not in organised
        and not person.is_coordinator
        and LANGUAGE_OF_ZONE.get(person.time_zone) == language
    ]


def write_replies(demo: Demo, topic: Topic, speakers: list[Actor], texts: list[str]) -> None:
    """`texts` as posts, never the same speaker twice in a row."""
    last = topic.person
    for text in texts:
        choices = [each for each in speakers if each.person != last] or speakers
        actor = demo.random.choice(choices)
        post_reply(topic=topic, actor=actor, body=text)
        last = actor.person


def past_hours(demo: Demo, begun: datetime, end: datetime, count: int) -> list[datetime]:
    """`count` moments from `begun` to `end`, in order, mostly early: talk is lively at first."""
    span = (end - begun).total_seconds()
    shares = sorted(demo.random.random() ** 2.2 for _ in range(count - 1))
    moments = [begun, *(begun + timedelta(seconds=60 + share * span) for share in shares)]
    return [_awake(moment, end) for moment in moments]


def _awake(moment: datetime, end: datetime) -> datetime:
    """The same moment between seven and half past ten in the evening, but not after `end`."""
    day = timezone.localtime(moment).replace(hour=0, minute=0, second=0, microsecond=0)
    return min(day + timedelta(hours=7) + (moment - day) * (15.5 / 24), max(moment, end))


def _home(organisation: Organisation) -> str:
    return {"BG": "bg", "GE": "ka"}.get(organisation.country, "sq")


def _open(demo: Demo, room: Room, by_name: dict[str, Organisation]) -> Forum:
    owner = by_name[room.owner]
    forum = open_forum(
        actor=editor_of(demo, owner),
        hosts=[by_name[name] for name in room.hosts if name in by_name],
        title=room.title,
        purpose=room.purpose,
        rules=room.rules,
        place=owner.place,
        visibility=room.visibility,
        opening=room.opening,
        kinds=["discussion", "announcement", "consultation"],
    )
    Forum.objects.filter(pk=forum.pk).update(created=demo.now - timedelta(days=DAYS + 30))
    return forum


def _discussion(
    demo: Demo,
    language: str,
    subject: dict[str, Any],
    title: str,
    opening: str,
    texts: dict[str, Any],
) -> None:
    forum: Forum | None = demo.store["forums"].get(subject["forum"])
    speakers = voices(demo, language, forum) if forum else []
    if forum is None or not speakers:
        return
    if forum.opening != Forum.Opening.EVERYONE:
        speakers = [actor for actor in speakers if actor.organisation]
    author = demo.random.choice(speakers)
    topic = open_topic(forum=forum, actor=author, kind="discussion", title=title, body=opening)
    replies = _mixed(demo, subject["replies"], texts["general"], demo.random.randint(8, 15))
    write_replies(demo, topic, speakers, replies)
    begun = demo.now - timedelta(days=demo.random.uniform(1, DAYS))
    end = min(demo.now, begun + timedelta(days=demo.random.uniform(4, 30)))
    closed = (demo.now - begun).days > 70
    if closed:
        reason = demo.random.choice(texts["outcomes"])
        make_move(topic=topic, actor=editor_of(demo, forum.owner), move="close", reason=reason)
    set_times(topic, past_hours(demo, begun, end, len(replies) + 1))
    demo.store["topics"].append(topic)


def _mixed(demo: Demo, own: list[str], general: list[str], count: int) -> list[str]:
    """`count` posts of one to three sentences; a sentence is used again only when all were."""
    pool: list[str] = []
    made: list[str] = []
    while len(made) < count:
        if len(pool) < 2:
            fresh = own + demo.random.sample(general, 6)
            pool += demo.random.sample(fresh, len(fresh))
        size = demo.random.choice((1, 1, 2, 2))
        made.append(" ".join(pool.pop() for _ in range(size)))
    return made


def _announcement(demo: Demo, language: str, news: dict[str, Any]) -> None:
    forum: Forum | None = demo.store["forums"].get(news["forum"])
    if forum is None:
        return
    topic = open_topic(
        forum=forum,
        actor=editor_of(demo, forum.owner),
        kind="announcement",
        title=news["title"],
        body=news["text"],
        comments=news["comments"],
    )
    write_replies(demo, topic, voices(demo, language, forum), news["replies"])
    begun = demo.now - timedelta(days=demo.random.uniform(1, 25))
    set_times(topic, past_hours(demo, begun, demo.now, len(news["replies"]) + 1))
    if demo.random.random() < 0.5:
        pin_topic(topic=topic, actor=editor_of(demo, forum.owner), pinned=True)
    demo.store["topics"].append(topic)


register_demo(20, "forums, topics, posts", build)
register_demo(29, "copies of forums", build_copies)
