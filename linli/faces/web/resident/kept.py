"""Reporting without a network: the page of what waits on the phone, and the worker that keeps it.

A browser runs a worker over TLS and at ``localhost`` only: on a real phone this needs TLS. Without it, and without
scripts, the browser's own page says that there is no network, and going back finds the form as it was.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import path, reverse

from linli.faces.web import asking
from linli.faces.web.resident.report import Form, reportable
from linli.territory.regions import place_title

FILE = re.compile(r'(?:src|href)="([^"]+\.(?:js|css|svg))"')
STAFF = "/staff/"
PARTS = ("linli/js/outbox.js", "linli/js/worker.js")


def kept(request: HttpRequest) -> HttpResponse:
    """What waits, and the whole report in one form; all of it is filled in by the phone itself."""
    form = Form(request, *reportable()[0])
    form.preset()
    questions = [q for step in (1, 2, 3) for q in form.of_step(step)]
    context = {
        "community": place_title(form.community) if form.community else None,
        "questions": asking.inputs(questions, form.given, {}, form.community),
        "summary": form.definition.case_type.summary,
        "action": reverse("report-kind", args=[form.definition.key]),
        "here": "report",
    }
    return render(request, "linli/resident/kept.html", context)


def offline(request: HttpRequest) -> HttpResponse:
    """What the worker shows instead of any page but a resident's."""
    return render(request, "linli/offline.html")


def worker(request: HttpRequest) -> HttpResponse:
    """The worker's text, for the whole site: what it has to hold ready, then its code."""
    page = render_to_string("linli/resident/kept.html", request=request)
    known = {
        "KEPT": reverse("kept"),
        "OFFLINE": reverse("offline"),
        "REPORT": reverse("report"),
        "STAFF": STAFF,
        "FILES": sorted(set(FILE.findall(page))),
    }
    head = [f"const {name} = {json.dumps(value)};" for name, value in known.items()]
    answer = HttpResponse(
        "\n".join([*head, *map(_text, PARTS)]), content_type="text/javascript; charset=utf-8"
    )
    answer.headers["Cache-Control"] = "no-cache"
    return answer


def _text(name: str) -> str:
    found = finders.find(name)
    assert isinstance(found, str), name
    return Path(found).read_text("utf-8")


urls = [
    path("report/kept/", kept, name="kept"),
    path("offline/", offline, name="offline"),
    path("worker.js", worker, name="worker"),
]
