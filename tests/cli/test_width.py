from hypothesis import given
from hypothesis import strategies as st

from cli.ui.width import pad, width, wrap
from tests.program import columns


def test_a_chinese_character_takes_two_columns() -> None:
    assert width("支部 b1") == 7
    assert pad("支部", 6) == "支部  "


def test_lines_break_at_spaces_and_between_chinese_characters() -> None:
    assert wrap("one two three", 8) == ["one two", "three"]
    assert wrap("党支部活动台账", 6) == ["党支部", "活动台", "账"]


def test_no_line_begins_with_a_closing_mark() -> None:
    assert wrap("记一次，算一次。", 6) == ["记一", "次，算", "一次。"]


def test_a_word_longer_than_the_line_is_cut() -> None:
    assert wrap("a" * 10, 4) == ["aaaa", "aaaa", "aa"]


@given(st.text(alphabet="ab ，。（）支部x\n1.", max_size=60), st.integers(6, 30))
def test_wrapped_lines_fit_and_lose_nothing_but_blanks(text: str, room: int) -> None:
    lines = wrap(text, room)
    assert all(columns(line) <= room for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())
