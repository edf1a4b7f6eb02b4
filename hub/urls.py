"""All addresses of the hub, at the places that other programs rely on."""

from django.conf import settings
from django.contrib import admin
from django.urls import include, path

from hub.live.views import events
from hub.views import about, errors, home, mail, search, styleguide



def _room(address: str, module: str) -> list:  # BUILDING: leave out rooms that are not there yet
    from importlib.util import find_spec

    return [path(address, include(module))] if find_spec(module) else []


urlpatterns = [
    path("", home.home, name="home"),
    path("about/", about.about, name="about"),
    path("accessibility/", about.accessibility, name="accessibility"),
    path("search/", search.search_page, name="search"),
    path("language/", about.set_language, name="set_language"),
    path("live/events/", events, name="live-events"),
    path("notifications/", include("hub.notifications.urls")),
    path("files/", include("hub.files.urls")),
    *_room("organisations/", "organisations.urls"),
    *_room("accounts/", "organisations.account_urls"),
    path("accounts/", include("allauth.urls")),
    *_room("", "forums.urls"),
    *_room("consultations/", "forums.consultations.urls"),
    *_room("calendar/", "activities.urls"),
    *_room("projects/", "projects.urls"),
    *_room("agreements/", "projects.agreements.urls"),
    *_room("commitments/", "projects.commitments.urls"),
    path("operators/", admin.site.urls),
]
if settings.SHOW_MAIL:
    urlpatterns += [
        path("dev/mail/", mail.mail_list, name="dev-mail"),
        path("dev/mail/<str:name>/", mail.mail_detail, name="dev-mail-detail"),
    ]
if settings.DEBUG:
    urlpatterns.append(path("styleguide/", styleguide.styleguide, name="styleguide"))

handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.server_error
