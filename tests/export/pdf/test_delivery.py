from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from desktop.export import delivery as words
from desktop.export.pdf.delivery import delivery_pages
from desktop.export.pdf.delivery import write_delivery
from desktop.export.pdf.fonts import Fonts
from desktop.export.safe_file import ExportError
from tests.export.printing import joined
from tests.export.printing import printed
from tests.export.samples import FONTS
from tests.export.test_delivery import NOTE

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def fonts() -> Fonts:
    return Fonts(FONTS)


def test_pages__one_page_says_all_and_leaves_room_to_sign(
    fonts: Fonts, tmp_path: Path
) -> None:
    pages = delivery_pages(NOTE, fonts)
    text = joined(printed(pages, tmp_path / "a.pdf"))

    assert len(pages) == 1
    assert text.startswith("上报材料报送单报送单位：华阳路街道（310105001）")
    for label in (*words.SENDER, *words.RECEIVER):
        assert label in text
    for said in ("310105001-2025-r0012-ab12cd.xlsx", "1.2MB", "零报告", "第12版"):
        assert said in text


def test_pages__more_forms_than_any_pack_has_take_one_page(fonts: Fonts) -> None:
    forms = tuple(
        (f"第{place}张名称有十五个字的报表", "1234 条") for place in range(20)
    )
    note = replace(NOTE, forms=forms, errors=3, remarks=("名册没有随报。",), code="")

    assert len(delivery_pages(note, fonts)) == 1


def test_write__ok(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"

    write_delivery(NOTE, path, FONTS)
    first = path.read_bytes()
    write_delivery(NOTE, path, FONTS)

    assert first.startswith(b"%PDF-")
    assert path.read_bytes() == first
    assert list(tmp_path.iterdir()) == [path]


def test_write__a_missing_folder(tmp_path: Path) -> None:
    with pytest.raises(ExportError):
        write_delivery(NOTE, tmp_path / "no" / "a.pdf", FONTS)
