"""The addresses of the style guide."""

from __future__ import annotations

from django.urls import path

from linli.faces.web.style import views

urlpatterns = [
    path("", views.page, {"name": "parts"}, name="style"),
    path("trouble/<slug:name>/", views.trouble, name="style-trouble"),
    path("<slug:name>/", views.page, name="style-page"),
]
