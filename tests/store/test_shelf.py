from __future__ import annotations

import pytest

from desktop.store.shelf import Shelf
from tests.store.cases import pack

OLD, NEW = pack(), pack().replaced(version="2.0.0")


def shelf(**periods: int) -> Shelf:
    """Give two versions of a pack, and years as `y2025`."""
    read = {1: OLD, 2: NEW}.__getitem__
    return Shelf((1, 2), {name[1:]: row for name, row in periods.items()}, read)


def test_of__each_period_its_own_and_else_the_newest() -> None:
    both = shelf(y2025=1, y2026=2)

    assert both.of("2025").pack is OLD
    assert both.of("2026").pack is both.of("1999").pack is both.newest.pack is NEW
    assert both.of("2025") is both.at(1)


def test_begun__goes_by_the_pack_before_it() -> None:
    both = shelf(y2025=1, y2027=2)

    found = {year: both.begun(year).of(year).row for year in ("2024", "2026", "2028")}

    assert found == {"2024": 1, "2026": 1, "2028": 2}
    assert shelf().begun("2025").of("2025").row == 2
    assert "2026" not in both.periods


def test_turned__leaves_the_one_it_came_from() -> None:
    both = shelf(y2025=1, y2026=2)
    first = both.at(1)
    third = NEW.replaced(version="3.0.0")

    now = both.turned({"2026": 3}, (3, third))

    assert (now.rows, now.newest.pack, now.of("2026").row) == ((1, 2, 3), third, 3)
    assert now.at(1) is first
    assert (both.rows, both.of("2026").row) == ((1, 2), 2)


def test_merged__has_the_fields_of_all_versions() -> None:
    only = [{"id": "name", "kind": "text", "title": "名称"}]
    small, large = pack(only=only), OLD.replaced(forms=OLD.forms[:1])
    both = Shelf((1, 2), {}, {1: large, 2: small}.__getitem__)

    merged = both.merged()

    assert set(merged) == {"home", "people"}
    assert set(merged["home"].codecs) == {field.id for field in OLD.forms[0].stored}
    assert both.rows_with("people") == [2]
    with pytest.raises(KeyError):
        both.rows_with("none")
