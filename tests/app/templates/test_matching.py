from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from typing import Any

from desktop.app.templates.filling import Template
from desktop.app.templates.matching import Matched
from desktop.app.templates.matching import Origin
from desktop.app.templates.matching import foresee
from desktop.app.templates.matching import match
from desktop.app.templates.matching import shown
from desktop.core.messages import Message
from desktop.core.messages import message
from desktop.export.template.book import Book
from desktop.export.template.sheet import OddPartError
from tests.app.audit.test_finding_table import SAY
from tests.app.templates.test_pages import contents
from tests.app.templates.test_pages import record
from tests.app.templates.test_proposing import row
from tests.app.templates.test_proposing import template as with_rows
from tests.cli.test_template_fill import KNOWN
from tests.cli.test_template_fill import SHA
from tests.cli.test_template_fill import TEMPLATE
from tests.export.template_books import packed
from tests.export.template_books import roster_parts
from tests.forms.layouts import with_layouts
from tests.small import small_pack

if TYPE_CHECKING:
    import pytest

PACK = with_layouts(KNOWN)
ROSTER = Template(Book("花名册.xlsx", TEMPLATE), SHA)


def changed(file: str = "花名册.xlsx") -> Template:
    """Give the template with another label over the beds."""
    parts = {
        name: data.replace("总床位数".encode(), "床位".encode())
        for name, data in roster_parts().items()
    }
    return Template(Book(file, packed(parts)), "f" * 64)


def matched(template: Template, *, anew: bool = False) -> Matched:
    found = match(PACK, template, propose_anew=anew)
    assert isinstance(found, Matched), found
    return found


def test_match__the_very_file_of_the_pack() -> None:
    found = matched(Template(Book("随便.xlsx", TEMPLATE), SHA))
    assert (found.form.id, found.origin) == ("eci", Origin.SAME)
    assert match(PACK, ROSTER, PACK.forms[0]) == found


def test_match__another_edition_of_the_file() -> None:
    assert matched(changed()).origin is Origin.KNOWN


def test_match__a_file_nobody_described_is_gone_through_for_labels() -> None:
    found = match(small_pack(), ROSTER)
    assert isinstance(found, Matched)
    assert (found.form.id, found.origin) == ("eci", Origin.PROPOSED)
    assert {field.id for field in found.missing} == {"code", "status", "beds_nursing"}
    anew = matched(ROSTER, anew=True)
    assert anew.origin is Origin.PROPOSED


def test_match__no_label_is_known() -> None:
    found = match(small_pack(), with_rows(row(1, A="别的", B="东西")))
    assert found == message("batch.template.no-label", file="表.xlsx")


def test_match__labels_from_which_no_layout_can_be_made(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("desktop.app.templates.matching.layout_of", lambda *_: ())
    found = match(small_pack(), ROSTER)
    assert found == message("batch.template.no-layout", form="养老机构调查表")


def test_match__a_sheet_written_in_an_odd_way(monkeypatch: pytest.MonkeyPatch) -> None:
    def odd(*_: object) -> None:
        raise OddPartError("xl/x.xml")

    monkeypatch.setattr("desktop.app.templates.matching.propose", odd)
    found = match(small_pack(), ROSTER)
    assert isinstance(found, Message)
    assert found.code == "template.odd_part"
    monkeypatch.setattr("desktop.app.templates.matching.faults_of", odd)
    foreseen = foresee(matched(ROSTER), ROSTER, contents())
    assert [fault.code for fault in foreseen.faults] == ["template.odd_part"]


def test_foresee__names_each_cell_and_its_value() -> None:
    records = tuple(record(place, beds_total=place) for place in range(7))
    foreseen = foresee(matched(ROSTER), ROSTER, contents(*records))
    told = {(line.sheet, line.cell): (line.what, line.value) for line in foreseen.lines}
    assert told["首页", "B2"] == ("填报单位", "长宁区")
    assert told["首页", "A4"] == ("序号", 1)
    assert told["首页", "B4"] == ("机构名称", "0院")
    assert told["首页", "C8"] == ("总床位数（合计）", 21)
    assert told["续表", "B4"] == ("机构名称", "3院")
    assert ("首页", "B5") not in told
    assert (foreseen.faults, foreseen.records, foreseen.copies) == ((), 7, 1)
    cells = [line.cell for line in foreseen.lines if line.sheet == "首页"]
    assert cells == ["B2", "A4", "B4", "C4", "D4", "C7", "C8"]


def test_foresee__a_template_that_has_changed_says_what_moved() -> None:
    foreseen = foresee(matched(changed()), changed(), contents(record(1)))
    assert [fault.code for fault in foreseen.faults] == ["template.replaced"]


def test_foresee__more_records_than_there_is_room_for() -> None:
    one = with_layouts({**KNOWN, "continued": []})
    found = match(one, ROSTER)
    assert isinstance(found, Matched)
    records = tuple(record(place) for place in range(7))
    foreseen = foresee(found, ROSTER, contents(*records))
    assert [fault.code for fault in foreseen.faults] == ["template.no_room"]


def test_matched__who_signs_and_names_of_cells() -> None:
    layout = matched(ROSTER).layout
    names = {"unit_code": "单位代码"}
    words = {"A2": "{period}"}
    signed = layout.replaced(signers={"填表人": "D9"}, header=names, words=words)
    rows = layout.rows
    assert rows is not None
    plain = signed.replaced(rows=rows.replaced(number=None), continued=())
    found = replace(matched(ROSTER), layout=plain)
    assert found.signers == ("填表人",)
    foreseen = foresee(found, ROSTER, contents(record(1)))
    assert [line.cell for line in foreseen.lines][-1] == "单位代码"
    assert "A2" in {line.cell for line in foreseen.lines}
    assert foreseen.faults


def test_foresee__a_form_without_lines() -> None:
    gone: dict[str, Any] = {"rows": None, "sums": {}, "totals": {}, "continued": ()}
    layout = matched(ROSTER).layout.replaced(**gone, fields={"price": "D4"})
    found = replace(matched(ROSTER), layout=layout)
    foreseen = foresee(found, ROSTER, contents())
    assert [line.what for line in foreseen.lines] == ["填报单位", "月收费"]


def test_shown__what_stays_empty_says_so() -> None:
    told = [shown(value, SAY) for value in (None, 3, "甲")]
    assert told == ["(left empty)", "3", "甲"]
