"""`taizhang collect`: handed out, taken back, said in words and as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Any

import pytest

from tests import small
from tests.cli.desks import typed
from tests.collected import fill
from tests.collected import held

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    return small.make_filled(tmp_path)


def made(folder: Path, ledger: Path, *words: str) -> list[str]:
    answer = typed(
        folder,
        *("collect", "make", ledger, "--form", "eci", "--out", folder / "发"),
        *words,
    )
    assert answer.code == 0, answer.err
    return [line for line in answer.out.splitlines() if line.startswith("Written")]


def test_make__one_file_or_several(tmp_path: Path, ledger: Path) -> None:
    [line] = made(tmp_path, ledger, "--rows", "3", "--blank")
    assert line.endswith("长宁区-2025年-养老机构调查表.xlsx")
    assert len(made(tmp_path, ledger, "--split", "facility")) == 3
    [line] = made(tmp_path, ledger, "--split", "unit", "--unit", small.STREET)
    assert line.endswith("华阳路街道-2025年-养老机构调查表.xlsx")


def test_make__tells_what_a_workbook_cannot_hold(tmp_path: Path, ledger: Path) -> None:
    with small.opened(ledger) as opened:
        small.put(opened, "怪院", name="怪\x01院")
    answer = typed(
        tmp_path, "collect", "make", ledger, "--form", "eci", "--out", tmp_path
    )
    assert "C14" in answer.out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--form", "x"), "There is no form x"),
        (("--form", "eci", "--unit", "9"), "no unit “9”"),
        (("--form", "eci", "--rows", "many"), "“many” is no count"),
        (("--form", "eci", "--rows", "9999"), "up to 2000"),
    ],
)
def test_make__refused(
    words: tuple[str, ...], said: str, tmp_path: Path, ledger: Path
) -> None:
    answer = typed(tmp_path, "collect", "make", ledger, *words)
    assert answer.code == 2
    assert said in answer.err


def test_read__says_what_is_wrong_and_takes_in_what_is_good(
    tmp_path: Path, ledger: Path
) -> None:
    made(tmp_path, ledger)
    [file] = (tmp_path / "发").iterdir()
    rows: dict[int, dict[str, Any]] = {
        11: {"beds_total": "多"},
        12: {"beds_nursing": 9},
        15: {"name": "合计"},
    }
    back = fill(file, rows, "收.xlsx")
    copies = tmp_path / "批"
    answer = typed(tmp_path, "collect", "read", ledger, back, "--annotate", copies)

    assert answer.code == 1
    lines = answer.out.splitlines()
    assert lines[0] == "收.xlsx: 1 rows are good, 1 as before, 1 to be mended"
    assert lines[1].startswith("  养老机构调查表!F11 好院 总床位数“多”：")
    assert lines[1].endswith("不掌握，填“不详”。")
    assert lines[-1] == f"Annotated copy: {copies / '收-批注.xlsx'}"
    assert (copies / "收-批注.xlsx").is_file()
    with small.opened(ledger) as opened:
        assert held(opened, "eci", small.YEAR)["坏院"]["beds_nursing"] == 120

    answer = typed(tmp_path, "collect", "read", ledger, back, "--apply")
    assert "收.xlsx: 1 rows taken in" in answer.out
    with small.opened(ledger) as opened:
        assert held(opened, "eci", small.YEAR)["坏院"]["beds_nursing"] == 9


def test_read__nothing_wrong(tmp_path: Path, ledger: Path) -> None:
    made(tmp_path, ledger, "--unit", small.STREET)
    [file] = (tmp_path / "发").iterdir()
    fill(file, {12: {"beds_nursing": 90}})
    answer = typed(tmp_path, "collect", "read", ledger, file, "--annotate", tmp_path)
    assert answer.code == 0
    assert answer.out.endswith(": 1 rows are good, 1 as before, 0 to be mended\n")
    assert not list(tmp_path.glob("*批注*"))


@pytest.mark.unmeasured
def test_json__what_was_written_and_what_is_wrong(tmp_path: Path, ledger: Path) -> None:
    words = ("--form", "eci", "--out", tmp_path / "发", "--json")
    facts = typed(tmp_path, "collect", "make", ledger, *words).facts
    [file] = facts["files"]
    assert facts["remarks"] == []
    files = (file, tmp_path / "无.xlsx")
    answer = typed(tmp_path, "collect", "read", ledger, *files, "--json")
    assert answer.code == 1
    book, refused = answer.facts["books"]
    assert not answer.facts["applied"]
    assert (book["form"], book["good"], book["bad"], book["same"]) == (
        "eci",
        [],
        [12],
        3,
    )
    [fault] = book["faults"]
    assert (fault["cell"], fault["row"], fault["level"]) == ("G12", 12, "error")
    assert book["annotated"] is None
    assert "无.xlsx" in refused["refused"]


def test_read__a_file_of_somebody_else(tmp_path: Path, ledger: Path) -> None:
    answer = typed(tmp_path, "collect", "read", ledger, tmp_path / "无.xlsx")
    assert answer.code == 1
    assert "无.xlsx" in answer.out
