from __future__ import annotations

from decimal import Decimal

from desktop.core.changes import CellChange
from desktop.core.changes import FacilityId
from desktop.core.changes import NoteChange
from desktop.core.changes import RecordAdded
from desktop.core.changes import RecordKey
from desktop.core.changes import RecordMoved
from desktop.core.messages import message
from desktop.core.messages.intake import MESSAGES
from desktop.core.unit import UnitCode
from desktop.core.words import Words
from desktop.intake.action import summary
from desktop.intake.action import to_action
from desktop.intake.plan_values import Existing
from desktop.intake.plan_values import Summary
from desktop.intake.plan_values import Total
from tests.intake.worlds import planned
from tests.intake.worlds import table

WORDS = Words(MESSAGES)
STREET = UnitCode("310105001")
CODE = "12310000425006790X"
HEAD = ("street", "机构名称", "总床位数", "type", "统一社会信用代码", "备注")
KNOWN = Existing(
    FacilityId("f1"),
    STREET,
    {"name": "旧", "credit": CODE, "beds_total": 4},
    {"field:type": "先前的话"},
)
PLAN = planned(
    table(
        HEAD,
        ("新泾镇", "旧", "5张", "民建民营", CODE, None),
        (None, "新", "6", "公办", None, "x"),
        ("别处", "丙", "7", None, None, None),
        ("华阳路街道", "合计", "18", None, None, None),
    ),
    KNOWN,
)
OLD = RecordKey("eci", "2025", FacilityId("f1"))
NEW = RecordKey("eci", "2025", FacilityId("row 3"))
ADDED = RecordAdded(
    NEW,
    "310105",
    (("name", "新"), ("beds_total", 6), ("ownership", "公办"), ("status", "运营")),
)


def test_action__carries_the_plan_out() -> None:
    action = to_action(PLAN, lambda row: FacilityId(f"row {row.row}"), WORDS)

    assert action.title == message("intake.action", form="养老机构调查表", count=2)
    assert action.changes == (
        RecordMoved(OLD, STREET, "310105102"),
        CellChange(OLD, "beds_total", 4, 5),
        NoteChange(OLD, "field:ownership", "", "In the imported table: 民建民营"),
        ADDED,
    )


def test_action__remarks_are_added_to_what_is_noted() -> None:
    plan = planned(
        table(HEAD, ("华阳路街道", "旧", "x", "民建民营", CODE, None)), KNOWN
    )

    action = to_action(plan, lambda _: FacilityId("new"), WORDS)

    assert action.changes == (
        NoteChange(OLD, "field:beds_total", "", "In the imported table: x"),
        NoteChange(
            OLD,
            "field:type",
            "先前的话",
            "先前的话\nIn the imported table: 民建民营",
        ),
    )


def test_action__only_chosen_rows() -> None:
    action = to_action(
        PLAN, lambda row: FacilityId(f"row {row.row}"), WORDS, rows={3, 4, 5}
    )

    assert action.changes == (ADDED,)


def test_summary__counts_everything() -> None:
    assert summary(PLAN) == Summary(
        new=1,
        update=1,
        unchanged=0,
        problem=1,
        skipped=1,
        filtered=0,
        repairs=3,
        unfit=1,
        without_unit=1,
        defaults=1,
        unmatched_columns=("备注",),
        totals=(Total("beds_total", Decimal(11), 2, 0, Decimal(18), "C5"),),
    )
