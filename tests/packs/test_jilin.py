"""The forms that the plan of Jilin itself asks for: project list and yearly summary."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING
from typing import Final

from desktop.app.audit.auditing import audit_ledger
from desktop.app.progress import run_steps
from desktop.core.findings import Level
from desktop.core.period import PeriodKind
from desktop.forms.fields import Blank
from desktop.forms.model import UnitForm
from desktop.indicators.periods import period_parameters
from desktop.rules.audit import compile_rules
from tests.packs.worlds import Desk
from tests.packs.worlds import new_ledger
from tests.packs.worlds import pack
from tests.packs.worlds import unit
from tests.packs.worlds import year

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

SENTENCE: Final = (
    "各行业主管部门负责制定年度建设任务,形成项目清单,落实建设目标、责任单位、"
    "完成时限等,加强总体调度工作,及时掌握项目进展情况,形成年度工作总结报告"
)
"""What the plan wants to be reported, in its words (十)."""
JILIN: Final = pack("jilin")
NOW: Final = year(2025)


def summary() -> UnitForm:
    form = JILIN.form_by_id["work_summary"]
    assert isinstance(form, UnitForm)
    return form


def findings(folder: Path, cells: Mapping[str, object]) -> dict[str, Level]:
    """Audit a province whose only report is a summary with these cells."""
    province = [unit("22", "省级")]
    ledger = new_ledger(folder / "x.taizhang", JILIN, province, [2025])
    desk = Desk(ledger, count())
    desk.do(desk.enter("work_summary", NOW, "22", cells)[1])
    asked = period_parameters(JILIN, NOW)
    found = run_steps(audit_ledger(ledger, compile_rules(JILIN), asked)).findings
    ledger.close()
    return {each.rule: each.level for each in found if each.form == "work_summary"}


def test_summary_asks_what_the_plan_says__ok() -> None:
    cited = [field for field in summary().fields if field.explanation_source]
    assert len(cited) == 4
    assert all((field.explanation or "?") in SENTENCE for field in cited)
    assert JILIN.period_kind is PeriodKind.YEAR


def test_summary_is_written_anew_each_year__ok() -> None:
    assert [field.id for field in summary().stored if field.carried is not False] == []
    assert not summary().every_unit


def test_summary_must_be_there__error(tmp_path: Path) -> None:
    found = findings(tmp_path, {"list_formed": False, "tasks_health": "建设智慧医院"})
    assert found.pop("work_summary.summary.required") is Level.ERROR
    assert "work_summary.tasks_health.expected" not in found
    assert found["work_summary.tasks_elderly.expected"] is Level.WARNING
    assert found["work_summary.coordination.expected"] is Level.WARNING


def test_summary_and_list__ok(tmp_path: Path) -> None:
    told = {
        field.id: "已按计划推进" for field in summary().stored if field.kind == "text"
    }
    assert findings(tmp_path, {"list_formed": False, **told}) == {}


def test_project_list_asks_for_goal_and_progress__ok() -> None:
    """目标、责任单位、时限、进度、形象进度、投资, and who directs the work."""
    form = JILIN.form_by_id["proj"]
    asked = {field.id: field.blank for field in form.fields}
    for name in ("goal", "responsible_unit", "due_date"):
        assert asked[name] is Blank.REQUIRED
    for name in ("qty_completed", "stage_note", "invest_total", "lead_dept"):
        assert asked[name] is Blank.EXPECTED
    assert form.by_id["progress"].computed == "100 * qty_completed / qty_target"
    assert form.title == "“新生活”设施项目清单"
