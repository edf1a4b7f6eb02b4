"""Template tags of the kernel: rights, live regions, panels, links that keep their query."""

from typing import Any

from django import template
from django.template import Context
from django.template.loader import get_template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from hub import permissions
from hub.panels import panels_for

register = template.Library()


@register.simple_tag(takes_context=True)
def can(context: Context, name: str, target: Any = None) -> bool:
    """`{% can "forums.reply" topic as may_reply %}`: whether who acts holds the right."""
    return permissions.may(context["request"].actor, name, target)


@register.simple_tag
def live_region(stream: str, seq: int) -> SafeString:
    """Attributes for the element that `stream` keeps up to date, read at number `seq`."""
    return format_html('data-stream="{}" data-seq="{}"', stream, seq)


@register.simple_tag(takes_context=True)
def panels(context: Context, target: Any) -> SafeString:
    """What other rooms show on this object's page."""
    request = context["request"]
    parts = [
        get_template(panel.template).render({**panel.context, "target": target}, request)
        for panel in panels_for(target, request.actor)
    ]
    return mark_safe("".join(parts))  # noqa: S308 - rendered templates, escaped already


@register.simple_tag(takes_context=True)
def query_with(context: Context, **changes: Any) -> str:
    """The page's query with some values changed (None takes one out): `?kind=cso&page=2`."""
    query = context["request"].GET.copy()
    for name, value in changes.items():
        if value is None:
            query.pop(name, None)
        else:
            query[name] = str(value)
    return f"?{query.urlencode()}" if query else "?"


@register.filter
def safe_html(html: str) -> SafeString:
    """Stored HTML that `hub.text.render_markdown` made: clean already."""
    return mark_safe(html)  # noqa: S308 - nh3 cleaned it when it was stored
