"""The ledger's own key, made, shown, copied, locked; and those of the units."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel
from PySide6.QtWidgets import QLineEdit
from PySide6.QtWidgets import QPushButton
from PySide6.QtWidgets import QTreeWidget
from PySide6.QtWidgets import QWidget

from desktop.app.handover.keeping import signing
from desktop.core.changes import Action
from desktop.core.messages import Message
from desktop.core.messages import message
from desktop.exchange.keys import KeptKey
from desktop.exchange.keys import new_key
from desktop.store.errors import DiskFullError
from desktop.ui.handover.keys_dialog import LedgerKeysDialog
from desktop.ui.handover.keys_locking import LockDialog
from tests.ui.desks import child
from tests.ui.desks import every
from tests.ui.desks import nameless
from tests.ui.desks import type_text

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from desktop.store.ledger import Ledger
    from desktop.ui.workplace import Workplace
    from tests.ui.conftest import Opener

LEFT = Qt.MouseButton.LeftButton
STREET = "310105001"


@pytest.fixture
def parent(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


def shown(work: Workplace, parent: QWidget, qtbot: QtBot) -> LedgerKeysDialog:
    made = LedgerKeysDialog(work, parent)
    made.show()
    state = child(made, QLabel, "ledgerkeys.state")
    qtbot.waitUntil(lambda: state.text() != "", timeout=5000)
    return made


def press(dialog: QWidget, name: str, qtbot: QtBot) -> None:
    qtbot.mouseClick(child(dialog, QPushButton, name), LEFT)


def kept(work: Workplace) -> KeptKey | Message | None:
    return work.session.thread.call(signing.own_key).result()


def test_make__shows_a_fingerprint_to_read_out_and_copy(
    work: Workplace, parent: QWidget, qtbot: QtBot
) -> None:
    dialog = shown(work, parent, qtbot)
    assert nameless(dialog) == []
    printed = child(dialog, QLabel, "ledgerkeys.print")
    assert printed.isHidden()
    assert "没有签名密钥" in child(dialog, QLabel, "ledgerkeys.state").text()
    with qtbot.waitSignal(work.bridge.saved, timeout=5000):
        press(dialog, "ledgerkeys.make", qtbot)
    qtbot.waitUntil(printed.isVisible, timeout=5000)
    key = kept(work)
    assert isinstance(key, KeptKey)
    assert printed.text() == key.fingerprint
    press(dialog, "ledgerkeys.copy", qtbot)
    assert QGuiApplication.clipboard().text() == key.fingerprint


def test_make__another_one_only_when_asked_twice(
    work: Workplace, parent: QWidget, qtbot: QtBot
) -> None:
    work.session.thread.call(signing.make_key).result()
    dialog = shown(work, parent, qtbot)
    first = kept(work)
    press(dialog, "ledgerkeys.make", qtbot)
    said = child(dialog, QLabel, "ledgerkeys.said")
    assert "重新与您核对指纹" in said.text()
    assert kept(work) == first
    press(dialog, "ledgerkeys.make", qtbot)
    qtbot.waitUntil(lambda: said.text() == "已保存。", timeout=5000)
    assert kept(work) != first


def test_make__what_the_disk_did_not_take_is_said(
    work: Workplace, parent: QWidget, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: Ledger) -> KeptKey:
        raise DiskFullError(message("store.disk_full"))

    monkeypatch.setattr(signing, "make_key", full)
    dialog = shown(work, parent, qtbot)
    press(dialog, "ledgerkeys.make", qtbot)
    said = child(dialog, QLabel, "ledgerkeys.said")
    qtbot.waitUntil(lambda: "磁盘" in said.text(), timeout=5000)
    assert kept(work) is None


def test_lock__a_password_is_set_and_taken_off(
    work: Workplace, parent: QWidget, qtbot: QtBot
) -> None:
    work.session.thread.call(signing.make_key).result()
    dialog = shown(work, parent, qtbot)
    state = child(dialog, QLabel, "ledgerkeys.state")
    press(dialog, "ledgerkeys.lock", qtbot)
    lock = child(dialog, LockDialog, "lock")
    assert nameless(lock) == []
    assert not child(lock, QPushButton, "lock.set").isEnabled()
    assert child(lock, QPushButton, "lock.off").isHidden()
    for name in ("lock.password", "lock.again"):
        type_text(child(lock, QLineEdit, name), "changxia 77")
    press(lock, "lock.set", qtbot)
    qtbot.waitUntil(lambda: "已设密码" in state.text(), timeout=10_000)
    key = kept(work)
    assert isinstance(key, KeptKey)
    assert key.locked
    press(dialog, "ledgerkeys.lock", qtbot)
    lock = every(dialog, LockDialog)[-1]
    type_text(child(lock, QLineEdit, "lock.old"), "wrong")
    press(lock, "lock.off", qtbot)
    said = child(dialog, QLabel, "ledgerkeys.said")
    qtbot.waitUntil(lambda: "密码不对" in said.text(), timeout=10_000)
    press(dialog, "ledgerkeys.lock", qtbot)
    lock = every(dialog, LockDialog)[-1]
    type_text(child(lock, QLineEdit, "lock.old"), "changxia 77")
    press(lock, "lock.off", qtbot)
    qtbot.waitUntil(lambda: state.text() == "指纹：", timeout=10_000)


def test_keys__a_damaged_one_is_said_and_can_be_replaced(
    work: Workplace, parent: QWidget, qtbot: QtBot
) -> None:
    action = Action(message("test"), ())
    work.session.thread.call(
        lambda ledger: ledger.keep_note(signing.KEY, "{}", action)
    ).result()
    dialog = shown(work, parent, qtbot)
    assert "已损坏" in child(dialog, QLabel, "ledgerkeys.state").text()
    dialog.lock()
    assert every(dialog, LockDialog) == []


def test_keys__a_ledger_for_reading_only_shows_and_changes_nothing(
    open_work: Opener, small_ledger: Path, parent: QWidget, qtbot: QtBot
) -> None:
    dialog = shown(open_work(small_ledger, read_only=True), parent, qtbot)
    for name in ("ledgerkeys.make", "unitkeys.check", "unitkeys.revoke"):
        assert not child(dialog, QPushButton, name).isEnabled()


# --- Units -------------------------------------------------------------------


def line_of(dialog: QWidget) -> list[str]:
    item = child(dialog, QTreeWidget, "unitkeys.list").topLevelItem(0)
    return [item.text(column) for column in range(5)]


def test_units__compared_over_the_telephone(
    work: Workplace, parent: QWidget, qtbot: QtBot
) -> None:
    dialog = shown(work, parent, qtbot)
    key, other = new_key(), new_key()
    assert line_of(dialog)[1] == "还没有见过密钥"
    typed = child(dialog, QLineEdit, "unitkeys.typed")
    check = child(dialog, QPushButton, "unitkeys.check")
    replace = child(dialog, QPushButton, "unitkeys.replace")
    revoke = child(dialog, QPushButton, "unitkeys.revoke")
    said = child(dialog, QLabel, "ledgerkeys.said")
    assert not any(one.isEnabled() for one in (check, replace, revoke))
    type_text(typed, "abcd")
    qtbot.mouseClick(check, LEFT)
    assert "共 8 组" in said.text()
    typed.clear()
    type_text(typed, key.fingerprint.lower())
    qtbot.mouseClick(check, LEFT)
    qtbot.waitUntil(lambda: line_of(dialog)[1] == "已核对", timeout=5000)
    assert line_of(dialog)[2:] == [key.fingerprint, "2025-11-22", "李芳"]
    assert typed.text() == ""
    type_text(typed, other.fingerprint)
    qtbot.mouseClick(check, LEFT)
    assert key.fingerprint in said.text()
    assert line_of(dialog)[2] == key.fingerprint
    type_text(typed, other.fingerprint)
    qtbot.mouseClick(replace, LEFT)
    qtbot.waitUntil(lambda: line_of(dialog)[2] == other.fingerprint, timeout=5000)
    item = child(dialog, QTreeWidget, "unitkeys.list").topLevelItem(0)
    assert item.child(0).text(1) == "已更换"
    assert item.child(0).text(2) == key.fingerprint
    item.setExpanded(True)
    child(dialog, QTreeWidget, "unitkeys.list").setCurrentItem(item.child(0))
    qtbot.mouseClick(revoke, LEFT)
    qtbot.waitUntil(lambda: line_of(dialog)[1] == "已作废", timeout=5000)
    known = work.session.thread.call(signing.known_keys).result()
    assert [one.state.value for one in known.units[STREET].past] == [
        "replaced",
        "revoked",
    ]
    assert not revoke.isEnabled()


def test_units__what_somebody_else_changed_meanwhile_is_said(
    work: Workplace, parent: QWidget, qtbot: QtBot
) -> None:
    dialog = shown(work, parent, qtbot)
    person = work.start.person

    def elsewhere(ledger: Ledger) -> None:
        known = signing.known_keys(ledger)
        action = signing.enrol(known, STREET, new_key().fingerprint, person)
        assert isinstance(action, Action)
        ledger.apply(action)

    work.session.thread.call(elsewhere).result()
    type_text(child(dialog, QLineEdit, "unitkeys.typed"), new_key().fingerprint)
    press(dialog, "unitkeys.check", qtbot)
    said = child(dialog, QLabel, "ledgerkeys.said")
    qtbot.waitUntil(lambda: said.text() not in ("", "已保存。"), timeout=5000)
    qtbot.waitUntil(lambda: line_of(dialog)[1] == "已核对", timeout=5000)


def test_units__a_ledger_of_one_unit_alone_has_none_to_compare(
    open_work: Opener, small_ledger: Path, parent: QWidget, qtbot: QtBot
) -> None:
    work = open_work(small_ledger)
    work.session.units = work.session.units[:1]
    dialog = shown(work, parent, qtbot)
    assert dialog.units.isHidden()
    assert dialog.units.unit is None
