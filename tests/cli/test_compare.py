from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

import pytest

from tests.cli.desks import typed
from tests.packs.worlds import Desk
from tests.packs.worlds import new_ledger
from tests.packs.worlds import pack
from tests.packs.worlds import unit
from tests.packs.worlds import year

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def liaoning(tmp_path: Path) -> Path:
    """Give a district of 沈阳 with 400 beds, 200 of them for nursing."""
    path = tmp_path / "和平区.taizhang"
    county = unit("210102", "县(市、区)")
    ledger = new_ledger(path, pack("liaoning"), [county], [2025])
    desk = Desk(ledger, count())
    cells = {"name": "院", "beds_total": 400, "beds_nursing": 200}
    desk.do(desk.enter("eci", year(2025), "210102", cells)[1])
    ledger.close()
    return path


def test_compare__says_where_the_same_words_mean_another_thing(
    tmp_path: Path, liaoning: Path
) -> None:
    # Named twice, or the ledger's own: once each. Gansu wants no share of beds.
    packs = ("ningxia", "gansu", "ningxia", "liaoning")
    words = [word for pack_id in packs for word in ("--pack", pack_id)]
    done = typed(tmp_path, "compare", liaoning, *words)
    assert (done.code, done.err) == (0, "")
    lines = done.out.splitlines()
    assert lines[0] == "210102, 2025年, side by side:"
    start = lines.index("  护理型床位占比")
    assert lines[start + 1 : start + 4] == [
        "    辽宁省养老托育服务台账：[数据缺失] —；target ≥55%（2025年）",
        "    宁夏普惠性生活服务台账：[未达标] 50%；target ≥60%（2025年）",
        "    ! Not the same thing, they differ in: 分子、分母、目标值",
    ]
    assert "÷" in lines[start + 4]
    assert "÷" in lines[start + 5]
    assert not lines[start + 6].startswith("    ")
    assert "    They differ in: 目标的方向、目标值" in lines
    assert any("This ledger has no form" in line for line in lines)


def test_compare__what_a_plan_has_achieved_stands_for_a_target(
    tmp_path: Path, liaoning: Path
) -> None:
    done = typed(tmp_path, "compare", liaoning, "--pack", "mianyang")
    assert "—；已有成绩：" in done.out


@pytest.mark.unmeasured
def test_compare__as_json(tmp_path: Path, liaoning: Path) -> None:
    words = ("--pack", "ningxia", "--period", "2025", "--unit", "210102", "--json")
    facts = typed(tmp_path, "compare", liaoning, *words).facts
    assert [each["pack"] for each in facts["packs"]] == ["liaoning", "ningxia"]
    assert (facts["unit_name"], facts["period"]) == ("210102", "2025")
    [row] = [row for row in facts["rows"] if row["title"] == "护理型床位占比"]
    assert row["differences"] == ["numerator", "denominator", "target"]
    assert row["meant_differently"] is True
    assert row["cells"][1]["figure"]["value"] == 50
    lone = [row for row in facts["rows"] if row["cells"][0] is None]
    assert any(row["cells"][1]["lacking"] for row in lone)


def test_compare__error_no_such_pack(tmp_path: Path, liaoning: Path) -> None:
    done = typed(tmp_path, "compare", liaoning, "--pack", "mars")
    assert done.code == 2
    assert "There is no pack mars" in done.err
