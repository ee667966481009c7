"""The sample report with a stamp and data, as the program makes it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from typing import Any

from desktop.core.manifest import Stamp
from tests.export.samples import sample_report

if TYPE_CHECKING:
    from desktop.export.report import Report

STAMP = Stamp(
    pack="sample",
    pack_version="1.2.0",
    pack_digest="ab12",
    unit="330902",
    unit_name="定海区",
    period="2025",
    period_title="2025年",
    ledger="5e1f",
    epoch="1",
    revision=128,
    seq=310,
    head="c0ffee",
    made="2026-01-08T09:30:00+08:00",
)
DATA = b"{}"
DIGEST = "44136fa355b3678a"
"""How the digest of these data begins."""


def stamped_report(**changes: Any) -> Report:  # noqa: ANN401 - any part of the contents
    """Make the sample report, stamped."""
    return replace(sample_report(**changes), stamp=STAMP, data=DATA)
