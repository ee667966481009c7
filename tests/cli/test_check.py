from __future__ import annotations

from typing import TYPE_CHECKING

from openpyxl import load_workbook

from desktop.app.audit.explaining import Explaining
from desktop.app.audit.explaining import attempt
from desktop.app.audit.explaining import explain
from desktop.app.entry.edits import set_cell
from desktop.core.changes import Action
from desktop.core.changes import CellChange
from desktop.core.changes import NoteChange
from desktop.core.findings import Finding
from desktop.core.findings import Level
from desktop.core.findings import Outcome
from desktop.core.messages import message
from tests import telling
from tests.cli.desks import typed
from tests.small import AREA
from tests.small import ECI
from tests.small import RULES
from tests.small import STREET
from tests.small import make_filled
from tests.small import make_ledger
from tests.small import opened
from tests.small import pack_data
from tests.small import pack_of
from tests.small import put

if TYPE_CHECKING:
    from pathlib import Path


def test_check__clean(tmp_path: Path) -> None:
    path = make_ledger(tmp_path)
    with opened(path) as ledger:
        put(ledger, "甲院", beds_total=100, beds_nursing=40)
    done = typed(tmp_path, "check", path)
    assert (done.code, done.err) == (0, "")
    assert "0 强制性, 0 核实性 (0 without explanation), 0 提示." in done.out


def test_check__open_errors_make_the_code_1(tmp_path: Path) -> None:
    path = make_ledger(tmp_path)
    with opened(path) as ledger:
        put(ledger, "甲院", beds_total=40, beds_nursing=100)
    done = typed(tmp_path, "check", path)
    assert done.code == 1
    assert "such as 甲院: 护理型床位数（100）不能大于总床位数（40）" in done.out


def test_check__all_names_every_record(tmp_path: Path) -> None:
    path = make_ledger(tmp_path)
    with opened(path) as ledger:
        put(ledger, "甲院", beds_total=40, beds_nursing=100)
    done = typed(tmp_path, "check", path, "--all")
    assert "    华阳路街道 甲院：护理型床位数（100）" in done.out


def test_check__warnings_count_explained_or_not_but_not_for_the_code(
    tmp_path: Path,
) -> None:
    path = make_ledger(tmp_path)
    with opened(path) as ledger:
        put(ledger, "甲院", beds_total=100)
        [area] = [
            record
            for record in ledger.rows("area", ledger.ids("area", "2025"))
            if record.unit == STREET
        ]
        key = area.key
        elders = CellChange(key, "pop_60plus", area.cells["pop_60plus"], 5)
        ledger.apply(Action(message("app.edit", field="x"), (elders,)))
    done = typed(tmp_path, "check", path, "--json")
    assert done.code == 0
    assert (done.facts["warnings"], done.facts["unexplained"]) == (1, 1)
    with opened(path) as ledger:
        finding = Finding(
            rule="area.beds_within_elders",
            level=Level.WARNING,
            outcome=Outcome.FAILED,
            form="area",
            unit=STREET,
            period="2025",
            record=area.id,
            fields=("pop_60plus",),
            text="床位多于老年人",
        )
        [now] = ledger.rows("area", [area.id])
        ledger.apply(explain([Explaining(finding, now, {})], "区外老人入住"))
    facts = typed(tmp_path, "check", path, "--json").facts
    assert (facts["warnings"], facts["unexplained"]) == (1, 0)
    assert facts["findings"][0]["explanation"] == "区外老人入住"
    assert facts["findings"][0]["standing"] == "stands"


def test_check__json(tmp_path: Path) -> None:
    path = make_ledger(tmp_path)
    with opened(path) as ledger:
        put(ledger, "甲院", beds_total=40, beds_nursing=100)
    done = typed(tmp_path, "check", path, "--json")
    assert done.code == 1
    assert done.facts["findings"] == [
        {
            "rule": "eci.nursing_within_total",
            "level": "error",
            "outcome": "failed",
            "form": "eci",
            "unit": STREET,
            "unit_name": "华阳路街道",
            "facility": "甲院",
            "name": "甲院",
            "fields": ["beds_nursing", "beds_total"],
            "text": "护理型床位数（100）不能大于总床位数（40）",
            "problem": None,
            "explanation": "",
            "standing": None,
        }
    ]
    tallies = {rule.pop("rule"): rule for rule in done.facts["rules"]}
    assert tallies["eci.nursing_within_total"] == {
        "passed": 0,
        "failed": 1,
        "missing": 0,
        "broken": False,
    }


def test_check__a_rule_that_cannot_run_is_open(tmp_path: Path) -> None:
    broken = {**RULES[0], "check": "beds_nursing <= nowhere"}
    pack = pack_of({**pack_data(), "forms": [ECI, AREA], "rules": [broken]})
    path = make_ledger(tmp_path, pack)
    done = typed(tmp_path, "check", path, "--json")
    assert done.code == 1
    [finding] = done.facts["findings"]
    assert (finding["outcome"], finding["facility"]) == ("broken", None)
    assert finding["unit_name"] == finding["name"] == "长宁区"
    assert "eci.nursing_within_total" in finding["problem"]


def test_check__says_whether_explanations_hold(tmp_path: Path) -> None:
    path = telling.make(tmp_path)
    with opened(path) as ledger:
        found, demands = telling.findings(ledger), ledger.pack().explanations
        for name, text in (
            ("甲院", telling.GOOD),
            ("乙院", "两家合并后并入床位 20 张"),
        ):
            action = attempt(ledger, demands, [found[name]], text)
            assert isinstance(action, Action)
            ledger.apply(action)
        for name in ("乙院", "丙院"):
            record = found[name].record
            assert record is not None
            [row] = ledger.rows("eci", [record])
            if name == "丙院":
                note = NoteChange(row.key, f"rule:{telling.MANY}", "", "同上")
                ledger.apply(Action(message("app.explain"), (note,)))
            else:
                beds = ledger.pack().form_by_id["eci"].by_id["beds_total"]
                ledger.apply(set_cell(row, beds, 175))
    facts = typed(tmp_path, "check", path, "--json").facts
    assert (facts["unexplained"], facts["lapsed"], facts["poor"]) == (3, 1, 1)
    done = typed(tmp_path, "check", path, "--all")
    assert f"(explained: {telling.GOOD})" in done.out
    assert "(explained for other figures: 两家合并后并入床位 20 张)" in done.out
    assert "(explained without a reason: 同上)" in done.out
    assert "1 were explained for other figures, and 1 in" in done.out


def test_check__writes_the_findings_as_a_list(tmp_path: Path) -> None:
    path = make_filled(tmp_path)
    book = tmp_path / "清单.xlsx"
    done = typed(tmp_path, "check", path, "--xlsx", book)
    assert done.code == 1
    assert f"Written and read back: {book}" in done.out
    texts = [cell.value for row in load_workbook(book).worksheets[0] for cell in row]
    assert "坏院" in texts
    plain = tmp_path / "清单.csv"
    facts = typed(tmp_path, "check", path, "--xlsx", plain, "--json").facts
    assert facts["errors"] == 1
    assert "坏院" in plain.read_text(encoding="utf-8-sig")


def test_check__says_what_of_the_list_a_workbook_cannot_hold(tmp_path: Path) -> None:
    path = make_ledger(tmp_path)
    with opened(path) as ledger:
        put(ledger, "铃\x07院", beds_total=1, beds_nursing=2)
    done = typed(tmp_path, "check", path, "--xlsx", tmp_path / "清单.xlsx")
    assert "\n  " in done.out.split("清单.xlsx")[1]
