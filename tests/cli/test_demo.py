from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from desktop.app.reports.exporting import Exported
from desktop.core.messages import message
from tests.cli.desks import Shown
from tests.cli.desks import typed
from tests.small import opened

if TYPE_CHECKING:
    from pathlib import Path

LEDGER = "310105长宁区-2025.taizhang"


@pytest.fixture(scope="module")
def walked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the folder of a demo that was walked once, and its output beside it."""
    folder = tmp_path_factory.mktemp("demo")
    shown = Shown()
    done = typed(folder, "demo", "--out", folder / "out", "--no-window", show=shown)
    assert (done.code, done.err, shown.paths) == (0, "", [])
    (folder / "said.txt").write_text(done.out, "utf-8")
    return folder


def test_demo__leaves_a_ledger_a_workbook_and_a_pdf(walked: Path) -> None:
    endings = sorted(path.suffix for path in (walked / "out").iterdir())
    assert [end for end in endings if end != ".lock"] == [".pdf", ".taizhang", ".xlsx"]
    with opened(walked / "out" / LEDGER) as ledger:
        records = ledger.rows("eci", ledger.ids("eci", "2025"))
        assert ledger.doctor().problems == ()
    beds = [int(str(record.cells["beds_total"])) for record in records]
    assert (len(beds), sum(beds)) == (27, 5285)


def test_demo__tells_a_person_what_was_done_and_what_is_missing(walked: Path) -> None:
    said = (walked / "said.txt").read_text("utf-8")
    assert "27 new, 0 changed" in said
    assert "total 5,285 over 27 rows" in said
    assert "0 强制性" in said
    assert "16 of 18 indicators lack data" in said
    assert "the workbook's figures equal the ledger's" in said
    assert "Opening the window" not in said


def test_demo__error_its_ledger_is_in_use(walked: Path) -> None:
    path = walked / "out" / LEDGER
    before = path.read_bytes()
    with opened(path):
        done = typed(walked, "demo", "--out", walked / "out")
    assert (done.code, done.out) == (2, "")
    assert "has this ledger open" in done.err
    assert path.read_bytes() == before


def test_demo__error_the_folder_cannot_be_made(walked: Path) -> None:
    done = typed(walked, "demo", "--out", walked / "said.txt" / "below")
    assert (done.code, done.out) == (2, "")


def test_demo__again_replaces_its_ledger_and_opens_the_window(
    walked: Path, tmp_path: Path
) -> None:
    shown = Shown()
    out = shutil.copytree(walked / "out", tmp_path / "out")
    again = typed(tmp_path, "demo", "--out", out, show=shown)
    assert (again.code, shown.paths) == (0, [out / LEDGER])
    assert again.out.endswith("Opening the window on it…\n")


@pytest.mark.unmeasured
def test_demo__without_a_window_to_open(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = tmp_path / "x.xlsx"
    book.touch()
    monkeypatch.setattr("desktop.cli.demo.write", lambda *_: Exported((book,), ()))
    monkeypatch.setattr("desktop.export.reread.check_xlsx", lambda *_: None)
    done = typed(tmp_path, "demo", "--out", tmp_path / "out")
    assert (done.code, done.err) == (0, "")
    assert "Opening the window" not in done.out


def test_demo__error_a_workbook_that_differs_is_no_success(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    out.mkdir()
    book = out / "x.xlsx"
    book.touch()
    remark = message("cli.no-unit-here", unit="y")
    differs = message("export.differs", name="x", place="甲!A1")
    monkeypatch.setattr(
        "desktop.cli.demo.write", lambda *_: Exported((book,), (remark,))
    )
    monkeypatch.setattr("desktop.export.reread.check_xlsx", lambda *_: differs)
    shown = Shown()
    done = typed(tmp_path, "demo", "--out", out, show=shown)
    assert (done.code, shown.paths) == (2, [])
    assert "  The ledger has no unit y.\n" in done.out
    assert "甲!A1" in done.err
