from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtCore import QEvent
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from PySide6.QtWidgets import QLineEdit
from PySide6.QtWidgets import QListWidget
from PySide6.QtWidgets import QPushButton
from PySide6.QtWidgets import QRadioButton
from PySide6.QtWidgets import QWidget

from desktop.core.period import Period
from desktop.core.period import PeriodKind
from desktop.ui.ledgers.choices_dialog import ChoicesDialog
from tests import small
from tests.ui.desks import child
from tests.ui.desks import every
from tests.ui.desks import nameless

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from desktop.ui.workplace import Workplace
    from tests.ui.conftest import Opener

EARLIER = Period(PeriodKind.YEAR, 2024)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Give a ledger with 100 beds open, 60 of them nursing, and 100 beds closed."""
    found = small.make_ledger(tmp_path, small.choosing_pack())
    with small.opened(found) as ledger:
        small.put(ledger, "甲院", beds_total=100, beds_nursing=60)
        small.put(ledger, "乙院", beds_total=100, beds_nursing=0, status="停业")
        ledger.add_period(EARLIER)
    return found


@pytest.fixture
def choosing(open_work: Opener, path: Path) -> Workplace:
    return open_work(path)


@pytest.fixture
def owner(qtbot: QtBot) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    return window


def shown(qtbot: QtBot, work: Workplace, owner: QWidget) -> ChoicesDialog:
    made = ChoicesDialog(work, owner)
    made.show()
    qtbot.waitUntil(lambda: "正在" not in effect(made))
    return made


@pytest.fixture
def dialog(
    qtbot: QtBot, choosing: Workplace, owner: QWidget
) -> Iterator[ChoicesDialog]:
    made = shown(qtbot, choosing, owner)
    yield made
    made.close()


def calm() -> None:
    """Let what was laid out be shown, and what was taken away be gone."""
    QCoreApplication.processEvents()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def effect(dialog: ChoicesDialog) -> str:
    return child(dialog, QLabel, "choices.effect").text()


def button(dialog: ChoicesDialog, name: str) -> QPushButton:
    return child(dialog, QPushButton, f"choices.{name}")


def titles(dialog: ChoicesDialog) -> list[str]:
    listed = child(dialog, QListWidget, "choices.list")
    return [listed.item(row).text() for row in range(listed.count())]


def go(dialog: ChoicesDialog, row: int) -> None:
    child(dialog, QListWidget, "choices.list").setCurrentRow(row)


def pick(dialog: ChoicesDialog, option: str) -> None:
    calm()
    child(dialog, QRadioButton, f"option.{option}").click()


def texts(dialog: ChoicesDialog) -> list[str]:
    """Give all that the dialog says."""
    calm()
    return [each.text() for each in every(dialog, QLabel) if each.isVisible()]


def test_dialog__what_there_is_and_what_rests_on_it(
    qtbot: QtBot, dialog: ChoicesDialog
) -> None:
    assert titles(dialog) == ["养老服务床位", "涨幅", "界限"]
    assert effect(dialog) == "用到它的指标：护理型床位占比"
    qtbot.waitUntil(lambda: "养老机构总床位数" in texts(dialog))
    said = texts(dialog)
    assert "原文没有说停业机构的床位算不算。" in said
    assert said.count("本系统的理解：演示") == 2
    assert not button(dialog, "take").isEnabled()
    assert not button(dialog, "back").isEnabled()
    assert nameless(dialog) == []


def test_dialog__shows_the_effect_before_anything_is_chosen(
    qtbot: QtBot, dialog: ChoicesDialog, choosing: Workplace
) -> None:
    pick(dialog, "closed_too")

    assert effect(dialog) == "正在计算指标…"
    qtbot.waitUntil(lambda: effect(dialog) == "护理型床位占比：60.00 → 30.00 %")
    assert choosing.session.choices == {}
    pick(dialog, "all")
    assert effect(dialog) == "用到它的指标：护理型床位占比"


def test_dialog__chosen_and_taken_back_and_undone(
    qtbot: QtBot, dialog: ChoicesDialog, choosing: Workplace
) -> None:
    pick(dialog, "closed_too")
    qtbot.mouseClick(button(dialog, "take"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: titles(dialog)[0] == "养老服务床位（本台账选定）")
    assert choosing.session.choices == {"definition.beds": "closed_too"}
    qtbot.waitUntil(lambda: button(dialog, "back").isEnabled())
    qtbot.waitUntil(lambda: "制度包的取法：运营中的床位" in texts(dialog))
    qtbot.waitUntil(lambda: choosing.bridge.figures is not None)

    button(dialog, "back").click()
    qtbot.waitUntil(lambda: titles(dialog)[0] == "养老服务床位")
    assert choosing.session.choices == {}
    choosing.session.undo().result()
    qtbot.waitUntil(lambda: titles(dialog)[0] == "养老服务床位（本台账选定）")


def test_dialog__a_number_within_its_bounds(
    qtbot: QtBot, dialog: ChoicesDialog, choosing: Workplace
) -> None:
    go(dialog, 1)
    assert effect(dialog) == "用到它的审核关系：1 条"
    qtbot.waitUntil(lambda: "可以填 1 到 3" in texts(dialog))
    box = child(dialog, QLineEdit, "choice.number")

    qtbot.keyClicks(box, "9")
    fault = child(dialog, QLabel, "choices.fault")
    assert fault.text() == "“涨幅”不能大于 3。什么都没有改动，请换一个数。"
    assert not button(dialog, "take").isEnabled()

    box.clear()
    qtbot.keyClicks(box, "2.5")
    qtbot.waitUntil(lambda: effect(dialog) == "用到它的审核关系：1 条")
    assert not fault.isVisible()
    button(dialog, "take").click()
    qtbot.waitUntil(lambda: titles(dialog)[1] == "涨幅（本台账选定）")
    assert choosing.session.choices == {"param.jump": "2.5"}
    qtbot.waitUntil(lambda: "制度包的取法：2" in texts(dialog))


def test_dialog__a_number_that_nothing_rests_on(
    qtbot: QtBot, dialog: ChoicesDialog
) -> None:
    go(dialog, 2)

    assert effect(dialog) == "按其他口径现在的选择，没有指标或审核关系用到它。"
    qtbot.keyClicks(child(dialog, QLineEdit, "choice.number"), "5")
    qtbot.waitUntil(lambda: "没有指标" in effect(dialog))


def test_dialog__of_another_period(
    qtbot: QtBot, dialog: ChoicesDialog, choosing: Workplace
) -> None:
    pick(dialog, "closed_too")
    button(dialog, "take").click()
    qtbot.waitUntil(lambda: "本台账" in titles(dialog)[0])

    choosing.session.choose_period(EARLIER)
    qtbot.waitUntil(lambda: titles(dialog)[0] == "养老服务床位")
    qtbot.waitUntil(lambda: any("2024年" in text for text in texts(dialog)))


def test_dialog__without_figures_nothing_changes(
    qtbot: QtBot, open_work: Opener, tmp_path: Path, owner: QWidget
) -> None:
    work = open_work(small.make_ledger(tmp_path, small.choosing_pack()))
    dialog = shown(qtbot, work, owner)
    pick(dialog, "closed_too")

    qtbot.waitUntil(lambda: effect(dialog) == "按现在填报的数据，指标值不会变。")


def test_dialog__a_pack_that_leaves_nothing_to_choose(
    qtbot: QtBot, work: Workplace, owner: QWidget
) -> None:
    dialog = shown(qtbot, work, owner)

    assert titles(dialog) == []
    assert "这个制度包没有可以选择的口径，全部按制度包计算。" in texts(dialog)
    assert not button(dialog, "take").isEnabled()
    assert effect(dialog) == ""


def test_dialog__of_a_ledger_that_is_only_read(
    qtbot: QtBot, open_work: Opener, path: Path, owner: QWidget
) -> None:
    dialog = shown(qtbot, open_work(path, read_only=True), owner)
    pick(dialog, "closed_too")

    qtbot.waitUntil(lambda: "→" in effect(dialog))
    assert not button(dialog, "take").isEnabled()


def test_dialog__opened_from_the_menu_of_the_window(
    qtbot: QtBot, choosing: Workplace
) -> None:
    from desktop.ui.main_window import MainWindow

    window = MainWindow(choosing)
    qtbot.addWidget(window)
    choosing.desk.asked.emit("file.choices")

    [opened] = every(window, ChoicesDialog)
    assert opened.isVisible()
    opened.close()
