"""A table is read in great pieces; however it is cut, it says the same, and the first fault in it is the one that is told."""

from __future__ import annotations

import json
from datetime import date
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.rules.votes import tables
from linli.rules.votes.reading import ballots_from, roll_from, told, told_json
from linli.rules.votes.tally import tally
from linli.rules.votes.wording import Unfit

DAY = date(2024, 4, 28)
ROLL = "unit,area,owners,status"
BALLOTS = "owner,choice,channel,cast_at"
AT = "2024-04-20T10:00:00+08:00"
CELLS = st.sampled_from(
    [
        "",
        " ",
        "u1",
        "u2",
        " u2",
        "甲",
        "90",
        "90.5",
        "x",
        '"u1"',
        '"a,b"',
        '"',
        "sold",
        "乙;甲",
        "甲;",
        "agree",
    ]
)
ROWS = st.lists(st.lists(CELLS, min_size=0, max_size=6).map(",".join), max_size=8)
GOOD = st.lists(
    st.sampled_from(["u1,90,甲,sold", "u2,90.5,甲; 乙,sold", 'u3,8.25,"乙;甲",sold', "u4,1,丁,unsold", "u5,1,,undelivered", "", ",,,"]),
    max_size=8,
)  # fmt: skip


def _read(text: str, whole: bool) -> object:
    """What a roll says or why it is refused; ``whole`` as a file that is read in pieces, else line by line."""
    lines = StringIO(text, newline="")
    try:
        roll = roll_from(lines if whole else list(lines))
    except Unfit as wrong:
        return wrong.code, str(wrong), wrong.row
    return roll.units, roll.heads, roll.area, sorted(roll.head_of.items()), roll.shared(), roll.waiting


@given(ROWS | GOOD, st.sampled_from(["\n", "\r\n", "\r"]), st.booleans(), st.integers(1, 40))
def test_a_table_says_the_same_however_it_is_cut(rows: list[str], end: str, last: bool, size: int) -> None:
    text = end.join([ROLL, *rows]) + (end if last else "")
    with pytest.MonkeyPatch.context() as patch:
        wanted = _read(text, whole=False)
        assert _read(text, whole=True) == wanted
        patch.setattr(tables, "CHARACTERS", size)
        patch.setattr(tables, "ROWS", size)
        assert _read(text, whole=True) == _read(text, whole=False) == wanted


def _refused(roll: str, ballots: str) -> Unfit:
    with pytest.raises(Unfit) as refusal:
        tally(
            roll_from(StringIO(roll, newline="")), ballots_from(StringIO(ballots, newline="")), "general", DAY
        )
    return refusal.value


@pytest.mark.parametrize("size", [1, 50, 1 << 17])
@pytest.mark.parametrize(
    ("rows", "code", "row"),
    [
        (["u1,agree,online,no", "nobody,agree,online," + AT], "bad-time", 3),
        (["nobody,agree,online," + AT, "u1,agree,online,no"], "unknown-owner", 3),
        (["u1,agree,online,no", "u1,agree,online,x,y"], "bad-time", 3),
        (["u1,agree,online,x,y", "u1,agree,online,no"], "too-wide", 3),
        (["nobody,agree,online," + AT, '"u1,agree'], "unknown-owner", 3),
        (["u1,yes,fax,no", ""], "bad-choice", 3),
        (["", " ,agree,online," + AT], "unknown-owner", 4),
    ],
)
def test_the_first_fault_of_a_table_is_told(
    rows: list[str], code: str, row: int, size: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tables, "CHARACTERS", size)
    wrong = _refused(f"{ROLL}\nu1,9,甲,sold\n", "\n".join([BALLOTS, "甲,agree,online," + AT, *rows]))
    assert (wrong.code, wrong.row) == (code, row)


def test_json_is_what_is_told() -> None:
    rows = [
        "甲,agree,online," + AT,
        'u1,against,paper,"2024-04-20T10:00+08:00"',
        '"乙""",abstain,paper,2024-04-20T11:00:00Z',
        "u2,agree,online," + AT,
    ]
    given_ = [f"{ROLL}", "u1,9,甲,sold", 'u2,9,"甲;乙""",sold', "u3,9,丙,unsold"]
    found = tally(roll_from(given_), ballots_from([BALLOTS, *rows]), "use-fund", DAY)
    assert len(found.superseded) == 3
    for deemed in (False, True):
        assert told_json(found, deemed) == json.dumps(told(found, deemed), ensure_ascii=False)
    assert [s.by.row for s in found.superseded[1:]] == [s.by.row for s in found.superseded][1:]


def test_instants_are_compared_as_instants_in_whatever_form() -> None:
    """Each is later than the one before; their texts are in another order."""
    instants = [
        "2024-04-20T10:00:00+08:00",
        "2024-04-20T03:00:00+00:00",
        "2024-W16-6T12:00:00+08:00",
        "20240420T130000+0800",
        "2024-04-20 14:00+08:00",
    ]
    rows = [f"u1,agree,online,{at}" for at in instants]
    found = tally(roll_from([ROLL, "u1,9,甲,sold"]), ballots_from([BALLOTS, *rows]), "general", DAY)
    assert [(s.ballot.row, s.by.row) for s in found.superseded] == [(n, 6) for n in range(2, 6)]


def test_a_head_of_thousands_of_units_that_changed_its_mind_is_counted() -> None:
    units = [f"u{n},9,,unsold" for n in range(5000)]
    rows = [f"u{n},agree,online,{AT}" for n in range(5000)]
    changed = ["developer,against,online,2024-04-19T10:00:00+08:00", "developer,agree,paper," + AT]
    found = tally(roll_from([ROLL, *units]), ballots_from([BALLOTS, *changed, *rows]), "general", DAY)
    assert found.result.heads.agreeing == 1
    assert len(found.superseded) == 5001
