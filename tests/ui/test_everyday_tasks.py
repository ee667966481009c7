"""What a clerk does every day, by keys alone, as docs/everyday-tasks.md lists it."""

from __future__ import annotations

import re
import shutil
from datetime import date
from typing import TYPE_CHECKING
from typing import Final
from typing import NamedTuple

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from PySide6.QtWidgets import QDialog
from PySide6.QtWidgets import QLabel
from PySide6.QtWidgets import QPlainTextEdit
from PySide6.QtWidgets import QPushButton
from PySide6.QtWidgets import QTextBrowser

from desktop.app.entry.edits import set_cells
from desktop.app.ledgers.home_board import deadline_of
from desktop.app.opening import open_ledger
from desktop.core.cells import BLANK
from desktop.core.cells import Absent
from desktop.core.period import Period
from desktop.core.period import PeriodKind
from desktop.ui.desk import Page
from desktop.ui.desk import Place
from desktop.ui.entry.page import EntryPage
from desktop.ui.indicators.how_panel import HowPanel
from desktop.ui.look.colours import DARK
from tests import asked
from tests.ui.desks import ROOT
from tests.ui.desks import child
from tests.ui.desks import every
from tools.keyboard import Keyboard

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Mapping
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from desktop.app.person import Person
    from desktop.core.cells import Cell
    from desktop.ui.application import Shell
    from desktop.ui.entry.grid_view import GridView
    from desktop.ui.main_window import MainWindow
    from desktop.ui.workplace import Workplace

PAGE: Final = ROOT / "docs" / "everyday-tasks.md"
TABLE: Final = ROOT / "resources/samples/shanghai/elderly_institutions.csv"
THIS_YEAR: Final = Period(PeriodKind.YEAR, 2026)
LAST_YEAR: Final = Period(PeriodKind.YEAR, 2025)
FEWEST: Final = 25
MOST: Final = 8
"""A task that takes more strokes is to be made easier."""


class Task(NamedTuple):
    """A line of the page: the keys in order, and their number."""

    keys: str
    strokes: int


def told() -> dict[str, Task]:
    """Read the page."""
    line = re.compile(r"^\| \d+ \| ([^|]+) \| ([^|]+) \| (\d+) \|$", re.MULTILINE)
    found = line.findall(PAGE.read_text(encoding="utf-8"))
    return {task: Task(keys, int(strokes)) for task, keys, strokes in found}


class Clerk(Keyboard):
    """A person before the real window of a real district's ledger, without a mouse."""

    def __init__(self, shell: Shell, qtbot: QtBot) -> None:
        super().__init__(self.rest)
        self.shell, self.qtbot = shell, qtbot

    @property
    def window(self) -> MainWindow:
        assert self.shell.window is not None
        return self.shell.window

    @property
    def work(self) -> Workplace:
        return self.window.work

    @property
    def grid(self) -> GridView:
        [page] = every(self.window, EntryPage)
        assert page.grid is not None
        return page.grid

    def rest(self) -> None:
        """Let what was asked of the ledger arrive, and what that asks in turn."""
        for _ in range(4):
            if self.shell.window is not None and not self.work.bridge.closed:
                self.work.session.thread.call(lambda _: None).result()
            QCoreApplication.processEvents()

    def until(self, there: Callable[[], object]) -> None:
        """Wait until something is so."""
        self.qtbot.waitUntil(lambda: bool(there()), timeout=20_000)

    def begin(self, row: int = 0, field: str = "beds_total", form: str = "eci") -> None:
        """Stand on a cell of 填报, as a person who works there."""
        desk = self.work.desk
        desk.seek(Place(form))
        self.rest()
        ids = self.grid.roster.ids
        if len(ids):
            desk.seek(Place(form, ids[row], field))
            self.until(lambda: self.grid.roster.record_at(row) is not None)
        self.until(self.grid.hasFocus)

    def cell(self, row: int, field: str) -> Cell:
        """Read what a cell of the grid's row holds in the ledger."""
        form = self.grid.roster.form.id
        record = self.grid.roster.ids[row]
        [found] = asked.rows(self.work.session, form, [record])
        return found.cell(field)

    def dialog(self, name: str) -> QDialog:
        """Wait for a dialog, by its object name."""
        self.until(lambda: name in [one.objectName() for one in _dialogs()])
        return next(one for one in _dialogs() if one.objectName() == name)

    @property
    def folder(self) -> Path:
        return self.work.session.path.parent

    def notes(self, row: int) -> dict[str, str]:
        """Read what was written beside a record."""
        form, session = self.grid.roster.form.id, self.work.session
        [found] = asked.rows(session, form, [self.grid.roster.ids[row]])
        return asked.notes(session, found.key)

    def fill(self, row: int, **cells: Cell) -> None:
        """Fill in cells that are no part of the task."""
        form, session = self.grid.roster.form, self.work.session
        [found] = asked.rows(session, form.id, [self.grid.roster.ids[row]])
        filled = [(found, form.by_id[name], cells[name]) for name in cells]
        session.apply(set_cells(filled)).result()

    def text(self, name: str) -> str:
        """Read a label of the window."""
        return child(self.window, QLabel, name).text()


def _dialogs() -> list[QDialog]:
    found = QApplication.topLevelWidgets()
    return [one for one in found if isinstance(one, QDialog) and one.isVisible()]


@pytest.fixture
def clerk(
    shell: Shell,
    ledger: Path,
    person: Person,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> Clerk:
    """Open the district's second year at 填报: most is to be filled in again."""
    shutil.copy(TABLE, ledger.parent / "机构名单.csv")
    monkeypatch.chdir(ledger.parent)
    with open_ledger(ledger, person) as opened:
        form = opened.pack().form_by_id["eci"]

        def fill(period: Period, row: int, **cells: Cell) -> None:
            [record] = opened.rows("eci", opened.ids("eci", period.code)[row : row + 1])
            filled = [(record, form.by_id[name], cells[name]) for name in cells]
            opened.apply(set_cells(filled))

        fill(LAST_YEAR, 0, residents_total=100)
        opened.add_period(THIS_YEAR, LAST_YEAR)
        fill(THIS_YEAR, 0, beds_total=200, residents_total=180)
        fill(THIS_YEAR, 1, beds_total=120, beds_nursing=60)
        fill(THIS_YEAR, 2, beds_total=90, beds_nursing=999)
    shell.habits.keep(shell.habits.now.left(ledger, Page.ENTRY.value, "eci"))
    shell.open(ledger)
    qtbot.waitUntil(lambda: shell.window is not None, timeout=20_000)
    made = Clerk(shell, qtbot)
    qtbot.waitUntil(lambda: made.work.bridge.figures is not None, timeout=20_000)
    made.window.activateWindow()
    made.until(made.window.isActiveWindow)
    made.begin()
    return made


# --- Filling in ---------------------------------------------------------------


def correct(clerk: Clerk) -> None:
    clerk.type("210")
    clerk.press("Enter")
    assert clerk.cell(0, "beds_total") == 210


def add_home(clerk: Clerk) -> None:
    before = len(clerk.grid.roster.ids)
    clerk.press("Ins")
    clerk.type("江苏路长者照护之家")
    clerk.press("Enter")
    assert len(clerk.grid.roster.ids) == before + 1
    assert clerk.cell(before, "name") == "江苏路长者照护之家"


def add_in_unit(clerk: Clerk) -> None:
    clerk.press("Ctrl+Shift+A")
    clerk.type("江苏路")
    clerk.press("Enter")
    clerk.type("江苏路养老院")
    clerk.press("Enter")
    names = [clerk.cell(row, "name") for row in range(len(clerk.grid.roster.ids))]
    assert "江苏路养老院" in names


def paste_thirty(clerk: Clerk) -> None:
    clerk.begin(form="cef")
    lines = "\n".join(f"社区中心{n}\tCEF{n:03}" for n in range(30))
    QGuiApplication.clipboard().setText(lines)
    clerk.press("Ctrl+V")
    clerk.dialog("paste")
    clerk.press("Enter")
    clerk.type("新华路")
    clerk.press("Enter")
    assert len(clerk.grid.roster.ids) == 30
    assert clerk.cell(29, "name") == "社区中心29"


def blank_again(clerk: Clerk) -> None:
    clerk.press("Del")
    assert clerk.cell(0, "beds_total") is BLANK


def not_applicable(clerk: Clerk) -> None:
    clerk.begin(1, "beds_tekun")
    clerk.press("Ctrl+Shift+N")
    assert clerk.cell(1, "beds_tekun") is Absent.NOT_APPLICABLE


def unknown(clerk: Clerk) -> None:
    clerk.begin(1, "floor_area")
    clerk.press("Ctrl+Shift+U")
    assert clerk.cell(1, "floor_area") is Absent.UNKNOWN


def same_as_last_year(clerk: Clerk) -> None:
    clerk.begin(5, "beds_total")
    before = clerk.cell(5, "beds_total")
    clerk.press("Ctrl+'")
    assert before is BLANK
    assert isinstance(clerk.cell(5, "beds_total"), int)


def record_as_last_year(clerk: Clerk) -> None:
    clerk.begin(6, "name")
    clerk.press("Ctrl+Shift+S")
    assert isinstance(clerk.cell(6, "beds_total"), int)


def fill_down(clerk: Clerk) -> None:
    clerk.begin(3, "beds_new_year")
    clerk.type("0")
    clerk.press("Enter", "Up", "Shift+Down", "Shift+Down", "Ctrl+D")
    assert [clerk.cell(row, "beds_new_year") for row in (3, 4, 5)] == [0, 0, 0]


def undo(clerk: Clerk) -> None:
    correct(clerk)
    clerk.log.clear()
    clerk.press("Ctrl+Z")
    assert clerk.cell(0, "beds_total") == 200


def copy_out(clerk: Clerk) -> None:
    clerk.press("Ctrl+A", "Ctrl+Shift+C")
    lines = QGuiApplication.clipboard().text().splitlines()
    assert len(lines) == 28
    assert lines[0].startswith("机构名称")


def card(clerk: Clerk) -> None:
    clerk.press("Ctrl+Return", "Ctrl+PgDown")
    assert clerk.work.desk.place.record == clerk.grid.roster.ids[1]
    assert clerk.work.desk.place.field == "beds_total"


def close_home(clerk: Clerk) -> None:
    before = len(clerk.grid.roster.ids)
    clerk.press("Ctrl+Shift+E")
    clerk.type("交回许可，老人转入邻院")
    clerk.press("Enter")
    assert len(clerk.grid.roster.ids) == before - 1


def comment(clerk: Clerk) -> None:
    clerk.press("Shift+F2")
    clerk.type("等院方回电")
    clerk.press("Ctrl+Return")
    assert "等院方回电" in clerk.notes(0).values()


def flag(clerk: Clerk) -> None:
    clerk.press("Ctrl+F2")
    assert clerk.notes(0)


def nil_return(clerk: Clerk) -> None:
    clerk.begin(form="hcb")
    clerk.press("Ctrl+Shift+L")
    assert "零报告" in clerk.text("entry.hint")


# --- Finding one's way ----------------------------------------------------------


def sort_by_beds(clerk: Clerk) -> None:
    clerk.press("Alt+Shift+Down")
    beds = [clerk.cell(row, "beds_total") for row in range(4)]
    assert beds == [200, 120, 90, BLANK]


def filter_large(clerk: Clerk) -> None:
    clerk.press("Alt+Down")
    clerk.type("100")
    clerk.press("Enter")
    assert len(clerk.grid.roster.ids) == 2


def only_wrong(clerk: Clerk) -> None:
    clerk.press("Ctrl+K")
    clerk.type("qzxcw")
    clerk.press("Enter")
    rows = range(len(clerk.grid.roster.ids))
    assert 999 in [clerk.cell(row, "beds_nursing") for row in rows]
    assert len(rows) < 27


def all_again(clerk: Clerk) -> None:
    filter_large(clerk)
    clerk.log.clear()
    clerk.press("Alt+Up")
    assert len(clerk.grid.roster.ids) == 27


def find_home(clerk: Clerk) -> None:
    clerk.press("Ctrl+G")
    clerk.type("hqjl")
    clerk.press("Enter")
    row = clerk.grid.currentIndex().row()
    assert clerk.cell(row, "name") == "上海虹桥敬老院"


def find_text(clerk: Clerk) -> None:
    clerk.press("Ctrl+F")
    clerk.type("逸仙")
    clerk.press("Enter", "Enter", "Esc")
    row = clerk.grid.currentIndex().row()
    assert "逸仙" in str(clerk.cell(row, "name"))
    assert clerk.grid.hasFocus()


def replace_text(clerk: Clerk) -> None:
    clerk.begin(2, "address")
    clerk.press("Ctrl+H")
    clerk.type("逸仙")
    clerk.press("Tab")
    clerk.type("安心")
    clerk.press("Alt+A")
    clerk.until(lambda: "已替换" in clerk.text("find.said"))
    clerk.press("Esc")
    names = [str(clerk.cell(row, "name")) for row in range(27)]
    assert [name for name in names if "逸仙" in name] == []
    assert len([name for name in names if "安心" in name]) > 1
    assert clerk.grid.hasFocus()


def add_up(clerk: Clerk) -> None:
    clerk.press("Ctrl+Space")
    clerk.until(lambda: "410" in clerk.text("status.sums"))


def go_to_form(clerk: Clerk) -> None:
    clerk.press("Ctrl+K")
    clerk.type("jcyl")
    clerk.press("Enter")
    assert clerk.work.desk.place.form == "chc"


def run_command(clerk: Clerk) -> None:
    clerk.press("Ctrl+K")
    clerk.type("kjsz")
    clerk.press("Enter")
    assert clerk.dialog("choices").isVisible()


def history(clerk: Clerk) -> None:
    clerk.press("Ctrl+Shift+H")
    assert clerk.dialog("history").isVisible()


def explain_field(clerk: Clerk) -> None:
    clerk.press("F1")
    assert clerk.dialog("field.help").isVisible()


def handbook(clerk: Clerk) -> None:
    clerk.press("Ctrl+F1")
    assert clerk.dialog("handbook").isVisible()


def search_handbook(clerk: Clerk) -> None:
    clerk.press("Ctrl+F1", "Ctrl+F")
    clerk.type("零报告")
    clerk.press("Enter")
    [page] = every(clerk.dialog("handbook"), QTextBrowser)
    assert "零报告" in page.toPlainText()


# --- Audit, indicators, files -----------------------------------------------------


def next_finding(clerk: Clerk) -> None:
    clerk.press("F8")
    clerk.until(lambda: clerk.work.desk.place.field != "beds_total")
    place = clerk.work.desk.place
    assert place.record is not None
    assert clerk.work.bridge.board.of(place.form, place.record)


def explain_jump(clerk: Clerk) -> None:
    clerk.begin(0, "residents_total")
    clerk.press("Ctrl+E")
    clerk.until(lambda: isinstance(QApplication.focusWidget(), QPlainTextEdit))
    clerk.type("二期楼10月启用，新增入住80人")
    clerk.press("Ctrl+Return")
    clerk.until(lambda: "eci.residents_jump" in str(clerk.notes(0)))


def why_not_met(clerk: Clerk) -> None:
    for row in range(27):
        clerk.fill(row, is_standardized=row > 6)
    clerk.press("Ctrl+4", "Ctrl+F")
    clerk.type("标准化建设")
    clerk.press("Enter")
    clerk.until(lambda: clerk.text("indicator.title") == "养老机构标准化建设全覆盖")
    clerk.until(lambda: clerk.text("indicator.standing") == "未达标")


def how_computed(clerk: Clerk) -> None:
    clerk.press("Ctrl+4", "Down")
    clerk.until(lambda: clerk.text("indicator.title"))
    [panel] = every(clerk.window, HowPanel)
    said = [label.text() for label in every(panel, QLabel) if label.isVisible()]
    assert "如何计算" in said


def export(clerk: Clerk) -> None:
    clerk.press("Ctrl+5", "Enter")
    clerk.until(lambda: every(clerk.window, QLabel, "export.done"))
    assert {".xlsx", ".pdf"} <= {path.suffix for path in clerk.folder.iterdir()}


def import_table(clerk: Clerk) -> None:
    clerk.press("Ctrl+I")
    clerk.type("机构名单.csv")
    clerk.press("Enter")
    clerk.until(child(clerk.dialog("import"), QPushButton, "import.apply").hasFocus)
    clerk.press("Enter")
    clerk.until(lambda: len(clerk.grid.roster.ids) > 27)


def back_up(clerk: Clerk) -> None:
    clerk.press("Ctrl+Shift+B", "Enter")
    said = child(clerk.dialog("backup"), QLabel, "backup.said")
    clerk.until(said.isVisible)
    assert list(clerk.folder.rglob("*备份*/*.taizhang"))


def deadline(clerk: Clerk) -> None:
    clerk.press("Ctrl+K")
    clerk.type("bsjzr")
    clerk.press("Enter")
    clerk.type("2027-01-31")
    clerk.press("Enter")
    asking = clerk.work.session.thread.call(lambda ledger: ledger.choices("2026"))
    assert deadline_of(asking.result()) == date(2027, 1, 31)


def next_period(clerk: Clerk) -> None:
    clerk.press("Ctrl+K")
    clerk.type("xzbgq")
    clerk.press("Enter", "Enter")
    clerk.until(lambda: clerk.work.session.period.code == "2027")
    clerk.until(lambda: len(clerk.grid.roster.ids) == 27)


def dark(clerk: Clerk) -> None:
    clerk.press("Ctrl+K")
    clerk.type("ss")
    clerk.press("Enter")
    assert clerk.work.look.colours is DARK


def larger(clerk: Clerk) -> None:
    before = clerk.work.look.times
    clerk.press("Ctrl+=")
    assert clerk.work.look.times > before


def next_step(clerk: Clerk) -> None:
    clerk.press("Ctrl+1")
    clerk.until(lambda: clerk.text("home.next.sentence"))
    clerk.press("Enter")
    clerk.until(lambda: clerk.work.desk.page is not Page.HOME)


DOES: Final[Mapping[str, Callable[[Clerk], None]]] = {
    "改正床位数": correct,
    "新增一家机构": add_home,
    "在指定街道新增一家机构": add_in_unit,
    "粘贴 WPS 里的 30 行": paste_thirty,
    "清空一格": blank_again,
    "填“不适用”": not_applicable,
    "填“不详”": unknown,
    "这一格同上年": same_as_last_year,
    "整条记录同上年": record_as_last_year,
    "把一个数向下填三行": fill_down,
    "撤销": undo,
    "把整张表复制到 Excel": copy_out,
    "打开卡片，看下一条": card,
    "停用一家机构": close_home,
    "给一格写批注": comment,
    "标记一格待核": flag,
    "整张表零报告": nil_return,
    "按床位数从大到小排": sort_by_beds,
    "只看床位不少于 100 的": filter_large,
    "只看有强制性错误的": only_wrong,
    "看回全部记录": all_again,
    "按拼音首字母找一家机构": find_home,
    "在全表里查找一个词": find_text,
    "把一个词全部替换成另一个": replace_text,
    "一列求和": add_up,
    "转到另一张报表": go_to_form,
    "用首字母找命令": run_command,
    "看这一格改过几次、谁改的": history,
    "看这一项的解释": explain_field,
    "打开使用手册": handbook,
    "在手册里查一个词": search_handbook,
    "到下一个审核问题": next_finding,
    "说明一处大的变动": explain_jump,
    "查清 PDF 为什么写未达标": why_not_met,
    "看一个指标怎么算": how_computed,
    "导出 Excel 和 PDF": export,
    "从 Excel 或 CSV 导入": import_table,
    "立即备份": back_up,
    "记下报送截止日": deadline,
    "开始下一个报告期": next_period,
    "换成深色外观": dark,
    "把字放大": larger,
    "做工作台建议的下一步": next_step,
}


@pytest.mark.parametrize("task", DOES, ids=[do.__name__ for do in DOES.values()])
def test_task__takes_the_keys_the_page_tells(clerk: Clerk, task: str) -> None:
    DOES[task](clerk)
    assert Task(" ".join(clerk.log), clerk.strokes) == told()[task]
    assert clerk.strokes <= MOST


def test_page__lists_the_tasks_that_are_shown_here() -> None:
    assert list(told()) == list(DOES)
    assert len(DOES) >= FEWEST
