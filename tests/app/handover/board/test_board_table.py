from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook

from desktop.app.handover.board.board_facts import Asked
from desktop.app.handover.board.board_table import board_rows
from desktop.app.handover.board.board_table import board_sheet
from desktop.app.handover.board.board_table import write_board
from desktop.app.handover.board.board_whole import scored_board
from desktop.app.progress import run_steps
from tests.app.handover.board.test_board_words import SAY
from tests.app.handover.boards import TODAY
from tests.app.handover.boards import last_day
from tests.app.handover.boards import record
from tests.exchange.townships import EAST
from tests.exchange.townships import WEST
from tests.exchange.townships import Desks
from tests.exchange.townships import add
from tests.exchange.townships import county_units
from tests.exchange.townships import opened
from tests.exchange.townships import street
from tests.exchange.townships import submit
from tests.exchange.townships import take
from tests.small import YEAR

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from desktop.app.handover.board.board_whole import ScoredBoard
    from desktop.store.ledger import Ledger


@pytest.fixture
def county(tmp_path: Path) -> Iterator[Ledger]:
    desks = Desks(tmp_path)
    with opened(desks.new(street(EAST))) as east:
        add(east, "甲院", EAST, beds_total=3)
        read = submit(east)
    with opened(desks.new(*county_units())) as ledger:
        take(ledger, read)
        yield ledger


def told(county: Ledger) -> ScoredBoard:
    return run_steps(scored_board(county, YEAR, TODAY, ()))


def test_rows__of_everybody(county: Ledger) -> None:
    last_day(county, TODAY)
    record(county, lambda to: to.asked(WEST, "西", Asked(False, "=撤并")))
    scored = told(county)
    head, east, west = board_rows(scored.board, scored.scores, SAY)
    assert len({len(head), len(east), len(west)}) == 1
    assert east[:4] == ("华阳路街道", EAST, "已接收", "按时")
    assert east[6:11] == ("100", "50", "50", "1 条", "1 条")
    assert west[:4] == ("江苏路街道", WEST, "免报", "")
    assert west[6:11] == ("", "", "", "", "")
    assert west[-1].startswith("免报：=撤并")


def test_rows__without_a_last_day_there_is_no_score_in_all(county: Ledger) -> None:
    scored = told(county)
    _, east, _ = board_rows(scored.board, scored.scores, SAY)
    assert east[6:9] == ("", "", "50")


def test_write__a_workbook_with_its_formula(county: Ledger, tmp_path: Path) -> None:
    path = tmp_path / "board.xlsx"
    sheet = board_sheet(county, told(county), SAY)
    assert write_board(path, sheet, csv=False) == ()
    cells = [
        str(cell)
        for row in load_workbook(path).worksheets[0].iter_rows(values_only=True)
        for cell in row
        if cell is not None
    ]
    assert cells[0] == "上报率"
    text = "\n".join(cells)
    assert "统计截至 2026-01-02" in text
    assert "本软件口径" in text
    assert "上报率 50.0%" in text


def test_write__csv_without_formulas(county: Ledger, tmp_path: Path) -> None:
    path = tmp_path / "board.csv"
    assert write_board(path, board_sheet(county, told(county), SAY), csv=True) == ()
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert [row[0] for row in rows] == ["单位", "华阳路街道", "江苏路街道"]
