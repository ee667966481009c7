from __future__ import annotations

import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook

from desktop.app.exporting import Exported
from desktop.core.messages import message
from tests.cli.desks import district
from tests.cli.desks import typed
from tests.small import make_ledger
from tests.small import opened

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.mark.parametrize(
    ("words", "endings"),
    [
        ((), {".xlsx", ".pdf"}),
        (("--xlsx",), {".xlsx"}),
        (("--pdf",), {".pdf"}),
        (("--xlsx", "--pdf"), {".xlsx", ".pdf"}),
        (("--data-package",), {".zip"}),
        (("--pdf", "--data-package"), {".pdf", ".zip"}),
    ],
)
def test_export__what_was_asked_for(
    tmp_path: Path, words: tuple[str, ...], endings: set[str]
) -> None:
    folder = tmp_path / "a" / "b"
    done = typed(tmp_path, "export", make_ledger(tmp_path), "--to", folder, *words)
    assert done.code == 0, done.err
    assert {path.suffix for path in folder.iterdir()} == endings
    assert done.out.count("Written and read back: ") == len(endings)


def test_export__a_csv_file_of_each_form(tmp_path: Path) -> None:
    path = make_ledger(tmp_path)
    done = typed(tmp_path, "export", path, "--to", tmp_path / "out", "--csv")
    assert done.code == 0, done.err
    with opened(path) as ledger:
        forms = ledger.pack().forms
    assert len(list((tmp_path / "out").glob("*.csv"))) == len(forms)


def test_export__json(tmp_path: Path) -> None:
    path = make_ledger(tmp_path)
    done = typed(tmp_path, "export", path, "--to", tmp_path, "--json")
    assert set(done.facts) == {"files", "remarks"}
    assert [Path(file).suffix for file in done.facts["files"]] == [".xlsx", ".pdf"]
    assert all(Path(file).is_file() for file in done.facts["files"])


def test_export__the_same_ledger_gives_the_same_pdf(tmp_path: Path) -> None:
    path = make_ledger(tmp_path)
    for name in ("once", "twice"):
        assert typed(tmp_path, "export", path, "--to", tmp_path / name).code == 0
    [once] = (tmp_path / "once").glob("*.pdf")
    [twice] = (tmp_path / "twice").glob("*.pdf")
    assert once.read_bytes() == twice.read_bytes()


def test_export__every_institution_is_in_both_files(
    tmp_path: Path, program: Callable[[str], str]
) -> None:
    path = district(tmp_path, "310118", "青浦区")
    out = tmp_path / "out"
    assert typed(tmp_path, "export", path, "--to", out).code == 0
    with opened(path) as ledger:
        records = ledger.rows("eci", ledger.ids("eci", "2025"))
    names = {str(record.cells["name"]) for record in records}
    assert len(names) == 23
    [book] = out.glob("*.xlsx")
    cells = {
        cell
        for sheet in load_workbook(book)
        for row in sheet.iter_rows(values_only=True)
        for cell in row
    }
    assert names <= cells
    [pdf] = out.glob("*.pdf")
    text = subprocess.run(
        [program("pdftotext"), "-raw", pdf, "-"],
        check=True,
        capture_output=True,
        encoding="utf-8",
    ).stdout
    run_on = "".join(text.split())
    assert {name for name in names if name not in run_on} == set()


def test_export__error_the_folder_cannot_be_made(tmp_path: Path) -> None:
    path = make_ledger(tmp_path)
    done = typed(tmp_path, "export", path, "--to", path / "below")
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith(f"The folder {path / 'below'} cannot be made (")


def test_export__remarks_reach_the_person(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    remark = message("cli.no-unit-here", unit="x")
    monkeypatch.setattr("desktop.cli.export.write", lambda *_: Exported((), (remark,)))
    path = make_ledger(tmp_path)
    done = typed(tmp_path, "export", path, "--to", tmp_path)
    assert done.out == "  The ledger has no unit x.\n"
    facts = typed(tmp_path, "export", path, "--to", tmp_path, "--json").facts
    assert facts == {"files": [], "remarks": ["The ledger has no unit x."]}
