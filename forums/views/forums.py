"""Pages of forums: the list, one forum, opening and changing one."""

from http import HTTPStatus

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from forums import access, procedures
from forums.columns import COLUMNS
from forums.filters import ForumFilter, TopicFilter
from forums.forms import ForumForm, ReasonForm
from forums.models import Forum, Topic
from forums.presenting import present, rows_of
from forums.rules import host_for
from forums.services import forums as services
from hub.attempts import sent
from hub.lists import PER_PAGE, list_page
from hub.live.publish import position
from hub.paging import paginate
from organisations.acting import ActingRequest, Actor, able, act_as
from organisations.attempts import attempt_by


@require_safe
def forum_list(request: ActingRequest) -> HttpResponse:
    """All forums that the reader may see, the lively ones first; as a file by `?format=`."""
    rows = Forum.objects.visible_to(request.user).select_related("owner", "place")
    return list_page(
        request,
        "forums/forum_list.html",
        found=ForumFilter(request.GET, rows.order_by("archived", "-last_post_at", "title")),
        columns=COLUMNS,
        name="forums",
        may_open=_opener(request) is not None,
    )


@require_safe
def forum_detail(request: ActingRequest, slug: str) -> HttpResponse:
    """One forum with its topics."""
    forum = access.forum_for(request.user, slug)
    seq = position(forum.stream)
    rows = rows_of(Topic.objects.visible_to(request.user).filter(forum=forum))
    rows = rows.filter(hidden=None) if host_for(request.actor, forum) is None else rows
    found = TopicFilter(request.GET, rows.in_order())
    page = paginate(found.qs, request, PER_PAGE)
    present(list(page.object_list), timezone.now())
    context = {
        "forum": forum,
        "seq": seq,
        "filter": found,
        "page": page,
        "kinds": _offered(request.actor, forum),
        "may_edit": able(request.actor, "forums.edit_forum", forum, [forum.owner]) is not None,
        "first_page": page.number == 1 and not found.form.has_changed(),
    }
    return render(request, "forums/forum_detail.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def forum_create(request: ActingRequest) -> HttpResponse:
    """Open a forum for the organisation one acts for."""
    if request.method != "POST":
        opener = _opener(request)
        if opener is None:
            raise PermissionDenied(
                _("Editors of a verified organisation open forums, acting for that organisation.")
            )
        act_as(request, opener)
        form = ForumForm()
        return render(request, "forums/forum_form.html", {"form": form})
    form = ForumForm(request.POST)
    tried = attempt_by(
        request, form, lambda actor: services.open_forum(actor=actor, **form.cleaned_data)
    )
    if tried.result is None:
        # Whatever else the form lacks: who may not open one at all is told that.
        status = tried.status if _opener(request) else HTTPStatus.FORBIDDEN
        return render(request, "forums/forum_form.html", {"form": form}, status=status)
    messages.success(request, _("The forum is open."))
    return redirect(tried.result)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def forum_edit(request: ActingRequest, slug: str) -> HttpResponse:
    """Change a forum."""
    forum = _forum_to_edit(request, slug)
    if request.method != "POST":
        form = ForumForm(forum=forum)
        return render(request, "forums/forum_form.html", {"form": form, "forum": forum})
    form = ForumForm(request.POST, forum=forum)
    tried = attempt_by(
        request,
        form,
        lambda actor: services.change_forum(forum=forum, actor=actor, **form.cleaned_data),
    )
    if not tried.done:
        context = {"form": form, "forum": forum}
        return render(request, "forums/forum_form.html", context, status=tried.status)
    messages.success(request, _("The changes are saved."))
    return redirect(forum)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def forum_archive(request: ActingRequest, slug: str) -> HttpResponse:
    """Archive a forum, or open an archived one again; either needs a reason."""
    forum = _forum_to_edit(request, slug)
    service = services.unarchive_forum if forum.is_archived else services.archive_forum
    form = ReasonForm(sent(request))
    tried = attempt_by(
        request, form, lambda actor: service(forum=forum, actor=actor, **form.cleaned_data)
    )
    if tried.done:
        words = _("The forum is archived.") if forum.is_archived else _("The forum is open.")
        messages.success(request, words)
        return redirect(forum)
    context = {"form": form, "forum": forum}
    return render(request, "forums/forum_archive.html", context, status=tried.status)


def _forum_to_edit(request: ActingRequest, slug: str) -> Forum:
    """404 hidden, 403 readable only; on a page (not a send) one acts for the owner."""
    forum = access.forum_for(request.user, slug)
    if request.method == "POST":
        return forum
    editor = able(request.actor, "forums.edit_forum", forum, [forum.owner])
    if editor is None:
        raise PermissionDenied
    act_as(request, editor)
    return forum


def _opener(request: ActingRequest) -> Actor | None:
    """The reader, acting for an organisation for which they may open a forum."""
    if not request.user.is_authenticated:
        return None
    return able(request.actor, "forums.open_forum", None, list(request.acting_choices))


def _offered(actor: Actor, forum: Forum) -> list[procedures.Procedure]:
    """Kinds of topic that the reader may open here, acting for themselves or for a member."""
    if not actor.is_authenticated or forum.is_archived:
        return []
    hosts = [forum.owner, *forum.hosts.all(), actor.organisation]
    known = [each for each in procedures.procedures() if each.kind in forum.kinds]
    return [each for each in known if able(actor, each.open_rule, forum, hosts) is not None]
