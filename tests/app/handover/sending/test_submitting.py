from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.app.compiled import compiled_for
from desktop.app.handover.sending.splitting import manifest_in
from desktop.app.handover.sending.submitting import submission
from desktop.app.handover.sending.submitting import submission_name
from desktop.app.handover.sending.submitting import without_rosters
from desktop.app.progress import run_steps
from desktop.core.manifest import Manifest
from desktop.core.manifest import TableKind
from desktop.core.manifest_read import read_data
from desktop.exchange.lineage import carried
from desktop.exchange.packing import Unpacked
from desktop.exchange.packing import Unpacker
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
        found = Unpacker(ledger.pack(YEAR.code), here).unpack(manifest)
        assert isinstance(found, Unpacked)
        assert found.content == content_of(ledger)
        assert submission_name(manifest.stamp) == (
            f"310105-2025-r0004-{ledger.head().hash.hex()[:6]}"
        )


def test_submission__without_rosters_their_totals_travel(tmp_path: Path) -> None:
    with opened(make_filled(tmp_path)) as ledger:
        compiled = compiled_for(ledger, YEAR)
        forms = without_rosters(ledger.pack(YEAR.code))
        report = run_steps(submission(ledger, compiled, YEAR, forms, totals=True))
        plain = run_steps(submission(ledger, compiled, YEAR, forms))

    assert forms == {"area"}
    tables = {table.id: table.kind for table in manifest_in(report).tables}
    assert tables["rollup-eci"] is TableKind.UNITS
    assert not {"eci", "rollup-area", "indicators-by-unit"} & tables.keys()
    assert carried(manifest_in(report)) == {"area"}
    assert plain.rollups == ()
