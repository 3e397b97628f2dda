"""Photos: whose they are, which case has them, who sees them, and what becomes of those that nobody sends."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.conf import settings
from PIL import Image

from linli.cases import uploads
from linli.cases.models import Case, Upload
from linli.cases.receipt import Receipt
from linli.cases.sending import send
from linli.rules.actor import nobody
from linli.rules.machine import asked
from linli.rules.refusal import Refused
from linli.rules.registry import installed
from linli.rules.worktime import HOUR, day_start
from tests.cases.community import COMMUNITY, HOME, Town, town
from tests.cases.test_bad_input import rows

pytestmark = pytest.mark.django_db
START = day_start(date(2026, 3, 2)) + 9 * HOUR
DEMAND = installed["demand"]
MINE, OTHERS = "s:mine", "s:others"


def photo(color: str = "teal") -> bytes:
    out = BytesIO()
    Image.new("RGB", (30, 20), color).save(out, "JPEG")
    return out.getvalue()


def sent(holder: str = MINE, color: str = "teal") -> str:
    """The id of a photo that somebody has sent."""
    return str(uploads.receive(photo(color), holder=holder, at=START))


def report(cast: Town, photos: Any, key: str = "k", holder: str = MINE) -> Receipt:
    said = {"matter": "楼道漏水", "category": "water", "where": HOME, "photos": photos}
    fields = asked(DEMAND.case_type, DEMAND.actions["report"])
    who = cast.cast["resident"]
    return send((DEMAND.key, COMMUNITY), "report", who, said, fields, holder=holder, key=key, now=START)


def settle(cast: Town, case: UUID, after: Any, holder: str) -> Receipt:
    said = {"outcome": "solved", "answer": "修好了", "after": after}
    action = DEMAND.actions["settle"]
    who = cast.cast["grid"]
    return send(case, "settle", who, said, action.asks, holder=holder, key=str(uuid4()), now=START + 1)


def test_a_photo_goes_to_the_case_that_names_it() -> None:
    cast, one = town(), sent()
    receipt = report(cast, [one])
    row = Upload.objects.get(id=one)
    assert (row.case, row.field, row.shard) == (receipt.case, "photos", COMMUNITY)
    assert report(cast, [one]).again
    assert uploads.waiting(MINE) == 0


def test_one_photo_need_not_stand_in_a_list() -> None:
    cast, one = town(), sent()
    assert Upload.objects.get(id=one).holder == MINE
    assert report(cast, one).case == Upload.objects.get(id=one).case


@pytest.mark.parametrize(
    "kind", ["unknown", "another's", "one of two", "used", "dropped", "written otherwise"]
)
def test_a_photo_that_is_not_the_senders_is_refused_by_its_field(kind: str) -> None:
    """Nobody's photo, another's, one that another case has: refused, and neither case nor number is left."""
    cast, own = town(), sent()
    if kind == "used":
        report(cast, [own], key="before")
    if kind == "dropped":
        uploads.drop([UUID(own)])
    named = {
        "unknown": [str(uuid4())],
        "another's": [sent(OTHERS)],
        "one of two": [own, str(uuid4())],
        "used": [own],
        "dropped": [own],
        "written otherwise": [own.upper().replace("-", "")],
    }[kind]
    before = rows()
    with pytest.raises(Refused) as refusal:
        report(cast, named)
    assert set(refusal.value.fields) == {"photos"}
    assert rows() == before
    assert kind == "used" or not Case.objects.exists()


def test_work_is_not_proved_with_a_photo_of_other_work() -> None:
    """Water asks for a photo taken after the work: a made-up id is none, nor is the photo of another case."""
    cast = town()
    first, second = report(cast, [sent()], "1").case, report(cast, [sent()], "2").case
    worker = str(cast.cast["grid"].person)
    shot = sent(worker, "red")
    assert settle(cast, first, [shot], worker).state == "answered"
    for named in ([shot], [str(uuid4())], [sent()]):
        with pytest.raises(Refused) as refusal:
            settle(cast, second, named, worker)
        assert set(refusal.value.fields) == {"after"}
    assert Case.objects.get(id=second).state == "reported"


def test_before_it_is_sent_only_the_sender_sees_it_then_who_sees_the_case() -> None:
    cast, one = town(), sent()
    id_ = UUID(one)
    assert uploads.visible(id_, nobody(), MINE)
    assert not uploads.visible(id_, cast.cast["community"], OTHERS)
    report(cast, [one])
    seen = {by for by, actor in cast.cast.items() if uploads.visible(id_, actor, OTHERS)}
    assert {"resident", "grid", "window", "community", "street"} <= seen
    assert not seen & {"resident2", "nobody", "property", "lift", "importer"}
    assert not uploads.visible(id_, nobody(), MINE)
    assert not uploads.visible(uuid4(), cast.cast["community"], MINE)


def test_sent_again_with_the_same_form_it_is_the_same_photo() -> None:
    data = photo()
    first = uploads.receive(data, holder=MINE, at=START, intent="form")
    assert uploads.receive(data, holder=MINE, at=START + 1, intent="form") == first
    assert uploads.receive(data, holder=OTHERS, at=START, intent="form") != first
    assert uploads.receive(photo("red"), holder=MINE, at=START, intent="form") != first


def test_what_was_dropped_leaves_no_file() -> None:
    before = files()
    kept = UUID(sent())
    old = uploads.receive(photo("red"), holder=MINE, at=START - 10)
    assert uploads.drop_unclaimed(START) == 1
    assert uploads.content(old, "shown") is None
    assert uploads.content(kept, "shown")
    assert len(files() - before) == len(uploads.COPIES)
    uploads.drop([kept])
    assert files() == before


def test_what_a_case_has_is_never_dropped_as_unclaimed() -> None:
    cast, one = town(), sent()
    report(cast, [one])
    assert uploads.drop_unclaimed(START + 10**15) == 0
    assert uploads.content(UUID(one), "original") == photo()


def test_no_file_holds_the_picture_in_clear() -> None:
    sent()
    assert all(b"JFIF" not in path.read_bytes() for path in files())


def files() -> set[Path]:
    """Every file under the uploads of this run."""
    return {p for p in Path(settings.MEDIA_ROOT).rglob("*") if p.is_file()}
