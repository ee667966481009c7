from __future__ import annotations

from typing import TYPE_CHECKING
from zipfile import ZipFile

from desktop.app.compiled import CompiledPack
from desktop.app.progress import run_steps
from desktop.app.reports.exporting import gather
from desktop.app.reports.stamping import made_at
from desktop.app.reports.stamping import stamp_of
from desktop.app.reports.stamping import told_head
from desktop.core.changes import Action
from desktop.core.changes import DefinitionChange
from desktop.core.manifest import Manifest
from desktop.core.manifest_read import read_data
from desktop.core.messages import message
from desktop.export.steady_zip import BEGINNING
from desktop.forms.written import digest
from desktop.store.records import Applied
from tests.small import COUNTY
from tests.small import YEAR
from tests.small import make_filled
from tests.small import opened
from tests.small import put
from tests.verified import write_files

if TYPE_CHECKING:
    from pathlib import Path

    from desktop.export.report import Report
    from desktop.store.ledger import Ledger


def report_of(ledger: Ledger) -> Report:
    return run_steps(gather(ledger, CompiledPack(ledger.pack()), YEAR))


def test_stamp__names_the_state_of_the_ledger(tmp_path: Path) -> None:
    with opened(make_filled(tmp_path)) as ledger:
        stamp = stamp_of(ledger, YEAR)
        identity, head = ledger.identity(), ledger.head()
        pack = ledger.pack()
    assert (stamp.ledger, stamp.epoch) == (identity.ledger, identity.epoch)
    assert (stamp.revision, stamp.seq) == (head.revision, head.seq)
    assert stamp.head == head.hash.hex()
    assert (stamp.unit, stamp.unit_name, stamp.period) == (COUNTY, "长宁区", "2025")
    assert stamp.pack_digest == digest(pack)
    assert made_at(stamp) == "2026-01-02 03:04"


def test_gather__the_same_ledger_gives_the_same_data(tmp_path: Path) -> None:
    with opened(make_filled(tmp_path)) as ledger:
        first, again = report_of(ledger), report_of(ledger)
        put(ledger, "新院")
        later = report_of(ledger)
    assert first.data == again.data != later.data
    assert first.stamp == again.stamp != later.stamp
    assert first.made_at == "2026-01-02 03:04"
    manifest = read_data(first.data)
    assert isinstance(manifest, Manifest)
    assert manifest.stamp == first.stamp
    assert first.code("eci").startswith(f"eci|{COUNTY}|2025|4|")


def test_gather__begins_again_when_the_ledger_changes_meanwhile(tmp_path: Path) -> None:
    with opened(make_filled(tmp_path)) as ledger:
        steps = gather(ledger, CompiledPack(ledger.pack()), YEAR)
        for _ in range(6):
            next(steps)
        put(ledger, "新院")
        report = run_steps(steps)
        assert report.stamp is not None
        assert report.stamp.seq == ledger.head().seq
    assert "新院" in [row.key for row in report.forms[0].rows]


def test_workbook__the_same_ledger_gives_the_same_bytes(tmp_path: Path) -> None:
    with opened(make_filled(tmp_path)) as ledger:
        for name in ("甲", "乙"):
            write_files(ledger, tmp_path, name, pdf=False)
    first, second = tmp_path / "甲.xlsx", tmp_path / "乙.xlsx"
    assert first.read_bytes() == second.read_bytes()
    with ZipFile(first) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {BEGINNING}
        core = archive.read("docProps/core.xml").decode()
    # The clock of the test's person, not the one on the wall.
    assert core.count("2026-01-02T03:04:00Z") == 2


def test_told_head__what_is_noted_about_the_handing_over_changes_nothing(
    tmp_path: Path,
) -> None:
    with opened(make_filled(tmp_path)) as ledger:
        before = stamp_of(ledger, YEAR)
        noted = DefinitionChange(YEAR.code, "period.submitted", "", "x")
        whole = DefinitionChange("", "ledger.something", "", "y")
        for change in (noted, whole):
            assert isinstance(ledger.apply(Action(message("test"), (change,))), Applied)

        assert stamp_of(ledger, YEAR) == before
        assert ledger.head().revision == before.revision + 2
        assert told_head(ledger).revision == before.revision

        chosen = DefinitionChange(YEAR.code, "param.jump", "", "1.5")
        mixed = Action(message("test"), (noted_again(), chosen))
        assert isinstance(ledger.apply(mixed), Applied)
        assert told_head(ledger) == ledger.head()


def noted_again() -> DefinitionChange:
    return DefinitionChange(YEAR.code, "period.submitted", "x", "z")
