"""All addresses of the hub, at the places that other programs rely on."""

from django.conf import settings
from django.contrib import admin
from django.urls import include, path

from hub.live.views import events
from hub.views import about, errors, home, mail, search, styleguide

urlpatterns = [
    path("", home.home, name="home"),
    path("about/", about.about, name="about"),
    path("accessibility/", about.accessibility, name="accessibility"),
    path("search/", search.search_page, name="search"),
    path("language/", about.set_language, name="set_language"),
    path("live/events/", events, name="live-events"),
    path("notifications/", include("hub.notifications.urls")),
    path("files/", include("hub.files.urls")),
    path("organisations/", include("organisations.urls")),
    path("accounts/", include("organisations.account_urls")),
    path("accounts/", include("allauth.urls")),
    path("", include("forums.urls")),
    path("consultations/", include("forums.consultations.urls")),
    path("calendar/", include("activities.urls")),
    path("projects/", include("projects.urls")),
    path("agreements/", include("projects.agreements.urls")),
    path("commitments/", include("projects.commitments.urls")),
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
handler429 = errors.too_many  # asked for by django-allauth
handler500 = errors.server_error
