"""ASGI entry point: `/live/` over WebSocket to the one listener, pages to the WSGI handler."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hub.settings")
pages = get_wsgi_application()

from channels.routing import ProtocolTypeRouter  # noqa: E402 - needs the loaded settings
from channels.security.websocket import AllowedHostsOriginValidator  # noqa: E402
from django.conf import settings  # noqa: E402

from hub.bridge import WsgiBridge  # noqa: E402
from hub.live.socket import live_application  # noqa: E402

application = ProtocolTypeRouter(
    {
        "http": WsgiBridge(pages, threads=settings.HUB_THREADS),
        "websocket": AllowedHostsOriginValidator(live_application),
    }
)
