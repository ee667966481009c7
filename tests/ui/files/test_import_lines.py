"""What the lists of an import say of a real, untidy table."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from desktop.app.files.importing import ImportWish
from desktop.app.files.importing import ReadyImport
from desktop.app.files.importing import plan_file
from desktop.app.files.importing import read_file
from desktop.intake.action import summary
from desktop.intake.plan_values import ImportOptions
from desktop.intake.plan_values import RowKind
from desktop.intake.plan_values import SkipReason
from desktop.intake.table import Source
from desktop.ui.files.import_lines import KINDS
from desktop.ui.files.import_lines import SKIPPED
from desktop.ui.files.import_lines import Lines
from desktop.ui.files.import_lines import PlanLines
from tests import small
from tests.levels import make_levels

if TYPE_CHECKING:
    from pathlib import Path

    from desktop.ui.workplace import Workplace
    from tests.ui.conftest import Opener

READER = (sys.executable, "-m", "desktop", "--read-workbook")
UNTIDY = """机构名称,总床位数,护理型床位数,月收费,备用,总床位数,所在街道
好院,100,６０,无法填写,甲,7,华阳路街道
坏院,110,120,"1,200.50",乙,7,华阳路街道
,30,,,丙,7,华阳路街道
远院,20,,,丁,7,
合计,260,180,,,,
"""


@pytest.fixture
def untidy(tmp_path: Path) -> Path:
    path = tmp_path / "台账.csv"
    path.write_text(UNTIDY, encoding="utf-8")
    return path


def planned(
    work: Workplace, path: Path, form: str = "eci", **where: str
) -> ReadyImport:
    source = read_file(path, READER)
    assert isinstance(source, Source)
    wish = ImportWish(path, form, options=ImportOptions(where=where))
    period = work.session.period
    ready = work.session.thread.call(
        lambda ledger: plan_file(ledger, period, source, wish)
    ).result()
    assert isinstance(ready, ReadyImport), ready
    return ready


@pytest.fixture
def ready(work: Workplace, untidy: Path) -> ReadyImport:
    return planned(work, untidy)


@pytest.fixture
def lines(work: Workplace, ready: ReadyImport) -> PlanLines:
    return PlanLines(work, work.form("eci"), ready)


def tab(lines: PlanLines, work: Workplace, title: str) -> Lines:
    found = {name: rows for name, _, rows in lines.tabs()}
    return found[work.say(title)]


def test_words__every_kind_and_reason_has_them(work: Workplace) -> None:
    assert KINDS.keys() == set(RowKind)
    assert SKIPPED.keys() == set(SkipReason)


def test_tabs__as_many_texts_in_a_line_as_heads(lines: PlanLines) -> None:
    for title, heads, rows in lines.tabs():
        assert all(len(row) == len(heads) for row in rows), title


def test_headline__counts_as_the_plan_does(
    lines: PlanLines, ready: ReadyImport, work: Workplace
) -> None:
    count = summary(ready.plan)
    assert lines.headline(count) == work.say(
        "{new} new, {update} changed, {unchanged} as before, {problem} wait for you",
        new=count.new,
        update=count.update,
        unchanged=count.unchanged,
        problem=count.problem,
    )


def test_headline__says_what_was_left_out(work: Workplace, untidy: Path) -> None:
    ready = planned(work, untidy, 备用="甲")
    lines = PlanLines(work, work.form("eci"), ready)
    count = summary(ready.plan)
    assert count.filtered
    more = work.say("; {count} left out as you asked", count=count.filtered)
    assert lines.headline(count).endswith(more)


def test_rows__what_each_becomes_and_where(lines: PlanLines, work: Workplace) -> None:
    rows = {row[2]: row for row in tab(lines, work, "Rows")}
    assert rows["坏院"][1] == work.say("Changed")
    assert rows["坏院"][3] == "华阳路街道"
    far = rows["远院"]
    assert far[1] == work.say("New")
    assert far[3] == "长宁区"
    assert work.say("No unit of the ledger is named; kept at the top") in far[4]


def test_rows__a_nameless_one_waits_and_says_why(
    lines: PlanLines, work: Workplace, ready: ReadyImport
) -> None:
    [waiting] = [one for one in ready.plan.rows if one.kind is RowKind.PROBLEM]
    [line] = [row for row in tab(lines, work, "Rows") if row[0] == str(waiting.row)]
    assert line[1] == work.say("Waits for you")
    assert waiting.problem is not None
    assert work.say.message(waiting.problem) in line[4]


def test_columns__what_each_carries(lines: PlanLines, work: Workplace) -> None:
    said = tab(lines, work, "Columns")
    assert ("护理型床位数", "护理型床位数") in said
    assert ("备用", work.say("Fits no item; left aside")) in said
    again = work.say("{item}: another column has it", item="总床位数")
    assert ("总床位数", again) in said
    assert ("所在街道", work.say("Unit")) in said


def test_columns__what_the_program_computes_is_not_taken(
    open_work: Opener, tmp_path: Path
) -> None:
    with make_levels(tmp_path) as ledger:
        work_path = ledger.path
    work = open_work(work_path)
    table = tmp_path / "机构.csv"
    table.write_text("名称,床位,护理占比\n新院,80,25\n", encoding="utf-8")
    lines = PlanLines(work, work.form("home"), planned(work, table, "home"))
    filled = work.say("{item}: filled by the program", item="护理占比")
    assert ("护理占比", filled) in tab(lines, work, "Columns")


def test_changes__before_and_after(lines: PlanLines, work: Workplace) -> None:
    changes = [row[1:] for row in tab(lines, work, "Changes")]
    assert ("坏院", "总床位数", "100", "110") in changes


def test_repairs__what_was_read_for_what_stood_there(
    lines: PlanLines, work: Workplace
) -> None:
    repairs = [row[1:] for row in tab(lines, work, "Repairs")]
    assert ("月收费", "1,200.50", "1200.50") in repairs


def test_not_taken__which_cell_and_why(lines: PlanLines, work: Workplace) -> None:
    [line] = [r for r in tab(lines, work, "Not taken") if r[2] == "无法填写"]
    assert line[0]
    assert line[1] == "月收费"
    assert line[3]


def test_left_aside__a_line_of_totals(lines: PlanLines, work: Workplace) -> None:
    [line] = tab(lines, work, "Left aside")
    assert line[1] == work.say("A line of totals")
    assert "合计" in line[2]


def test_totals__beside_those_the_file_states(
    lines: PlanLines, work: Workplace
) -> None:
    totals = {row[0]: row[1:] for row in tab(lines, work, "Totals")}
    assert totals["总床位数"][3] == "260"
    assert totals["月收费"][3] == "", "the file states none"


def test_heads_and_values__to_choose_rows_by(lines: PlanLines) -> None:
    assert "备用" in lines.heads()
    assert lines.values_of("所在街道") == ["华阳路街道"]
    assert lines.values_of("没有这一列") == []


def test_units__a_code_the_ledger_does_not_know_is_shown_as_it_is(
    work: Workplace, ready: ReadyImport
) -> None:
    lines = PlanLines(work, work.form("eci"), ready)
    assert lines._unit_name(small.STREET) == "华阳路街道"  # noqa: SLF001 - a bit of a line
    assert lines._unit_name("999999") == "999999"  # noqa: SLF001 - no plan makes it
