"""Places as files: buildings, grids and barriers of a community for another map, another table, the planner."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path, reverse
from django.utils.http import urlencode

from linli.faces.web.reader import actor_of, now
from linli.faces.web.staff import scope
from linli.faces.web.staff.desk import staff_only
from linli.forms.exporting import KINDS, TITLES, made
from linli.rules.text import T

SHORT = {".geojson": "GeoJSON", ".gpkg": "GeoPackage", ".xlsx": "Excel"}


@staff_only
def place_file(request: HttpRequest, what: str, ending: str) -> HttpResponse:
    """The file, in WGS 84. Raises: Http404 for another one, PermissionDenied for a community that is not the reader's."""
    community, (day, _) = scope.community(request, actor_of(request)), scope.day_of(request, now())
    if what not in TITLES or f".{ending}" not in KINDS or not community:
        raise Http404
    file = made(what, community, f".{ending}", day=day)
    answer = HttpResponse(file.content, content_type=file.kind)
    answer["Content-Disposition"] = f'attachment; filename="{file.name}"'
    return answer


def offered(community: str) -> list[tuple[T, list[tuple[str, str]]]]:
    """What can be taken away: its title, and the address of each form."""
    asked = urlencode({"community": community})
    return [
        (title, [(SHORT[e], f"{reverse('place-file', args=[what, e[1:]])}?{asked}") for e in SHORT])
        for what, title in TITLES.items()
    ]


urls = [path("staff/map/files/<str:what>.<str:ending>", place_file, name="place-file")]
