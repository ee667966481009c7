from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook

from desktop.core.messages import message
from desktop.export.xlsx.writing import WrittenXlsx
from tests.cli.desks import typed
from tests.levels import declare
from tests.levels import fill
from tests.levels import make_levels

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    """Give a ledger with a few homes."""
    with make_levels(tmp_path) as made:
        rows = [("2101", 14_000), ("210102", 26_000), ("210103", 4_000), ("2102", 1)]
        fill(made, [("home", unit, {"beds": beds}) for unit, beds in rows])
        declare(made, "visits", "2101")
        return made.path


def test_rollup__in_words(tmp_path: Path, ledger: Path) -> None:
    done = typed(tmp_path, "rollup", ledger, "--form", "home")
    assert done.code == 0, done.err
    lines = done.out.splitlines()
    assert lines[0] == "辽宁省　养老机构表分地区汇总表　2025年"
    assert lines[1].startswith("  沈阳市：3 条；床位 44,000 张；护理 — 张；收入 — 万元")
    assert lines[3].startswith("  合计：4 条；床位 44,001 张")
    assert "完全汇总" in lines[4]
    assert "护理 4 条" in done.out


def test_rollup__unit_that_has_not_begun(tmp_path: Path, ledger: Path) -> None:
    done = typed(tmp_path, "rollup", ledger, "--form", "探访表", "--unit", "沈阳市")
    assert "  和平区：0 条；已探访 0 人" in done.out
    done = typed(tmp_path, "rollup", ledger, "--form", "people")
    assert "  沈阳市：—" in done.out
    assert "有 2 个下级单位尚未填报" in done.out


def test_rollup__json_scaled_and_balanced(tmp_path: Path, ledger: Path) -> None:
    words = ("--form", "home", "--unit", "2101", "--scale", "万", "--digits", "0")
    facts = typed(tmp_path, "rollup", ledger, *words, "--json").facts
    assert facts["scale"] == "万"
    assert facts["columns"][0] == {
        "field": "beds",
        "title": "床位",
        "measure": "万张",
        "divisor": 10_000,
    }
    beds = {
        (row["unit"], row["kind"]): row["values"][0]["printed"] for row in facts["rows"]
    }
    assert beds == {
        ("2101", "total"): 4,
        ("2101", "own"): 1,
        ("210102", "unit"): 3,
        ("210103", "unit"): 0,
    }
    assert facts["rows"][0]["values"][0]["value"] == 44_000
    assert any("舍位平衡" in note for note in facts["notes"])


def test_rollup__node_and_deep(tmp_path: Path, ledger: Path) -> None:
    words = ("rollup", ledger, "--form", "home", "--json")
    node = typed(tmp_path, *words, "--scope", "node").facts
    assert [row["values"][0]["value"] for row in node["rows"]] == [14_001, 14_000, 1]
    deep = typed(tmp_path, *words, "--deep").facts
    assert max(row["depth"] for row in deep["rows"]) > 2


def test_rollup__workbook(tmp_path: Path, ledger: Path) -> None:
    path = tmp_path / "汇总.xlsx"
    words = ("--form", "home", "--scale", "万", "--xlsx", path)
    done = typed(tmp_path, "rollup", ledger, *words)
    assert done.code == 0, done.err
    assert done.out == f"Written and read back: {path}\n"
    book = load_workbook(path)
    names = ["养老机构表分地区汇总表", "数据版本", "选项", "核验"]
    assert book.sheetnames == names
    texts = [str(cell.value) for row in book.worksheets[0].rows for cell in row]
    assert "计量单位：万张、万元、%" in texts
    assert "沈阳市" in texts


def test_rollup__remarks_about_the_workbook(
    tmp_path: Path, ledger: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = WrittenXlsx(2, (message("app.rolling"),))
    monkeypatch.setattr("desktop.export.xlsx.writing.write_tables", lambda *_: told)
    path = tmp_path / "a.xlsx"
    words = ("rollup", ledger, "--form", "home", "--xlsx", path)
    assert "\n  Adding the units up" in typed(tmp_path, *words).out
    assert typed(tmp_path, *words, "--json").facts["file"] == str(path)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--form", "nothing"), "There is no form nothing"),
        (("--form", "home", "--scale", "打"), "There is no scale 打"),
        (("--form", "home", "--digits", "9"), "not 9"),
        (("--form", "home", "--unit", "99"), "no unit 99"),
        (("--form", "home", "--scope", "all"), "all"),
        ((), "--form"),
    ],
)
def test_rollup__error(
    tmp_path: Path, ledger: Path, words: tuple[str, ...], said: str
) -> None:
    done = typed(tmp_path, "rollup", ledger, *words)
    assert done.code == 2
    assert said in done.err


@pytest.mark.unmeasured
def test_export__by_unit(tmp_path: Path, ledger: Path) -> None:
    words = ("--to", tmp_path, "--by-unit", "--scale", "万")
    done = typed(tmp_path, "export", ledger, *words)
    assert done.code == 0, done.err
    (path,) = tmp_path.glob("*.xlsx")
    names = load_workbook(path).sheetnames
    assert "养老机构表分地区汇总表" in names
    assert "分地区指标表" in names
    assert "人口表分地区汇总表" not in names
