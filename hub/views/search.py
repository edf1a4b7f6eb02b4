"""Search over everything a reader may see."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from hub import search
from hub.ratelimit import SEARCHES, spend


def search_page(request: HttpRequest) -> HttpResponse:
    """`?q=words&kind=organisations`: hits in groups; with a kind, more of that one."""
    query = request.GET.get("q", "").strip()[:200]
    only = request.GET.get("kind", "")
    if query:
        spend(request, SEARCHES)
    groups = search.search(request.user, query, only=only, limit=50 if only else 8)
    context = {"query": query, "only": only, "groups": groups, "kinds": search.kinds()}
    return render(request, "hub/search.html", context)
