from __future__ import annotations

from dataclasses import replace

import pytest

from desktop.core.untouched import CARRIER
from desktop.intake.limits import LIMITS
from desktop.intake.untouched import sheets_of
from tests.app.handover.rewritten import edited
from tests.app.handover.rewritten import forged
from tests.app.handover.rewritten import parts_of
from tests.exchange.handed_in import write_submission
from tests.exchange.townships import EAST
from tests.exchange.townships import Desks
from tests.exchange.townships import add
from tests.exchange.townships import opened
from tests.exchange.townships import street
from tests.intake.hostile import CASES
from tests.intake.hostile import Case


@pytest.fixture(scope="module")
def ours(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    folder = tmp_path_factory.mktemp("ours")
    path = Desks(folder).new(street(EAST))
    with opened(path) as ledger:
        add(ledger, "甲院", EAST, beds_total=10)
    return write_submission(path, folder, "first").read_bytes()


def test_sheets_of__as_we_wrote_it(ours: bytes) -> None:
    sheets = sheets_of(ours, LIMITS)

    assert sheets is not None
    cells = [cell for _, rows in sheets for row in rows for cell in row]
    assert "甲院" in cells
    assert 10.0 in cells
    assert sheets_of(edited(ours, {}), LIMITS) == sheets
    assert sheets_of(forged(parts_of(ours)), LIMITS) == sheets


def test_sheets_of__any_part_changed(ours: bytes) -> None:
    parts = parts_of(ours)
    assert len(parts) > 10
    for name, part in parts.items():
        changed = part.replace(b"<", b" <", 2).removeprefix(b" ")
        assert sheets_of(edited(ours, {name: changed}), LIMITS) is None
        assert sheets_of(edited(ours, {}, frozenset({name})), LIMITS) is None
    assert sheets_of(edited(ours, {"docProps/x.xml": b"<x/>"}), LIMITS) is None


def test_sheets_of__packed_anew(ours: bytes) -> None:
    """What a part says is the same, but another program has written it."""
    name = "xl/worksheets/sheet2.xml"
    anew = edited(ours, {name: parts_of(ours)[name]})
    assert parts_of(anew) == parts_of(ours)
    assert sheets_of(anew, LIMITS) is None


@pytest.mark.parametrize("cut", [0, 4, 1000, -1, -30])
def test_sheets_of__cut_short(ours: bytes, cut: int) -> None:
    assert sheets_of(ours[:cut], LIMITS) is None


@pytest.mark.parametrize(
    "more",
    [
        b"<!DOCTYPE x>",
        b"<!-- -->",
        b"\0",
        b"<f>1+1</f>",
        b"<f t='shared'/>",
        b"<x:f xmlns:x='y'>1</x:f>",
        b"<f\n>1</f>",
        b"<f\v>1</f>",
    ],
)
def test_sheets_of__forged__what_we_never_write(ours: bytes, more: bytes) -> None:
    parts = parts_of(ours)
    name = "xl/worksheets/sheet2.xml"
    assert sheets_of(forged(parts), LIMITS) is not None
    assert sheets_of(forged({**parts, name: parts[name] + more}), LIMITS) is None


@pytest.mark.parametrize("name", ["xl/vbaProject.bin", "xl/externalLinks/a.xml"])
def test_sheets_of__forged__another_part(ours: bytes, name: str) -> None:
    parts = parts_of(ours)
    assert sheets_of(forged({name: b"<x/>", **parts}), LIMITS) is None
    assert CARRIER in parts


def test_sheets_of__larger_than_allowed(
    ours: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(ValueError, match="目录"):
        sheets_of(ours, replace(LIMITS, area=1))
    assert sheets_of(ours, replace(LIMITS, total_bytes=10)) is None
    monkeypatch.setattr("desktop.intake.untouched.LARGEST", 1000)
    assert sheets_of(ours, LIMITS) is None


def test_sheets_of__an_empty_sheet(ours: bytes) -> None:
    parts = parts_of(ours)
    name = "xl/worksheets/sheet1.xml"
    start, _, rest = parts[name].partition(b"<sheetData>")
    end = rest.partition(b"</sheetData>")[2]
    bare = start + b"<sheetData></sheetData>" + end
    sheets = sheets_of(forged({**parts, name: bare}), LIMITS)
    assert sheets is not None
    assert sheets[0][1] == []


@pytest.mark.unmeasured
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_sheets_of__hostile_and_foreign_files(case: Case) -> None:
    assert sheets_of(case.make(), LIMITS) is None
