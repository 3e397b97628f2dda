"""The addresses of every face."""

from __future__ import annotations

from django.urls import include, path

from linli.config.programmes import optional

urlpatterns = [
    path("accounts/", include("linli.people.signin.urls")),
    *(path("", include(pages)) for pages in optional("pages")),
    path("", include("linli.faces.sheets.urls")),
    path("", include("linli.faces.calendars.feed")),
    path("", include("linli.faces.web.urls")),
]

handler400 = "linli.faces.web.trouble.unreadable"
