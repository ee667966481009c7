"""Every pack loads, lints clean, and stays the same through its one-file form."""

from __future__ import annotations

from collections import Counter

import pytest

from desktop.forms.fields import Blank
from desktop.forms.lint import lint
from desktop.forms.load import pack_from_json
from desktop.forms.load import pack_to_json
from desktop.forms.model import Roster
from tests.packs.worlds import PACKS
from tests.packs.worlds import ROOT
from tests.packs.worlds import pack

UNIT_COLUMN = "street"
"""The head under which the published lists carry the unit."""


def test_packs_on_disk__ok() -> None:
    found = {each.parent.name for each in ROOT.glob("*/pack.yaml")}
    assert found == set(PACKS)


@pytest.mark.parametrize("pack_id", PACKS)
def test_pack_lints_clean__ok(pack_id: str) -> None:
    assert lint(ROOT, pack_id) == ()


@pytest.mark.parametrize("pack_id", PACKS)
def test_pack_round_trip__ok(pack_id: str) -> None:
    assert pack_from_json(pack_to_json(pack(pack_id))) == pack(pack_id)


@pytest.mark.parametrize("pack_id", PACKS)
def test_no_legal_marks_are_made_up__ok(pack_id: str) -> None:
    assert [form.id for form in pack(pack_id).forms if form.legal] == []


@pytest.mark.parametrize("pack_id", PACKS)
def test_heads_of_a_form_are_clear__ok(pack_id: str) -> None:
    """A head in an imported table can mean one field only, `type` of eci apart."""
    for form in pack(pack_id).forms:
        heads = Counter(
            head
            for field in form.fields
            for head in {field.id, field.title, *field.aliases}
        )
        twice = {head for head, times in heads.items() if times > 1}
        assert twice <= ({"type"} if form.id == "eci" else set())


@pytest.mark.parametrize("pack_id", PACKS)
def test_rosters_know_the_unit_column__ok(pack_id: str) -> None:
    for form in pack(pack_id).forms:
        if isinstance(form, Roster):
            assert UNIT_COLUMN in form.by_id["area_code"].aliases


def test_published_list_has_no_fault__ok() -> None:
    """A list with name, beds, date, address and type alone breaks no 强制性 rule."""
    form = pack("changning").form_by_id["eci"]
    heads = ("name", "beds", "since", "address", "type")
    known = {
        field.id
        for field in form.fields
        if {field.id, *field.aliases} & set(heads) and field.id != "type"
    }
    assert known == {"name", "beds_total", "open_date", "address", "ownership"}
    required = {f.id for f in form.fields if f.blank is Blank.REQUIRED}
    assert required <= known
    assert "运营" in pack("changning").choices("eci", "status")


@pytest.mark.parametrize("pack_id", PACKS)
def test_every_sentence_says_what_to_do__ok(pack_id: str) -> None:
    assert [rule.id for rule in pack(pack_id).rules if "请" not in rule.says] == []
