"""Rules as a spreadsheet program works them out, held against the audit's SQL."""

from __future__ import annotations

import subprocess
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING
from typing import Any
from typing import Final

import pytest
from openpyxl import Workbook
from openpyxl import load_workbook

from desktop.app.audit.auditing import audit_form
from desktop.app.compiled import compiled_for
from desktop.app.entry.edits import add_record
from desktop.app.progress import run_steps
from desktop.core.cells import Absent
from desktop.core.findings import Outcome
from desktop.export.collection.cells import held
from desktop.export.collection.rules import broken
from desktop.export.collection.rules import hidden
from desktop.expr.parse import Expression
from desktop.expr.parse import RecordContext
from desktop.expr.parse import parse
from desktop.forms.schema import schema_of
from desktop.indicators.periods import period_parameters
from desktop.store.records import Applied
from tests import small
from tests.kinds import KINDS

if TYPE_CHECKING:
    from collections.abc import Callable

    from desktop.core.cells import Cell
    from desktop.expr.nodes import Node
    from desktop.forms.model import Pack

NOT_APPLICABLE, UNKNOWN = Absent.NOT_APPLICABLE, Absent.UNKNOWN
GOOD_CODE: Final = "91350100M000100Y43"

CHECKS: Final = (
    "count >= 3",
    "count = 3 AND share < 1.5",
    "count > 3 OR share <= 0.5",
    "NOT (count = 3)",
    "count + 1 <> 4",
    "share * 2 <= 1",
    "count / share > 6",
    "count - share >= -(2.5)",
    "share = 0.1 + 0.2",
    "share BETWEEN 0.3 AND 1",
    "kind = '甲类'",
    "kind <> '甲类'",
    "kind IN ('甲类', '乙类')",
    "kind IS NOT NULL",
    "count IS NULL",
    "ANSWERED(count)",
    "ANSWERED(kind)",
    "NOT ANSWERED(phone)",
    "IS_NOT_APPLICABLE(count)",
    "NOT IS_NOT_APPLICABLE(kind)",
    "HAS(several, '助浴')",
    "NOT HAS(several, '助浴')",
    "filed",
    "filed = FALSE",
    "filed <> TRUE",
    "NOT filed",
    "filed IS NULL",
    "IMPLIES(kind = '甲类', count > 3)",
    "IMPLIES(filed, ANSWERED(opened))",
    "opened >= '2020-01-01'",
    "YEAR(opened) < 2020",
    "DAYS_BETWEEN(opened, '2020-03-01') > 30",
    "ABS(count - 5) <= 2",
    "ROUND(share, 1) = 0.3",
    "LENGTH(name) > 2",
    "COALESCE(count, share, 9) > 5",
    "COALESCE(count, share) > 2",
    "CASE WHEN kind = '甲类' THEN count WHEN filed THEN 1 END > 2",
    "CASE WHEN kind = '甲类' THEN count ELSE 7 END > 4",
    "VALID_CREDIT_CODE(credit)",
    "NOT VALID_CREDIT_CODE(credit)",
    "count <= param.jump",
    "TRUE",
    "count > 1 OR TRUE",
    "FALSE AND filed",
)
WHENS: Final = (None, "kind = '甲类'", "IMPLIES(filed, share > 0.2)")
UNSAYABLE: Final = (
    "count <= prev.count",
    "double > 3",
    "area = '310105001'",
    "IS_UNIQUE(name)",
    "VALID_TELEPHONE(phone)",
    "EXISTS (SELECT 1 FROM eci WHERE eci.beds_total > 1)",
    "SUM(eci.beds_total) > 1",
    "LENGTH(name) + SUM(eci.beds_total) > 1",
    "filed = (count > 1)",
    f"name = '{'长' * 256}'",
    " OR ".join(f"name = '{number:03d}{'长' * 30}'" for number in range(40)),
)
ROWS: Final[tuple[dict[str, Cell], ...]] = (
    {},
    {"count": 3, "share": Decimal("0.30"), "kind": "甲类", "filed": True},
    {"count": 0, "share": Decimal("0.00"), "kind": "乙类", "filed": False},
    {"count": NOT_APPLICABLE, "share": UNKNOWN, "kind": NOT_APPLICABLE},
    {"kind": UNKNOWN, "filed": NOT_APPLICABLE, "several": UNKNOWN},
    {"several": ("助餐", "助浴"), "opened": date(2019, 12, 31), "phone": "021-6234567"},
    {"several": ("助医",), "opened": date(2024, 2, 29), "count": 7},
    {"credit": GOOD_CODE, "count": -2, "share": Decimal("1.55")},
    {"credit": GOOD_CODE[:-1] + "4", "kind": "丙类", "filed": True},
    {"credit": "123", "kind": "甲类", "count": 4, "share": Decimal("0.55")},
    {"credit": "IIIIIIIIIIIIIIIIII", "kind": "甲类", "filed": False},
)


def make_pack() -> Pack:
    rules = [
        {
            "id": f"kinds.rule_{number}_{place}",
            "form": "kinds",
            "level": "error",
            "check": check,
            "says": "不对",
            "fields": ["count"],
            "ours": "试",
            **({} if when is None else {"when": when}),
        }
        for number, check in enumerate(CHECKS)
        for place, when in enumerate(WHENS)
    ]
    data = small.pack_data()
    return small.pack_of(
        {**data, "forms": [KINDS, *data["forms"]], "rules": [*data["rules"], *rules]}
    )


@pytest.fixture(scope="module")
def pack() -> Pack:
    return make_pack()


@pytest.fixture(scope="module")
def failed(pack: Pack, tmp_path_factory: pytest.TempPathFactory) -> set[Any]:
    """Ask the audit: rule and row."""
    path = small.make_ledger(tmp_path_factory.mktemp("rules"), pack)
    form = pack.form_by_id["kinds"]
    with small.opened(path) as ledger:
        for number, cells in enumerate(ROWS):
            filled = {"name": f"院{number}", **cells}
            action = add_record(form, small.YEAR, small.STREET, str(number), filled)
            assert isinstance(ledger.apply(action), Applied)
        compiled = compiled_for(ledger, small.YEAR)
        parameters = period_parameters(pack, small.YEAR)
        steps = audit_form(ledger, compiled.audit.of("kinds"), parameters)
        found = run_steps(steps).findings
        rows = {r.id: r.key.facility for r in ledger.rows("kinds", list(found))}
    return {
        (each.rule, int(rows[record]))
        for record, findings in found.items()
        for each in findings
        if each.outcome is Outcome.FAILED
    }


def address(pack: Pack, row: int) -> dict[str, str]:
    form = pack.form_by_id["kinds"]
    return {field.id: f"${chr(65 + at)}{row}" for at, field in enumerate(form.stored)}


def read(text: str, pack: Pack) -> Expression:
    found = parse(text, schema_of(pack), RecordContext("kinds"))
    assert isinstance(found, Expression), found
    return found


@pytest.fixture(scope="module")
def computed(
    pack: Pack, tmp_path_factory: pytest.TempPathFactory, program: Callable[[str], str]
) -> set[Any]:
    """Ask LibreOffice what is broken."""
    folder = tmp_path_factory.mktemp("soffice")
    form = pack.form_by_id["kinds"]
    book = Workbook()
    sheet: Any = book.active
    asked = {}
    for number, cells in enumerate(ROWS):
        row = number + 1
        filled: dict[str, Cell] = {"name": f"院{number}", **cells}
        for at, field in enumerate(form.stored, 1):
            if field.id in filled:
                sheet.cell(row, at, held(field, filled[field.id]))
        for at, rule in enumerate(each for each in pack.rules if each.form == "kinds"):
            when = None if rule.when is None else read(rule.when, pack)
            text = broken(read(rule.check, pack), when, address(pack, row))
            if text is not None:
                place = sheet.cell(row, 20 + at, f"=IF({text},1,0)")
                asked[place.coordinate] = rule.id, number
    book.save(folder / "asked.xlsx")
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = [program("soffice"), profile, "--headless", "--convert-to", "xlsx"]
    out = folder / "out"
    subprocess.run(
        [*command, "--outdir", out, folder / "asked.xlsx"],
        check=True,
        capture_output=True,
        timeout=120,
    )
    answers: Any = load_workbook(out / "asked.xlsx", data_only=True).active
    values = {place: answers[place].value for place in asked}
    assert {value for value in values.values() if value not in {0, 1}} == set()
    return {asked[place] for place, value in values.items() if value == 1}


def test_broken__libreoffice_says_what_the_audit_says(
    failed: set[Any], computed: set[Any]
) -> None:
    own = {each for each in failed if ".rule_" in each[0]}
    assert len(own) > 100
    assert computed == own


@pytest.mark.parametrize("check", UNSAYABLE)
def test_broken__what_a_workbook_cannot_tell(check: str, pack: Pack) -> None:
    assert broken(read(check, pack), None, address(pack, 1)) is None


def test_broken__what_never_fails_is_not_asked(pack: Pack) -> None:
    assert broken(read("TRUE", pack), None, address(pack, 1)) is None


def test_broken__old_functions_only(pack: Pack) -> None:
    old = {
        *("AND", "OR", "NOT", "IF", "N", "EXACT", "TRIM", "LEN", "ISNUMBER", "ROUND"),
        *("ABS", "YEAR", "DATE", "FIND", "MID", "MOD", "ROW", "SUMPRODUCT", "UPPER"),
        "SUBSTITUTE",
    }
    for check in CHECKS:
        text = broken(read(check, pack), None, address(pack, 1)) or ""
        names = {part.split("(")[0] for part in _calls(text)}
        assert names <= old, check


def _calls(text: str) -> list[str]:
    import re

    plain = re.sub(r'"[^"]*"', "", text)
    return re.findall(r"[A-Z]+\(", plain)


def test_hidden__when_a_field_is_not_asked_for(pack: Pack) -> None:
    text = hidden(read("filed", pack), address(pack, 7))
    assert text == 'EXACT(TRIM($G7),"否")'


def test_broken__a_definition_stands_for_its_option() -> None:
    from desktop.expr.nodes import Comparison
    from desktop.expr.nodes import Defined
    from desktop.expr.nodes import IsBlank
    from desktop.expr.nodes import Number
    from desktop.expr.nodes import Relation
    from desktop.expr.schema import Definition

    def told(node: Node) -> str | None:
        return broken(Expression("", RecordContext("kinds"), node), None, {})

    meant = Definition("d", "口径", "all", "1")
    one = Defined(meant, Number(Decimal(1)))
    truth = Comparison(Relation.LESS, one, Number(Decimal(-2)))
    assert told(truth) == "NOT(1<(-2))"
    assert told(Defined(meant, truth)) == "NOT(1<(-2))"
    assert told(IsBlank(one)) == "TRUE"


def test_broken__nodes_no_workbook_knows() -> None:
    from desktop.expr.nodes import Call
    from desktop.expr.nodes import Comparison
    from desktop.expr.nodes import FieldRef
    from desktop.expr.nodes import Function
    from desktop.expr.nodes import IsBlank
    from desktop.expr.nodes import Number
    from desktop.expr.nodes import Relation
    from desktop.expr.nodes import Scope
    from desktop.expr.nodes import Truth
    from desktop.expr.schema import Column
    from desktop.expr.schema import ValueType

    def told(node: Node) -> str | None:
        cells = {"several": "$A1"}
        return broken(Expression("", RecordContext("kinds"), node), None, cells)

    one = Number(Decimal(1))
    several = FieldRef(
        Scope.RECORD, "kinds", Column("several", "服务", ValueType.CHOICES)
    )
    has = Call(Function.HAS, (several, one))
    assert told(has) is None
    assert told(Comparison(Relation.EQUAL, several, several)) is None
    assert told(Comparison(Relation.LESS, Truth(value=True), Truth(value=True))) is None
    assert told(Comparison(Relation.EQUAL, one, has)) is None
    assert told(Comparison(Relation.EQUAL, one, several)) == (
        'AND(AND(TRIM($A1)<>"",TRIM($A1)<>"不适用",TRIM($A1)<>"不详"),NOT(1=N($A1)))'
    )
    assert told(Call(Function.ANSWERED, (one,))) is None
    blank = IsBlank(Comparison(Relation.EQUAL, one, one))
    assert told(blank) == "OR(1=1,NOT(1=1))"
