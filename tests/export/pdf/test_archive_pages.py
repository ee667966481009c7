from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING
from typing import Any

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.export.pdf import archive_pages as pdf_archive_pages
from desktop.export.pdf.archive_pages import PageCheck
from desktop.export.pdf.archive_pages import TooMuchError
from desktop.export.pdf.archive_pages import compare_pages
from desktop.export.pdf.archive_pages import page_digests

if TYPE_CHECKING:
    from collections.abc import Callable

    from pikepdf import Pdf


def book() -> Pdf:
    """Make two pages that share their fonts; the first draws with one of them."""
    pdf = pikepdf.new()
    fonts: Any = pdf.make_indirect(
        pikepdf.Dictionary(
            {
                "/F1": pikepdf.Dictionary(Type=pikepdf.Name.Font, Widths=[1, 2.5]),
                "/F2": pikepdf.Dictionary(Type=pikepdf.Name.Font, Widths=[3]),
            }
        )
    )
    for words in (b"BT /F1 9 Tf (one) Tj ET", b"BT (two) Tj ET"):
        page = pdf.add_blank_page()
        page.obj.Contents = pdf.make_stream(words)
        page.obj.Resources = pikepdf.Dictionary(
            Font=fonts, ProcSet=pikepdf.Array([pikepdf.Name.PDF])
        )
    return pdf


def digests(pdf: Pdf) -> list[str]:
    return list(page_digests(pdf))


def split_content(pdf: Pdf) -> None:
    """Lay the content out as two streams, as other programs do."""
    parts = (b"BT /F1 9 Tf", b"(one) Tj ET")
    streams = [pdf.make_stream(part) for part in parts]
    pdf.pages[0].obj.Contents = pikepdf.Array(streams)


def change_words(pdf: Pdf) -> None:
    pdf.pages[0].obj.Contents.write(b"BT /F1 9 Tf (One) Tj ET")


def remove_words(pdf: Pdf) -> None:
    del pdf.pages[0].obj["/Contents"]


def change_font(pdf: Pdf) -> None:
    pdf.pages[0].obj.Resources.Font.F1.Widths[0] = Decimal("1.5")


def change_what_black_is(pdf: Pdf) -> None:
    spaces = pikepdf.Dictionary(DefaultGray=pikepdf.Array([pikepdf.Name.Separation]))
    pdf.pages[0].obj.Resources.ColorSpace = spaces


def turn(pdf: Pdf) -> None:
    pdf.pages[0].obj.Rotate = 90


def crop(pdf: Pdf) -> None:
    pdf.pages[0].obj.CropBox = pikepdf.Array([0, 0, 10, 10])


def stamp_over(pdf: Pdf) -> None:
    note = pikepdf.Dictionary(
        Subtype=pikepdf.Name.Stamp,
        Contents=pikepdf.String("/Stamp"),
        AP=pikepdf.Dictionary(N=pdf.make_stream(b"0 0 9 9 re f")),
    )
    pdf.pages[0].obj.Annots = pikepdf.Array([pdf.make_indirect(note)])


@pytest.mark.parametrize(
    "change",
    [
        change_words,
        remove_words,
        change_font,
        change_what_black_is,
        turn,
        crop,
        stamp_over,
    ],
)
def test_page_digests__what_is_seen_makes_a_difference(
    change: Callable[[Pdf], None],
) -> None:
    with book() as pdf:
        before = digests(pdf)
        change(pdf)
        after = digests(pdf)

    assert before[0] != after[0]
    assert before[1] == after[1]


def add_unused(pdf: Pdf) -> None:
    pdf.pages[0].obj.Resources.Font.F9 = pikepdf.Dictionary(Widths=[1])


def add_empty_kind(pdf: Pdf) -> None:
    pdf.pages[0].obj.Resources.XObject = pikepdf.Dictionary()


def write_number_otherwise(pdf: Pdf) -> None:
    pdf.pages[0].obj.Resources.Font.F1.Widths[0] = Decimal("1.00")


def name_procedures(pdf: Pdf) -> None:
    pdf.pages[0].obj.Resources.ProcSet = pikepdf.Array([])


@pytest.mark.parametrize(
    "change",
    [
        split_content,
        add_unused,
        add_empty_kind,
        write_number_otherwise,
        name_procedures,
    ],
)
def test_page_digests__how_the_file_is_laid_out_makes_none(
    change: Callable[[Pdf], None],
) -> None:
    with book() as pdf:
        pdf.pages[0].obj.Contents.write(b"BT /F1 9 Tf\n(one) Tj ET")
        before = digests(pdf)
        change(pdf)

        assert digests(pdf) == before


def test_page_digests__are_those_of_files_that_are_kept_already() -> None:
    """Other digests would say of every older file that it was altered."""
    with book() as pdf:
        stamp_over(pdf)
        turn(pdf)

        assert digests(pdf) == [
            "abb6dd363a4e68e5d16f5c5b098f26780911df82b68e40d3eecfad05c35df8fe",
            "9ef4e2d190a6d99b58d9a6baac081923390ea1e0f74312700d25fe9052dfae17",
        ]


def test_page_digests__a_name_is_no_text() -> None:
    with book() as pdf:
        font = pdf.pages[0].obj.Resources.Font.F1
        font.Encoding = pikepdf.Name("/Odd")
        name = digests(pdf)
        font.Encoding = pikepdf.String("/Odd")

        assert digests(pdf) != name


def test_page_digests__links_between_pages_come_to_an_end() -> None:
    with book() as pdf:
        first, second = (page.obj for page in pdf.pages)
        link = pdf.make_indirect(
            pikepdf.Dictionary(Subtype=pikepdf.Name.Link, A=pikepdf.Dictionary())
        )
        action: Any = link.A
        action.D = pikepdf.Array([second, pikepdf.Name.Fit])
        action.Next = link
        first.Annots = pikepdf.Array([link])
        to_second = digests(pdf)
        action.D[0] = first

        assert digests(pdf) != to_second


def test_page_digests__more_than_a_report_can_have_is_not_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with book() as pdf:
        monkeypatch.setattr(pdf_archive_pages, "LARGEST", 30)
        with pytest.raises(TooMuchError):
            digests(pdf)
        monkeypatch.undo()
        monkeypatch.setattr(pdf_archive_pages, "MOST", 3)
        with pytest.raises(TooMuchError):
            digests(pdf)


WRITTEN = ["a", "b", "c", "d"]


@pytest.mark.parametrize(
    ("found", "check"),
    [
        ("abcd", PageCheck(4)),
        ("abxd", PageCheck(4, altered=(3,), lost=(3,))),
        ("abd", PageCheck(3, lost=(3,))),
        ("abxcd", PageCheck(5, altered=(3,))),
        ("acbd", PageCheck(4, moved=True)),
        ("abccd", PageCheck(5, altered=(4,))),
        ("", PageCheck(0, lost=(1, 2, 3, 4))),
    ],
)
def test_compare_pages__says_what_became_of_which_page(
    found: str, check: PageCheck
) -> None:
    assert compare_pages(WRITTEN, list(found)) == check
    assert check.whole == (found == "abcd")


def test_compare_pages__pages_that_look_alike_are_several() -> None:
    assert compare_pages(["a", "a", "b"], ["a", "a", "b"]).whole
    assert compare_pages(["a", "a", "b"], ["a", "b"]) == PageCheck(2, lost=(2,))


@given(st.lists(st.sampled_from("abcde")), st.lists(st.sampled_from("abcde")))
def test_compare_pages__whole_means_the_same(
    written: list[str], found: list[str]
) -> None:
    check = compare_pages(written, found)

    assert check.whole == (written == found)
    assert len(found) - len(check.altered) == len(written) - len(check.lost)
