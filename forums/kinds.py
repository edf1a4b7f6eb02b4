"""The two plain kinds of topic: discussion and announcement."""

from django.utils.translation import gettext_lazy as _

from forums.procedures import MoveKind, Need, Procedure, Stage, register_procedure

DISCUSSION = Procedure(
    kind="discussion",
    label=_("Discussion"),
    explained=_("Ask, propose, report, agree on something. Everyone who may read may reply."),
    icon="forum",
    stages=(
        Stage("open", _("Open"), accepts_posts=True, tone="good", usual=True),
        Stage("closed", _("Closed")),
    ),
    moves=(
        MoveKind(
            name="close",
            label=_("Close the discussion"),
            done=_("Discussion closed"),
            from_stages=("open",),
            to_stage="closed",
            rule="forums.close_topic",
            needs=frozenset({Need.REASON}),
            hint=_("Say in a sentence what came of it. It stands above the posts."),
        ),
        MoveKind(
            name="reopen",
            label=_("Open the discussion again"),
            done=_("Discussion opened again"),
            from_stages=("closed",),
            to_stage="open",
            rule="forums.close_topic",
            needs=frozenset({Need.REASON}),
            hint=_("Say in a sentence why it goes on."),
        ),
    ),
)

ANNOUNCEMENT = Procedure(
    kind="announcement",
    label=_("Announcement"),
    explained=_("News from the hosts of the forum. You choose whether others may reply."),
    icon="announcement",
    open_rule="forums.announce",
    stages=(
        Stage("current", _("Current"), accepts_posts=True, tone="accent", usual=True),
        Stage("past", _("No longer current")),
    ),
    moves=(
        MoveKind(
            name="retire",
            label=_("Mark as no longer current"),
            done=_("Marked as no longer current"),
            from_stages=("current",),
            to_stage="past",
            rule="forums.moderate",
            offers=frozenset({Need.REASON}),
        ),
        MoveKind(
            name="renew",
            label=_("Mark as current again"),
            done=_("Marked as current again"),
            from_stages=("past",),
            to_stage="current",
            rule="forums.moderate",
            needs=frozenset({Need.REASON}),
        ),
    ),
)


def register() -> None:
    """Make both kinds known."""
    register_procedure(DISCUSSION)
    register_procedure(ANNOUNCEMENT)
