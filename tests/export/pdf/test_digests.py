from __future__ import annotations

from decimal import Decimal

from desktop.export.pdf import digests


def test_number__is_the_same_however_it_is_written() -> None:
    assert digests.number(2) == digests.number("2.0") == digests.number(Decimal("2.00"))
    assert digests.number(True) != digests.number(1)
    assert digests.number(0) != digests.nothing()


def test_dictionary__leaves_out_how_a_file_is_put_together() -> None:
    assert digests.shown(["Type", "Parent", "Length", "F", "Dest"]) == ["F", "Type"]
    entry = ("F", digests.number(4))
    assert digests.dictionary([entry]) != digests.dictionary([entry], digests.of(b""))


def test_names__in_a_page_s_content() -> None:
    content = b"/F1 9 Tf <0001>Tj /Span <</ActualText <FEFF>>> BDC"

    assert digests.names(content) == {b"F1", b"Span", b"ActualText"}


def test_page__each_part_counts() -> None:
    parts = [digests.of(bytes([n])) for n in range(4)]
    whole = digests.page(*parts)

    for place in range(4):
        other = [*parts]
        other[place] = digests.of(b"other")
        assert digests.page(*other) != whole


def test_a_name_and_a_text_differ() -> None:
    assert digests.name(b"/A") != digests.text(b"/A")
    assert digests.array([]) != digests.used([])
