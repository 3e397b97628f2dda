"""Language and letter size: chosen by a plain POST, kept in two cookies, no account and no script needed.

Chinese comes first: what the browser says it prefers is not asked, because most browsers in the field are set to
whatever they were sold with. English is one press away and then remembered.
"""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

SIZE_COOKIE = "linli_size"
SIZES = ("normal", "large")
_YEAR = 365 * 24 * 3600

GetResponse = Callable[[HttpRequest], HttpResponseBase]


def language(get_response: GetResponse) -> GetResponse:
    """Middleware: every answer is written in the language of the cookie, else in the house's first language."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        code = _known(request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME))
        with translation.override(code):
            request.LANGUAGE_CODE = code
            response = get_response(request)
        patch_vary_headers(response, ("Cookie",))
        response.headers.setdefault("Content-Language", code)
        return response

    return middleware


def _known(code: str | None) -> str:
    return code if code in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def size_of(request: HttpRequest | None) -> str:
    """``normal`` or ``large``, as the reader chose."""
    size = request.COOKIES.get(SIZE_COOKIE, "") if request else ""
    return size if size in SIZES else "normal"


# A page that another site makes somebody press can change no more than the size of his letters; without the check the
# two buttons also work on error pages, which have no token, and pages for everybody need no cookie of their own.
@csrf_exempt
@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    """Takes ``lang`` or ``size`` and goes back to ``next``, which must be an address of this site."""
    response = HttpResponseRedirect(_back(request))
    lang, size = request.POST.get("lang"), request.POST.get("size")
    if lang in dict(settings.LANGUAGES):
        _remember(request, response, settings.LANGUAGE_COOKIE_NAME, str(lang))
    if size in SIZES:
        _remember(request, response, SIZE_COOKIE, str(size))
    return response


def _back(request: HttpRequest) -> str:
    target = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(
        target, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return target if ours else "/"


def _remember(request: HttpRequest, response: HttpResponse, name: str, value: str) -> None:
    # Readable by our own script, so that the letters change without a reload; it says nothing about anybody.
    response.set_cookie(name, value, max_age=_YEAR, samesite="Lax", secure=request.is_secure())
