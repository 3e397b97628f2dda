"""How alike two matters are."""

from hypothesis import given
from hypothesis import strategies as st

from linli.rules.likeness import ALIKE, likeness

WORDS = st.text(alphabet="楼道灯不亮漏水电梯ab ，", max_size=30)


@given(WORDS, WORDS)
def test_the_order_does_not_matter(one: str, other: str) -> None:
    assert likeness(one, other) == likeness(other, one)


@given(WORDS, WORDS, st.booleans())
def test_it_is_a_share(one: str, other: str, same: bool) -> None:
    assert 0 <= likeness(one, other, same) <= 1000


@given(WORDS.filter(lambda w: any(c.isalnum() for c in w)))
def test_a_text_is_wholly_like_itself(text: str) -> None:
    assert likeness(text, text) == 1000


def test_the_same_building_alone_makes_nothing_alike() -> None:
    assert likeness("楼道灯不亮", "电梯异响", same_building=True) == 0


def test_the_same_lamp_told_twice_is_shown() -> None:
    one, other = "2单元三层楼道灯不亮，已经三天了", "三层楼道灯不亮，老人看不清"
    assert likeness(one, other) >= ALIKE > likeness(one, "电梯到六层会抖一下")
