from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from desktop.core.cells import Absent
from desktop.core.messages import Message
from desktop.forms.carrying import carries
from desktop.forms.carrying import renamed_choices
from desktop.forms.carrying import renamed_fields
from desktop.forms.carrying import ways
from tests.forms.test_answer_rows import adm_pack
from tests.store.cases import pack

if TYPE_CHECKING:
    from desktop.core.cells import Cell
    from desktop.forms.model import Pack

Described = dict[str, object]


def field(name: str, kind: str, **more: object) -> Described:
    return {"id": name, "kind": kind, "title": name, **more}


def system(*fields: Described) -> Pack:
    return pack(only=list(fields))


def carry(old: Described, new: Described, cell: Cell) -> Cell | Message:
    """Carry one cell from a field to another."""
    (way,) = ways(system(old), system(new), "home")
    return way.carry(cell)


def test_ways__by_id_and_by_former_id() -> None:
    old = system(field("a", "text"), field("b", "text"), field("c", "text"))
    new = system(
        field("a", "text"), field("d", "text", formerly="b"), field("e", "text")
    )

    assert [(way.source.id, way.field.id) for way in ways(old, new, "home")] == [
        ("a", "a"),
        ("b", "d"),
    ]
    assert [way.renamed for way in ways(old, new, "home")] == [False, True]
    assert renamed_fields(old.forms[0], new.forms[0]) == {"d": "b"}


def test_renamed_fields__only_where_the_new_id_is_not_there_yet() -> None:
    old = system(field("a", "text"), field("b", "text"))
    new = system(field("b", "text", formerly="a"))

    assert renamed_fields(old.forms[0], new.forms[0]) == {}


def test_carry__what_fits_as_it_is() -> None:
    choice = field("a", "choice", choices=["甲"])

    assert carry(choice, field("a", "text"), "甲") == "甲"
    number = carry(field("a", "integer"), field("a", "decimal", digits=1), 3)
    assert number == Decimal(3)
    assert isinstance(number, Decimal)
    assert carry(field("a", "integer"), field("a", "integer"), 3) == 3
    unknown = Absent.UNKNOWN
    assert carry(field("a", "integer"), field("a", "date"), unknown) is unknown


def test_carry__to_another_kind_by_what_a_person_would_read() -> None:
    day = field("a", "text")

    assert carry(day, field("b", "date", formerly="a"), "2025-01-02") == date(
        2025, 1, 2
    )
    assert isinstance(carry(day, field("b", "date", formerly="a"), "春天"), Message)


def test_carries__one_way() -> None:
    kinds = {
        name: system(field("a", kind, **more)).forms[0].fields[0]
        for name, kind, more in (
            ("whole", "integer", {}),
            ("one", "decimal", {"digits": 1}),
            ("two", "decimal", {"digits": 2}),
            ("text", "text", {}),
            ("phone", "telephone", {}),
        )
    }
    yes = {("whole", "one"), ("whole", "two"), ("one", "two"), ("phone", "text")}
    yes |= {(name, name) for name in kinds}

    found = {
        (old, new) for old in kinds for new in kinds if carries(kinds[old], kinds[new])
    }

    assert found == yes


def test_renamed_choices__by_aliases_with_one_meaning() -> None:
    old = system(field("a", "choice", choices=["甲", "乙", "丙"]))
    aliases: dict[str, object] = {
        "甲": "一",
        "乙": ["一", "二"],
        "丁": "二",
        "丙": "四",
    }
    new = system(field("a", "choice", choices=["一", "二"], value_aliases=aliases))
    place = ("home", "a")

    assert renamed_choices(old, new, place, place) == {"甲": "一"}
    several = field("a", "choices", choices=["一", "二"], value_aliases=aliases)
    several_old = field("a", "choices", choices=["甲", "乙"])
    assert carry(several_old, several, ("甲", "乙", "甲")) == ("一", "乙")


def test_renamed_choices__by_titles_of_indicators() -> None:
    old = adm_pack()
    first, second, *others = old.indicators
    swapped = old.replaced(
        indicators=(
            first.replaced(title=second.title),
            second.replaced(title=first.title),
            *others,
        )
    )
    form = next(form for form in old.forms if form.id == first.answered_by)
    assert form.kind == "roster"
    assert form.answers is not None
    place, other = (form.id, form.answers.key), (form.id, form.name)

    assert renamed_choices(old, swapped, place, place) == {
        first.title: second.title,
        second.title: first.title,
    }
    assert renamed_choices(old, old, place, place) == {}
    assert renamed_choices(swapped, old, other, place).keys() <= {
        first.title,
        second.title,
    }
    plain = system(field("a", "choice", choices=["甲"]))
    assert renamed_choices(plain, plain, ("home", "a"), ("home", "a")) == {}
