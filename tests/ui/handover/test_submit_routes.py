"""上报: the cards of stick, mail and folder."""

from __future__ import annotations

from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QFileDialog
from PySide6.QtWidgets import QLabel
from PySide6.QtWidgets import QLineEdit
from PySide6.QtWidgets import QPushButton

from desktop.app.handover.sending.carrying import Target
from desktop.app.handover.sending.handing_in import Mail
from desktop.app.handover.sending.sticks import Stick
from desktop.ui.handover import submit_routes
from desktop.ui.handover.submit_routes import Card
from desktop.ui.handover.submit_routes import FolderCard
from desktop.ui.handover.submit_routes import MailCard
from desktop.ui.handover.submit_routes import StickCard
from tests.ui.desks import child
from tests.ui.desks import nameless

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from desktop.ui.workplace import Workplace


def stick(name: str, *, locked: bool = False, free: int = 1 << 33) -> Stick:
    return Stick(Path(f"/media/{name}"), name, "vfat", free, 1 << 34, read_only=locked)


class Drives:
    """What is plugged in, as a test wants it."""

    def __init__(self) -> None:
        self.found: tuple[Stick, ...] = ()
        self.asked = 0
        self.go = Event()
        self.go.set()

    def find(self) -> tuple[Stick, ...]:
        self.asked += 1
        self.go.wait(30)
        return self.found


@pytest.fixture
def drives(monkeypatch: pytest.MonkeyPatch) -> Drives:
    monkeypatch.setattr(submit_routes, "POLL_MS", 20)
    return Drives()


@pytest.fixture
def card(qtbot: QtBot, work: Workplace, drives: Drives) -> StickCard:
    made = StickCard(work, drives.find)
    qtbot.addWidget(made)
    made.show()
    return made


def rows(card: StickCard) -> list[str]:
    return [card.list.item(place).text() for place in range(card.list.count())]


def test_stick__appears_and_goes_by_itself(
    card: StickCard, drives: Drives, qtbot: QtBot
) -> None:
    assert child(card, QLabel, "submit.no_stick").isVisible()
    assert not card.go.isEnabled()

    drives.found = (stick("KINGSTON"),)
    qtbot.waitUntil(lambda: rows(card) == ["KINGSTON　剩余 8.0 GB，共 16.0 GB　FAT"])
    assert card.go.isEnabled()
    assert nameless(card) == []
    with qtbot.waitSignal(card.chosen) as chosen:
        card.go.click()
    assert chosen.args == [Target(Path("/media/KINGSTON"), drives.found[0])]

    drives.found = ()
    qtbot.waitUntil(lambda: not card.go.isEnabled())
    assert child(card, QLabel, "submit.no_stick").isVisible()


def test_stick__the_chosen_one_stays_chosen(
    card: StickCard, drives: Drives, qtbot: QtBot
) -> None:
    drives.found = (stick("B"), stick("C"))
    qtbot.waitUntil(lambda: card.list.count() == 2)
    card.list.setCurrentRow(1)

    drives.found = (stick("A"), stick("B"), stick("C", free=1 << 20))
    qtbot.waitUntil(lambda: card.list.count() == 3)

    assert card.stick is not None
    assert card.stick.name == "C"


def test_stick__says_why_it_takes_nothing(
    card: StickCard, drives: Drives, qtbot: QtBot
) -> None:
    fault = child(card, QLabel, "submit.stick.fault")
    drives.found = (stick("A", locked=True), stick("B"))
    qtbot.waitUntil(fault.isVisible)
    assert "写保护" in fault.text()
    assert not card.go.isEnabled()

    card.list.setCurrentRow(1)

    assert not fault.isVisible()
    assert card.go.isEnabled()


def test_stick__is_looked_for_only_while_it_is_seen(
    card: StickCard, drives: Drives, qtbot: QtBot
) -> None:
    qtbot.waitUntil(lambda: drives.asked > 2)
    card.hide()
    assert not card.timer.isActive()
    qtbot.waitUntil(lambda: card.looking is None)
    asked = drives.asked
    card.show()
    qtbot.waitUntil(lambda: drives.asked > asked + 1)


def test_stick__a_slow_one_is_asked_once(
    card: StickCard, drives: Drives, qtbot: QtBot
) -> None:
    qtbot.waitUntil(lambda: card.looking is None)
    drives.go.clear()
    card.look_for_sticks()
    under_way = card.looking
    card.look_for_sticks()
    assert card.looking is under_way is not None
    drives.go.set()
    qtbot.waitUntil(lambda: card.looking is not under_way)


def test_stick__a_bug_is_not_swallowed(work: Workplace, qtbot: QtBot) -> None:
    def find() -> tuple[Stick, ...]:
        raise ZeroDivisionError

    card = StickCard(work, find)
    qtbot.addWidget(card)
    with qtbot.captureExceptions() as caught:
        card.look_for_sticks()
        qtbot.waitUntil(lambda: bool(caught))

    assert caught[0][0] is ZeroDivisionError


def test_folder__is_remembered(
    work: Workplace, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    card = FolderCard(work)
    qtbot.addWidget(card)
    line = child(card, QLineEdit, "submit.folder.line")
    assert line.text() == str(work.session.path.parent)
    line.setText("  ")
    assert not card.go.isEnabled()

    answers = iter(["", str(tmp_path / "共享")])
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: next(answers))
    choose = child(card, QPushButton, "submit.folder.choose")
    choose.click()
    assert not card.go.isEnabled()
    choose.click()
    with qtbot.waitSignal(card.chosen) as chosen:
        card.go.click()

    assert chosen.args == [Target(tmp_path / "共享")]
    again = FolderCard(work)
    qtbot.addWidget(again)
    assert again.line.text() == str(tmp_path / "共享")
    card.set_busy(busy=True)
    assert not card.go.isEnabled()


def test_mail__asks_where_and_remembers_the_limit(
    work: Workplace, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    card = MailCard(work)
    qtbot.addWidget(card)
    assert card.limit.currentText() == "20 MB"
    card.limit.setCurrentIndex(1)
    proposed: list[str] = []
    answers = iter(["", str(tmp_path / "邮件")])

    def ask(*words: object) -> tuple[str, str]:
        proposed.append(str(words[2]))
        return next(answers), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", ask)
    sent: list[object] = []
    card.chosen.connect(sent.append)
    card.go.click()
    assert sent == []
    card.go.click()

    assert sent == [Mail(tmp_path / "邮件.eml", 10 << 20)]
    assert Path(proposed[0]).name == "长宁区-2025年-上报.eml"
    again = MailCard(work)
    qtbot.addWidget(again)
    assert again.limit.currentText() == "10 MB"
    assert nameless(card) == []


def test_card__alone_leads_nowhere(work: Workplace, qtbot: QtBot) -> None:
    card = Card(work, "none", ("a", "b", "c"))
    qtbot.addWidget(card)
    with pytest.raises(NotImplementedError):
        card.go_on()


def test_stick__that_just_went_is_no_way(card: StickCard, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(card.chosen):
        card.go_on()
