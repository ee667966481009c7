from __future__ import annotations

import pytest

from desktop.app.packs.diff_words import Heading
from desktop.app.packs.diff_words import SaidDifference
from desktop.app.packs.diff_words import said
from desktop.app.packs.diff_words import sorted_out
from desktop.core.catalogue import CATALOGUE
from desktop.core.words import Words
from desktop.forms.diff import Difference
from desktop.forms.diff import PackDiff
from desktop.forms.diff import Part
from desktop.forms.diff import Sort
from tests.small import small_pack

SAY = Words(CATALOGUE)


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (
            Difference(Sort.ADDED, Part.FIELD, "eci.fax", "传真"),
            ("Added", "field", "养老机构调查表", "传真", ""),
        ),
        (
            Difference(Sort.REMOVED, Part.TARGET, "share", "占比", "target", "55", ""),
            ("Removed", "target", "", "占比", "55"),
        ),
        (
            Difference(Sort.RENAMED, Part.FIELD, "eci.tel", "电话", "id", "t", "tel"),
            ("Renamed", "field", "养老机构调查表", "电话", "id：t → tel"),
        ),
        (
            Difference(Sort.CHANGED, Part.FIELD, "eci.x", "某", "kind", "text", "date"),
            (
                "Says something else",
                "field",
                "养老机构调查表",
                "某",
                "kind：text → date",
            ),
        ),
        (
            Difference(
                Sort.CHANGED, Part.FIELD, "gone.x", "某", "blank", "optional", "odd"
            ),
            ("Says something else", "field", "", "某", "if blank：optional → odd"),
        ),
        (
            Difference(Sort.CHANGED, Part.PACK, "small", "小", "own_key", "", "1"),
            ("Says something else", "pack", "", "小", "own_key：— → 1"),
        ),
    ],
)
def test_said__in_the_words_of_a_form(
    given: Difference, told: tuple[str, str, str, str, str]
) -> None:
    assert said(SAY, given, small_pack()) == SaidDifference(*told)


def test_said__a_rule_without_its_values() -> None:
    says = "床位（{beds}）由 {prev.beds} 变了（请说明）"
    given = Difference(Sort.REMOVED, Part.RULE, "eci.jump", says)
    assert said(SAY, given, small_pack()).title == "床位由 … 变了（请说明）"
    assert said(SAY, given).title == says


def test_said__without_a_pack_by_its_id() -> None:
    given = Difference(Sort.ADDED, Part.FIELD, "eci.fax", "传真")
    assert said(SAY, given).place == "eci.fax"


def test_sorted_out__every_part_has_its_heading() -> None:
    every = tuple(Difference(sort, part, "x", "x") for part in Part for sort in Sort)
    found = dict(sorted_out(PackDiff("1.0.0", "2.0.0", every, ())))
    assert list(found) == list(Heading)
    assert {each.part for each in found[Heading.RULES]} == {Part.RULE}
    assert {each.part for each in found[Heading.INDICATORS]} == {
        Part.INDICATOR,
        Part.TARGET,
    }
    assert {each.sort for each in found[Heading.REMOVED]} == {Sort.REMOVED}
    assert sum(len(listed) for listed in found.values()) == len(every)


def test_sorted_out__nothing_has_no_heading() -> None:
    assert sorted_out(PackDiff("1.0.0", "1.0.0", (), ())) == ()
