"""A person's notices, and their choices about mail."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from hub.notifications import services
from hub.notifications.forms import ChoicesForm
from hub.notifications.kinds import words
from hub.notifications.models import Notification
from hub.paging import paginate


@login_required
def notification_list(request: HttpRequest) -> HttpResponse:
    """The newest notices first, in words."""
    rows = (
        Notification.objects.visible_to(request.user)
        .select_related("target_type")
        .prefetch_related("target")
    )
    page = paginate(rows, request)
    notices = [(row, notice) for row in page if (notice := words(row))]
    return render(request, "hub/notifications.html", {"page": page, "notices": notices})


@login_required
@require_POST
def open_notification(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark one notice as read and go to what it speaks of."""
    row = get_object_or_404(Notification.objects.visible_to(request.user), pk=pk)
    services.mark_read(person=request.user, pk=row.pk)
    notice = words(row)
    return redirect(notice.url if notice else "notifications:list")


@login_required
@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    """Mark all notices as read."""
    services.mark_read(person=request.user)
    messages.success(request, _("All notices are marked as read."))
    return redirect("notifications:list")


@login_required
def choices(request: HttpRequest) -> HttpResponse:
    """Choose, by kind, whether notices come by mail."""
    form = ChoicesForm(request.POST or None, person=request.user)
    if request.method == "POST" and form.is_valid():
        services.choose_mail(person=request.user, choices=form.choices())
        messages.success(request, _("Your choices are kept."))
        return redirect("notifications:choices")
    return render(request, "hub/notification_choices.html", {"form": form})
