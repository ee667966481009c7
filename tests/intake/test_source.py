from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.core.messages import Message
from desktop.intake.limits import LIMITS
from desktop.intake.source import read_source
from desktop.intake.table import Source
from tests.intake.books import book

pytestmark = pytest.mark.measured_children

SAMPLE = (
    Path(__file__).parents[2]
    / "resources"
    / "samples"
    / "shanghai"
    / "elderly_institutions.csv"
)


def refused(path: Path, **limits: int) -> Message:
    found = read_source(path, limits=replace(LIMITS, **limits))
    assert isinstance(found, Message)
    return found


def test_csv__sample() -> None:
    found = read_source(SAMPLE)

    assert isinstance(found, Source)
    assert found.digest == hashlib.sha256(SAMPLE.read_bytes()).hexdigest()
    assert len(found.tables[0].rows) == 113


def test_missing__is_told(tmp_path: Path) -> None:
    assert refused(tmp_path / "none.xlsx").code == "intake.unreadable"


def test_large__is_told(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"x" * 100)

    assert refused(path, file_bytes=99).code == "intake.file_too_large"


def test_csv__refusal_names_the_file(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"")

    found = refused(path)

    assert found.code == "intake.empty_file"
    assert dict(found.params) == {"file": "a.csv"}


@pytest.mark.unmeasured
@pytest.mark.parametrize("name", ["a.csv", "a.xlsx", "a.et"])
def test_workbook__whatever_its_name(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(book())

    found = read_source(path)

    assert isinstance(found, Source)
    assert found.file == name


def test_reader_command__that_is_not_there(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(book())

    found = read_source(path, command=(str(tmp_path / "no-such-program"),))

    assert isinstance(found, Message)
    assert found.code == "intake.reader_failed"
    assert dict(found.params) == {"file": "a.xlsx"}
