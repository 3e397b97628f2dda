"""The feeds: of a community for everybody, of one person under a secret name that he can change. Times are given in UTC."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path, reverse
from django.utils.translation import get_language
from icalendar import Calendar
from icalendar import Event as Component

from linli.cases.happening import Event, in_community, of_person
from linli.cases.saved import whose_calendar
from linli.people.duties import actor_of
from linli.rules.place import Level, level_of
from linli.rules.text import T
from linli.rules.worktime import DAY, civil_day
from linli.territory.regions import exists, place_title

BACK = 60 * DAY
"""How far back a feed reaches, in µs."""
REFRESH = timedelta(hours=3)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def community(request: HttpRequest, code: str) -> HttpResponse:
    """What everybody may come to in a community."""
    try:
        known = level_of(code) == Level.COMMUNITY and exists(code)
    except ValueError:
        known = False
    if not known:
        raise Http404
    title = T("{c} · 邻里日历", "{c} · neighbourhood calendar").format(c=place_title(code))
    return _answer(request, title, in_community(code, _now() - BACK), private=False)


def person(request: HttpRequest, name: UUID) -> HttpResponse:
    """What concerns one person, for whoever knows the secret name of his calendar."""
    whose = whose_calendar(name)
    if whose is None:
        raise Http404
    at = _now()
    events = of_person(actor_of(whose, civil_day(at)), at - BACK)
    return _answer(request, T("我的邻里日历", "My neighbourhood calendar"), events, private=True)


def _now() -> int:
    return int(datetime.now(UTC).timestamp() * 1_000_000)


def _answer(request: HttpRequest, title: T, events: list[Event], *, private: bool) -> HttpResponse:
    lang = get_language() or "zh"
    made = Calendar()
    made.add("prodid", "-//Linli//neighbourhood calendar//ZH")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", title.in_(lang))
    made.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    for event in events:
        made.add_component(_component(request, event, lang))
    answer = HttpResponse(made.to_ical(), content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = 'inline; filename="linli.ics"'
    answer["Cache-Control"] = "no-store, private" if private else "max-age=600"
    return answer


def _component(request: HttpRequest, event: Event, lang: str) -> Component:
    starts = _moment(event.starts)
    made = Component()
    made.add("uid", f"{event.case}@linli")
    made.add("sequence", event.version)
    made.add("dtstamp", _moment(event.changed))
    made.add("last-modified", _moment(event.changed))
    made.add("dtstart", starts)
    made.add("dtend", starts + timedelta(minutes=event.minutes))
    made.add("summary", event.title.in_(lang))
    made.add("categories", [event.type.in_(lang)])
    made.add("status", "CANCELLED" if event.off else "CONFIRMED")
    made.add("url", request.build_absolute_uri(reverse("mine-case", args=[event.case])))
    if event.where:
        made.add("location", event.where)
    return made


def _moment(us: int) -> datetime:
    return (_EPOCH + timedelta(microseconds=us)).replace(microsecond=0)


urlpatterns = [
    path("calendar/<str:code>.ics", community, name="calendar-community"),
    path("calendar/mine/<uuid:name>.ics", person, name="calendar-person"),
]
