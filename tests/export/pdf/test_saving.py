from __future__ import annotations

import errno
from pathlib import Path

import pikepdf
import pytest

from desktop.export.pdf.saving import save_pdf

FULL = Path("/dev/full")


def some(pages: int) -> pikepdf.Pdf:
    pdf = pikepdf.new()
    for number in range(pages):
        pdf.add_blank_page()
        content = b"%% page %d" % number
        pdf.pages[-1].obj.Contents = pdf.make_stream(content)
    return pdf


def test_save_pdf__saves_what_is_there(tmp_path: Path) -> None:
    with some(3) as pdf:
        save_pdf(pdf, tmp_path / "a.pdf")
        save_pdf(pdf, tmp_path / "b.pdf", "1.7")

    with pikepdf.open(tmp_path / "a.pdf") as first:
        assert len(first.pages) == 3
        assert first.pdf_version == "1.4"
    with pikepdf.open(tmp_path / "b.pdf") as second:
        assert second.pdf_version == "1.7"
    assert b"/ObjStm" not in (tmp_path / "b.pdf").read_bytes()


@pytest.mark.skipif(not FULL.exists(), reason="no disk here that is always full")
def test_save_pdf__a_full_disk_is_an_error_and_the_program_goes_on() -> None:
    with some(500) as pdf, pytest.raises(OSError, match="No space") as caught:
        save_pdf(pdf, FULL)

    assert caught.value.errno == errno.ENOSPC
