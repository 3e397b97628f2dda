"""Names and phone numbers: their one written form, their masks. Pure."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from linli.people.refusals import refused

_MOBILE = re.compile(r"1[3-9]\d{9}")
_LANDLINE = re.compile(r"0\d{9,11}")
_SEPARATORS = re.compile(r"[\s\-‐-―()（）.]+")
NAME_AT_MOST = 60


@dataclass(frozen=True, slots=True)
class Masked:
    """A person as anybody on the staff may see him: 王**, 138****1234. Both are empty where nothing is known.

    ``erased`` says that the person's data were erased; a page then shows a word for it instead of the empty name.
    """

    name: str
    phone: str
    erased: bool = False


def phone_of(text: str) -> str:
    """The number's digits: a mainland mobile number, or a landline with its area code.

    Full-width digits, spaces, hyphens, brackets and +86 are taken. Raises: Refused ``bad-phone``, without the number.
    """
    digits = _SEPARATORS.sub("", unicodedata.normalize("NFKC", text))
    for prefix in ("+86", "0086"):
        digits = digits.removeprefix(prefix)
    if not (_MOBILE.fullmatch(digits) or _LANDLINE.fullmatch(digits)):
        raise refused("bad-phone", field="phone")
    return digits


def is_mobile(phone: str) -> bool:
    """Whether a number in its written form can receive a code."""
    return _MOBILE.fullmatch(phone) is not None


def name_of(text: str) -> str:
    """The name in NFKC, with single spaces. Raises: Refused ``bad-name`` if it is empty, too long or holds control characters."""
    name = " ".join(unicodedata.normalize("NFKC", text).split())
    if not name or len(name) > NAME_AT_MOST or any(unicodedata.category(c).startswith("C") for c in name):
        raise refused("bad-name", field="name", most=NAME_AT_MOST)
    return name


def name_key(name: str) -> str:
    """What two writings of one name share: no spaces, no case. The keyed hash is made of it."""
    return name.replace(" ", "").casefold()


def mask_name(name: str) -> str:
    """The first character and two stars, whatever the length: 王**."""
    return f"{name[0]}**" if name else ""


def mask_phone(phone: str) -> str:
    """The first three and the last four digits of a mobile number, the area code and the last two of a landline."""
    if is_mobile(phone):
        return f"{phone[:3]}****{phone[-4:]}"
    return f"{phone[:3]}****{phone[-2:]}" if phone else ""
