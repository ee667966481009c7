"""The file that a PDF is written into page by page."""

from __future__ import annotations

import subprocess
import tracemalloc
from itertools import pairwise
from typing import TYPE_CHECKING

import pikepdf
import pytest

from desktop.export.layout import PAPER
from desktop.export.pdf import file as pdf_file
from desktop.export.pdf.file import PdfFile
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


def test_file__pages_hang_on_branches_of_a_tree(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, program: Callable[[str], str]
) -> None:
    """PDF/A-1 allows a list 8,191 entries; a long roster has more pages."""
    monkeypatch.setattr(pdf_file, "BRANCH", 4)
    path = tmp_path / "a.pdf"
    write(path, Fonts(FONTS), 11, marked=True)

    with pikepdf.open(path) as pdf:
        assert [int(kid.Count) for kid in pdf.Root.Pages.Kids] == [4, 4, 3]
        assert len(pdf.pages) == 11
    assert check_pdf(path, 11) is None
    subprocess.run([program("qpdf"), "--check", path], check=True, capture_output=True)


@pytest.mark.unmeasured
def test_file__each_page_costs_a_few_numbers(tmp_path: Path) -> None:
    """What a page draws is not kept, nor its objects: ten thousand pages are 1 MB."""
    file = PdfFile(tmp_path / "a.pdf", "1.4")

    def grown(pages: int) -> float:
        before, _ = tracemalloc.get_traced_memory()
        for number in range(pages):
            file.add_page(f"BT /F1 9 Tf <{number:04X}>Tj ET", PAPER)
        after, _ = tracemalloc.get_traced_memory()
        return (after - before) / pages

    tracemalloc.start()
    grown(pdf_file.BRANCH)
    each = grown(6 * pdf_file.BRANCH)
    tracemalloc.stop()
    file.close()

    assert each < 150


def test_stream__of_any_length_is_never_held_whole(tmp_path: Path) -> None:
    file = PdfFile(tmp_path / "a.pdf", "1.4")
    piece = bytes(range(256)) * 256
    tracemalloc.start()
    file.stream({}, (piece for _ in range(200)))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    tree, digests = file.finish({})
    file.end({"Pages": tree}, {})

    assert peak < 10 * len(piece)
    assert list(digests) == []


def test_file__objects_stand_one_after_the_other(tmp_path: Path, fonts: Fonts) -> None:
    """The table of places is in the order of numbers, whatever was written first."""
    path = tmp_path / "a.pdf"
    write(path, fonts, 3, marked=True)
    content = path.read_bytes()
    table = content[int(content.split(b"startxref")[1].split()[0]) :]
    places = [int(line[:10]) for line in table.splitlines()[3:] if line[-2:] == b"n "]
    assert len(places) > 20
    for number, place in enumerate(places, 1):
        assert content[place:].startswith(b"%d 0 obj" % number)
    spans = list(pairwise(sorted(places)))
    assert all(content[:after].endswith(b"endobj\n") for _, after in spans)
