"""上报: handing in from the window, as a clerk does it."""

from __future__ import annotations

from threading import Event
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QInputDialog
from PySide6.QtWidgets import QLabel
from PySide6.QtWidgets import QLineEdit
from PySide6.QtWidgets import QProgressBar
from PySide6.QtWidgets import QPushButton

from desktop.app.handover.keeping.sealing import is_sealed
from desktop.app.handover.keeping.signing import make_key
from desktop.app.handover.sending.carrying import Target
from desktop.app.handover.sending.handing_in import hand_in
from desktop.app.handover.sending.submitted import Submitted
from desktop.app.handover.sending.submitted import read_submitted
from desktop.app.progress import Progress
from desktop.core.messages import message
from desktop.ui.handover import submit_tab
from desktop.ui.handover.submit_tab import SubmitTab
from tests.app.handover.media import stick_at
from tests.ui.desks import child
from tests.ui.desks import every
from tests.ui.desks import nameless

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from desktop.app.handover.sending.handing_in import HandedIn
    from desktop.app.handover.sending.handing_in import Route
    from desktop.app.handover.sending.handing_in import Wanted
    from desktop.export.report import Report
    from desktop.ui.workplace import Workplace
    from tests.ui.conftest import Opener

SLOW = 60_000


@pytest.fixture
def tab(qtbot: QtBot, work: Workplace) -> SubmitTab:
    made = SubmitTab(work)
    qtbot.addWidget(made)
    made.resize(1200, 700)
    made.show()
    return made


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "上报"


class Gate:
    """Holds the handing in until a test lets it go on."""

    def __init__(self) -> None:
        self.go = Event()

    def hand_in(
        self,
        report: Report,
        route: Route,
        wanted: Wanted,
        watch: Callable[[Progress], bool],
    ) -> HandedIn:
        """Tell of a part, wait, then go on."""
        watch(Progress(3, 10, message("carrying.copying", place="K")))
        self.go.wait(60)
        watch(Progress(4, 10, message("carrying.copying", place="K")))
        return hand_in(report, route, wanted, watch)


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> Iterator[Gate]:
    made = Gate()
    monkeypatch.setattr(submit_tab, "hand_in", made.hand_in)
    yield made
    made.go.set()


def to_folder(tab: SubmitTab, out: Path) -> None:
    child(tab, QLineEdit, "submit.folder.line").setText(str(out))
    tab.folder.go.setFocus()
    tab.folder.go.click()


def head(tab: SubmitTab, qtbot: QtBot) -> str:
    qtbot.waitUntil(lambda: bool(every(tab, QLabel, "submit.done")), timeout=SLOW)
    return child(tab, QLabel, "submit.done").text()


def complaint(tab: SubmitTab, qtbot: QtBot) -> str:
    fault = child(tab, QLabel, "submit.fault")
    qtbot.waitUntil(fault.isVisible, timeout=SLOW)
    assert not child(tab, QPushButton, "submit.stop").isVisible()
    assert tab.folder.go.isEnabled(), "try again"
    return fault.text()


def submitted(work: Workplace) -> Submitted | None:
    choices = work.session.thread.call(lambda ledger: ledger.choices(work.period))
    found = read_submitted(choices.result())
    assert isinstance(found, Submitted | None)
    return found


def test_tab__hands_in_to_a_folder_and_notes_it(
    tab: SubmitTab, qtbot: QtBot, work: Workplace, out: Path
) -> None:
    assert nameless(tab) == []
    to_folder(tab, out)

    assert head(tab, qtbot) == "已写好，并已读回核对。"
    assert sorted(path.suffix for path in out.iterdir()) == [".pdf", ".pdf", ".xlsx"]
    found = submitted(work)
    assert found is not None
    assert (found.who, found.where) == ("李芳", ("文件夹　上报",))
    last = child(tab, QLabel, "submit.last")
    qtbot.waitUntil(lambda: last.text() == f"已上报第 {found.revision} 版")


def test_tab__hands_in_to_a_stick(tab: SubmitTab, qtbot: QtBot, out: Path) -> None:
    out.mkdir()
    tab.options.slip.setChecked(False)
    tab.options.totals.setChecked(True)
    tab.start(Target(out, stick_at(out)))

    assert "“KINGSTON”现在可以拔出了" in head(tab, qtbot)
    assert all("-totals" in path.name for path in out.iterdir())


def test_tab__sealed_and_the_password_is_forgotten(
    tab: SubmitTab, qtbot: QtBot, out: Path
) -> None:
    tab.options.seal.click()
    assert not tab.folder.go.isEnabled()
    for name in ("password", "again"):
        child(tab, QLineEdit, f"submit.{name}").setText("很长的密码 2026")
    to_folder(tab, out)

    head(tab, qtbot)
    (sealed,) = out.glob("*.tzx")
    assert is_sealed(sealed)
    assert not tab.options.seal.isChecked()
    assert child(tab, QLineEdit, "submit.password").text() == ""


def test_tab__shows_how_far_it_is_and_stops(
    tab: SubmitTab, qtbot: QtBot, out: Path, gate: Gate
) -> None:
    to_folder(tab, out)
    bar = child(tab, QProgressBar, "submit.bar")
    qtbot.waitUntil(lambda: bar.value() == 3, timeout=SLOW)
    assert child(tab, QLabel, "submit.doing").text() == "正在写入“K”并读回核对"
    assert not any(card.go.isEnabled() for card in tab.cards)
    stop = child(tab, QPushButton, "submit.stop")
    assert stop.hasFocus()

    stop.click()
    assert not stop.isEnabled()
    gate.go.set()

    assert complaint(tab, qtbot) == "已停止，没有留下不完整的文件。"
    assert list(out.iterdir()) == []
    assert tab.folder.go.hasFocus()
    tab.cancel()


def test_tab__a_stick_that_went(tab: SubmitTab, qtbot: QtBot, out: Path) -> None:
    out.mkdir()
    stick = stick_at(out)
    out.rmdir()
    tab.start(Target(out, stick))

    assert "可能被拔出" in complaint(tab, qtbot)


def test_tab__a_folder_that_cannot_be_made(
    tab: SubmitTab, qtbot: QtBot, tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    to_folder(tab, tmp_path / "file" / "under")

    assert complaint(tab, qtbot) == "那里写不进去，请换一个地方。台账没有动。"


def test_tab__a_ledger_for_reading_hands_in_and_says_what_was_not_noted(
    open_work: Opener, small_ledger: Path, qtbot: QtBot, out: Path
) -> None:
    work = open_work(small_ledger, read_only=True)
    tab = SubmitTab(work)
    qtbot.addWidget(tab)
    tab.show()
    to_folder(tab, out)

    head(tab, qtbot)
    said = [label.text() for label in every(tab, QLabel)]
    assert any("没能在台账里记下这次上报" in text for text in said)
    assert list(out.iterdir())
    assert submitted(work) is None


@pytest.mark.parametrize("given", [False, True])
def test_tab__a_locked_key_asks_for_its_password(
    tab: SubmitTab,
    qtbot: QtBot,
    work: Workplace,
    out: Path,
    monkeypatch: pytest.MonkeyPatch,
    *,
    given: bool,
) -> None:
    work.session.thread.call(lambda ledger: make_key(ledger, "secret 2026")).result()
    asked: list[str] = []

    def ask(*words: object) -> tuple[str, bool]:
        asked.append(str(words[2]))
        return "secret 2026", given

    monkeypatch.setattr(QInputDialog, "getText", ask)
    to_folder(tab, out)

    if given:
        head(tab, qtbot)
        assert list(out.glob("*.xlsx"))
        to_folder(tab, out)
        qtbot.waitUntil(lambda: len(asked) == 2, timeout=30_000)
        head(tab, qtbot)
    else:
        assert complaint(tab, qtbot) == asked[0]
        assert list(out.iterdir()) == []
        assert len(asked) == 1


def test_tab__a_bug_is_not_swallowed(
    tab: SubmitTab, qtbot: QtBot, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def bug(*_: object) -> None:
        raise ZeroDivisionError

    with qtbot.captureExceptions() as caught:
        monkeypatch.setattr(submit_tab, "hand_in", bug)
        tab.start(Target(out))
        qtbot.waitUntil(lambda: len(caught) == 1, timeout=SLOW)
        monkeypatch.undo()
        monkeypatch.setattr(submit_tab, "noting", bug)
        tab.start(Target(out))
        qtbot.waitUntil(lambda: len(caught) == 2, timeout=SLOW)

    assert {kind for kind, _, _ in caught} == {ZeroDivisionError}
