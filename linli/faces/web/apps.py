"""The web face: pages for residents, staff and the public."""

from __future__ import annotations

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Holds the templates, the stylesheets and the small scripts of the pages."""

    name = "linli.faces.web"
    label = "web"
