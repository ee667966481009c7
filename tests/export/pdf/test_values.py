from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING
from typing import Any

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.export.pdf import digests
from desktop.export.pdf.archive_pages import page_digests
from desktop.export.pdf.values import PIECE
from desktop.export.pdf.values import Name
from desktop.export.pdf.values import Ref
from desktop.export.pdf.values import digest_of
from desktop.export.pdf.values import number
from desktop.export.pdf.values import numbers
from desktop.export.pdf.values import pieces_of
from desktop.export.pdf.values import written

if TYPE_CHECKING:
    from desktop.export.pdf.values import Value

PLAIN: st.SearchStrategy[Any] = st.one_of(
    st.booleans(),
    st.integers(-10_000, 10_000),
    st.floats(-1e6, 1e6).map(lambda value: round(value, 3)),
    st.text(st.characters(codec="utf-8"), max_size=9),
    st.binary(max_size=9),
    st.text("ABCabc019.-_", min_size=1).map(Name),
)
VALUES: st.SearchStrategy[Any] = st.recursive(
    PLAIN,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.text("ABCxyz", min_size=1, max_size=4), inner, max_size=4)
    ),
    max_leaves=12,
)


@pytest.mark.parametrize(
    ("value", "as_written"),
    [
        (True, "true"),
        (False, "false"),
        (-12, "-12"),
        (0.5, "0.5"),
        (1e9, "1000000000"),
        (-0.00001, "0"),
        (Name("application/json"), "/application#2fjson"),
        (Ref(7), "7 0 R"),
        (b"\x01\xff", "<01ff>"),
        ("a(b)\\", r"(a\(b\)\\)"),
        ("甲\n", "<feff7532000a>"),
        ("\n", "<0a>"),
        ([1, [2.25]], "[1 [2.25]]"),
        ({"A": 1, "B": {"C": Name("D")}}, "<</A 1 /B <</C /D>>>>"),
    ],
)
def test_written__as_pdf_has_it(value: Value, as_written: str) -> None:
    assert written(value) == as_written


def test_number__is_short_and_has_no_exponent() -> None:
    assert number(841.88976) == "841.8898"
    assert numbers((0, 1.5, 100)) == "0 1.5 100"


@given(VALUES)
def test_digest__is_what_another_reader_finds(value: Value) -> None:
    """What is written is read with qpdf, as a note on a page, and digested there."""
    entries = {"Odd": value}
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page()
        note = pikepdf.Object.parse(written(entries).encode("ascii"))
        page.obj.Annots = pikepdf.Array([pdf.make_indirect(note)])
        [found] = page_digests(pdf)
        lies = digests.array(
            digests.number(Decimal(str(side))) for side in page.mediabox
        )
    sheet = lies + 3 * digests.nothing()
    notes = digest_of([Ref(1, digest_of(entries))])
    used = digests.used(())
    assert found == digests.page(digests.of(b""), sheet, used, notes).hex()


def test_pieces__are_all_of_it() -> None:
    data = bytes(range(256)) * (PIECE // 100)

    pieces = list(pieces_of(data))

    assert len(pieces) == 3
    assert b"".join(pieces) == data
    assert list(pieces_of(b"")) == []


def test_digest_of__bytes_are_a_text() -> None:
    assert digest_of(b"ab") == digests.text(b"ab")
