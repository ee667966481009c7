"""Deadline, backup and other ledgers beside the forms."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from datetime import datetime
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QLabel
from PySide6.QtWidgets import QPushButton

from desktop.app.ledgers.backing_up import Backup
from desktop.app.ledgers.home_board import HomeFacts
from desktop.ui.home.side_cards import OTHERS
from desktop.ui.home.side_cards import BackupCard
from desktop.ui.home.side_cards import OthersCard
from desktop.ui.home.side_cards import PeriodCard
from desktop.ui.home.side_cards import days_left
from tests.ui.conftest import CLOCK
from tests.ui.desks import child
from tests.ui.desks import every

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtCore import QUrl
    from PySide6.QtWidgets import QWidget
    from pytestqt.qtbot import QtBot

    from desktop.core.words import Words
    from desktop.ui.workplace import Workplace
    from tests.ui.conftest import Opener

LEFT = Qt.MouseButton.LeftButton
TODAY = CLOCK.date()


def text(widget: QWidget, name: str) -> str:
    return child(widget, QLabel, name).text()


def facts(work: Workplace, deadline: date | None = None) -> HomeFacts:
    return HomeFacts(work.session.period, (), deadline, 5, False, "line0000")


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (None, "未设定报送截止日"),
        (date(2025, 12, 2), "还有 10 天截止"),
        (date(2025, 11, 22), "今天截止"),
        (date(2025, 11, 19), "已逾期 3 天"),
    ],
)
def test_days_left__plainly(say: Words, day: date | None, said: str) -> None:
    assert days_left(say, day, TODAY) == said


@pytest.mark.parametrize(
    ("day", "tone"),
    [
        (None, "quiet"),
        (date(2026, 1, 31), "good"),
        (date(2025, 11, 25), "warning"),
        (date(2025, 11, 21), "error"),
    ],
)
def test_period__the_nearer_the_louder(
    work: Workplace, qtbot: QtBot, day: date | None, tone: str
) -> None:
    card = PeriodCard(work)
    qtbot.addWidget(card)
    card.take(facts(work, day))
    label = child(card, QLabel, "home.deadline")
    assert label.property("tone") == tone
    change = child(card, QPushButton, "home.deadline.set")
    assert (change.text() == "设定截止日…") is (day is None)
    assert text(card, "home.deadline.day") == (f"报送截止 {day}" if day else "")


@pytest.mark.parametrize(
    ("submitted", "said"),
    [(0, ""), (5, "已上报第 5 版"), (4, "已上报第 4 版，之后又有改动。")],
)
def test_period__says_what_was_handed_in(
    work: Workplace, qtbot: QtBot, submitted: int, said: str
) -> None:
    card = PeriodCard(work)
    qtbot.addWidget(card)
    card.show()
    card.take(replace(facts(work), submitted=submitted))
    assert text(card, "home.submitted") == said
    assert child(card, QLabel, "home.submitted").isVisible() is bool(submitted)


def test_period__says_what_it_rests_on(work: Workplace, qtbot: QtBot) -> None:
    card = PeriodCard(work)
    qtbot.addWidget(card)
    said = text(card, "home.pack")
    for part in (work.pack.title, work.pack.version, "2025年"):
        assert part in said


def test_period__reading_only_sets_no_deadline(
    open_work: Opener, small_ledger: Path, qtbot: QtBot
) -> None:
    work = open_work(small_ledger, read_only=True)
    card = PeriodCard(work)
    qtbot.addWidget(card)
    card.show()
    card.take(facts(work))
    assert not child(card, QPushButton, "home.deadline.set").isVisible()


def test_period__asks_for_the_deadline(work: Workplace, qtbot: QtBot) -> None:
    card = PeriodCard(work)
    qtbot.addWidget(card)
    with qtbot.waitSignal(work.desk.asked) as asked:
        qtbot.mouseClick(child(card, QPushButton, "home.deadline.set"), LEFT)
    assert asked.args == ["file.deadline"]


@pytest.mark.parametrize(
    ("revision", "said"),
    [(5, "包含全部改动"), (7, "之后又有 2 次改动"), (4, "比当前台账还要新")],
)
def test_backup__when_where_and_what_came_since(
    work: Workplace, qtbot: QtBot, tmp_path: Path, revision: int, said: str
) -> None:
    card = BackupCard(work)
    qtbot.addWidget(card)
    made = Backup(tmp_path, datetime(2025, 11, 20, 8, 30, tzinfo=CLOCK.tzinfo), 5)
    card.take(made, revision)
    told = text(card, "home.backup.when")
    assert "2025-11-20 08:30" in told
    assert said in told
    where = child(card, QLabel, "home.backup.where")
    assert where.toolTip() == where.text().replace("\u200b", "") == str(tmp_path)


def test_backup__none_yet_then_its_folder(
    work: Workplace, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []

    def note(url: QUrl) -> bool:
        opened.append(url.toLocalFile())
        return True

    monkeypatch.setattr(QDesktopServices, "openUrl", note)
    card = BackupCard(work)
    qtbot.addWidget(card)
    card.show()
    card.take(None, 5)
    show = child(card, QPushButton, "home.backup.open")
    assert text(card, "home.backup.when") == "还没有备份"
    assert not show.isVisible()
    show.click()
    assert opened == []
    card.take(Backup(tmp_path, CLOCK, 5), 5)
    qtbot.mouseClick(show, LEFT)
    assert opened == [str(tmp_path)]


def test_backup__asks_to_be_made(work: Workplace, qtbot: QtBot) -> None:
    card = BackupCard(work)
    qtbot.addWidget(card)
    with qtbot.waitSignal(work.desk.asked) as asked:
        qtbot.mouseClick(child(card, QPushButton, "home.backup.now"), LEFT)
    assert asked.args == ["file.backup"]


def test_others__those_that_are_there_but_not_this_one(
    work: Workplace, qtbot: QtBot, tmp_path: Path
) -> None:
    names = [f"{number}" for number in range(OTHERS + 2)]
    there = [tmp_path / f"{name}.taizhang" for name in names]
    recent = [*map(str, there), str(work.session.path)]
    there[0].touch()
    for path in there[2:]:
        path.touch()
    work.habits.keep(replace(work.habits.now, recent=tuple(recent)))
    card = OthersCard(work)
    qtbot.addWidget(card)
    buttons = every(card, QPushButton, "home.other")
    assert [button.text() for button in buttons] == ["0", "2", "3", "4"]
    with qtbot.waitSignal(card.wanted) as wanted:
        qtbot.mouseClick(buttons[1], LEFT)
    assert wanted.args == [there[2]]


def test_others__nothing_to_offer(work: Workplace, qtbot: QtBot) -> None:
    card = OthersCard(work)
    qtbot.addWidget(card)
    assert every(card, QPushButton, "home.other") == []
    assert card.isHidden()
