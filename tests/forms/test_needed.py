from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from desktop.forms.load import load_pack
from desktop.forms.model import Pack
from desktop.forms.needed import Need
from desktop.forms.needed import needed_fields
from tests.forms.asking import ask

if TYPE_CHECKING:
    from tests.forms.conftest import Packs

HEAD = """\
- id: mine
  title: 示例
  domain: elderly_care
  kind: count
  ours: 示例
"""
STATUS = ("eci", "status")
BEDS = {("eci", "beds_total"), ("eci", "beds_nursing")}


def needed(packs: Packs, *terms: str) -> dict[tuple[str, str], Need]:
    keys = ("numerator", "denominator")
    written = "".join(
        f'  {key}: {{title: 项, value: "{term}"}}\n'
        for key, term in zip(keys, terms, strict=False)
    )
    packs.write("demo/indicators.yaml", HEAD + written)
    pack = load_pack(packs.root, "demo")
    assert isinstance(pack, Pack), pack
    return dict(needed_fields(pack))


@pytest.mark.parametrize(
    ("term", "fields"),
    [
        ("SUM(eci.price)", {("eci", "price"), STATUS}),
        (
            "COUNT(eci) FILTER (WHERE eci.beds_total > 9)",
            {("eci", "beds_total"), STATUS},
        ),
        ("unit.pop_resident", {("area", "pop_resident")}),
        ("PREV(SUM(eci.price))", {("eci", "price"), STATUS}),
        (
            "COUNT(area) FILTER (WHERE EXISTS (SELECT 1 FROM eci WHERE eci.price > 1))",
            {("eci", "price"), STATUS},
        ),
        ("SUM(eci.nursing_share)", {("eci", "nursing_share"), STATUS, *BEDS}),
    ],
    ids=["sum", "filter", "unit", "before", "exists", "computed"],
)
def test_needed_fields__ok(
    packs: Packs, term: str, fields: set[tuple[str, str]]
) -> None:
    found = needed(packs, term)

    assert set(found) == fields
    assert set(found.values()) == {Need(("示例",), None)}


def test_needed_fields__of_both_terms(packs: Packs) -> None:
    assert set(needed(packs, "SUM(eci.price)", "unit.pop_resident")) == {
        ("eci", "price"),
        STATUS,
        ("area", "pop_resident"),
    }


def test_needed_fields__what_decides_whether_it_is_shown(packs: Packs) -> None:
    price = "{id: price,"
    packs.change(
        "common/elderly_care/eci.yaml",
        price,
        f"{price} visible_when: nursing_share > 50,",
    )

    assert set(needed(packs, "SUM(eci.price)")) == {
        ("eci", "price"),
        ("eci", "nursing_share"),
        STATUS,
        *BEDS,
    }


PRICE = ("eci", "price")
OPEN = "status = '运营'"


@pytest.mark.parametrize(
    ("terms", "when"),
    [
        (("SUM(eci.price)",), f"({OPEN})"),
        (
            ("SUM(eci.price) FILTER (WHERE eci.status IN ('停业', '筹建'))",),
            "(status IN ('停业', '筹建'))",
        ),
        (
            (
                (
                    "COUNT(eci) FILTER (WHERE eci.status <> '停业' AND eci.price > 3"
                    " AND eci.mode = '乙''s')"
                ),
            ),
            "(status <> '停业' AND mode = '乙''s')",
        ),
        (
            (
                (
                    "COUNT(area) FILTER (WHERE EXISTS (SELECT 1 FROM eci"
                    " WHERE eci.price > 1))"
                ),
            ),
            f"({OPEN})",
        ),
        (
            ("SUM(eci.price)", "SUM(eci.price) FILTER (WHERE eci.status = '停业')"),
            f"({OPEN}) OR (status = '停业')",
        ),
        (("SUM(eci.price) FILTER (WHERE eci.beds_total IN (1, 2))",), f"({OPEN})"),
        (("SUM(eci.price) FILTER (WHERE eci.status IS NULL)",), None),
        (
            (
                (
                    "SUM(eci.price) FILTER (WHERE eci.eci_name = '某' AND eci.status IN"
                    " ('运营') OR eci.price = 2)"
                ),
            ),
            None,
        ),
    ],
)
def test_needed_fields__only_in_the_records_looked_at(
    packs: Packs, terms: tuple[str, ...], when: str | None
) -> None:
    eci = "common/elderly_care/eci.yaml"
    packs.change(eci, "code_list: status,", "code_list: status, blank: expected,")
    packs.change(
        eci,
        "      - {id: opened",
        """      - {id: mode, kind: choice, title: 方式, choices: [甲, "乙's"],"""
        " blank: required}\n      - {id: opened",
    )

    assert needed(packs, *terms)[PRICE].when == when


def test_needed_fields__who_decides_must_be_asked_for_itself(packs: Packs) -> None:
    assert needed(packs, "SUM(eci.price)")[PRICE].when is None


def test_needed_fields__a_faulty_expression_names_nothing(packs: Packs) -> None:
    assert needed(packs, "SUM(eci.prise)") == {}
    packs.write("demo/indicators.yaml", "[]")
    pack = load_pack(packs.root, "demo")
    assert isinstance(pack, Pack), pack
    assert needed_fields(pack) == {}


def test_needed_fields__a_faulty_computed_field_rests_on_nothing(packs: Packs) -> None:
    """Lint reports the fault; what is needed is found out all the same."""
    form = packs.root / "common" / "elderly_care" / "eci.yaml"
    text = form.read_text(encoding="utf-8")
    assert "100 * beds_nursing / beds_total" in text
    faulty = text.replace("100 * beds_nursing / beds_total", "beds_nursin + 1")
    form.write_text(faulty, encoding="utf-8")

    assert set(needed(packs, "SUM(eci.nursing_share)")) == {
        ("eci", "nursing_share"),
        STATUS,
    }


def test_needed_fields__a_commitment_in_words_needs_its_judgement(packs: Packs) -> None:
    ask(packs)
    pack = load_pack(packs.root, "demo")
    assert isinstance(pack, Pack), pack

    assert needed_fields(pack)["adm", "state"] == Need(
        ("应保尽保",), "(indicator = '应保尽保')"
    )


def test_needed_fields__judged_in_a_form_that_is_not_there(packs: Packs) -> None:
    """Lint reports the fault; nothing is needed where nobody can judge."""
    ask(packs)
    packs.change("demo/indicators.yaml", "judged_by: adm", "judged_by: eci")
    pack = load_pack(packs.root, "demo")
    assert isinstance(pack, Pack), pack

    assert ("adm", "state") not in needed_fields(pack)
