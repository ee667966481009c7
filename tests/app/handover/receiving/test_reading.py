"""Files are read without the ledger; what cannot be read says why."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from desktop.app.handover.keeping.sealing import seal_file
from desktop.app.handover.receiving.reading import files_in
from desktop.app.handover.receiving.reading import read_files
from desktop.app.handover.receiving.reading import read_one
from desktop.app.progress import run_steps
from desktop.core.messages import message
from tests.exchange.handed_in import write_submission
from tests.exchange.townships import EAST
from tests.exchange.townships import Desks
from tests.exchange.townships import add
from tests.exchange.townships import opened
from tests.exchange.townships import street

if TYPE_CHECKING:
    from pathlib import Path

READER = (sys.executable, "-m", "desktop", "--read-workbook")


@pytest.fixture(scope="module")
def handed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("handed")
    path = Desks(folder).new(street(EAST))
    with opened(path) as ledger:
        add(ledger, "甲院", EAST, beds_total=10)
    return write_submission(path, folder, "east")


def test_files_in__workbooks_and_sealed_ones_once(tmp_path: Path) -> None:
    for name in ("b.xlsx", "a.xlsx.tzx", "~$b.xlsx", "c.pdf"):
        (tmp_path / name).touch()
    first, second = tmp_path / "a.xlsx.tzx", tmp_path / "b.xlsx"

    assert files_in([tmp_path, second]) == [first, second]


def test_read__sealed_with_a_password(handed: Path, tmp_path: Path) -> None:
    sealed = tmp_path / "east.xlsx.tzx"
    seal_file(handed, sealed, "芝麻开门2025", cost=10)

    (without,) = run_steps(read_files([sealed], READER))
    wrong = read_one(sealed, READER, "x")
    read = read_one(sealed, READER, "芝麻开门2025")

    assert without.refused is not None
    assert (without.locked, without.refused.code) == (True, "seal.password_wanted")
    assert wrong.locked
    assert not read.locked
    assert read.envelope is not None
    assert read.file == "east.xlsx.tzx"
    assert read.edited == ()


def test_read__gone_by_then(handed: Path, tmp_path: Path) -> None:
    read = read_one(tmp_path / "gone.xlsx", READER)
    assert read.refused is not None
    assert read.envelope is None


def test_read__gone_meanwhile(
    handed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def vanish(path: Path, _: object) -> object:
        path.unlink()
        return object()

    target = tmp_path / "x.xlsx"
    target.write_bytes(handed.read_bytes())
    monkeypatch.setattr("desktop.app.handover.receiving.reading.read_source", vanish)

    read = read_one(target, READER)

    assert read.refused is not None
    assert read.refused.code == "exchange.unreadable"


def test_read__a_manifest_that_is_none(
    handed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = message("manifest.damaged")
    monkeypatch.setattr(
        "desktop.app.handover.receiving.reading.envelope_of", lambda _: said
    )

    assert read_one(handed, READER).refused == said
