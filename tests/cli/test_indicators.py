from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.cli.desks import typed
from tests.small import INDICATORS
from tests.small import STREET
from tests.small import make_ledger
from tests.small import opened
from tests.small import pack_data
from tests.small import pack_of
from tests.small import put

if TYPE_CHECKING:
    from pathlib import Path

    from desktop.core.cells import Cell


def ledger_with(folder: Path, **cells: Cell) -> Path:
    path = make_ledger(folder)
    with opened(path) as ledger:
        put(ledger, "甲院", STREET, **cells)
    return path


def test_indicators__standing_value_target_and_gap(tmp_path: Path) -> None:
    path = ledger_with(tmp_path, beds_total=100, beds_nursing=40)
    done = typed(tmp_path, "indicators", path)
    assert (done.code, done.err) == (0, "")
    assert done.out.splitlines() == [
        "Indicators of 长宁区, 2025年:",
        "  [未达标] 护理型床位占比：40.00%；target ≥55%（2025年）；还差 15 张",
        "  [无量化目标] 历年床位：100.00张；target 大幅增加",
    ]


def on_the_way(folder: Path) -> Path:
    """Make a ledger whose share is due in 2030; 44 of 100 beds are for nursing."""
    share = INDICATORS[0]
    data = pack_data()
    data["indicators"] = [
        {
            **share,
            "targets": [{**share["targets"][0], "year": 2030}],
            "denominator": {**share["denominator"], "measure": "张"},
            "over_100": False,
            "baseline": {"value": 35, "basis": "numeric"},
        },
        {
            **INDICATORS[1],
            "targets": [],
            "baseline": {"value": 90, "year": 2020, "basis": "numeric"},
        },
    ]
    path = make_ledger(folder, pack_of(data))
    with opened(path) as ledger:
        put(ledger, "甲院", STREET, beds_total=100, beds_nursing=44)
    return path


def test_indicators__what_is_expected_by_now_and_what_was_achieved(
    tmp_path: Path,
) -> None:
    """35 % in 2020 and 55 % in 2030 are 45 % in 2025."""
    done = typed(tmp_path, "indicators", on_the_way(tmp_path))
    assert done.out.splitlines()[1:] == [
        (
            "  [进度滞后] 护理型床位占比：44.00%；target ≥55%（2030年）；"
            "若总数不变，还差 11 张；若新增，需 25 张；"
            "按直线进度，本年应达 45%（原文未写起点年份，按规划开始前一年2020年算）"
        ),
        "  [已有成绩] 历年床位：100.00张；已有成绩：90 张（2020年）",
    ]


def test_indicators__without_anything_to_be_held_against(tmp_path: Path) -> None:
    data = pack_data()
    data["indicators"] = [{**INDICATORS[1], "targets": []}]
    done = typed(tmp_path, "indicators", make_ledger(tmp_path, pack_of(data)))
    said = done.out.splitlines()[1]
    assert said == "  [数据缺失] 历年床位：—；lacking 床位 (not filled in)"


def test_indicators__json_of_the_way(tmp_path: Path) -> None:
    path = on_the_way(tmp_path)
    share, beds = typed(tmp_path, "indicators", path, "--json").facts["indicators"]
    assert share["status"] == "behind"
    assert share["gap"]["added"] == {"amount": 25}
    assert share["path"] == {
        "expected": 45,
        "start": 35,
        "since": 2020,
        "assumed": True,
    }
    assert (beds["status"], beds["target"]) == ("achieved", None)
    assert beds["baseline"] == {"value": 90, "year": 2020, "text": None}


def test_indicators__says_what_is_lacking(tmp_path: Path) -> None:
    path = ledger_with(tmp_path, beds_total=100)
    blank = typed(tmp_path, "indicators", path).out
    assert "lacking 护理型床位数 (1 records are blank)" in blank
    below = tmp_path / "below"
    below.mkdir()
    empty = typed(tmp_path, "indicators", make_ledger(below)).out
    assert "lacking 总床位数 (not filled in)" in empty


@pytest.mark.parametrize("unit", [STREET, "华阳路街道"])
def test_indicators__of_a_unit_below_as_json(tmp_path: Path, unit: str) -> None:
    path = ledger_with(tmp_path, beds_total=100, beds_nursing=40)
    facts = typed(tmp_path, "indicators", path, "--unit", unit, "--json").facts
    assert (facts["unit"], facts["unit_name"]) == (STREET, "华阳路街道")
    assert facts["indicators"][0] == {
        "indicator": "nursing_share",
        "title": "护理型床位占比",
        "value": 40,
        "measure": "%",
        "status": "not_reached",
        "judgement": None,
        "numerator": {"value": 40, "records": 1, "blank": 0, "started": True},
        "denominator": {"value": 100, "records": 1, "blank": 0, "started": True},
        "target": {
            "operator": ">=",
            "value": 55,
            "upper": None,
            "year": 2025,
            "binding": None,
            "since": None,
            "until": None,
        },
        "overdue": False,
        "gap": {"amount": 15, "measure": "张", "direction": "more", "added": None},
        "path": None,
        "baseline": None,
        "departments": [],
        "concept": None,
    }


def test_indicators__json_of_what_has_no_value(tmp_path: Path) -> None:
    path = make_ledger(tmp_path)
    share, years = typed(tmp_path, "indicators", path, "--json").facts["indicators"]
    assert (share["status"], share["value"]) == ("missing", None)
    assert share["numerator"]["started"] is False
    assert (years["target"], years["gap"], years["denominator"]) == (None, None, None)


def test_indicators__json_keeps_the_digits(tmp_path: Path) -> None:
    path = ledger_with(tmp_path, beds_total=3, beds_nursing=1)
    share = typed(tmp_path, "indicators", path, "--json").facts["indicators"][0]
    assert share["value"] == 33.33


def test_indicators__error_no_such_unit(tmp_path: Path) -> None:
    done = typed(tmp_path, "indicators", make_ledger(tmp_path), "--unit", "火星")
    assert (done.code, done.err) == (2, "The ledger has no unit 火星.\n")
