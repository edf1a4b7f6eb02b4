"""Rights in forums.  Each is a question about one actor and one thing, and never raises.

Looking after a forum is done *for* one of its hosts: the form names the organisation, the act
is stored under it, and it is refused the moment the membership ends.
"""

from forums.models import Forum, Opening, Post, Topic, Visibility
from hub.permissions import rule
from organisations.acting import Actor
from organisations.models import Organisation, Role


def is_member_of_hosts(actor: Actor, forum: Forum, role: str = Role.MEMBER) -> bool:
    """Whether the person has at least `role` in the owner or a host."""
    return host_for(actor, forum, role) is not None


def host_for(actor: Actor, forum: Forum, role: str = Role.EDITOR) -> Organisation | None:
    """The host for which the person may act with `role`; the one they act for comes first."""
    if not actor.roles:
        return None
    hosts = [forum.owner, *forum.hosts.all()]
    if actor.organisation in hosts and actor.holds(actor.organisation, role):
        return actor.organisation
    return next((host for host in hosts if actor.holds(host, role)), None)


def acts_for_host(actor: Actor, forum: Forum) -> bool:
    """Whether the act is done for the owner or a host, by an editor of it."""
    return (
        actor.organisation is not None
        and actor.organisation.is_verified
        and actor.holds(actor.organisation, Role.EDITOR)
        and actor.organisation.pk in forum.host_ids
    )


def speaks_rightly(actor: Actor) -> bool:
    """For themselves, or for a verified organisation: nobody speaks under an unchecked name."""
    return actor.organisation is None or actor.organisation.is_verified


@rule("forums.open_forum")
def open_forum(actor: Actor, target: object = None) -> bool:
    """Editors of a verified organisation, acting for it."""
    return (
        actor.organisation is not None
        and actor.organisation.is_verified
        and actor.holds(actor.organisation, Role.EDITOR)
    )


@rule("forums.edit_forum")
def edit_forum(actor: Actor, forum: Forum) -> bool:
    """Editors of the owner acting for it, and coordinators."""
    return actor.is_coordinator or actor.acts_for(forum.owner, Role.EDITOR)


@rule("forums.moderate")
def moderate(actor: Actor, target: Forum | Topic | Post) -> bool:
    """Editors of a host acting for it, and coordinators: hide, lock, pin."""
    return actor.is_coordinator or acts_for_host(actor, _forum_of(target))


@rule("forums.view_forum")
def view_forum(actor: Actor, forum: Forum) -> bool:
    """Everyone for public forums, members of owner and hosts for the others."""
    return (
        forum.visibility == Visibility.PUBLIC
        or actor.is_coordinator
        or is_member_of_hosts(actor, forum)
    )


@rule("forums.view_topic")
def view_topic(actor: Actor, topic: Topic) -> bool:
    """What `Topic.objects.visible_to` shows, asked of one row."""
    if actor.is_coordinator:
        return True
    if not view_forum(actor, topic.forum):
        return False
    if topic.published is None:
        if topic.organisation is None:
            return topic.person == actor.person
        return actor.holds(topic.organisation, Role.EDITOR)
    return topic.hidden is None or is_member_of_hosts(actor, topic.forum, Role.EDITOR)


@rule("forums.open_topic")
def open_topic(actor: Actor, forum: Forum) -> bool:
    """As the forum says; nobody in an archived one."""
    if not actor.is_authenticated or forum.is_archived or not view_forum(actor, forum):
        return False
    if not speaks_rightly(actor):
        return False
    if forum.opening == Opening.HOSTS:
        return acts_for_host(actor, forum)
    if forum.opening == Opening.VERIFIED:
        organisation = actor.organisation
        return organisation is not None and actor.holds(organisation)
    return True


@rule("forums.announce")
def announce(actor: Actor, forum: Forum) -> bool:
    """Only the hosts announce."""
    return actor.is_authenticated and not forum.is_archived and acts_for_host(actor, forum)


@rule("forums.reply")
def reply(actor: Actor, topic: Topic) -> bool:
    """Everyone who is signed in and may read.  Whether the topic takes posts is not asked here."""
    return actor.is_authenticated and speaks_rightly(actor) and view_topic(actor, topic)


@rule("forums.close_topic")
def close_topic(actor: Actor, topic: Topic) -> bool:
    """Whoever opened it (while still a member of the organisation it was for), and the hosts."""
    return _is_author(actor, topic) or moderate(actor, topic)


@rule("forums.edit_post")
def edit_post(actor: Actor, post: Post) -> bool:
    """The author, for an organisation only while still a member; not once it was hidden."""
    return _is_author(actor, post) and not post.is_hidden


def _is_author(actor: Actor, written: Topic | Post) -> bool:
    if not actor.is_authenticated or written.person != actor.person:
        return False
    return written.organisation is None or actor.holds(written.organisation)


def _forum_of(target: Forum | Topic | Post) -> Forum:
    if isinstance(target, Post):
        return target.topic.forum
    return target.forum if isinstance(target, Topic) else target
