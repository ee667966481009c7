from __future__ import annotations

from desktop.expr.context import RecordContext
from desktop.expr.context import UnitContext


def test_contexts_are_values__ok() -> None:
    assert RecordContext("eci") == RecordContext("eci") != RecordContext("cef")
    assert UnitContext() == UnitContext()
