from __future__ import annotations

import pytest

from desktop.core.layout import UNIT
from desktop.core.messages import Message
from desktop.intake.header import Header
from desktop.intake.header import How
from desktop.intake.header import Matching
from desktop.intake.header import core_of
from desktop.intake.header import find_header
from desktop.intake.header import fold
from desktop.intake.header import read_head
from desktop.intake.table import Area
from desktop.intake.table import Table
from tests.intake.worlds import HOMES
from tests.intake.worlds import PACK
from tests.intake.worlds import table


def matched(given: Table) -> Matching:
    found = read_head(given, HOMES, PACK)
    assert isinstance(found, Matching)
    return found


def targets(given: Table) -> dict[str, tuple[str, How]]:
    return {m.head.text: (m.target, m.how) for m in matched(given).matches}


def test_columns__by_id_title_alias_and_folded() -> None:
    head = ("name", "总床位数", "street", "护理型床位数（人）", "投 入", "备注")

    given = table(head)

    assert targets(given) == {
        "name": ("name", How.ID),
        "总床位数": ("beds_total", How.TITLE),
        "street": (UNIT, How.ALIAS),
        "护理型床位数（人）": ("beds_nursing", How.FOLDED),
        "投 入": ("money", How.FOLDED),
    }
    assert [head.text for head in matched(given).unmatched] == ["备注"]


@pytest.mark.parametrize(
    "text",
    [
        "总床位数（张）",
        "总床位数(张)",
        "总床位数【张】",
        "总 床 位 数",
        "其中：总床位数",
        "2、总床位数",
        "eci_beds_total",
        "eci.beds_total",
        "ＢＥＤＳ",
        "总床位数 单位：张",
    ],
)
def test_columns__as_people_write_them(text: str) -> None:
    assert matched(table(("机构名称", text))).by_column == {1: "name", 2: "beds_total"}


def test_duplicates__the_surer_column_has_the_field() -> None:
    found = matched(table(("机构名称", "总床位数（张）", "beds_total", "beds")))

    assert found.column_of("beds_total") == 3
    assert [one.head.text for one in found.duplicates] == ["总床位数（张）", "beds"]
    assert found.column_of("money") is None


def test_locked__what_the_ledger_computes() -> None:
    found = matched(table(("机构名称", "护理型占比")))

    assert [one.target for one in found.locked] == ["share"]
    assert found.unmatched == ()


@pytest.mark.parametrize(
    ("values", "target"),
    [
        (("公办", "民建民营"), "ownership"),
        (("公建公营", "民建民营"), "ownership"),
        (("敬老院", "公办"), "type"),
        (("别的", "民建民营"), "type"),
        ((), "type"),
    ],
)
def test_head_two_fields_claim__the_contents_decide(
    values: tuple[str, ...], target: str
) -> None:
    found = matched(table(("机构名称", "type"), *(("甲", value) for value in values)))

    assert found.by_column[2] == target


def test_header__below_titles() -> None:
    given = table(
        ("2025年养老机构情况",),
        ("\u3000 ",),
        ("填报单位：长宁区", None, "单位：张"),
        ("序号", "机构名称", "总床位数"),
        ("1", "甲", "5"),
    )

    found = find_header(given, HOMES)

    assert isinstance(found, Header)
    assert (found.first_row, found.last_row) == (4, 4)


def test_header__over_two_rows() -> None:
    given = table(
        ("机构名称", "床位数", None, "投入"),
        (None, "总床位数", "护理型床位数", None),
        ("甲", "5", "3", "1"),
        merges=(Area(1, 1, 2, 1), Area(1, 2, 1, 3), Area(1, 4, 2, 4), Area(9, 9, 9, 9)),
    )

    found = matched(given)

    assert (found.header.first_row, found.header.last_row) == (1, 2)
    assert found.by_column == {
        1: "name",
        2: "beds_total",
        3: "beds_nursing",
        4: "money",
    }
    assert found.header.heads[2].parts == ("床位数", "护理型床位数")


def test_header__none() -> None:
    found = read_head(table(("甲", "乙"), ("丙", "丁")), HOMES, PACK)

    assert isinstance(found, Message)
    assert found.code == "intake.no_header"


def test_override__a_persons_word_counts() -> None:
    found = matched(table(("机构名称", "总床位数", "备注", "护理型占比")))

    told = found.override({3: "beds_total", 4: None}, HOMES)

    assert told.by_column == {1: "name", 3: "beds_total"}
    assert [head.text for head in told.unmatched] == ["总床位数", "护理型占比"]
    assert told.matches[1].how is How.PERSON
    assert told.locked == ()


def test_head_named__exact_before_alike() -> None:
    found = matched(table(("机构名称", "总床位数", "床位 数", "床位数")))

    assert found.head_named("床位数") == found.header.heads[3]
    assert found.head_named("机构 名称") == found.header.heads[0]
    assert found.head_named("床 位数") is None
    assert found.head_named("无") is None


def test_fold__width_case_and_punctuation() -> None:
    assert fold("（ＡＢ）１ - 率%") == "ab1率%"
    assert core_of("（一）其中：男（人）") == "男"
