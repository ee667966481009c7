"""A document of others made an archive, and very many pages in one."""

from __future__ import annotations

import json
import subprocess
from typing import TYPE_CHECKING

import pikepdf

from desktop.export.pdf import joined
from desktop.export.pdf.archive import Archiving
from desktop.export.pdf.archive import Conformance
from desktop.export.pdf.archive import Kept
from desktop.export.pdf.archive_reading import Archive
from desktop.export.pdf.archive_reading import read_archive
from desktop.export.pdf.archive_words import Description
from desktop.export.pdf.joined import archive_pdf
from desktop.export.reread import check_pdf

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Sequence
    from pathlib import Path

    import pytest

SAID = Description("合订", "长宁区", "", "", "民生台账", "pikepdf")
DATA = b'{"format":"taizhang-batch"}'


def foreign(path: Path, pages: int) -> Path:
    with pikepdf.new() as pdf:
        for number in range(pages):
            page = pdf.add_blank_page()
            page.obj.Contents = pdf.make_stream(b"%% page %d" % number)
        pdf.save(path)
    return path


def test_archive_pdf__is_an_archive_with_data(
    tmp_path: Path, preflight: Callable[[Sequence[Path]], list[list[str]]]
) -> None:
    path = tmp_path / "a.pdf"
    kept = Kept(DATA, "2026-01-08T09:30:00+08:00", Archiving(workbook="ab" * 32))
    archive_pdf(foreign(tmp_path / "b.pdf", 3), path, SAID, kept)

    found = read_archive(path)
    assert isinstance(found, Archive)
    assert (found.data, found.workbook, found.remarks) == (DATA, "ab" * 32, ())
    assert preflight([path]) == [[]]
    with pikepdf.open(path) as pdf:
        assert str(pdf.trailer.Info.Title) == "合订"


def test_archive_pdf__level_3b(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    kept = Kept(DATA, "", Archiving(Conformance.A3B))
    archive_pdf(foreign(tmp_path / "b.pdf", 1), path, SAID, kept)

    with pikepdf.open(path) as pdf:
        attached = pdf.attachments["taizhang-data.json"].get_file()
        assert json.loads(attached.read_bytes()) == json.loads(DATA)
        assert str(attached.mime_type) == "application/json"
        assert pdf.pdf_version == "1.7"


def test_archive_pdf__very_many_pages_hang_on_branches(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, program: Callable[[str], str]
) -> None:
    monkeypatch.setattr(joined, "LONGEST", 10)
    monkeypatch.setattr(joined, "BRANCH", 5)
    path = tmp_path / "a.pdf"
    archive_pdf(foreign(tmp_path / "b.pdf", 23), path, SAID, Kept())

    with pikepdf.open(path) as pdf:
        counts = [int(branch.Count) for branch in pdf.Root.Pages.Kids]
        contents = [page.obj.Contents.read_bytes() for page in pdf.pages]
    assert counts == [5, 5, 5, 5, 3]
    assert contents == [b"%% page %d" % number for number in range(23)]
    assert check_pdf(path, 23) is None
    found = read_archive(path)
    assert isinstance(found, Archive)
    assert found.remarks == ()
    subprocess.run([program("qpdf"), "--check", path], check=True, capture_output=True)
