"""Photos: received one by one while the form is open, and shown to who may see the case."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import path
from django.utils.translation import get_language
from django.views.decorators.http import require_GET, require_POST

from linli.cases import uploads
from linli.cases.refusals import refused
from linli.faces.web import asking
from linli.faces.web.reader import actor_for, actor_of, holder_of
from linli.rules.refusal import Refused


@require_POST
def upload(request: HttpRequest) -> JsonResponse:
    """Takes one photo under the name ``photo``; answers its id, or the reason for refusing it with 422."""
    file = request.FILES.get("photo")
    try:
        if file is None:
            raise refused("photo-missing")
        photo = asking.receive(request, file)
        return JsonResponse({"id": str(photo)}, status=201)
    except Refused as no:
        return JsonResponse({"code": no.code, "reason": no.reason.in_(get_language() or "zh")}, status=422)


@require_GET
def show(request: HttpRequest, upload: UUID, copy: uploads.Copy = "shown") -> HttpResponse:
    """The copy without metadata; who may not see it learns no more than that there is no such photo."""
    case = uploads.case_of(upload)
    actor = actor_for(request, case) if case else actor_of(request)
    data = uploads.content(upload, copy) if uploads.visible(upload, actor, holder_of(request)) else None
    if data is None:
        raise Http404
    answer = HttpResponse(data, content_type="image/jpeg")
    answer["Content-Disposition"] = f'inline; filename="{upload.hex}.jpg"'
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, max-age=3600"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer


urls = [
    path("file/", upload, name="upload"),
    path("file/<uuid:upload>/", show, name="file"),
    path("file/<uuid:upload>/small/", show, {"copy": "small"}, name="file-small"),
]
