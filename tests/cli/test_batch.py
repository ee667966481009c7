from __future__ import annotations

import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook

from desktop.app.batch import running as batch
from desktop.app.batch.record import NAME
from desktop.core.messages import message
from desktop.export.safe_file import ExportError
from tests.cli.desks import district
from tests.cli.desks import typed
from tests.small import make_filled
from tests.small import opened

if TYPE_CHECKING:
    from collections.abc import Callable

    from desktop.app.reports.exporting import Exported
    from tests.cli.desks import Typed

TABLES = ("--tables-only", "--forms", "eci")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return make_filled(tmp_path)


def run(path: Path, *words: str) -> Typed:
    return typed(path.parent, "batch", path, "--out", path.parent / "out", *words)


def names(path: Path) -> set[str]:
    return {each.name for each in (path.parent / "out").iterdir()} - {NAME}


def test_batch__the_units_of_a_level(path: Path) -> None:
    done = run(path, "--level", "street", "--xlsx", *TABLES)
    assert done.code == 0, done.err
    assert names(path) == {"310105001-华阳路街道-2025年-小制度.xlsx"}
    assert "华阳路街道 (1 of 1)" in done.out
    assert "Written and read back: 1 files" in done.out
    again = run(path, "--level", "street", "--xlsx", *TABLES)
    assert "0 files" in again.out
    assert "1 were there already" in again.out
    anew = run(path, "--level", "street", "--xlsx", "--anew", "--json", *TABLES)
    assert len(anew.facts["units"][0]["made"]) == 1


def test_batch__one_pdf_of_the_units_that_are_named(path: Path) -> None:
    done = run(path, "--unit", "310105001", "--merged", "--screen", "--attach", *TABLES)
    assert done.code == 0, done.err
    assert names(path) == {"长宁区-2025年-小制度-合订（1个单位）.pdf"}
    assert "One PDF of all: " in done.out


def test_batch__both_files_unless_something_is_named(path: Path) -> None:
    words = ("--below", "310105001", "--pattern", "{unit}", "--dry-run")
    done = run(path, *words)
    assert done.code == 0, done.err
    listed = [line.strip() for line in done.out.splitlines()]
    assert listed[:2] == ["华阳路街道.xlsx", "华阳路街道.pdf"]
    assert not (path.parent / "out").exists()
    facts = run(path, *words, "--json").facts
    assert [Path(file).name for file in facts["files"]] == listed[:2]
    assert facts["there"] == []


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("--pattern", "{period}"), "batch.pattern.unit"),
        (("--level", "国"), "batch.no-level"),
        (("--forms", "eci,none"), "template.no_form"),
        (("--forms", ""), "batch.no-forms"),
        (("--unit", "华山"), "cli.no-unit-here"),
        (("--below", "华山"), "cli.no-unit-here"),
    ],
)
def test_batch__cannot_run(
    path: Path, words: tuple[str, ...], code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktop.core.words.Words.message", lambda _, said: said.code)
    done = run(path, *words)
    assert done.code == 2
    assert done.err.strip() == code


def test_batch__units_that_failed_are_told_at_the_end(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(*_: object) -> Exported:
        raise ExportError(message("export.disk_full", name="x"))

    monkeypatch.setattr(batch, "write", failing)
    done = run(path, "--xlsx", *TABLES)
    assert done.code == 1
    assert "1 units got no files:" in done.out
    assert "长宁区（310105）：" in done.out
    assert "Not come to: 华阳路街道" in done.out
    facts = run(path, "--xlsx", "--json", *TABLES).facts
    assert facts["units"][0]["fault"]
    assert facts["left"] == ["310105001"]


def test_batch__remarks_of_files_and_of_the_whole(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from desktop.app.batch.running import Done
    from desktop.app.batch.running import Result
    from tests.small import units

    remark = message("export.missing_glyphs", characters="U+1234")
    result = Result(
        (Done(units()[0], remarks=(remark,)),), remarks=(message("batch.not-merged"),)
    )
    monkeypatch.setattr("desktop.cli.batch.run_batch", lambda *_: result)
    done = run(path)
    assert "长宁区：" in done.out
    assert "The joined PDF was not made" in done.err
    assert run(path, "--json").facts["remarks"]


@pytest.mark.unmeasured
def test_batch__streets_of_a_district_have_their_own_institutions(
    tmp_path: Path, program: Callable[[str], str]
) -> None:
    """Two streets of 青浦 as the public list has them, read back by other means."""
    path, out = district(tmp_path, "310118", "青浦区"), tmp_path / "out"
    own: dict[str, list[str]] = {}
    with opened(path) as ledger:
        for record in ledger.rows("eci", ledger.ids("eci", "2025")):
            own.setdefault(record.unit, []).append(str(record.cell("name")))
    streets = sorted(own, key=lambda code: -len(own[code]))[:2]
    words = ("--tables-only", "--forms", "eci", "--pattern", "{code}")
    units = [word for code in streets for word in ("--unit", code)]
    both = (*words, *units, "--xlsx", "--merged")
    assert typed(tmp_path, "batch", path, "--out", out, *both).code == 0
    for code in streets:
        assert sorted(institutions(out / f"{code}.xlsx")) == sorted(own[code])
    [pdf] = out.glob("*.pdf")
    subprocess.run([program("qpdf"), "--check", pdf], check=True, capture_output=True)
    told = subprocess.run(
        [program("pdftotext"), pdf, "-"], check=True, capture_output=True, text=True
    )
    text = "".join(told.stdout.split())
    named = {code: [name in text for name in names] for code, names in own.items()}
    assert all(all(named[code]) for code in streets)
    assert not any(any(named[code]) for code in own if code not in streets)


def institutions(path: Path) -> list[str]:
    """Read the names in the table of a workbook, each behind its number."""
    [sheet] = [one for one in load_workbook(path) if "养老机构" in one.title]
    rows = [[cell.value for cell in row[:2]] for row in sheet.iter_rows()]
    return [str(name) for number, name in rows if str(number).isdigit() and name]
