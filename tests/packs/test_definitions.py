"""The shared definitions: each option runs, and each is tried by hand."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING
from typing import Any

import pytest
import yaml

from desktop.app.figures.figuring import figures_of_unit
from desktop.forms.model import Definition
from desktop.forms.settle import adjustable
from desktop.forms.settle import choosable
from desktop.forms.settle import refusal
from desktop.forms.settle import settle
from desktop.indicators.compute import compile_indicators
from tests.packs.test_indicators import UNITS
from tests.packs.worlds import PACKS
from tests.packs.worlds import ROOT
from tests.packs.worlds import Desk
from tests.packs.worlds import new_ledger
from tests.packs.worlds import pack
from tests.packs.worlds import unit
from tests.packs.worlds import year

if TYPE_CHECKING:
    from collections.abc import Iterator

ASKED = UNITS["甲县"][0]


@cache
def worlds() -> list[dict[str, Any]]:
    """Read the small ledgers with what is tried in each."""
    path = Path(__file__).parent / "definition_cases.yaml"
    found: list[dict[str, Any]] = yaml.safe_load(path.read_text("utf-8"))
    return found


def shared() -> dict[str, set[str]]:
    """Give the options of the library's definitions."""
    path = ROOT / "common" / "definitions.yaml"
    return {
        each["id"]: {option["id"] for option in each["options"]}
        for each in yaml.safe_load(path.read_text("utf-8"))
    }


@pytest.fixture(scope="module", params=range(len(worlds())))
def desk(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[dict[str, Any], Desk]]:
    """Fill the ledger of one world."""
    world = worlds()[request.param]
    of = pack(world["pack"])
    units = [
        unit(code, class_, parent or None)
        for name, (code, class_, parent) in UNITS.items()
        if name in world["units"]
    ]
    path = tmp_path_factory.mktemp("world") / "x.taizhang"
    with new_ledger(path, of, units, [of.plan.ends]) as ledger:
        made = Desk(ledger, count())
        for form, records in world["records"].items():
            for record in records:
                cells = {key: record[key] for key in record if key != "unit"}
                code = UNITS[record.get("unit", "甲县")][0]
                period = year(of.plan.ends)
                made.do(made.enter(form, period, code, cells)[1])
        yield world, made


def shown(world: dict[str, Any], desk: Desk, tried: dict[str, Any]) -> Decimal | None:
    """Compute one indicator of a world by what is chosen."""
    of = pack(world["pack"])
    for name, value in tried["choose"].items():
        assert refusal(of, name, value) is None
    chosen = settle(of, tried["choose"])
    only = chosen.replaced(indicators=(chosen.indicator_by_id[tried["indicator"]],))
    plan, period = compile_indicators(only), year(of.plan.ends)
    [figure] = figures_of_unit(desk.ledger, only, plan, period, ASKED)
    return figure.shown


def test_options__as_by_hand(desk: tuple[dict[str, Any], Desk]) -> None:
    world, made = desk
    for tried in world["tried"]:
        assert shown(world, made, tried) == Decimal(str(tried["value"])), tried


def test_every_option_of_the_library_is_tried() -> None:
    tried: dict[str, set[str]] = {name: set() for name in shared()}
    for world in worlds():
        for name, definition in choosable(pack(world["pack"])).items():
            for case in world["tried"]:
                if isinstance(definition, Definition) and definition.id in tried:
                    option = case["choose"].get(name, definition.default)
                    tried[definition.id].add(option)
    assert tried == shared()


@pytest.mark.parametrize("pack_id", PACKS)
def test_every_option_runs_in_every_pack(pack_id: str) -> None:
    """Also those that read what the default does not."""
    of = pack(pack_id)
    for definition in of.definitions:
        for option in definition.options:
            chosen = settle(of, {f"definition.{definition.id}": option.id})
            named = tuple(row for row in chosen.indicators if "definition." in f"{row}")
            plan = compile_indicators(chosen.replaced(indicators=named))
            assert (len(plan.indicators), plan.broken) == (len(named), ())


@pytest.mark.parametrize("pack_id", PACKS)
def test_bounds_let_the_pack_s_own_number_through(pack_id: str) -> None:
    of = pack(pack_id)
    for parameter in adjustable(of):
        name = f"param.{parameter.id}"
        for value in (parameter.value, parameter.minimum, parameter.maximum):
            assert value is not None
            assert refusal(of, name, f"{value:f}") is None


@pytest.mark.parametrize("pack_id", PACKS)
def test_no_computed_field_rests_on_what_may_be_chosen(pack_id: str) -> None:
    """Its column keeps the number it was made with."""
    names = {f"param.{each.id}" for each in adjustable(pack(pack_id))}
    for form in pack(pack_id).forms:
        for field in form.fields:
            assert not any(name in (field.computed or "") for name in names)
