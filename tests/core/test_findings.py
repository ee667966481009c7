from __future__ import annotations

from dataclasses import FrozenInstanceError

import pytest

from desktop.core.findings import Finding
from desktop.core.findings import Level
from desktop.core.findings import Outcome
from desktop.core.findings import Tally


def test_outcome__has_four_ends() -> None:
    assert [outcome.value for outcome in Outcome] == [
        "passed",
        "failed",
        "missing",
        "broken",
    ]


def test_level__is_the_pack_s_word() -> None:
    assert [Level("error"), Level("warning"), Level("info")] == list(Level)


def test_finding__of_a_unit_has_no_record() -> None:
    finding = Finding(
        rule="r",
        level=Level.ERROR,
        outcome=Outcome.FAILED,
        form="eci",
        unit="31",
        period="2025",
        record=None,
        fields=("beds",),
        text="床位",
    )

    assert finding.values == ()
    assert finding.problem is None
    with pytest.raises(FrozenInstanceError):
        finding.text = "x"  # type: ignore[misc]  # that it cannot be set is the test


def test_tally__is_whole_unless_said() -> None:
    assert Tally("r", passed=1, failed=2, missing=3).broken is False
