from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.forms.load import load_pack
from desktop.forms.mentioned import error_rule_fields
from desktop.forms.mentioned import mentioned
from desktop.forms.mentioned import namings
from desktop.forms.model import Pack
from desktop.forms.schema import schema_of

if TYPE_CHECKING:
    from tests.forms.conftest import Packs


def loaded(packs: Packs) -> Pack:
    pack = load_pack(packs.root, "demo")
    assert isinstance(pack, Pack)
    return pack


def test_mentioned__who_names_a_field(packs: Packs) -> None:
    pack = loaded(packs)
    found = mentioned(pack, schema_of(pack))

    assert found["eci", "credit_code"] == ("eci",)
    assert found["eci", "status"] == ("eci", "nursing_bed_share")
    assert found["eci", "beds_nursing"] == (
        "eci.nursing_share",
        "eci.nursing_within_total",
        "nursing_bed_share",
    )
    assert found["area", "pop_resident"] == ("eci.beds_per_person",)
    assert ("eci", "opened") not in found


def test_mentioned__an_expression_that_cannot_be_read_names_nothing(
    packs: Packs,
) -> None:
    packs.change("demo/indicators.yaml", "SUM(eci.beds_nursing)", "SUM(eci.")
    pack = loaded(packs)
    found = mentioned(pack, schema_of(pack))

    assert "nursing_bed_share" not in found["eci", "beds_nursing"]


def test_error_rule_fields__conditions_only(packs: Packs) -> None:
    assert error_rule_fields(loaded(packs)) == {
        ("eci", "beds_nursing"),
        ("eci", "beds_total"),
    }


def test_namings__who_says_which_expression(packs: Packs) -> None:
    packs.change(
        "demo/indicators.yaml",
        "numerator: {title: 护理型床位数, value: SUM(eci.beds_nursing), measure: 张}",
        "numerator: {title: 护理型床位数}",
    )
    who = [naming.who for naming in namings(loaded(packs))]

    assert who.count("nursing_bed_share") == 1
    assert who[:2] == ["eci", "eci.nursing_share"]
