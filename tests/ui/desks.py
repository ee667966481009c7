"""Ledgers and workplaces the tests of the windows share."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from typing import Any
from typing import TypeVar

from PySide6.QtCore import QCoreApplication
from PySide6.QtCore import QEvent
from PySide6.QtCore import QObject
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView
from PySide6.QtWidgets import QComboBox
from PySide6.QtWidgets import QWidget

from desktop.app.edits import add_record
from desktop.store.records import Applied
from tests import small

if TYPE_CHECKING:
    from collections.abc import Iterable

    from desktop.core.cells import Cell
    from desktop.core.findings import RecordId
    from desktop.forms.fields import Field
    from desktop.forms.model import Pack
    from desktop.store.records import Record
    from desktop.ui.workplace import Workplace

ROOT = Path(__file__).resolve().parents[2]
RESOURCES = ROOT / "resources"

Q = TypeVar("Q", bound=QObject)

KINDS: dict[str, Any] = {
    "kind": "roster",
    "id": "kinds",
    "title": "各类型表",
    "domain": "health",
    "record": "每个机构一条",
    "name": "name",
    "groups": [
        {
            "title": "身份",
            "fields": [
                {"id": "count", "kind": "integer", "title": "个数", "measure": "个"},
                {
                    "id": "name",
                    "kind": "text",
                    "title": "名称",
                    "explanation": "登记证上的名称",
                },
                {"id": "area", "kind": "unit", "title": "地区", "binds": "unit.code"},
            ],
        },
        {
            "title": "各类",
            "fields": [
                {"id": "share", "kind": "decimal", "digits": 2, "title": "比例"},
                {
                    "id": "kind",
                    "kind": "choice",
                    "title": "种类",
                    "choices": ["甲类", "乙类", "丙类"],
                },
                {
                    "id": "several",
                    "kind": "choices",
                    "title": "服务",
                    "choices": ["助餐", "助浴", "助医"],
                },
                {"id": "opened", "kind": "date", "title": "开办日期"},
                {"id": "filed", "kind": "yes_no", "title": "已备案"},
                {"id": "place", "kind": "unit", "title": "所在单元"},
                {"id": "credit", "kind": "credit_code", "title": "信用代码"},
                {"id": "phone", "kind": "telephone", "title": "电话"},
                {
                    "id": "reason",
                    "kind": "text",
                    "title": "甲类说明",
                    "visible_when": "kind = '甲类'",
                },
                {
                    "id": "double",
                    "kind": "integer",
                    "title": "两倍",
                    "computed": "count * 2",
                },
            ],
        },
    ],
}
"""A form with every kind of field, a hidden one, a bound one and a computed one."""

TEXT_KINDS = {
    "text": ("好院", None),
    "integer": ("12", "十二个"),
    "decimal": ("1.50", "1.555"),
    "choice": ("乙类", "丁类"),
    "choices": ("助餐、助医", "助行"),
    "date": ("2025-12-31", "2025-02-30"),
    "yes_no": ("是", "也许"),
    "unit": ("310105001", "长宁"),
    "credit_code": ("91310000MA1FL0001X", "—"),
    "telephone": ("021-62345678", "电话"),
}
"""By kind of field: a text it takes, and one it refuses (free text refuses none)."""


def field_of_kind(kind: str) -> Field:
    """Give the field of a kind that can be typed into."""
    form = kinds_pack().form_by_id["kinds"]
    typed = (f for f in form.stored if f.kind == kind and f.visible_when is None)
    return next(typed)


def kinds_pack() -> Pack:
    """Give a pack with a form of every kind of field beside those of the small one."""
    data = small.pack_data()
    return small.pack_of({**data, "forms": [KINDS, *data["forms"]]})


def make_small(folder: Path) -> Path:
    """Make a small ledger: one facility in order, one with a fault, one with a gap."""
    path = small.make_ledger(folder)
    with small.opened(path) as ledger:
        small.put(ledger, "好院", beds_total=100, beds_nursing=60)
        small.put(ledger, "坏院", beds_total=100, beds_nursing=120)
        small.put(ledger, "缺院", unit=small.COUNTY, beds_total=100)
    return path


def make_kinds(folder: Path) -> Path:
    """Make a ledger with two records of the form of all kinds."""
    path = small.make_ledger(folder, kinds_pack())
    with small.opened(path) as ledger:
        form = ledger.pack().form_by_id["kinds"]
        cells: dict[str, dict[str, Cell]] = {
            "甲院": {"kind": "甲类", "count": 3},
            "乙院": {},
        }
        for name, more in cells.items():
            filled = {"name": name, **more}
            action = add_record(form, small.YEAR, small.STREET, name, filled)
            assert isinstance(ledger.apply(action), Applied)
    return path


def drain(work: Workplace) -> None:
    """Let everything asked of the ledger so far arrive, and what that asks in turn."""
    for _ in range(4):
        work.session.thread.call(lambda _: None).result()
        QCoreApplication.processEvents()


def free(widget: QObject) -> None:
    """Delete what was marked for deletion, without waiting for the event loop."""
    QCoreApplication.sendPostedEvents(widget, QEvent.Type.DeferredDelete)
    QCoreApplication.processEvents()


def child(parent: QObject, kind: type[Q], name: str) -> Q:
    """Find a widget by its object name; there must be one."""
    [found] = every(parent, kind, name)
    return found


def every(parent: QObject, kind: type[Q], name: str = "") -> list[Q]:
    """Find all widgets of a kind, and of a name if one is given."""
    found: Iterable[Q] = (
        parent.findChildren(kind, name) if name else (parent.findChildren(kind))
    )
    return list(found)


def records(work: Workplace, form: str) -> list[Record]:
    """Read all records of a form as the ledger has them now."""
    ids: list[RecordId] = work.session.reads.ids(form).result()
    return work.session.reads.rows(form, ids).result()


def record_named(work: Workplace, form: str, name: str) -> Record:
    """Read the one record of a name."""
    [found] = [each for each in records(work, form) if each.cell("name") == name]
    return found


def nameless(window: QWidget) -> list[str]:
    """List what can take the focus and what a screen reader has no name for."""
    found = []
    for widget in every(window, QWidget):
        takes = widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        if not takes or _is_inner(widget) or widget.isHidden():
            continue
        interface = QAccessible.queryAccessibleInterface(widget)
        if not interface.text(QAccessible.Text.Name):
            found.append(f"{type(widget).__name__} {widget.objectName()}")
    return found


def _is_inner(widget: QWidget) -> bool:
    """Tell whether a widget is a part of one that speaks for it."""
    parent = widget.parentWidget()
    while parent is not None:
        if isinstance(parent, QComboBox | QAbstractItemView):
            return True
        parent = parent.parentWidget()
    return False


def type_text(widget: QWidget, text: str) -> None:
    """Type a text: Latin letters by key, Chinese ones as an input method does."""
    for letter in text:
        if letter.isascii():
            QTest.keyClicks(widget, letter)
        else:
            event = QInputMethodEvent()
            event.setCommitString(letter)
            QCoreApplication.sendEvent(widget, event)
