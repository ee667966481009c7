from __future__ import annotations

from desktop.intake.limits import LIMITS


def test_limits__are_those_the_manual_names() -> None:
    assert LIMITS.entries == 2_000
    assert LIMITS.total_bytes == 200 * 1024 * 1024
    assert LIMITS.ratio == 200
