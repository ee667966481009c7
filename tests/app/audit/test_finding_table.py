from __future__ import annotations

import csv
from dataclasses import replace
from io import StringIO
from typing import TYPE_CHECKING

import pytest

from desktop.app.audit.finding_list import FindingList
from desktop.app.audit.finding_list import Group
from desktop.app.audit.finding_list import which
from desktop.app.audit.finding_table import csv_text
from desktop.app.audit.finding_table import finding_table
from desktop.app.audit.finding_table import tab_text
from desktop.app.audit.finding_table import write_csv
from desktop.app.audit.standing import Said
from desktop.app.audit.standing import Standing
from desktop.app.progress import run_steps
from desktop.core.catalogue import CATALOGUE
from desktop.core.findings import Level
from desktop.core.findings import Outcome
from desktop.core.messages import message
from desktop.core.words import Words
from desktop.export.safe_file import ExportError
from tests import small
from tests import telling
from tests.telling import GOOD

if TYPE_CHECKING:
    from pathlib import Path

    from desktop.app.audit.finding_table import Row

SAY = Words(CATALOGUE)


def rows(folder: Path) -> tuple[Row, ...]:
    """Write a list of two warnings, one of them explained, and a broken rule."""
    with small.opened(telling.make(folder)) as ledger:
        found = telling.findings(ledger)
        one, two = found["甲院"], found["区院"]
        broken = replace(
            one,
            level=Level.ERROR,
            outcome=Outcome.BROKEN,
            record=None,
            fields=("gone",),
            problem=message("rules.broken", rule="a", check="b"),
        )
        groups = (Group(Level.ERROR, (broken,), 0), Group(Level.WARNING, (one, two), 1))
        said = {which(one): Said(Standing.STANDS, GOOD)}
        listed = FindingList(groups, said)
        return run_steps(finding_table(ledger, ledger.pack(), SAY, listed))


def test_table__in_the_order_of_the_list(tmp_path: Path) -> None:
    head, broken, one, two = rows(tmp_path)
    assert head[0] == "Level"
    assert broken[:5] == ("强制性", "养老机构调查表", "华阳路街道", "华阳路街道", "")
    assert "could not run" in broken[5]
    assert one == (
        "核实性",
        "养老机构调查表",
        "华阳路街道",
        "甲院",
        "总床位数",
        "总床位数（160）超过 100 张，请说明",
        "已说明",
        GOOD,
        telling.MANY,
    )
    assert two[2:4] == ("长宁区", "区院")
    assert two[6:8] == ("待说明", "")


def test_tab_text__one_line_a_row() -> None:
    assert tab_text([("甲", "乙\n丙"), ("1", "2")]) == "甲\t乙 丙\n1\t2"


def test_csv__no_cell_is_a_formula() -> None:
    text = csv_text([("=1+1", "甲,乙"), ("-1", '"')])
    assert list(csv.reader(StringIO(text))) == [["'=1+1", "甲,乙"], ["'-1", '"']]


def test_write__with_the_mark_excel_knows(tmp_path: Path) -> None:
    path = tmp_path / "清单.csv"
    write_csv(path, [("级别", "报表")])
    assert path.read_bytes() == "\ufeff级别,报表\r\n".encode()


def test_write__what_is_read_back_otherwise_is_not_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "desktop.app.audit.finding_table._write", lambda part, _: part.write_bytes(b"?")
    )
    with pytest.raises(ExportError) as refused:
        write_csv(tmp_path / "清单.csv", [("甲",)])
    assert refused.value.message.code == "export.damaged"
    assert list(tmp_path.iterdir()) == []
