from __future__ import annotations

from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED
from zipfile import ZipFile
from zipfile import ZipInfo

from openpyxl import Workbook
from openpyxl import load_workbook

from desktop.export.steady_zip import BEGINNING
from desktop.export.steady_zip import SteadyZip
from desktop.export.steady_zip import save_steadily

if TYPE_CHECKING:
    from pathlib import Path


def test_steady_zip__every_way_of_writing_bears_one_time(tmp_path: Path) -> None:
    file = tmp_path / "f"
    file.write_bytes(b"x" * 99)
    with SteadyZip(tmp_path / "a.zip", "w", ZIP_DEFLATED, compresslevel=3) as made:
        made.write(file, "written")
        made.writestr("string", b"y")
        made.writestr(ZipInfo("info", (2026, 1, 1, 0, 0, 0)), b"z")
        with made.open("opened", "w") as out:
            out.write(b"x" * 99)
    with ZipFile(tmp_path / "a.zip") as found:
        entries = {entry.filename: entry for entry in found.infolist()}
        assert {entry.date_time for entry in entries.values()} == {BEGINNING}
        assert entries["opened"].compress_size < 99
    with SteadyZip(tmp_path / "a.zip") as found, found.open("string") as part:
        assert part.read() == b"y"


def saved(made: str) -> bytes:
    workbook = Workbook()
    workbook.worksheets[0]["A1"] = "甲"
    out = BytesIO()
    save_steadily(workbook, out, made)
    return out.getvalue()


def test_save_steadily__the_same_bytes_at_the_time_given() -> None:
    made = "2026-01-02T11:04:05.678+08:00"
    assert saved(made) == saved(made)
    properties = load_workbook(BytesIO(saved(made))).properties
    assert properties.created == properties.modified == datetime(2026, 1, 2, 3, 4, 5)  # noqa: DTZ001 - openpyxl's
    assert load_workbook(BytesIO(saved(""))).properties.created == datetime(1980, 1, 1)  # noqa: DTZ001 - openpyxl's
