from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.core.period import PeriodKind
from desktop.forms.hindered import hindrances
from tests.forms.test_carrying import field
from tests.forms.test_carrying import system
from tests.store.cases import pack

if TYPE_CHECKING:
    from desktop.forms.model import Pack


def codes(old: Pack, new: Pack) -> list[str]:
    return [said.code for said in hindrances(old, new)]


def test_hindrances__of_the_pack() -> None:
    old = pack()

    assert codes(old, old) == []
    assert codes(old, old.replaced(id="other")) == ["forms.diff.other_pack"]
    monthly = old.replaced(period_kind=PeriodKind.MONTH)
    assert codes(old, monthly) == ["forms.diff.other_periods"]


def test_hindrances__a_roster_that_became_a_unit_form() -> None:
    old = pack()
    people = old.form_by_id["people"]
    turned = people.replaced(id="home")

    assert codes(old, old.replaced(forms=(turned,))) == ["forms.diff.other_form"]
    assert codes(old.replaced(forms=(people,)), old) == []


def test_hindrances__fields() -> None:
    typed, bound = field("a", "integer"), field("a", "integer", binds="period.year")
    computed = field("a", "integer", computed="b + 1")
    base = field("b", "decimal", digits=2)
    coarse = field("b", "decimal", digits=1)

    assert codes(system(typed, base), system(computed, base)) == ["forms.diff.computed"]
    assert codes(system(computed, base), system(typed, base)) == ["forms.diff.computed"]
    assert codes(system(computed, base), system(bound, base)) == []
    assert codes(system(typed, base), system(bound, base)) == []
    (said,) = hindrances(system(base), system(coarse))
    assert dict(said.params)["old"] == "decimal(2)"
    assert codes(system(base), system(field("b", "date"))) == ["forms.diff.other_kind"]
    assert codes(system(base), system(field("c", "date", formerly="b"))) == []
