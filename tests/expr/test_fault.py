from __future__ import annotations

from desktop.core.messages import message
from desktop.expr.fault import Fault
from desktop.expr.fault import Refusal


def test_refusal_carries_its_fault__ok() -> None:
    fault = Fault(message("expr.empty"), 1, 1)
    assert Refusal(fault).fault == fault
    assert str(Refusal(fault)) == "expr.empty"
