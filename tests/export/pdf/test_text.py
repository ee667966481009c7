from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from desktop.export.pdf.text import CLOSING
from desktop.export.pdf.text import OPENING
from desktop.export.pdf.text import break_lines


def em(text: str) -> float:
    return sum(0.5 if character.isascii() else 1.0 for character in text)


def test_break__a_short_text_is_one_line() -> None:
    assert break_lines("养老床位", 4, em) == ("养老床位",)
    assert break_lines("", 4, em) == ("",)


def test_break__new_lines_are_kept() -> None:
    assert break_lines("一\n\n二", 4, em) == ("一", "", "二")


def test_break__a_closing_mark_never_starts_a_line() -> None:
    assert break_lines("养老床位，托位。", 4, em) == ("养老床", "位，托", "位。")


def test_break__an_opening_mark_never_ends_a_line() -> None:
    assert break_lines("养老床（护理型）", 4, em) == ("养老床", "（护理", "型）")


def test_break__numbers_and_words_stay_whole() -> None:
    assert break_lines("床位共5285张", 5, em) == ("床位共5285", "张")
    assert break_lines("床位共有5285张", 5, em) == ("床位共有", "5285张")


def test_break__what_is_wider_than_the_line_is_taken_apart() -> None:
    assert break_lines("ABCDEFGHIJ", 2, em) == ("ABCD", "EFGH", "IJ")


def test_break__a_line_neither_begins_nor_ends_with_white() -> None:
    assert break_lines("abcd efgh", 2, em) == ("abcd", "efgh")
    assert break_lines("养老床位 ", 4, em) == ("养老床位",)


@given(
    st.text(st.sampled_from("养老床位。，（）“”《》12ab A"), max_size=60),
    st.integers(4, 12),
)
def test_break__nothing_is_lost_and_marks_stand_right(text: str, width: int) -> None:
    lines = break_lines(text, width, em)

    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(em(line) <= width for line in lines if text.strip())
    if all(em(run) < width - 1 for run in _runs(text)):
        assert not any(line[0] in CLOSING for line in lines[1:] if line)
        assert not any(line[-1] in OPENING for line in lines[:-1] if line)


def _runs(text: str) -> list[str]:
    """Give the stretches that hang together: marks, letters, digits and white."""
    kept = "".join("|" if character in "养老床位" else character for character in text)
    return [f"养{run}养" for run in kept.split("|")]
