from __future__ import annotations

from typing import TYPE_CHECKING

from openpyxl import Workbook
from openpyxl import load_workbook

from tests.cli.desks import typed

if TYPE_CHECKING:
    from pathlib import Path


def test_book__there_and_back(tmp_path: Path) -> None:
    path = tmp_path / "长宁.xlsx"

    wrote = typed(tmp_path, "pack", "export-xlsx", "changning", "-o", path)
    read = typed(tmp_path, "pack", "import-xlsx", path, tmp_path / "my_changning")
    linted = typed(tmp_path, "pack", "lint", tmp_path / "my_changning")

    assert (wrote.code, read.code, linted.code) == (0, 0, 0)
    assert "Wrote" in wrote.out
    assert str(tmp_path / "my_changning" / "forms" / "eci.yaml") in read.out
    book = load_workbook(path)
    assert book.sheetnames[:3] == ["pack", "forms", "fields"]
    assert book["fields"].freeze_panes == "B2"
    book.close()


def test_book__faults_are_told_by_cell_and_nothing_is_written(tmp_path: Path) -> None:
    path = tmp_path / "长宁.xlsx"
    typed(tmp_path, "pack", "export-xlsx", "changning", "-o", path)
    book = load_workbook(path)
    book["rules"]["A1"] = "idd"
    book.save(path)
    book.close()

    read = typed(tmp_path, "pack", "import-xlsx", path, tmp_path / "mine")

    assert read.code == 1
    assert "长宁.xlsx[rules]:1:1" in read.out
    assert not (tmp_path / "mine").exists()


def test_book__an_xlsform(tmp_path: Path) -> None:
    book = Workbook()
    survey = book.worksheets[0]
    survey.title = "survey"
    for row in (
        ("type", "name", "label", "required"),
        ("text", "title", "机构名称", "yes"),
        ("integer", "beds", "床位数", "yes"),
        ("geopoint", "place", "位置", ""),
    ):
        survey.append(row)
    path = tmp_path / "调查.xlsx"
    book.save(path)

    read = typed(tmp_path, "pack", "import-xlsx", path, tmp_path / "survey_pack")
    linted = typed(tmp_path, "pack", "lint", tmp_path / "survey_pack")

    assert read.code == 1
    assert "Not taken over: type of place: geopoint" in read.out
    assert linted.code == 0


def test_book__no_workbook__error(tmp_path: Path) -> None:
    read = typed(tmp_path, "pack", "import-xlsx", tmp_path / "没有", tmp_path / "mine")

    assert read.code == 2
    assert "没有" in read.err
