from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QTreeWidget

from desktop.app.audit.explained import ExplainedFinding
from desktop.app.ledgers.upgrading import UpgradePlan
from desktop.core.findings import Finding
from desktop.core.findings import Level
from desktop.core.findings import Outcome
from desktop.core.findings import RecordId
from desktop.forms.diff import diff
from desktop.ui.ledgers.upgrade_preview import SHOWN
from desktop.ui.ledgers.upgrade_preview import UpgradePreview
from tests.small import YEAR
from tests.small import small_pack
from tests.ui.desks import child
from tests.ui.desks import nameless
from tests.ui.ledgers.upgrades import newer_changning

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from desktop.core.words import Words
    from desktop.forms.model import Pack


def failing(number: int) -> ExplainedFinding:
    finding = Finding(
        rule="eci.nursing_within_total",
        level=Level.ERROR,
        outcome=Outcome.FAILED,
        form="eci",
        unit="310105001",
        period="2025",
        record=RecordId(number),
        fields=("beds_nursing",),
        text="护理型床位数不能大于总床位数",
        problem=None,
    )
    return ExplainedFinding(finding, None, "华阳路街道", f"院{number}")


def planned(old: Pack, new: Pack, *found: ExplainedFinding) -> UpgradePlan:
    return UpgradePlan(old, new, (YEAR,), diff(old, new), found)


def lines(tree: QTreeWidget) -> dict[str, list[list[str]]]:
    """Give what stands below each heading."""
    found = {}
    for place in range(tree.topLevelItemCount()):
        group = tree.topLevelItem(place)
        below = [group.child(row) for row in range(group.childCount())]
        found[group.text(0)] = [
            [item.text(column) for column in range(tree.columnCount())]
            for item in below
        ]
    return found


def test_preview__what_changes_in_groups_a_person_looks_for(
    qtbot: QtBot, say: Words, pack: Pack
) -> None:
    preview = UpgradePreview(say)
    qtbot.addWidget(preview)
    preview.show_plan(planned(pack, newer_changning()))

    found = lines(child(preview, QTreeWidget, "upgrade.changes"))

    assert list(found) == [
        "新增（1）",
        "改名（1）",
        "删除（1）",
        "改动（1）",
        "审核规则（1）",
        "指标与目标（1）",
    ]
    home = "养老机构调查表"
    assert found["新增（1）"] == [["传真", home, "新增 · 字段", ""]]
    assert found["改动（1）"] == [
        ["统一社会信用代码", home, "改动 · 字段", "空缺时：可不填 → 必填"]
    ]
    assert found["指标与目标（1）"][0][:3] == ["新增养老床位", "", "改动 · 目标"]
    assert "1200" in found["指标与目标（1）"][0][3]
    assert preview.tabText(0) == "有哪些变化（6）"
    assert preview.tabText(1) == "会新查出的问题（0）"
    assert nameless(preview) == []


def test_preview__the_first_records_of_a_rule_are_named(
    qtbot: QtBot, say: Words
) -> None:
    preview = UpgradePreview(say)
    qtbot.addWidget(preview)
    found = [failing(number) for number in range(SHOWN + 3)]
    preview.show_plan(planned(small_pack(), small_pack(), *found))

    [(title, below)] = lines(child(preview, QTreeWidget, "upgrade.failing")).items()

    assert title.startswith(f"[强制性] 养老机构调查表 {SHOWN + 3} 条，如院0：")
    assert below[0] == ["华阳路街道 院0：护理型床位数不能大于总床位数"]
    assert len(below) == SHOWN + 1
    assert "3" in below[-1][0]


def test_preview__shown_again__forgets_what_was(qtbot: QtBot, say: Words) -> None:
    preview = UpgradePreview(say)
    qtbot.addWidget(preview)
    preview.show_plan(
        planned(small_pack(), small_pack().replaced(rules=()), failing(1))
    )
    preview.show_plan(planned(small_pack(), small_pack()))

    for name in ("upgrade.changes", "upgrade.failing"):
        [(said, below)] = lines(child(preview, QTreeWidget, name)).items()
        assert said.startswith("没有")
        assert below == []
