"""Names and phones have one written form, and a mask shows no more than it should."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.people.contact import mask_name, mask_phone, name_key, name_of, phone_of
from linli.rules.refusal import Refused

mobiles = st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True)
names = st.text(st.characters(codec="utf-8", categories=["Lu", "Ll", "Lo"]), min_size=1, max_size=20)


@given(names)
def test_a_masked_name_says_nothing_but_its_first_character(name: str) -> None:
    clean = name_of(name)
    assert mask_name(clean) == clean[0] + "**"


@given(names, names)
def test_masks_of_names_with_one_beginning_are_alike(first: str, second: str) -> None:
    assert mask_name("王" + first) == mask_name("王" + second)


@given(mobiles)
def test_a_masked_phone_hides_four_digits(phone: str) -> None:
    masked = mask_phone(phone)
    assert masked == phone[:3] + "****" + phone[7:]
    assert phone not in masked


def test_a_masked_landline() -> None:
    assert mask_phone("03517654321") == "035****21"
    assert mask_phone("") == mask_name("") == ""


@given(mobiles, st.sampled_from(["", "+86", "+86 ", "0086"]), st.sampled_from(["", " ", "-", "－"]))
def test_a_phone_has_one_written_form(phone: str, before: str, between: str) -> None:
    written = f"{before}{phone[:3]}{between}{phone[3:7]}{between}{phone[7:]}"
    assert phone_of(written) == phone


def test_full_width_digits_are_digits() -> None:
    assert phone_of("１３８ １２３４ ５６７８") == "13812345678"


@pytest.mark.parametrize(
    "text", ["", "1381234567", "138123456789", "12812345678", "abc", "138x1234567", "0351"]
)
def test_what_is_no_phone_is_refused_without_repeating_it(text: str) -> None:
    with pytest.raises(Refused) as refusal:
        phone_of(text)
    assert refusal.value.code == "bad-phone"
    assert not text or text not in str(refusal.value)


@pytest.mark.parametrize("text", ["", "  ", "王" * 61, "a\u200bb", "\x00"])
def test_what_is_no_name_is_refused(text: str) -> None:
    with pytest.raises(Refused, match="bad-name"):
        name_of(text)


def test_writings_of_one_name_share_a_key() -> None:
    assert name_key(name_of(" 王　小明 ")) == name_key("王小明")
    assert name_key("Anna LI") == name_key("anna li")
