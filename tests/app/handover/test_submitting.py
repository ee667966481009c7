from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.app.compiled import compiled_for
from desktop.app.handover.submitting import submission
from desktop.app.handover.submitting import submission_name
from desktop.app.progress import run_steps
from desktop.core.manifest import Manifest
from desktop.core.manifest_read import read_data
from desktop.exchange.packing import Unpacked
from desktop.exchange.packing import unpack
from tests.exchange.townships import content_of
from tests.small import YEAR
from tests.small import make_filled
from tests.small import opened

if TYPE_CHECKING:
    from pathlib import Path


def test_submission__holds_everything_the_ledger_holds(tmp_path: Path) -> None:
    with opened(make_filled(tmp_path)) as ledger:
        report = run_steps(submission(ledger, compiled_for(ledger, YEAR), YEAR))
        manifest = read_data(report.data)
        assert isinstance(manifest, Manifest)
        here = [str(unit.code) for unit in ledger.units()]
        found = unpack(manifest, ledger.pack(YEAR.code), here)
        assert isinstance(found, Unpacked)
        assert found.content == content_of(ledger)
        assert submission_name(manifest.stamp) == (
            f"310105-2025-r0004-{ledger.head().hash.hex()[:6]}"
        )
