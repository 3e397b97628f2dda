"""The mediators of the demonstration, all invented: where they come from, what they mediate, where those of the neighbourhood live."""

from __future__ import annotations

from typing import TYPE_CHECKING

from linli.people.handing import contact_of

if TYPE_CHECKING:
    from linli.programmes.mediation.demo.player import Player

ROSTER: tuple[tuple[str, str, tuple[str, ...], int], ...] = (
    ("mediator1", "neighbours", ("neighbours", "water", "damages", "noise"), 9),
    ("mediator2", "neighbours", ("neighbours", "noise", "parking"), 11),
    ("mediator3", "community", ("debt", "parking", "building", "neighbours"), 0),
    ("mediator4", "justice", ("property_service", "tenancy"), 0),
    ("mediator5", "neighbours", ("family", "care"), 13),
    ("law", "law", ("debt", "tenancy", "labour", "damages", "medical"), 0),
    ("notary", "notary", ("family", "care", "building"), 0),
    ("justice", "justice", ("neighbours", "family", "labour", "other"), 0),
)
"""Account, organisation, competences, number of the building where he lives (0: elsewhere)."""


def enrol(player: Player, at: int) -> None:
    """The head of the committee enrols them, one after the other."""
    for number, row in enumerate(ROSTER, 1):
        player.table.put(at, player.part, lambda then, n=number, r=row: _enrol(player, n, r, then))  # type: ignore[misc]


def _enrol(player: Player, number: int, row: tuple[str, str, tuple[str, ...], int], at: int) -> None:
    account, organisation, competences, lives = row
    person = player.people.staff[account]
    answers = {
        "where": player.community,
        "name": f"{contact_of(person)['name'][0]}调解员",
        "person": str(person),
        "organisation": organisation,
        "competences": list(competences),
        "certificate": f"康街调聘〔2023〕{number:02d}号",
    }
    lived = {"lives": f"{player.community}B{lives:04d}"} if lives else {}
    receipt = player.open(
        "mediator_file", "enrol", player.staff("mediation1", at), {**answers, **lived}, f"file-{number}", at
    )
    player.files[number] = receipt.case
