"""The addresses of every face."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("accounts/", include("linli.people.signin.urls")),
    path("", include("linli.faces.web.urls")),
]
