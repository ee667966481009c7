from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING
from typing import Any

import pikepdf
import pytest

from desktop.core.messages import message
from desktop.export.pdf import merge as pdf_merge
from desktop.export.pdf.archive import OWNER
from desktop.export.pdf.archive import Archiving
from desktop.export.pdf.archive import Conformance
from desktop.export.pdf.fonts import Typefaces
from desktop.export.pdf.merge import PdfPart
from desktop.export.pdf.merge import Said
from desktop.export.pdf.merge import merge_pdfs
from desktop.export.pdf.writing import write_pdf
from desktop.export.report import Chapter
from desktop.export.safe_file import ExportError
from tests.export.samples import FONTS
from tests.export.samples import sample_report

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

SAID = Said("合订", "长宁区", "2026-01-02T03:04:00+00:00")
FACES = Typefaces(FONTS)
NAMES = ("甲街道", "乙镇", "丙乡", "丁村", "戊村")


@pytest.fixture(scope="module")
def parts(tmp_path_factory: pytest.TempPathFactory) -> list[PdfPart]:
    folder = tmp_path_factory.mktemp("parts")
    report = replace(sample_report(), left_out=frozenset(Chapter), data=b'{"a":1}')
    made = []
    for name in NAMES[:2]:
        path = folder / f"{name}.pdf"
        write_pdf(replace(report, unit_name=name), path, FONTS)
        made.append(PdfPart(path, name))
    return made


def go_on(*_: int) -> bool:
    return True


def told(parts: list[PdfPart], path: Path, said: Said = SAID) -> int | None:
    return merge_pdfs(parts, path, said, go_on, FACES)


def test_merge__all_pages_bookmarks_and_links(
    tmp_path: Path, parts: list[PdfPart], program: Callable[[str], str]
) -> None:
    path = tmp_path / "合订.pdf"
    pages = told(parts, path)
    with pikepdf.open(path) as pdf:
        assert len(pdf.pages) == pages
        places: dict[Any, int] = {
            page.objgen: number for number, page in enumerate(pdf.pages)
        }

        def place(target: Any) -> int:  # noqa: ANN401 - an array of a PDF
            return places[target[0].objgen]

        with pdf.open_outline() as outline:
            tops = [*outline.root]
            assert [mark.title for mark in tops] == ["甲街道", "乙镇"]
            starts = [place(mark.destination) for mark in tops]
            below = [[place(mark.destination) for mark in top.children] for top in tops]
        links = [
            (number, place(link.Dest))
            for number, page in enumerate(pdf.pages)
            for link in page.get("/Annots", [])
        ]
        data = pdf.Root.PieceInfo[f"/{OWNER}"].Private.Data.read_bytes()
        assert str(pdf.docinfo["/Title"]) == "合订"
    assert pages is not None
    assert starts == [0, pages // 2]
    assert all(
        start <= mark < start + pages // 2
        for start, some in zip(starts, below, strict=True)
        for mark in some
    )
    assert links
    assert {start // (pages // 2) for start, _ in links} == {0, 1}
    assert all(here // (pages // 2) == to // (pages // 2) for here, to in links)
    assert json.loads(data) == {"format": "taizhang-batch", "parts": [{"a": 1}] * 2}


def test_merge__many_are_joined_through_stages(
    tmp_path: Path, parts: list[PdfPart], monkeypatch: pytest.MonkeyPatch
) -> None:
    many = [replace(parts[0], title=name) for name in NAMES]
    at_once = tmp_path / "once.pdf"
    told(many, at_once)
    monkeypatch.setattr(pdf_merge, "AT_ONCE", 2)
    seen: list[tuple[int, int]] = []

    def watch(done: int, total: int) -> bool:
        seen.append((done, total))
        return True

    staged = tmp_path / "staged.pdf"
    assert merge_pdfs(many, staged, SAID, watch, FACES) == 5 * pages_of(parts[0].path)
    assert [path.name for path in tmp_path.iterdir()] == ["once.pdf", "staged.pdf"]
    assert {total for _, total in seen} == {5}
    assert [done for done, _ in seen] == sorted(done for done, _ in seen)
    assert titles(staged) == titles(at_once) == [*NAMES]


def pages_of(path: Path) -> int:
    with pikepdf.open(path) as pdf:
        return len(pdf.pages)


def titles(path: Path) -> list[str]:
    with pikepdf.open(path) as pdf, pdf.open_outline() as outline:
        return [mark.title for mark in outline.root]


def test_merge__the_same_parts_give_the_same_bytes(
    tmp_path: Path, parts: list[PdfPart]
) -> None:
    paths = [tmp_path / name for name in ("1.pdf", "2.pdf")]
    for path in paths:
        told(parts, path)
    assert paths[0].read_bytes() == paths[1].read_bytes()


def test_merge__with_the_data_attached(tmp_path: Path, parts: list[PdfPart]) -> None:
    path = tmp_path / "合订.pdf"
    told(parts, path, replace(SAID, archiving=Archiving(Conformance.A3B)))
    with pikepdf.open(path) as pdf:
        [name] = pdf.attachments
        assert json.loads(pdf.attachments[name].get_file().read_bytes())["parts"]


def test_merge__stopped_leaves_the_old_file(
    tmp_path: Path, parts: list[PdfPart]
) -> None:
    path = tmp_path / "合订.pdf"
    path.write_bytes(b"old")
    assert merge_pdfs(parts, path, SAID, lambda done, _: done < 1, FACES) is None
    assert path.read_bytes() == b"old"
    assert [each.name for each in tmp_path.iterdir()] == ["合订.pdf"]


def test_merge__a_part_that_is_no_pdf(tmp_path: Path, parts: list[PdfPart]) -> None:
    odd = tmp_path / "odd.pdf"
    odd.write_bytes(b"%PDF-1.4 nothing")
    with pytest.raises(ExportError) as refused:
        told([*parts, PdfPart(odd, "坏")], tmp_path / "合订.pdf")
    assert refused.value.message == message("export.damaged", name="odd.pdf")


def test_merge__a_part_that_is_gone(tmp_path: Path, parts: list[PdfPart]) -> None:
    gone = [*parts, PdfPart(tmp_path / "gone.pdf", "没了")]
    with pytest.raises(ExportError):
        told(gone, tmp_path / "合订.pdf")
    assert not any(tmp_path.iterdir())
