from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from desktop.app.compiled import CompiledPack
from desktop.app.compiled import compiled_for
from desktop.app.ledgers.choosing import Bearing
from desktop.app.ledgers.choosing import bearings
from desktop.app.ledgers.choosing import choices_of
from desktop.app.ledgers.choosing import choose
from desktop.app.ledgers.choosing import effects
from desktop.app.ledgers.choosing import options_in_words
from desktop.app.progress import run_steps
from desktop.core.changes import Action
from desktop.core.changes import DefinitionChange
from desktop.core.messages import Message
from desktop.store.records import Applied
from tests.small import YEAR
from tests.small import choosing_pack
from tests.small import make_ledger
from tests.small import opened
from tests.small import put

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from desktop.store.ledger import Ledger

PACK = choosing_pack()
BEDS = "definition.beds"


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    """Give a ledger with 100 beds open, 60 of them nursing, and 100 beds closed."""
    with opened(make_ledger(tmp_path, PACK)) as found:
        put(found, "a", beds_total=100, beds_nursing=60)
        put(found, "b", beds_total=100, beds_nursing=0, status="停业")
        yield found


def test_choices_of__what_is_given_and_what_is_chosen() -> None:
    found = choices_of(PACK, {BEDS: "closed_too", "param.free": "0.5"})

    told = [(each.name, each.given, each.now, each.own) for each in found]
    assert told == [
        (BEDS, "all", "closed_too", True),
        ("param.jump", "2", "2", False),
        ("param.free", "0.5", "0.5", True),
    ]
    assert [each.what.title for each in found] == ["养老服务床位", "涨幅", "界限"]


@pytest.mark.parametrize(
    ("chosen", "value", "before"),
    [({}, "closed_too", ""), ({BEDS: "all"}, "closed_too", "all"), ({}, "", "")],
)
def test_choose__ok(chosen: dict[str, str], value: str, before: str) -> None:
    found = choose(PACK, chosen, YEAR, {BEDS: value})

    assert isinstance(found, Action)
    assert dict(found.title.params) == {"title": "养老服务床位"}
    assert found.changes == (DefinitionChange("2025", BEDS, before, value),)


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        (BEDS, "most", "option"),
        ("param.jump", "9", "high"),
        ("param.fixed", "2", "fixed"),
        ("param.fixed", "", "fixed"),
        ("nothing", "", "unknown"),
    ],
)
def test_choose__error(name: str, value: str, code: str) -> None:
    found = choose(PACK, {}, YEAR, {name: value})

    assert isinstance(found, Message)
    assert found.code == f"forms.choice.{code}"


def test_bearings__indicators_and_rules(ledger: Ledger) -> None:
    assert bearings(compiled_for(ledger, YEAR)) == {
        BEDS: Bearing(("nursing_share",), ()),
        "param.jump": Bearing((), ("eci.price_jump",)),
        "param.free": Bearing((), ()),
    }


def test_effects__now_and_then_without_changing_anything(ledger: Ledger) -> None:
    head = ledger.head()
    wanted = ("nursing_share",)

    [effect] = run_steps(effects(ledger, YEAR, {BEDS: "closed_too"}, wanted))

    assert (effect.indicator, effect.now.shown, effect.then.shown) == (
        "nursing_share",
        Decimal("60.00"),
        Decimal("30.00"),
    )
    assert ledger.head() == head
    action = choose(PACK, {}, YEAR, {BEDS: "closed_too"})
    assert isinstance(action, Action)
    assert isinstance(ledger.apply(action), Applied)
    [back] = run_steps(effects(ledger, YEAR, {BEDS: ""}, wanted))
    assert (back.now.shown, back.then.shown) == (Decimal("30.00"), Decimal("60.00"))


def test_bearings__what_cannot_be_read_rests_on_nothing() -> None:
    share = PACK.indicators[0]
    broken = share.numerator.replaced(value="SUM(eci.no) / definition.beds")
    bare = share.replaced(numerator=broken.replaced(value=None), denominator=None)
    rows = (share.replaced(numerator=broken, denominator=None), bare)

    assert bearings(CompiledPack(PACK.replaced(indicators=rows)))[BEDS] == Bearing(
        (), ()
    )


def test_options_in_words__a_text_counts_nothing() -> None:
    beds = PACK.definitions[0]
    text = beds.options[1].replaced(value="'all'")
    changed = beds.replaced(options=(beds.options[0], text))

    found = options_in_words(CompiledPack(PACK.replaced(definitions=(changed,))))

    assert found == {("beds", "all"): "养老机构总床位数"}
