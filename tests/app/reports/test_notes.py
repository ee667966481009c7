from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.app.compiled import CompiledPack
from desktop.app.entry.edits import set_cell
from desktop.app.progress import run_steps
from desktop.app.reports import notes as module
from desktop.app.reports.exporting import gather
from desktop.app.reports.notes import noted
from desktop.core.cells import Absent
from desktop.export.report import Rests
from tests.small import YEAR
from tests.small import make_filled
from tests.small import make_ledger
from tests.small import opened

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from desktop.export.report import Report


def report_of(path: Path) -> Report:
    with opened(path) as ledger:
        return run_steps(gather(ledger, CompiledPack(ledger.pack()), YEAR))


def test_notes__name_the_lines_of_the_printed_form(tmp_path: Path) -> None:
    """The third home left its nursing beds out, but not its beds."""
    report = report_of(make_filled(tmp_path))
    (form,) = [one for one in report.forms if one.id == "eci"]
    share = report.indicators[0]

    assert [row.stub[:2] for row in form.rows] == [
        ("1", "好院"),
        ("2", "坏院"),
        ("3", "缺院"),
    ]
    assert share.rests == (
        Rests("分子", "eci", (1, 2), blank=(3,)),
        Rests("分母", "eci", (1, 2, 3)),
    )


def test_notes__findings_name_their_line_too(tmp_path: Path) -> None:
    report = report_of(make_filled(tmp_path))

    found = {(line.record, line.number) for line in report.findings}
    assert ("坏院", 2) in found
    assert {number for _, number in found} <= {0, 1, 2, 3}


def test_notes__what_cannot_be_told_is_said(tmp_path: Path) -> None:
    """Nobody knows whether a home without a status is in operation."""
    path = make_filled(tmp_path)
    with opened(path) as ledger:
        form = ledger.pack().form_by_id["eci"]
        (first, *_) = ledger.rows("eci", ledger.ids("eci", YEAR.code))
        ledger.apply(set_cell(first, form.by_id["status"], Absent.BLANK))

    assert report_of(path).indicators[0].rests == (
        Rests("分子", "eci", (2,), blank=(3,), undecided=(1,)),
        Rests("分母", "eci", (2, 3), undecided=(1,)),
    )


def test_notes__of_a_form_with_too_many_lines_none_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "LISTED", 2)

    assert report_of(make_filled(tmp_path)).indicators[0].rests == ()


def test_notes__of_an_empty_ledger(tmp_path: Path) -> None:
    with opened(make_ledger(tmp_path)) as ledger:
        compiled = CompiledPack(ledger.pack())
        report = run_steps(gather(ledger, compiled, YEAR))
        again = run_steps(noted(ledger, compiled, YEAR, report))

    assert again == report
    assert [rests.records for rests in report.indicators[0].rests] == [(), ()]
