from __future__ import annotations

import io
import json
import subprocess
import sys
from datetime import date
from datetime import datetime
from datetime import time
from datetime import timedelta

import pytest

from desktop.intake import reader
from tests.intake.books import book
from tests.intake.books import sheet

pytestmark = pytest.mark.measured_children


def lines(arguments: list[str], data: bytes) -> list[object]:
    out = io.StringIO()
    assert reader.serve(arguments, io.BytesIO(data), out) == 0
    return [json.loads(line) for line in out.getvalue().splitlines()]


@pytest.mark.parametrize("name", ["fast", "careful"])
@pytest.mark.filterwarnings("ignore:Workbook contains no default style")
def test_serve__says_sheets_rows_and_an_end(name: str) -> None:
    said = lines([name, "2x2"], book())

    assert said[0] == ["sheet", 0, "S"]
    assert said[1] == ["row", 1, [[1, "s", "甲"], [2, "n", "180.4"]]]
    assert said[-1] == ["end", 4]


@pytest.mark.parametrize("name", ["fast", "careful"])
@pytest.mark.filterwarnings("ignore:Workbook contains no default style")
def test_serve__empty_sheet(name: str) -> None:
    said = lines([name, "0x0"], book(sheet=sheet()))

    assert said == [["sheet", 0, "S"], ["end", 0]]


@pytest.mark.parametrize(
    "arguments", [[], ["other"], ["fast", "2"], ["fast", "2x2", "x"]]
)
def test_serve__wrong_call(arguments: list[str]) -> None:
    assert reader.serve(arguments, io.BytesIO(), io.StringIO()) == 2


def test_fast__trusts_no_sheet_larger_than_scanned() -> None:
    with pytest.raises(ValueError, match="S"):
        lines(["fast", "1x1"], book())


@pytest.mark.filterwarnings("ignore:Workbook contains no default style")
def test_careful__parses_with_defusedxml_only(monkeypatch: pytest.MonkeyPatch) -> None:
    import openpyxl.xml

    assert not openpyxl.xml.LXML
    assert openpyxl.xml.DEFUSEDXML

    monkeypatch.setattr(openpyxl.xml, "DEFUSEDXML", False)
    with pytest.raises(RuntimeError):
        lines(["careful", "2x2"], book())


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (True, ("b", "1")),
        (False, ("b", "0")),
        (3, ("n", "3")),
        (0.1, ("n", "0.1")),
        ("x", ("s", "x")),
        (date(2020, 1, 2), ("d", "2020-01-02T00:00:00")),
        (datetime(2020, 1, 2, 3), ("d", "2020-01-02T03:00:00")),  # noqa: DTZ001
        (time(1, 0, 1), ("t", "3601.0")),
        (timedelta(days=1), ("t", "86400.0")),
    ],
)
def test_describe__each_kind(value: object, said: tuple[str, str]) -> None:
    assert reader.describe(value) == said


def test_describe__anything_else_is_a_bug() -> None:
    with pytest.raises(TypeError):
        reader.describe(object())


def test_process__reads_standard_input() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "desktop.intake.reader", "fast", "2x2"],
        input=book(),
        capture_output=True,
        check=True,
    )

    assert done.stdout.endswith(b'["end",4]\n')


@pytest.mark.filterwarnings("ignore:Workbook contains no default style")
def test_serve__blank_cells_and_rows_are_passed_over() -> None:
    rows = '<row r="1"><c r="A1"/></row><row r="2"><c r="B2"><v>7.5</v></c></row>'
    for name in ("fast", "careful"):
        said = lines([name, "2x2"], book(sheet=sheet(rows)))
        assert [line for line in said if line[0] == "row"] == [  # type: ignore[index]  # JSON
            ["row", 2, [[2, "n", "7.5"]]]
        ]
