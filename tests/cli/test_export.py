from __future__ import annotations

import subprocess
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

import pikepdf
import pytest
from openpyxl import load_workbook

from desktop.app.reports.exporting import Exported
from desktop.core.messages import message
from desktop.export.pdf.archive_reading import Archive
from desktop.export.pdf.archive_reading import read_archive
from tests.cli.desks import district
from tests.cli.desks import typed
from tests.small import make_filled
from tests.small import make_ledger
from tests.small import opened

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.mark.unmeasured
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


@pytest.mark.unmeasured
def test_export__for_the_screen_no_page_is_turned(tmp_path: Path) -> None:
    path = make_filled(tmp_path)
    sizes = []
    for words in ((), ("--screen",)):
        out = tmp_path / f"out{len(words)}"
        assert typed(tmp_path, "export", path, "--pdf", "--to", out, *words).code == 0
        [made] = out.glob("*.pdf")
        with pikepdf.open(made) as pdf:
            sizes.append({float(page.MediaBox[2]) for page in pdf.pages})
    assert [len(each) for each in sizes] == [1, 2]


@pytest.mark.unmeasured
def test_export__json(tmp_path: Path) -> None:
    path = make_ledger(tmp_path)
    done = typed(tmp_path, "export", path, "--to", tmp_path, "--json")
    assert set(done.facts) == {"files", "remarks"}
    assert [Path(file).suffix for file in done.facts["files"]] == [".xlsx", ".pdf"]
    assert all(Path(file).is_file() for file in done.facts["files"])


@pytest.mark.unmeasured
def test_export__the_same_ledger_gives_the_same_pdf(tmp_path: Path) -> None:
    path = make_ledger(tmp_path)
    for name in ("once", "twice"):
        assert typed(tmp_path, "export", path, "--to", tmp_path / name).code == 0
    [once] = (tmp_path / "once").glob("*.pdf")
    [twice] = (tmp_path / "twice").glob("*.pdf")
    assert once.read_bytes() == twice.read_bytes()


@pytest.mark.unmeasured
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
    # The chapters lead from findings and figures back to the lines of that form.
    assert "对象（23条）：第1—23行。" in run_on
    assert "依据：养老机构调查表，" in run_on


@pytest.mark.unmeasured
def test_export__pdfs_carry_the_data_and_the_workbooks_digest(tmp_path: Path) -> None:
    path = make_ledger(tmp_path)
    plain, attached = tmp_path / "plain", tmp_path / "attached"
    done = typed(tmp_path, "export", path, "--to", plain)
    assert done.code == 0, done.err
    done = typed(tmp_path, "export", path, "--to", attached, "--pdf", "--attach")
    assert done.code == 0, done.err
    [book], [usual], [more] = (
        plain.glob("*.xlsx"),
        plain.glob("*.pdf"),
        attached.iterdir(),
    )
    found, other = read_archive(usual), read_archive(more)
    assert isinstance(found, Archive)
    assert isinstance(other, Archive)
    assert found.data
    assert found.data == other.data
    assert found.remarks == other.remarks == ()
    assert found.workbook == sha256(book.read_bytes()).hexdigest()
    assert other.workbook == ""
    assert b"taizhang-data.json" in more.read_bytes()
    assert b"taizhang-data.json" not in usual.read_bytes()


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
