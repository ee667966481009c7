"""The file that a PDF is written into page by page."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest

from desktop.export.pdf.fonts import Face
from desktop.export.pdf.fonts import Fonts
from desktop.export.pdf.pen import Pen
from desktop.export.reread import check_pdf
from tests.export.samples import FONTS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

WORDS = "养老机构服务设施人员配置" * 40


@pytest.fixture(scope="module")
def fonts() -> Fonts:
    return Fonts(FONTS)


def write(path: Path, fonts: Fonts, pages: int, *, marked: bool = False) -> None:
    pen = Pen(path, fonts)
    for number in range(pages):
        if marked:
            pen.bookmark(f"p{number}", f"第{number}页", 0, 500)
            pen.link(f"p{pages - 1}", (0, 0, 50, 50))
        pen.text(50, 500, f"{number} {WORDS}", Face.SONG, 9)
        pen.end_page()
    pen.save()
    pen.close()


def test_file__a_page_is_on_the_disk_before_the_next_is_drawn(
    tmp_path: Path, fonts: Fonts
) -> None:
    path = tmp_path / "a.pdf"
    pen = Pen(path, fonts)
    sizes = []
    for number in range(200):
        pen.text(50, 500, f"{number} {WORDS[number:]}", Face.SONG, 9)
        pen.end_page()
        sizes.append(path.stat().st_size)
    pen.close()

    assert sizes[50] < sizes[100] < sizes[150]


def test_file__with_outline_and_links_is_clean(
    tmp_path: Path, program: Callable[[str], str], fonts: Fonts
) -> None:
    path = tmp_path / "a.pdf"
    write(path, fonts, 3, marked=True)

    said = subprocess.run(
        [program("qpdf"), "--check", path], check=True, capture_output=True, text=True
    ).stdout
    assert "No syntax or stream encoding errors" in said
    assert check_pdf(path, 3) is None


def test_file__without_outline_is_clean(
    tmp_path: Path, program: Callable[[str], str], fonts: Fonts
) -> None:
    path = tmp_path / "a.pdf"
    write(path, fonts, 2)

    said = subprocess.run(
        [program("qpdf"), "--check", path], check=True, capture_output=True, text=True
    ).stdout
    assert "No syntax or stream encoding errors" in said
    assert b"/Outlines" not in path.read_bytes()


def test_file__the_same_pages_give_the_same_bytes(tmp_path: Path, fonts: Fonts) -> None:
    write(tmp_path / "a.pdf", fonts, 3, marked=True)
    write(tmp_path / "b.pdf", fonts, 3, marked=True)

    assert (tmp_path / "a.pdf").read_bytes() == (tmp_path / "b.pdf").read_bytes()
