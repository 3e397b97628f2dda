"""Bundles: a zip file, or the folder into which it was unpacked, with JSON objects in which no key stands twice."""

from __future__ import annotations

import csv
import json
import zipfile
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Protocol

from linli.rules.standalone.hashes import Json

MOST_BYTES = 1 << 29
OK, FAULTY, UNUSABLE = 0, 1, 2


class NoBundle(Exception):
    """What was given is no bundle; says why."""


class Wrong(Exception):
    """Rows of which no count can be made; says where."""


class Place(Protocol):
    """A path of a file or folder."""

    def is_dir(self) -> bool:
        """Whether it is a folder."""

    def is_file(self) -> bool:
        """Whether it is a file."""

    def read_bytes(self) -> bytes:
        """What is in it."""

    def __truediv__(self, name: str) -> Place: ...


def read(path: Place, members: Iterable[str]) -> dict[str, bytes]:
    """Those of the members that are there, each once, from the file or from the folder. Raises: NoBundle."""
    wanted = tuple(members)
    try:
        if path.is_dir():
            return {name: (path / name).read_bytes() for name in wanted if (path / name).is_file()}
        return _from_zip(path, wanted)
    except (OSError, KeyError, zipfile.BadZipFile, NotImplementedError, RuntimeError) as wrong:
        raise NoBundle(f"{path}: {wrong}") from wrong


def _from_zip(path: Place, members: tuple[str, ...]) -> dict[str, bytes]:
    # zipfile says NotImplementedError for a compression that it does not know, RuntimeError for an encrypted member.
    with zipfile.ZipFile(str(path)) as archive:
        names = [name for name in archive.namelist() if name in members]
        for name in names:
            if names.count(name) != 1:
                raise NoBundle(f"{path}: {names.count(name)} times {name} is in it, not once")
            if archive.getinfo(name).file_size > MOST_BYTES:
                raise NoBundle(f"{path}: {name} is larger than {MOST_BYTES} bytes")
        return {name: archive.read(name) for name in names}


def object_of(raw: bytes | str, where: str) -> Json:
    """A JSON object. Raises: NoBundle."""
    try:
        found = json.loads(raw, object_pairs_hook=_each_once)
    except (ValueError, RecursionError) as wrong:
        raise NoBundle(f"{where}: {wrong}") from wrong
    if not isinstance(found, dict):
        raise NoBundle(f"{where}: an object is expected")
    return found


def _each_once(pairs: list[tuple[str, Any]]) -> Json:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key stands twice in one object")
    return found


def guarded(what: str, check: Callable[[], Iterator[str]]) -> list[str]:
    """A value that is missing or of another kind is a fault like any other."""
    found: list[str] = []
    try:
        found.extend(check())
    except Wrong as wrong:
        found.append(str(wrong))
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError, csv.Error) as wrong:
        found.append(f"{what} cannot be read: {type(wrong).__name__}: {wrong}")
    return found


def option(name: str, arguments: list[str]) -> str | None:
    """The value of an option, which is taken from the arguments with it. Raises: NoBundle."""
    if name not in arguments:
        return None
    at = arguments.index(name)
    if at + 1 == len(arguments):
        raise NoBundle(f"{name} needs a value")
    found = arguments[at + 1]
    del arguments[at : at + 2]
    return found


def answered(
    verified: Callable[[], tuple[list[str], list[str]]],
    say: Callable[[str], object],
    warn: Callable[[str], object],
) -> int:
    """Say the faults, or what there is to say where there are none; 0, 1 or 2."""
    try:
        found, told = verified()
    except (NoBundle, KeyError, TypeError) as wrong:
        warn(f"no bundle: {wrong}\n")
        return UNUSABLE
    for line in found or told:
        say(f"FAULT {line}\n" if found else f"{line}\n")
    say(f"{len(found)} 处有问题 FAULTY\n" if found else "OK 无误\n")
    return FAULTY if found else OK
