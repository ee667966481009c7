from __future__ import annotations

from desktop.core.cells import BLANK
from desktop.core.cells import SIGNIFICANT_DIGITS
from desktop.core.cells import Absent


def test_absence__is_never_a_value() -> None:
    assert len(Absent) == 3
    assert BLANK is Absent.BLANK
    assert all(not isinstance(absent, (int, str)) for absent in Absent)


def test_significant_digits__survive_a_double() -> None:
    largest = 10**SIGNIFICANT_DIGITS - 1

    assert int(float(largest)) == largest
