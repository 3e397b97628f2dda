"""An act whose answers name photos: the act and the claim on its photos stand or fall together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import transaction

from linli.cases import uploads
from linli.cases.act import Target, act
from linli.cases.receipt import Receipt
from linli.rules.actor import Actor
from linli.rules.fields import Field


def send(
    target: Target,
    action: str,
    actor: Actor,
    answers: Mapping[str, Any],
    fields: tuple[Field, ...],
    *,
    holder: str,
    key: str,
    now: int,
    seen: int | None = None,
    happened: int | None = None,
    origins: Sequence[tuple[UUID, str]] = (),
) -> Receipt:
    """Act now (µs UTC) with answers to ``fields``, whose photos ``holder`` has sent before. Raises: Refused.

    ``happened`` is given where it was not now, ``origins`` where a case comes out of others (see ``act``).
    """
    at = now if happened is None else happened
    with transaction.atomic():
        receipt = act(
            target, action, actor, answers, key=key, happened=at, recorded=now, seen=seen, origins=origins
        )
        if not receipt.again:
            uploads.claim(receipt.case, uploads.photos_of(fields, answers), holder)
    return receipt
