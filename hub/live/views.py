"""The same cursor over HTTP, for lines where WebSockets die."""

from django.http import HttpRequest, JsonResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from hub.live.frames import CATCH_UP_LIMIT, as_message
from hub.live.models import Event, Stream
from hub.live.registry import may_follow


@require_safe
@never_cache
def events(request: HttpRequest) -> JsonResponse:
    """`?stream=topic:12&after=41`: what came since, or that the page must be loaded again.

    404 for a stream that does not exist or may not be followed, 400 for a cursor that is no
    number.
    """
    name = request.GET.get("stream", "")
    if not may_follow(request.user, name):
        return JsonResponse({"error": _("There is no such stream.")}, status=404)
    try:
        after = int(request.GET["after"]) if "after" in request.GET else None
    except ValueError:
        return JsonResponse({"error": _("“after” must be a whole number.")}, status=400)
    stream = Stream.objects.filter(name=name).first()
    top, epoch = (stream.seq, stream.epoch) if stream else (0, "")
    answer = {"events": [], "seq": top, "epoch": epoch, "reset": False}
    if after is None or after == top:
        return JsonResponse(answer)
    rows = []
    if 0 <= top - after <= CATCH_UP_LIMIT:
        rows = list(Event.objects.filter(stream=stream, seq__gt=after).order_by("seq"))
    if not rows or rows[0].seq != after + 1:
        return JsonResponse({**answer, "reset": True})
    language = get_language() or "en"
    answer["events"] = [as_message(name, row, language) for row in rows]
    answer["seq"] = rows[-1].seq
    return JsonResponse(answer)
