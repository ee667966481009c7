from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QApplication
from PySide6.QtWidgets import QMessageBox
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from desktop.ui.faults import DETAILS
from desktop.ui.faults import FaultHandler
from tests.ui.desks import free

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from desktop.core.words import Words


@pytest.fixture
def handler(qtbot: QtBot, say: Words, tmp_path: Path) -> FaultHandler:
    return FaultHandler(say, tmp_path / "settings")


def happen(handler: FaultHandler, text: str = "a bug") -> None:
    """Let an error nobody expected come to the handler, with its trace."""

    def go_wrong() -> None:
        raise ZeroDivisionError(text)

    try:
        go_wrong()
    except ZeroDivisionError as error:
        handler.handle(ZeroDivisionError, error, error.__traceback__)


def box_of(handler: FaultHandler) -> QMessageBox:
    assert handler.box is not None
    return handler.box


def test_handle__tells_the_terminal_the_file_and_the_person(
    handler: FaultHandler, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    happen(handler)
    box = box_of(handler)
    assert box.isVisible()
    assert box.objectName() == "fault"
    details = tmp_path / "settings" / DETAILS
    assert "a bug" in details.read_text(encoding="utf-8")
    assert "Traceback" not in box.text(), "no trace before the person"
    assert str(details) in box.informativeText()
    assert "a bug" in box.detailedText()
    assert "ZeroDivisionError: a bug" in capsys.readouterr().err
    box.accept()


def test_handle__one_dialog_at_a_time_but_every_detail(
    handler: FaultHandler, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    happen(handler, "first")
    box = box_of(handler)
    happen(handler, "second")
    assert box_of(handler) is box
    written = (tmp_path / "settings" / DETAILS).read_text(encoding="utf-8")
    assert "second" in written
    box.accept()
    assert handler.box is None
    happen(handler, "third")
    assert box_of(handler) is not box
    box_of(handler).accept()
    assert "third" in capsys.readouterr().err


def test_handle__the_dialog_is_freed(
    handler: FaultHandler, capsys: pytest.CaptureFixture[str]
) -> None:
    happen(handler)
    box = box_of(handler)
    box.close()
    free(box)
    assert not isValid(box)
    assert handler.box is None


def test_handle__stands_before_the_window_one_works_in(
    handler: FaultHandler, qtbot: QtBot, capsys: pytest.CaptureFixture[str]
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    happen(handler)
    assert box_of(handler).parentWidget() is window
    assert box_of(handler).isModal()
    box_of(handler).accept()


def test_handle__a_folder_that_takes_no_file(
    qtbot: QtBot, say: Words, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("no folder", encoding="utf-8")
    handler = FaultHandler(say, tmp_path / "file")
    happen(handler)
    box_of(handler).accept()
    assert DETAILS in capsys.readouterr().err


def test_handle__before_there_is_an_application(
    handler: FaultHandler,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(QApplication, "instance", lambda: None)
    happen(handler)
    assert handler.box is None


def test_install__hears_what_nobody_caught_and_can_be_taken_off(
    handler: FaultHandler, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    handler.install()
    assert sys.excepthook == handler.handle
    handler.remove()
    assert sys.excepthook is sys.__excepthook__


def test_handle__after_its_window_went_the_next_fault_is_shown(
    handler: FaultHandler, qtbot: QtBot, capsys: pytest.CaptureFixture[str]
) -> None:
    window = QWidget()
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    happen(handler, "first")
    window.deleteLater()
    free(window)
    happen(handler, "second")
    assert isValid(box_of(handler))
    assert box_of(handler).isVisible()
    box_of(handler).accept()


def test_handle__ctrl_c_is_no_fault(handler: FaultHandler, qtbot: QtBot) -> None:
    with qtbot.waitSignal(handler.interrupted):
        handler.handle(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert handler.box is None
