"""上报: what came of it."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QLabel
from PySide6.QtWidgets import QPushButton

from desktop.app.handover.sending.handing_in import HandedIn
from desktop.app.reports.stamping import stamp_of
from desktop.core.messages import message
from desktop.ui.handover.submit_result import SubmitResult
from desktop.ui.handover.submit_result import at_hand
from tests.export.test_delivery import NOTE
from tests.ui.desks import child
from tests.ui.desks import every

if TYPE_CHECKING:
    from PySide6.QtCore import QUrl
    from pytestqt.qtbot import QtBot

    from desktop.ui.workplace import Workplace


@pytest.fixture
def result(qtbot: QtBot, work: Workplace) -> SubmitResult:
    made = SubmitResult(work)
    qtbot.addWidget(made)
    return made


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    urls: list[Path] = []

    def open_(url: QUrl) -> bool:
        urls.append(Path(url.toLocalFile()))
        return True

    monkeypatch.setattr(QDesktopServices, "openUrl", open_)
    return urls


@pytest.fixture
def done(work: Workplace, tmp_path: Path) -> HandedIn:
    session = work.session
    call = session.thread.call(lambda ledger: stamp_of(ledger, session.period))
    folder = tmp_path / "stick"
    folder.mkdir()
    paths = tuple(folder / name for name in ("a.xlsx", "a.pdf", "a-slip.pdf"))
    for path in paths:
        path.write_bytes(bytes(2048))
    return HandedIn(paths, ("ab" * 32,), NOTE, call.result(), stick="KINGSTON")


def said(result: SubmitResult) -> str:
    return "\n".join(label.text() for label in every(result, QLabel))


def test_result__a_stick_may_go(
    result: SubmitResult, done: HandedIn, opened: list[Path]
) -> None:
    result.show_done(done, (message("carrying.not_noted", why="…"),))

    head = child(result, QLabel, "submit.done").text()
    assert head == "已写入并读回核对一致：U 盘“KINGSTON”现在可以拔出了。"
    assert "a.xlsx　2 KB" in said(result)
    assert "校验码 abab abab abab" in said(result)
    assert "没能在台账里记下这次上报" in said(result)
    done.paths[2].unlink()  # The stick was pulled out meanwhile.
    child(result, QPushButton, "submit.print").click()
    child(result, QPushButton, "submit.show").click()
    assert [path.name for path in opened] == ["a-slip.pdf", "stick"]
    assert opened[0].stat().st_size == 2048
    shutil.rmtree(opened[0].parent)
    result.clear()
    assert not result.isVisible()


def test_result__mails_are_opened_first(
    result: SubmitResult, done: HandedIn, opened: list[Path], tmp_path: Path
) -> None:
    paths = tuple(tmp_path / f"m-{place}.eml" for place in range(6))
    for path in paths:
        path.touch()

    result.show_done(replace(done, paths=paths, stick=""), ())

    assert "邮件草稿已写好" in child(result, QLabel, "submit.done").text()
    assert "另有 2 个文件。" in said(result)
    child(result, QPushButton, "submit.mail").click()
    assert opened == [paths[0]]
    assert every(result, QPushButton, "submit.print") == []


def test_result__a_folder(result: SubmitResult, done: HandedIn) -> None:
    result.show_done(replace(done, stick="", paths=done.paths[:1]), ())

    assert child(result, QLabel, "submit.done").text() == "已写好，并已读回核对。"


def test_slip__stays_where_it_is_if_there_is_no_room(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError

    monkeypatch.setattr(shutil, "copyfile", full)
    assert at_hand(tmp_path / "a-slip.pdf") == tmp_path / "a-slip.pdf"
