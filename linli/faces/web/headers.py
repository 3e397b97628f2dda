"""What every answer says to the browser about itself: nothing inline, nothing from elsewhere, nothing told elsewhere.

Django sets ``nosniff``, the opener and the referrer policy; the rest stands here. An answer that says something stricter
of itself, as a photo does, keeps it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from linli.faces.web.reader import is_staff
from linli.faces.web.tiles import tiles

GetResponse = Callable[[HttpRequest], HttpResponseBase]

# blob: shows a photo before it is sent; data: are the small drawings inside Leaflet's stylesheet.
POLICY = {
    "default-src": ("'none'",),
    "script-src": ("'self'",),
    "style-src": ("'self'",),
    "img-src": ("'self'", "blob:", "data:"),
    "connect-src": ("'self'",),
    "font-src": ("'self'",),
    "worker-src": ("'self'",),
    "manifest-src": ("'self'",),
    "form-action": ("'self'",),
    "base-uri": ("'none'",),
    "frame-ancestors": ("'none'",),
}
# The camera of a report is the phone's own, opened by a field for files; a page asks for no device itself.
UNUSED = (
    "accelerometer", "autoplay", "camera", "display-capture", "encrypted-media", "geolocation", "gyroscope",
    "magnetometer", "microphone", "midi", "payment", "picture-in-picture", "screen-wake-lock", "usb", "xr-spatial-tracking",
)  # fmt: skip


def headers(get_response: GetResponse) -> GetResponse:
    """Middleware, the outermost of all, so that errors and static files say it too."""
    said = {
        "Content-Security-Policy": policy(_organisations(), _pictures()),
        "Permissions-Policy": ", ".join(f"{name}=()" for name in UNUSED),
        "Cross-Origin-Resource-Policy": "same-origin",
    }

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        for name, value in said.items():
            response.headers.setdefault(name, value)
        response.headers.setdefault("Cache-Control", _kept(request))
        return response

    return middleware


def _kept(request: HttpRequest) -> str:
    """A page may be somebody's own: no proxy keeps it, and a browser asks again before it shows it.

    What the staff reads is not kept at all: at the window's computer the way back shows nothing of who signed out before.
    """
    actor = getattr(request, "actor", None)
    return "private, no-store" if actor is not None and is_staff(actor) else "private, no-cache"


def policy(posted_to: Iterable[str] = (), pictures: Iterable[str] = ()) -> str:
    """The policy as one line. Besides our own origin a form may lead to ``posted_to``, and pictures may come from ``pictures``."""
    allowed = {
        **POLICY,
        "form-action": (*POLICY["form-action"], *posted_to),
        "img-src": (*POLICY["img-src"], *pictures),
    }
    return "; ".join(f"{name} {' '.join(sources)}" for name, sources in allowed.items())


def _organisations() -> list[str]:
    """The origins of the organisations that sign their people in: the button is a form that ends at one of them."""
    apps = settings.SOCIALACCOUNT_PROVIDERS.get("openid_connect", {}).get("APPS", ())
    found = (urlsplit(app["settings"]["server_url"]) for app in apps)
    return sorted({f"{parts.scheme}://{parts.netloc}" for parts in found})


def _pictures() -> list[str]:
    under = tiles()
    return [under.origin] if under else []
