"""Every pack loads, lints clean, and stays the same through its one-file form."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest

from desktop.core.messages import Message
from desktop.forms.entry import parse_entry
from desktop.forms.fields import Blank
from desktop.forms.implied import implied_rules
from desktop.forms.lint import lint
from desktop.forms.load import pack_from_json
from desktop.forms.model import Roster
from desktop.forms.needed import needed_fields
from desktop.forms.written import pack_to_json
from tests.packs.worlds import EVERY
from tests.packs.worlds import PACKS
from tests.packs.worlds import ROOT
from tests.packs.worlds import WHOLE
from tests.packs.worlds import pack
from tests.packs.worlds import whole_library

if TYPE_CHECKING:
    from pathlib import Path

UNIT_COLUMN = "street"
"""The head under which the published lists carry the unit."""


def test_packs_on_disk__ok() -> None:
    """One pack a plan; the library is none."""
    found = {each.name for each in ROOT.iterdir() if each.is_dir()} - {"common"}
    assert found == set(PACKS)
    assert len(found) == 9


@pytest.mark.parametrize("pack_id", PACKS)
def test_pack_lints_clean__ok(pack_id: str) -> None:
    assert lint(ROOT, pack_id) == ()


def test_whole_library_lints_clean__ok(tmp_path: Path) -> None:
    """Every shared form in one pack: what no pack of ours takes yet is tried too."""
    root = whole_library(tmp_path)
    assert lint(root, WHOLE) == ()
    shared = {
        path.stem
        for path in (root / "common").glob("*/*.yaml")
        if not path.stem.startswith(("rules", "indicators"))
    }
    assert shared == set(pack(WHOLE).form_by_id)


@pytest.mark.parametrize("pack_id", EVERY)
def test_pack_round_trip__ok(pack_id: str) -> None:
    assert pack_from_json(pack_to_json(pack(pack_id))) == pack(pack_id)


@pytest.mark.parametrize("pack_id", EVERY)
def test_no_legal_marks_are_made_up__ok(pack_id: str) -> None:
    assert [form.id for form in pack(pack_id).forms if form.legal] == []


@pytest.mark.parametrize("pack_id", EVERY)
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


@pytest.mark.parametrize("pack_id", EVERY)
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


@pytest.mark.parametrize("pack_id", EVERY)
def test_every_sentence_says_what_to_do__ok(pack_id: str) -> None:
    assert [rule.id for rule in pack(pack_id).rules if "请" not in rule.says] == []


@pytest.mark.parametrize("pack_id", EVERY)
def test_what_indicators_rest_on_is_asked_for__ok(pack_id: str) -> None:
    """A blank that leaves an indicator without a value is pointed out."""
    of = pack(pack_id)
    needed = needed_fields(of)
    silent = [
        (form.id, field.id)
        for form in of.forms
        for field in form.stored
        if (form.id, field.id) in needed and field.blank is Blank.OPTIONAL
    ]
    assert silent == []


def asked(pack_id: str) -> set[str]:
    """Give the fields of a pack whose blanks are pointed out."""
    of = pack(pack_id)
    rules = (rule for brought in implied_rules(of).values() for rule in brought)
    ends = (".expected", ".required")
    return {rule.id.rpartition(".")[0] for rule in rules if rule.id.endswith(ends)}


def test_a_pack_asks_for_its_own_plan_only__ok() -> None:
    """Both plans share these forms; each wants other figures of them."""
    liaoning, changning = asked("liaoning"), asked("changning")
    assert {"eci.is_regional_center", "area.elderly_service_minutes"} <= (
        liaoning - changning
    )
    assert {"eci.is_standardized", "area.pop_registered_60plus"} <= (
        changning - liaoning
    )
    assert {"eci.staff_total", "eci.beds_nursing"} <= liaoning & changning


def test_words_of_the_published_list__ok() -> None:
    """`公建公营` is taken for a choice, `民建民营` is left to a person."""
    form, choices = pack("changning").form_by_id["eci"], ("eci", "ownership")
    field, listed = form.by_id["ownership"], pack("changning").choices(*choices)
    assert parse_entry(field, "公建公营", listed) == "公办"
    refused = parse_entry(field, "民建民营", listed)
    assert isinstance(refused, Message)
    assert refused.code == "forms.entry.choice_of"
