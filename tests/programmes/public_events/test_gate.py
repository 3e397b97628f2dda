"""The staff's pages of events: the list, who comes, and the gate with its list for a phone and what the phone sends."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from linli.cases.models import Count
from linli.cases.rebuild import check
from linli.journal.append import entries
from linli.programmes.public_events.pages import tickets
from linli.rules.worktime import DAY, HOUR
from tests.programmes.public_events.hall import MINUTE, Hall, clock, hall, main, signed_in, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def it(monkeypatch: pytest.MonkeyPatch) -> Hall:
    return clock(monkeypatch, hall())


@pytest.fixture
def show(it: Hall) -> UUID:
    """A session of five places that begins in ten minutes: three and two have a place, one waits."""
    case = it.plan(it.at + 5 * HOUR, capacity=5)
    for who, persons in (("resident", 3), ("resident2", 2), ("resident3", 1)):
        it.act(case, who, "sign_up", persons=persons)
    it.at += 5 * HOUR - 10 * MINUTE
    return case


def code(it: Hall, case: UUID, who: str) -> str:
    return tickets.code_of(case, it.person(who))


def sends(client: Client, case: UUID, key: str, **given: str) -> tuple[int, dict[str, Any]]:
    """What a phone sends for one scan, and the answer."""
    answer = client.post(f"/staff/events/gate/{case}/in/", {"key": key, **given})
    told: dict[str, Any] = answer.json()
    return answer.status_code, told


def test_the_list_holds_digests_and_masks_and_no_code(it: Hall, show: UUID) -> None:
    answer = signed_in(it, "gate").get(f"/staff/events/gate/{show}/list.json")
    told, said = answer.json(), text(answer)
    known = told["tickets"][tickets.digest_of(show, code(it, show, "resident"))]
    assert (known["n"], known["turn"], known["in"]) == (3, 0, 0)
    assert told["tickets"][tickets.digest_of(show, code(it, show, "resident3"))]["turn"] == 1
    assert told["session"]["capacity"] == 5 and told["token"]
    assert not any(code(it, show, who) in said or it.person(who) in said for who in ("resident", "resident3"))
    assert "测试resident" not in said and "no-store" in answer["Cache-Control"]


def test_a_scan_is_entered_once_with_its_own_time(it: Hall, show: UUID) -> None:
    client, scanned = signed_in(it, "gate"), it.at - 3 * MINUTE
    sent = {"ticket": tickets.digest_of(show, code(it, show, "resident")), "came": "3"}
    for _ in (1, 2):
        status, told = sends(client, show, "gate/one", happened=str(scanned // 1000), **sent)
        assert status == 201 and told["ok"]
    last = entries(show)[-1]
    assert (last.action, last.happened) == ("check_in", scanned // 1000 * 1000)
    assert [e.action for e in entries(show)].count("check_in") == 1
    assert Count.objects.get(case=show, counter="came").amount == 3
    assert not list(check())


def test_two_gates_settle_who_was_first(it: Hall, show: UUID) -> None:
    sent = {"ticket": tickets.digest_of(show, code(it, show, "resident2"))}
    assert sends(signed_in(it, "gate"), show, "gate/a", **sent)[0] == 201
    status, told = sends(signed_in(it, "organiser"), show, "gate/b", **sent)
    assert status == 422 and told["say"].startswith("这张票已在") and "进来了 2 人" in told["say"]


def test_part_of_a_party_comes_and_the_rest_later(it: Hall, show: UUID) -> None:
    client, digest = signed_in(it, "gate"), tickets.digest_of(show, code(it, show, "resident"))
    assert sends(client, show, "gate/a", ticket=digest, came="2")[0] == 201
    assert sends(client, show, "gate/b", ticket=digest, came="2")[0] == 422
    assert sends(client, show, "gate/c", ticket=digest, came="1")[0] == 201


def test_who_waits_comes_in_when_places_are_kept_no_longer(it: Hall, show: UUID) -> None:
    client, digest = signed_in(it, "gate"), tickets.digest_of(show, code(it, show, "resident3"))
    status, told = sends(client, show, "gate/a", ticket=digest)
    assert status == 422 and "候补第 1 位" in told["say"]
    assert sends(client, show, "gate/w", walked="1")[0] == 422
    it.at += 25 * MINUTE
    assert sends(client, show, "gate/b", ticket=digest)[0] == 201
    assert sends(client, show, "gate/x", walked="4")[0] == 201
    assert sends(client, show, "gate/y", walked="1")[0] == 422


def test_a_strange_ticket_is_told_kindly(it: Hall, show: UUID) -> None:
    other = it.plan(it.at + DAY, title="另一场")
    client = signed_in(it, "gate")
    for given in ({"code": "ABCD2345"}, {"code": f"LINLI1/{other.hex}/{code(it, show, 'resident')}"}):
        status, told = sends(client, show, "gate/a", **given)
        assert status == 422 and "不是这一场" in told["say"]


def test_without_scripts_the_code_is_typed_into_a_form(it: Hall, show: UUID) -> None:
    client = signed_in(it, "gate")
    address = f"/staff/events/gate/{show}/"
    page = client.get(address)
    assert "camera=(self)" in page["Permissions-Policy"] and "microphone=()" in page["Permissions-Policy"]
    typed = tickets.spoken(code(it, show, "resident")).lower()
    done = client.post(address, {"key": "gate/f", "code": typed, "came": ""}, follow=True)
    assert "已入场：3 人" in main(done)
    again = client.post(address, {"key": "gate/g", "code": typed, "came": ""}, follow=True)
    assert "这张票已在" in main(again)


def test_only_the_gate_and_the_organisers_open_it(it: Hall, show: UUID) -> None:
    for who, expected in (
        ("gate", 200),
        ("organiser", 200),
        ("community", 404),
        ("elsewhere", 404),
        ("resident", 403),
    ):
        assert signed_in(it, who).get(f"/staff/events/gate/{show}/").status_code == expected, who
    assert Client().get(f"/staff/events/gate/{show}/").status_code == 302


def test_the_worker_holds_the_files_of_the_gate(it: Hall) -> None:
    answer = Client().get("/staff/events/gate/worker.js")
    said = text(answer)
    files = json.loads(said.partition("const FILES = ")[2].partition(";\n")[0])
    assert any(f.endswith("gate.js") for f in files) and any(f.endswith("gatebook.js") for f in files)
    assert "javascript" in answer["Content-Type"] and 'const PAGES = "/staff/events/gate/"' in said


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_staff_sees_who_comes_masked(it: Hall, show: UUID, language: str) -> None:
    client = signed_in(it, "organiser", language)
    listed, one = client.get("/staff/events/"), client.get(f"/staff/events/{show}/")
    assert "《深海的灯》" in main(listed) and f"/staff/events/gate/{show}/" in main(listed)
    assert "测试resident" not in main(one) and "199****" in main(one)
    half = tickets.spoken(code(it, show, "resident"))
    assert half.partition(" ")[2] in main(one) and half not in main(one)


def test_an_empty_list_says_so(it: Hall) -> None:
    assert "今天没有场次" in main(signed_in(it, "organiser").get("/staff/events/"))


def test_who_works_elsewhere_sees_nobody(it: Hall, show: UUID) -> None:
    assert signed_in(it, "elsewhere").get(f"/staff/events/{show}/").status_code == 404
    assert signed_in(it, "grid").get(f"/staff/events/{show}/").status_code == 404
