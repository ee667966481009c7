from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from desktop.app.files.importing import read_file
from desktop.app.ledgers.unit_list import UnitListPlan
from desktop.app.ledgers.unit_list import plan_unit_list
from desktop.app.ledgers.unit_list import plan_words
from desktop.app.ledgers.unit_list import refused_lines
from desktop.app.ledgers.unit_list import unit_list_action
from desktop.core.catalogue import CATALOGUE
from desktop.core.messages import Message
from desktop.core.words import Words
from desktop.intake.children import READER_COMMAND
from tests.small import COUNTY
from tests.small import STREET
from tests.small import YEAR
from tests.small import make_ledger
from tests.small import opened

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from desktop.store.ledger import Ledger


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with opened(make_ledger(tmp_path)) as made:
        yield made


def planned(ledger: Ledger, folder: Path, text: str) -> UnitListPlan | Message:
    path = folder / "名单.csv"
    path.write_text(text, encoding="utf-8")
    source = read_file(path, READER_COMMAND)
    assert not isinstance(source, Message), source
    return plan_unit_list(ledger, source, YEAR)


def plan_of(ledger: Ledger, folder: Path, text: str) -> UnitListPlan:
    plan = planned(ledger, folder, text)
    assert isinstance(plan, UnitListPlan), plan
    return plan


def test_list__new_renamed_and_missing(ledger: Ledger, tmp_path: Path) -> None:
    text = (
        "长宁区统计单元名单\n"
        "单元代码,单元名称,上级代码,统计用区划代码,填报单位\n"
        "310105,长宁区,,,本级\n"
        "310105102000,新泾镇,,310105103000\n"
        "310105102001,新泾村委会,,\n"
        "310105102002,北新泾居委会,310105102,\n"
    )

    plan = plan_of(ledger, tmp_path, text)

    assert [unit.name for unit in plan.added] == [
        "新泾镇",
        "新泾村委会",
        "北新泾居委会",
    ]
    assert plan.added[0].statistics_code == "310105103000"
    assert plan.added[1].parent == "310105102"
    assert plan.changed == ()
    assert [unit.code for unit in plan.missing] == [STREET]
    assert plan.refused == ()
    ledger.apply(unit_list_action(ledger, plan))
    assert len(ledger.units()) == 5
    assert ledger.doctor().problems == ()


def test_list__another_name_and_another_place(ledger: Ledger, tmp_path: Path) -> None:
    text = (
        "代码,名称,上级代码\n"
        f"{COUNTY},长宁区,310000\n"
        "310105003,江苏路街道,310105\n"
        f"{STREET},华阳街道,310105003\n"
    )

    plan = plan_of(ledger, tmp_path, text)

    [(before, after)] = [each for each in plan.changed if each[0].code == STREET]
    assert (before.name, after.name) == ("华阳路街道", "华阳街道")
    assert after.parent == "310105003"


def test_list__a_row_nothing_can_be_made_of__says_why(
    ledger: Ledger, tmp_path: Path
) -> None:
    text = (
        "代码,名称,上级代码\n"
        "31010,某镇,\n"
        ",无代码,\n"
        "510703100,外地镇,\n"
        "310105004,,\n"
        "310105001,华阳路街道,310105001\n"
        ",,310105\n"
    )

    plan = plan_of(ledger, tmp_path, text)

    assert [(each.row, each.message.code) for each in plan.refused] == [
        (2, "units.bad_code"),
        (3, "units.bad_code"),
        (4, "units.nowhere"),
        (5, "units.bad_name"),
        (6, "units.circle"),
    ]
    assert plan.changes == ()
    say = Words(CATALOGUE)
    assert plan_words(say, plan).endswith("5 rows not taken.")
    assert [line[:9] for line in refused_lines(say, plan)] == [
        f"  Row {row}: " for row in range(2, 7)
    ]


@pytest.mark.parametrize("text", ["机构,床位\n甲,1\n", "代码,床位\n310105,1\n"])
def test_list__without_codes_and_names__error(
    ledger: Ledger, tmp_path: Path, text: str
) -> None:
    found = planned(ledger, tmp_path, text)

    assert isinstance(found, Message)
    assert found.code == "units.no_list"
