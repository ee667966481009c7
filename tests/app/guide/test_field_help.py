from __future__ import annotations

from pathlib import Path

import pytest

from desktop.app.compiled import CompiledPack
from desktop.app.guide.field_help import FieldGuide
from desktop.app.guide.field_help import quote
from desktop.app.packs.available import open_pack
from desktop.core.findings import Level
from desktop.forms.base import Sourced
from desktop.forms.model import Pack
from tests import kinds
from tests import small

PACKS = Path(__file__).parents[3] / "resources" / "packs"


@pytest.fixture(scope="module")
def guide() -> FieldGuide:
    pack = open_pack(PACKS, "changning")
    assert isinstance(pack, Pack)
    return FieldGuide(CompiledPack(pack))


def test_of__the_rules_that_look_at_a_field_and_where_they_come_from(
    guide: FieldGuide,
) -> None:
    found = guide.of("eci", "beds_nursing")
    held = {rule.holds: rule for rule in found.rules}
    within = held["护理型床位数 ≤ 总床位数"]
    assert within.level is Level.ERROR
    assert within.quote
    assert "若 护理型床位数不为空，则 护理型床位数 ≥ 0" in held


def test_of__the_indicators_that_rest_on_a_field(guide: FieldGuide) -> None:
    [indicator] = guide.of("eci", "beds_nursing").indicators
    assert indicator.title == "护理床位达户籍老年人口比例"
    assert indicator.formula.startswith("（养老机构护理型床位数 + ")
    assert "1.5%" in indicator.quote


def test_of__choices_and_when_it_is_asked_for() -> None:
    reason = FieldGuide(CompiledPack(kinds.kinds_pack())).of("kinds", "reason")
    assert reason.asked
    assert not reason.computed
    kind = FieldGuide(CompiledPack(kinds.kinds_pack())).of("kinds", "kind")
    assert kind.choices == ("甲类", "乙类", "丙类")


def test_of__how_a_field_is_computed() -> None:
    guide = FieldGuide(CompiledPack(kinds.kinds_pack()))
    form = kinds.kinds_pack().form_by_id["kinds"]
    [field] = [each.id for each in form.fields if each.computed is not None]
    assert guide.of("kinds", field).computed == "个数 × 2"


def test_of__a_field_the_pack_does_not_have(guide: FieldGuide) -> None:
    with pytest.raises(KeyError):
        guide.of("eci", "no_such_field")


def test_quote__ours_and_nothing() -> None:
    assert quote(Sourced(ours="常识")) == "常识"
    assert not quote(Sourced())


def test_of__a_condition_that_cannot_be_read_is_shown_as_it_is() -> None:
    data = small.pack_data()
    form = {**kinds.KINDS, "groups": [*kinds.KINDS["groups"]]}
    identity, rest = form["groups"]
    fields = [
        {**field, "visible_when": "nowhere > 1"} if field["id"] == "reason" else field
        for field in rest["fields"]
    ]
    form["groups"] = [identity, {**rest, "fields": fields}]
    pack = small.pack_of({**data, "forms": [form, *data["forms"]]})
    found = FieldGuide(CompiledPack(pack)).of("kinds", "reason")
    assert found.asked == "nowhere > 1"
