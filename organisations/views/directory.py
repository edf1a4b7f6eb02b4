"""The directory, one organisation's page, registering one, keeping it right."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hub.attempts import attempt, sent
from hub.lists import list_page
from hub.paging import paginate
from hub.permissions import may, require
from hub.ratelimit import REGISTRATIONS, within
from hub.text import render_markdown
from organisations import access, acts
from organisations.acting import ActingRequest
from organisations.columns import COLUMNS
from organisations.filters import OrganisationFilter
from organisations.forms.organisation import OrganisationForm
from organisations.models import Membership, Organisation, Verification
from organisations.services.organisations import (
    ask_again,
    edit_organisation,
    register_organisation,
)

PER_PAGE = 24
ACTS_PER_PAGE = 50
#: Shown when the summary gives nothing away; the rest is on the people's page.
PEOPLE_SHOWN = 12


@require_safe
def organisation_list(request: ActingRequest) -> HttpResponse:
    """Who is here, filtered; the same list as CSV, XLSX or JSON by `?format=`."""
    visible = Organisation.objects.visible_to(request.user)
    rows = visible.select_related("place").prefetch_related("tags")  # type: ignore[misc] # taggit
    return list_page(
        request,
        "organisations/organisation_list.html",
        found=OrganisationFilter(request.GET, queryset=rows, request=request),
        columns=COLUMNS,
        name="organisations",
        per_page=PER_PAGE,
    )


@require_safe
def organisation_detail(request: ActingRequest, slug: str) -> HttpResponse:
    """Who they are, what was verified, what they do now, how to reach them."""
    organisation = access.organisation_for(request.user, slug)
    decisions = Verification.objects.filter(organisation=organisation)
    sees_people = may(request.actor, "organisations.see_people", organisation)
    context = {
        "organisation": organisation,
        "description": render_markdown(organisation.description),
        "tags": organisation.tags.order_by("name"),
        "decision": decisions.select_related("coordinator").first(),
        "people": _people(organisation) if sees_people else [],
        "sees_people": sees_people,
    }
    return render(request, "organisations/organisation_detail.html", context)


def _people(organisation: Organisation) -> list[Membership]:
    """Some of the members, those who run it first."""
    rows = Membership.objects.active().filter(organisation=organisation)
    found = sorted(
        rows.select_related("person")[:200], key=lambda row: (-row.rank, str(row.person))
    )
    return found[: PEOPLE_SHOWN + 1]


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def organisation_register(request: ActingRequest) -> HttpResponse:
    """Register an organisation; likely doubles are pointed out before it is kept."""
    require(request.actor, "organisations.register")
    form = OrganisationForm(sent(request))
    tried = attempt(
        form,
        within(
            request,
            REGISTRATIONS,
            lambda: register_organisation(actor=request.actor, **form.service_fields()),
        ),
    )
    if tried.result:
        messages.success(
            request, _("Registered. A coordinator of the hub looks at it now and writes to you.")
        )
        return redirect(tried.result)
    return _form_page(request, "organisations/organisation_register.html", form, tried.status)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def organisation_edit(request: ActingRequest, slug: str) -> HttpResponse:
    """Keep the organisation's page right."""
    organisation = access.organisation_with(request.actor, slug, "organisations.edit")
    edited = Organisation.objects.select_related("place").get(pk=organisation.pk)
    form = OrganisationForm(sent(request), instance=edited)
    actor = request.actor.on_behalf_of(organisation)
    tried = attempt(
        form,
        lambda: edit_organisation(organisation=organisation, actor=actor, **form.service_fields()),
    )
    if tried.done:
        messages.success(request, _("The page is changed."))
        return redirect(organisation)
    template = "organisations/organisation_edit.html"
    return _form_page(request, template, form, tried.status, organisation=organisation)


def _form_page(
    request: ActingRequest, template: str, form: OrganisationForm, status: int, **more: Any
) -> HttpResponse:
    doubles = [
        {"row": row, "visible": may(request.actor, "organisations.view", row)}
        for row in form.doubles
    ]
    return render(request, template, {"form": form, "doubles": doubles, **more}, status=status)


@login_required
@require_POST
def organisation_ask_again(request: ActingRequest, slug: str) -> HttpResponse:
    """A refused organisation asks for a new decision."""
    organisation = access.organisation_with(request.actor, slug, "organisations.ask_again")
    ask_again(organisation=organisation, actor=request.actor.on_behalf_of(organisation))
    messages.success(request, _("The coordinators look at it again."))
    return redirect(organisation)


@login_required
@require_safe
def organisation_acts(request: ActingRequest, slug: str) -> HttpResponse:
    """What was done in the organisation's name, and what others decided about it."""
    organisation = access.organisation_with(request.actor, slug, "organisations.see_acts")
    page = paginate(acts.acts_of(organisation), request, ACTS_PER_PAGE)
    lines = [acts.in_words(entry) for entry in page]
    context = {"organisation": organisation, "page": page, "acts": lines}
    return render(request, "organisations/organisation_acts.html", context)
