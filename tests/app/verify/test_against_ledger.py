"""A file against the ledger it was made from, at its revision and after it."""

from __future__ import annotations

import shutil
from dataclasses import replace
from typing import TYPE_CHECKING
from typing import Any

import pytest

from desktop.app.compiled import CompiledPack
from desktop.app.entry.edits import set_cell
from desktop.app.handover.sending.submitting import submission
from desktop.app.opening import open_ledger
from desktop.app.progress import run_steps
from desktop.app.reports.exporting import gather
from desktop.app.reports.unit_report import report_of_unit
from desktop.app.reports.unit_report import whole_of
from desktop.app.verify.against_ledger import against_ledger
from desktop.app.verify.verifying import Check
from desktop.app.verify.verifying import Examined
from desktop.app.verify.verifying import Verdict
from desktop.core.changes import Action
from desktop.core.changes import DefinitionChange
from desktop.core.changes import RecordRemoved
from desktop.core.manifest import Manifest
from desktop.core.manifest import TableKind
from desktop.core.manifest import digest_of
from desktop.core.manifest_diff import Kind
from desktop.core.manifest_read import read_data
from desktop.core.messages import message
from desktop.export.building.rollup import Printing
from tests.small import COUNTY
from tests.small import STREET
from tests.small import YEAR
from tests.small import make_filled
from tests.small import make_ledger
from tests.small import opened
from tests.small import person
from tests.small import put

if TYPE_CHECKING:
    from pathlib import Path

    from desktop.store.ledger import Ledger
    from desktop.store.records import Record

FORM = "养老机构调查表"


def made_from(ledger: Ledger, *, by_unit: bool = False) -> Examined:
    """Give what examining a report of a ledger's present state gives."""
    printing = Printing() if by_unit else None
    steps = gather(ledger, CompiledPack(ledger.pack()), YEAR, printing)
    data = run_steps(steps).data
    manifest = read_data(data)
    assert isinstance(manifest, Manifest)
    check = Check(("报告.xlsx",), Verdict.AGREES, ())
    return Examined("报告.xlsx", check, manifest, digest_of(data))


def with_cell(file: Examined, value: str) -> Examined:
    """Make a file that is true to itself and says another number of one facility."""
    manifest = file.manifest
    assert manifest is not None
    [roster, *others] = manifest.tables
    [first, *rest] = roster.rows
    cells = tuple(value if cell == "n:60" else cell for cell in first.cells)
    forged = replace(roster, rows=(replace(first, cells=cells), *rest))
    return replace(file, manifest=replace(manifest, tables=(forged, *others)))


def told(checks: list[Check]) -> list[tuple[Verdict, list[str]]]:
    return [(each.verdict, [said.code for said in each.says]) for each in checks]


def first_record(ledger: Ledger) -> Record:
    return ledger.rows("eci", ledger.ids("eci", YEAR.code))[0]


def edit(ledger: Ledger, field: str, value: int) -> None:
    record = first_record(ledger)
    form = ledger.pack().form_by_id["eci"]
    ledger.apply(set_cell(record, form.by_id[field], value))


def test_against_ledger__at_the_same_revision(tmp_path: Path) -> None:
    with opened(make_filled(tmp_path)) as ledger:
        file = made_from(ledger, by_unit=True)
        agreed = run_steps(against_ledger(ledger, file))
        assert told(agreed) == [
            (Verdict.AGREES, ["verify.ledger-agrees", "verify.no-rollups"])
        ]
        [check] = run_steps(against_ledger(ledger, with_cell(file, "n:61")))
        assert (check.verdict, check.says[0].code) == (
            Verdict.DIFFERS,
            "verify.ledger-differs",
        )
        [one] = check.differences
        assert (one.form, one.record, one.field) == (FORM, "好院", "护理型床位数")
        assert (one.was, one.now) == ("61", "60")
        manifest = file.manifest
        assert manifest is not None
        rolled = [table for table in manifest.tables if table.kind is TableKind.UNITS]
        alone = replace(file, manifest=replace(manifest, tables=tuple(rolled)))
        assert told(run_steps(against_ledger(ledger, alone))) == [
            (Verdict.UNKNOWN, ["verify.no-rollups"])
        ]
        nothing = replace(file, manifest=None)
        assert run_steps(against_ledger(ledger, nothing)) == []


def test_against_ledger__noting_that_it_was_handed_in_ages_no_file(
    tmp_path: Path,
) -> None:
    with opened(make_filled(tmp_path)) as ledger:
        file = made_from(ledger)
        compiled = CompiledPack(ledger.pack())
        report = run_steps(submission(ledger, compiled, YEAR, frozenset({"eci"})))
        part = read_data(report.data)
        assert isinstance(part, Manifest)
        noted = DefinitionChange(YEAR.code, "period.submitted", "", "x")
        ledger.apply(Action(message("test"), (noted,)))

        for manifest in (file.manifest, part):
            checks = run_steps(against_ledger(ledger, replace(file, manifest=manifest)))
            assert told(checks) == [(Verdict.AGREES, ["verify.ledger-agrees"])]


def test_against_ledger__an_altered_file_never_agrees(tmp_path: Path) -> None:
    with opened(make_filled(tmp_path)) as ledger:
        file = made_from(ledger)
        spoilt = replace(file, check=replace(file.check, verdict=Verdict.DIFFERS))
        found = run_steps(against_ledger(ledger, spoilt))
        assert told(found) == [
            (Verdict.DIFFERS, ["verify.carried", "verify.ledger-agrees"])
        ]
        edit(ledger, "beds_nursing", 61)
        found = run_steps(against_ledger(ledger, spoilt))
        assert [each.verdict for each in found] == [Verdict.DIFFERS, Verdict.OLDER]


def test_against_ledger__what_changed_since(tmp_path: Path) -> None:
    with opened(make_filled(tmp_path)) as ledger:
        file = made_from(ledger)
        edit(ledger, "beds_nursing", 61)
        edit(ledger, "beds_nursing", 62)
        edit(ledger, "beds_total", 130)
        put(ledger, "新院", beds_total=3)
        [_, second, *_] = ledger.rows("eci", ledger.ids("eci", YEAR.code))
        removed = RecordRemoved(second.key, second.unit, second.filled())
        ledger.apply(Action(message("x"), (removed,)))
        then, since = run_steps(against_ledger(ledger, file))
        assert told([then]) == [
            (Verdict.AGREES, ["verify.records-agree", "verify.not-figures"])
        ]
        assert since.verdict is Verdict.OLDER
        said = [(one.kind, one.record, one.was, one.now) for one in since.differences]
        assert said == [
            (Kind.ALTERED, "好院", "100", "130"),
            (Kind.ALTERED, "好院", "60", "62"),
            (Kind.ROW_GONE, "坏院", "", ""),
            (Kind.ROW_ADDED, "新院", "", ""),
        ]
        forged, _ = run_steps(against_ledger(ledger, with_cell(file, "n:62")))
        [one] = forged.differences
        assert (forged.verdict, one.was, one.now) == (Verdict.DIFFERS, "62", "60")


def test_against_ledger__gone_on_elsewhere(tmp_path: Path) -> None:
    with opened(make_filled(tmp_path)) as ledger:
        file = made_from(ledger)
        edit(ledger, "beds_nursing", 61)
        edit(ledger, "beds_nursing", 60)
        found = run_steps(against_ledger(ledger, file))
        assert told(found)[1] == (Verdict.AGREES, ["verify.gone-on-elsewhere"])


def test_against_ledger__a_facility_that_came_and_went_since(tmp_path: Path) -> None:
    with opened(make_filled(tmp_path)) as ledger:
        file = made_from(ledger)
        key = put(ledger, "过客", beds_total=3)
        record = ledger.record(key)
        assert record is not None
        removed = RecordRemoved(record.key, STREET, record.filled())
        ledger.apply(Action(message("x"), (removed,)))
        found = run_steps(against_ledger(ledger, file))
        assert [each.verdict for each in found] == [Verdict.AGREES] * 2


def test_against_ledger__a_facility_without_a_name(tmp_path: Path) -> None:
    with opened(make_ledger(tmp_path)) as ledger:
        file = made_from(ledger)
        put(ledger, "无名", name="", status="")
        _, since = run_steps(against_ledger(ledger, file))
        assert [one.record for one in since.differences] == ["无名"]


def test_against_ledger__forms_the_pack_no_longer_has(tmp_path: Path) -> None:
    with opened(make_filled(tmp_path)) as ledger:
        file = made_from(ledger)
        manifest = file.manifest
        assert manifest is not None
        edit(ledger, "beds_nursing", 61)
        odd = replace(manifest, tables=(replace(manifest.tables[0], id="old"),))
        found = run_steps(against_ledger(ledger, replace(file, manifest=odd)))
        assert [each.verdict for each in found] == [Verdict.AGREES] * 2


# --- Another ledger -----------------------------------------------------------------


def refusal(ledger: Ledger, file: Examined) -> str:
    [check] = run_steps(against_ledger(ledger, file))
    assert check.verdict is Verdict.DIFFERS
    return check.says[0].code


def test_against_ledger__another_and_an_older_copy(tmp_path: Path) -> None:
    path = make_filled(tmp_path)
    copy, other = tmp_path / "旧.taizhang", tmp_path / "other"
    other.mkdir()
    shutil.copy(path, copy)
    with opened(path) as ledger:
        edit(ledger, "beds_nursing", 61)
        file = made_from(ledger)
        foreign = make_ledger(other)
    with opened(foreign) as ledger:
        assert refusal(ledger, file) == "verify.other-ledger"
    with open_ledger(copy, person(), read_only=True) as ledger:
        assert refusal(ledger, file) == "verify.ledger-behind"
    with opened(copy) as ledger:
        # Two laptops went on from one file: the same revision, another history.
        edit(ledger, "beds_nursing", 70)
        edit(ledger, "beds_nursing", 71)
        assert refusal(ledger, file) == "verify.forked"


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("unit", "999", "verify.not-in-ledger"),
        ("period", "1999", "verify.not-in-ledger"),
        ("seq", -1, "verify.forked"),
        ("head", "no digits", "verify.forked"),
    ],
)
def test_against_ledger__a_stamp_nobody_made(
    tmp_path: Path, name: str, value: object, code: str
) -> None:
    with opened(make_filled(tmp_path)) as ledger:
        file = made_from(ledger)
        manifest = file.manifest
        assert manifest is not None
        changed: dict[str, Any] = {name: value}
        stamp = replace(manifest.stamp, **changed)
        odd = replace(file, manifest=replace(manifest, stamp=stamp))
        assert refusal(ledger, odd) == code


def test_against_ledger__the_report_of_a_unit_below(tmp_path: Path) -> None:
    with opened(make_filled(tmp_path)) as ledger:
        compiled = CompiledPack(ledger.pack())
        whole = run_steps(whole_of(ledger, compiled, YEAR))
        street = ledger.units()[1]
        report = run_steps(report_of_unit(ledger, whole, street))
        manifest = read_data(report.data)
        assert isinstance(manifest, Manifest)
        assert manifest.stamp.unit == STREET
        check = Check(("街道.pdf",), Verdict.AGREES, ())
        file = Examined("街道.pdf", check, manifest)
        assert told(run_steps(against_ledger(ledger, file)))[0][0] is Verdict.AGREES
        put(ledger, "区属院", unit=COUNTY)
        after = told(run_steps(against_ledger(ledger, file)))
        assert after[1] == (Verdict.AGREES, ["verify.gone-on-elsewhere"])
