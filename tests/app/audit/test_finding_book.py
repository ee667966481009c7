from __future__ import annotations

from typing import TYPE_CHECKING

from openpyxl import load_workbook

from desktop.app.audit.explained import explained
from desktop.app.audit.finding_book import WIDTHS
from desktop.app.audit.finding_book import book_of
from desktop.app.audit.finding_book import in_full
from desktop.app.audit.finding_book import listed
from desktop.app.audit.finding_book import write_findings
from desktop.app.audit.finding_table import finding_table
from desktop.app.compiled import CompiledPack
from desktop.app.progress import run_steps
from desktop.core.findings import Level
from desktop.forms.base import Citation
from tests import small
from tests import telling
from tests.app.audit.test_finding_table import SAY

if TYPE_CHECKING:
    from pathlib import Path

    from desktop.export.xlsx.finding_sheet import FindingSheet


def sheet(folder: Path) -> FindingSheet:
    with small.opened(telling.make(folder)) as ledger:
        told = explained(ledger, list(telling.findings(ledger).values()))
        compiled = CompiledPack(ledger.pack())
        short = finding_table(ledger, ledger.pack(), SAY, listed(told))
        rows = in_full(run_steps(short), compiled, SAY)
        return book_of(ledger, small.YEAR, rows, SAY)


def test_book__says_each_rule_in_words_and_where_it_comes_from(tmp_path: Path) -> None:
    book = sheet(tmp_path)
    head, *rows = book.rows
    assert head[-3:] == ("Rule", "Rule in words", "Source of the rule")
    assert len(head) == len(WIDTHS)
    assert rows[0][-3] == telling.MANY
    assert "总床位数" in rows[0][-2]
    assert rows[0][-1].startswith("Ours: ")
    assert book.about[0] == "Unit: 长宁区 (310105)"
    assert book.about[2].startswith(f"{len(rows)} findings.")


def test_listed__hardest_first(tmp_path: Path) -> None:
    with small.opened(small.make_filled(tmp_path)) as ledger:
        found = telling.findings(ledger)
        told = explained(ledger, list(found.values()))
    levels = [group.level for group in listed(told).groups]
    assert levels == sorted(levels, key=list(Level).index)


def test_in_full__a_rule_from_a_plan_names_its_sentence() -> None:
    pack = small.small_pack()
    source = Citation(plan="方案", file="plan.txt", quote="护理型床位占比不低于55%")
    rules = (pack.rules[0].replaced(ours=None, source=source), *pack.rules[1:])
    compiled = CompiledPack(pack.replaced(rules=rules))
    rows = in_full([("Rule",), (rules[0].id,), ("gone",)], compiled, SAY)
    assert rows[1][-1] == "plan.txt：“护理型床位占比不低于55%”"
    assert rows[2] == ("gone", "", "")


def test_write__a_workbook_or_csv(tmp_path: Path) -> None:
    book = sheet(tmp_path)
    for name in ("清单.xlsx", "清单.CSV"):
        assert write_findings(tmp_path / name, book) == ()
    cells = [
        str(cell.value)
        for row in load_workbook(tmp_path / "清单.xlsx").worksheets[0]
        for cell in row
    ]
    assert {"甲院", "区院"} <= set(cells)
    text = (tmp_path / "清单.CSV").read_text(encoding="utf-8-sig")
    assert text.count("\n") == len(book.rows)
