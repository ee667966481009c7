from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QLabel
from PySide6.QtWidgets import QPlainTextEdit
from PySide6.QtWidgets import QPushButton

from desktop.app.audit.finding_list import FindingList
from desktop.app.audit.finding_list import Grouping
from desktop.app.audit.finding_list import which
from desktop.app.audit.standing import Said
from desktop.app.audit.standing import Standing
from desktop.core.findings import RecordId
from desktop.core.messages import message
from desktop.ui.desk import Place
from desktop.ui.findings.detail import FindingDetail
from desktop.ui.findings.detail import place_of
from desktop.ui.findings.model import FindingsModel
from tests import small
from tests.ui.desks import child
from tests.ui.findings.test_model import BY_RULE
from tests.ui.findings.test_model import ODD
from tests.ui.findings.test_model import UNIT
from tests.ui.findings.test_model import WRONG

if TYPE_CHECKING:
    from pytestqt.modeltest import ModelTester
    from pytestqt.qtbot import QtBot

    from desktop.ui.workplace import Workplace

NEXT = replace(ODD, record=RecordId(2))


@pytest.fixture
def detail(qtbot: QtBot, work: Workplace, qtmodeltester: ModelTester) -> FindingDetail:
    model = FindingsModel(work)
    made = FindingDetail(work, model)
    model.setParent(made)
    qtbot.addWidget(made)
    both = {which(each): Said(Standing.STANDS, "调价 5%") for each in (ODD, NEXT)}
    model.show(FindingList(BY_RULE, both), Grouping.RULE)
    return made


def reason(detail: FindingDetail) -> QPlainTextEdit:
    return child(detail, QPlainTextEdit, "reason.text")


def test_place__of_the_first_cell_or_the_record() -> None:
    assert place_of(WRONG) == Place("eci", WRONG.record, "beds_nursing")
    assert place_of(UNIT) == Place("area", None, None)


def test_detail__hidden_without_a_finding(detail: FindingDetail) -> None:
    detail.show_findings((WRONG,))
    assert detail.isVisible()
    detail.show_findings(())
    assert not detail.isVisible()


def test_detail__a_broken_rule_says_why(detail: FindingDetail) -> None:
    broken = replace(WRONG, problem=message("rules.broken", rule="a", check="b"))
    detail.show_findings((broken,))
    assert "b" in child(detail, QLabel, "audit.text").text()


def test_several__with_one_cause_share_the_box(detail: FindingDetail) -> None:
    detail.show_findings((ODD, NEXT))
    assert reason(detail).isVisible()
    assert reason(detail).toPlainText() == "调价 5%"
    child(detail, QPushButton, "audit.go").click()


@pytest.mark.parametrize(
    "other", [WRONG, replace(NEXT, unit=small.COUNTY), replace(NEXT, record=None)]
)
def test_several__without_one_cause_do_not(
    detail: FindingDetail, other: object
) -> None:
    detail.show_findings((ODD, other))  # type: ignore[arg-type] # all are findings
    assert not reason(detail).isVisible()


def test_where__the_name_comes_after_the_finding(
    detail: FindingDetail, qtbot: QtBot
) -> None:
    detail.show_findings((WRONG,))
    where = child(detail, QLabel, "audit.where")
    assert where.text() == "养老机构调查表 · …"
    qtbot.waitUntil(lambda: where.text() == "养老机构调查表 · 好院")
