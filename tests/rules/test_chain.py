"""The chain: equal values give equal bytes, every field counts, and Merkle paths lead to the root or to none."""

from __future__ import annotations

import hashlib
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.rules import chain
from linli.rules.merkle import Growing

LEAVES = st.lists(st.binary(max_size=8), max_size=40)
NAMES = [n for n in chain.HASHES if n == "sha256" or n in hashlib.algorithms_available]
VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53) + 1, 2**53 - 1)
    | st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"])),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text("abXY楼漏", max_size=4), inner, max_size=4)
    ),
    max_leaves=12,
)
HEADER = chain.Header(
    hash_name="sha256", stream=UUID(int=1), kind="case", shard="140105006002", seq=3, id=UUID(int=2), action="note",
    actor=UUID(int=3), role="community", happened=5, recorded=6, definition="demand@1", effect={"state": "filed"},
    digests=["aa", "bb"], key="k", request=b"\1", prev=b"\2",
)  # fmt: skip
OTHERS: dict[str, Any] = {
    "stream": UUID(int=9), "kind": "person", "shard": "140105006003", "seq": 4, "id": UUID(int=9), "action": "file",
    "actor": None, "role": "street", "happened": 4, "recorded": 7, "definition": "demand@2", "effect": {"state": "open"},
    "digests": ["bb", "aa"], "key": "k2", "request": b"\2", "prev": b"",
}  # fmt: skip


@pytest.mark.parametrize("field", OTHERS)
def test_every_field_of_the_header_counts(field: str) -> None:
    assert chain.entry_hash(HEADER._replace(**{field: OTHERS[field]})) != chain.entry_hash(HEADER)


def test_the_name_of_the_hash_is_hashed_too() -> None:
    assert set(OTHERS) == set(HEADER._fields) - {"hash_name"}
    assert b'"hash":"sha256"' in chain.header_bytes(HEADER)


@given(VALUES)
def test_equal_values_give_equal_bytes(value: object) -> None:
    assert chain.canonical([value]) == chain._by_the_library([value])


@pytest.mark.parametrize(
    ("value", "says"),
    [
        ({"a": "x\0"}, "a: a text must not hold NUL"),
        ({"a": [1, 2**53]}, r"a\[1\]: .* is beyond"),
        ({"a": float("nan")}, "a: not a number"),
        ({"a": "\ud800"}, "half a surrogate"),
        ({"a": {1: 2}}, "a key must be text"),
        ([b"x"], "has no JSON form"),
    ],
)
def test_what_has_no_canonical_form_is_named(value: object, says: str) -> None:
    with pytest.raises(chain.NotCanonical, match=says):
        chain.canonical(value)  # type: ignore[arg-type]


@given(st.binary(min_size=16, max_size=16), st.binary(min_size=16, max_size=16), st.binary(max_size=30))
def test_a_salt_decides_the_digest(one: bytes, other: bytes, body: bytes) -> None:
    same = chain.part_digest("sha256", one, None, body) == chain.part_digest("sha256", other, None, body)
    assert same == (one == other)
    assert chain.part_digest("sha256", one, UUID(int=1), body) != chain.part_digest("sha256", one, None, body)


def test_a_salt_of_another_length_is_refused() -> None:
    with pytest.raises(ValueError, match="16 bytes"):
        chain.part_digest("sha256", b"short", None, b"{}")


@pytest.mark.parametrize("name", NAMES)
@given(LEAVES, st.data())
def test_every_path_leads_to_the_root(name: str, leaves: list[bytes], data: st.DataObject) -> None:
    levels = chain.merkle_levels(name, leaves)
    root = chain.merkle_root(name, leaves)
    if not leaves:
        assert root == chain.hasher(name)(b"")
        return
    index = data.draw(st.integers(0, len(leaves) - 1))
    path = chain.merkle_path(levels, index)
    assert chain.root_of_path(name, leaves[index], index, len(leaves), path) == root


@given(LEAVES.filter(bool), st.data())
def test_no_other_leaf_leads_to_the_root(leaves: list[bytes], data: st.DataObject) -> None:
    index = data.draw(st.integers(0, len(leaves) - 1))
    other = data.draw(st.binary(max_size=8).filter(lambda leaf: leaf != leaves[index]))
    levels = chain.merkle_levels("sha256", leaves)
    path = chain.merkle_path(levels, index)
    assert chain.root_of_path("sha256", other, index, len(leaves), path) != levels[-1][0]
    assert chain.root_of_path("sha256", leaves[index], index, len(leaves), [*path, b"more"]) is None
    assert chain.root_of_path("sha256", leaves[index], len(leaves), len(leaves), path) is None


@given(LEAVES, st.integers(0, 45))
def test_a_growing_tree_is_the_tree(leaves: list[bytes], watched: int) -> None:
    tree = Growing("sha256", watched)
    for leaf in leaves:
        tree.add(leaf)
    levels = chain.merkle_levels("sha256", leaves)
    path = chain.merkle_path(levels, watched) if watched < len(leaves) else []
    assert (tree.size, tree.end()) == (len(leaves), (levels[-1][0], path))


def test_an_unknown_hash_is_named() -> None:
    with pytest.raises(ValueError, match="md5"):
        chain.hasher("md5")
