from __future__ import annotations

import datetime as dt
import shutil
import subprocess
from io import BytesIO
from io import TextIOWrapper
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from desktop.app.handover.receiving import proving
from desktop.app.handover.receiving.proving import LENGTH
from desktop.app.handover.receiving.proving import NO_PROOF
from desktop.app.handover.receiving.proving import proof
from desktop.app.handover.receiving.proving import serve
from desktop.app.handover.receiving.reading import read_one
from desktop.core.manifest import to_data
from desktop.core.manifest import to_envelope
from desktop.core.manifest_read import read_envelope
from desktop.core.messages import Message
from desktop.export.manifest.sheet import sheet_rows
from desktop.intake.children import READER_COMMAND
from tests.app.handover.rewritten import edited
from tests.app.handover.rewritten import forged
from tests.app.handover.rewritten import parts_of
from tests.exchange.handed_in import write_submission
from tests.exchange.townships import EAST
from tests.exchange.townships import Desks
from tests.exchange.townships import add
from tests.exchange.townships import nil
from tests.exchange.townships import note
from tests.exchange.townships import opened
from tests.exchange.townships import street

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from desktop.core.cells import Cell
    from desktop.core.manifest import Envelope

BEDS = st.one_of(st.none(), st.integers(0, 10**6))
NAMES = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=12
)


def written(folder: Path, homes: dict[str, dict[str, Cell]]) -> Path:
    path = Desks(folder).new(street(EAST))
    with opened(path) as ledger:
        for name, cells in homes.items():
            add(ledger, name, EAST, **cells)
        if homes:
            note(ledger, next(iter(homes)), "field:beds_total", "盘点过")
        else:
            nil(ledger, EAST, now=True)
    return write_submission(path, folder, "first")


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    homes: dict[str, dict[str, Cell]] = {
        "甲院": {"beds_total": 10, "status": "停业"},
        "_x0041_院": {"code": "007", "beds_total": 7177},
    }
    return written(tmp_path_factory.mktemp("first"), homes)


def envelope_of(packed: bytes) -> Envelope:
    found = read_envelope(packed)
    assert not isinstance(found, Message)
    return found


def test_proof__is_what_the_full_reading_finds(first: Path) -> None:
    full = read_one(first, READER_COMMAND)

    assert envelope_of(proof(first.read_bytes())) == full.envelope
    assert full.edited == ()


@settings(max_examples=5)
@given(st.lists(st.tuples(NAMES, NAMES, BEDS), max_size=4))
def test_proof__any_submission(
    tmp_path_factory: pytest.TempPathFactory,
    homes: list[tuple[str, str, int | None]],
) -> None:
    """Where a file proves itself, the full reading would have said the same."""
    cells: dict[str, dict[str, Cell]] = {}
    for at, (name, code, beds) in enumerate(homes):
        filled: dict[str, Cell] = {"code": code} if code else {}
        if beds is not None:
            filled["beds_total"] = beds
        cells[f"{at}{name}"] = filled
    path = written(tmp_path_factory.mktemp("any"), cells)

    packed = proof(path.read_bytes())
    full = read_one(path, READER_COMMAND)

    assert full.refused is None
    assert bool(packed) == (not full.edited)
    if packed:
        assert envelope_of(packed) == full.envelope


def test_proof__another_program_saved_it(first: Path) -> None:
    from openpyxl import load_workbook

    saved = BytesIO()
    load_workbook(first).save(saved)

    assert proof(saved.getvalue()) == NO_PROOF


def test_proof__forged__a_cell_that_says_otherwise(first: Path) -> None:
    """Whoever makes a digest to match cannot show a reader other figures."""
    parts = parts_of(first.read_bytes())
    name = next(one for one, part in parts.items() if b"<v>7177</v>" in part)
    altered = parts[name].replace(b"<v>7177</v>", b"<v>9999</v>")

    assert proof(forged(parts)) != NO_PROOF
    assert proof(forged({**parts, name: altered})) == NO_PROOF
    assert proof(edited(first.read_bytes(), {name: altered})) == NO_PROOF


@pytest.mark.parametrize("what", ["sheet", "envelope", "packing"])
def test_proof__forged__the_manifest(first: Path, what: str) -> None:
    parts = parts_of(first.read_bytes())
    name = next(one for one, part in parts.items() if b"taizhang-manifest" in part)
    envelope = envelope_of(proof(first.read_bytes()))
    data = to_data(envelope.manifest)
    _, head, (number, piece) = sheet_rows(data, envelope.places)
    assert head[1] == number
    assert piece.encode() in parts[name]
    wrong = {
        "sheet": parts[name].replace(b"taizhang-manifest", b"something-else"),
        "packing": parts[name].replace(piece.encode(), piece[:-80].encode()),
        "envelope": parts[name].replace(piece.encode(), _other(envelope).encode()),
    }[what]
    assert proof(forged({**parts, name: wrong})) == NO_PROOF


def _other(envelope: Envelope) -> str:
    """Pack an envelope whose digest denies its data."""
    data = to_data(envelope.manifest)
    whole = to_envelope(data, envelope.places).replace("甲院".encode(), "丁院".encode())
    from base64 import b64encode
    from zlib import compress

    return b64encode(compress(whole)).decode()


def test_proof__no_hidden_sheet(first: Path) -> None:
    parts = parts_of(first.read_bytes())
    book = parts["xl/workbook.xml"].replace("核验".encode(), "别的".encode())
    assert proof(forged({**parts, "xl/workbook.xml": book})) == NO_PROOF


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (True, "TRUE"),
        (12.0, "12"),
        (7, "7"),
        ("a ", "a"),
        (dt.date(2025, 1, 2), "2025-01-02"),
        (dt.datetime(2025, 1, 2), "2025-01-02"),  # noqa: DTZ001 - a cell's
        (dt.datetime(2025, 1, 2, 3, 4), "2025-01-02T03:04:00"),  # noqa: DTZ001 - a cell's
    ],
)
def test_text__as_the_full_reading_has_it(value: object, text: str) -> None:
    assert proving.text_of(value) == text


def test_text__what_we_never_write() -> None:
    with pytest.raises(TypeError):
        proving.text_of(dt.time(1))


def test_main__is_confined_before_it_reads(monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[str] = []
    given = TextIOWrapper(BytesIO((3).to_bytes(LENGTH) + b"abc"))
    out = TextIOWrapper(BytesIO())
    monkeypatch.setattr(proving, "confine", lambda _: done.append("confined"))
    monkeypatch.setattr(proving, "give_way", lambda: done.append("behind others"))
    monkeypatch.setattr("gc.freeze", lambda: done.append("frozen"))
    monkeypatch.setattr("sys.stdin", given)
    monkeypatch.setattr("sys.stdout", out)

    assert proving.main() == 0

    assert done == ["confined", "behind others", "frozen"]
    assert out.buffer.seek(0) == 0
    assert out.buffer.read() == bytes(LENGTH)


@pytest.mark.unmeasured
def test_saved_by_libreoffice__no_proof_and_nothing_edited(
    first: Path, tmp_path: Path, program: Callable[[str], str]
) -> None:
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = [program("soffice"), profile, "--headless", "--convert-to", "xlsx"]
    made = [*command, "--outdir", str(tmp_path / "saved"), str(first)]
    subprocess.run(made, check=True, capture_output=True, timeout=240)
    shutil.rmtree(tmp_path / "profile", ignore_errors=True)
    saved = tmp_path / "saved" / first.name

    full = read_one(saved, READER_COMMAND)

    assert proof(saved.read_bytes()) == NO_PROOF
    assert full.envelope == envelope_of(proof(first.read_bytes()))
    assert full.edited == ()


def test_serve__one_answer_a_file(first: Path) -> None:
    data = first.read_bytes()
    asked = b"".join(
        len(each).to_bytes(LENGTH) + each for each in (data, b"no workbook", data)
    )
    out = BytesIO()

    assert serve(BytesIO(asked), out) == 0

    out.seek(0)
    answers = [out.read(int.from_bytes(out.read(LENGTH))) for _ in range(3)]
    assert out.read() == b""
    assert answers == [proof(data), NO_PROOF, proof(data)]
    assert answers[0] != NO_PROOF
