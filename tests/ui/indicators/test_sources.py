"""Where an indicator leads a person who wants to fill what it lacks."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Any

from desktop.app.compiled import CompiledPack
from desktop.ui.indicators.sources import Source
from desktop.ui.indicators.sources import sources_of
from tests import small

if TYPE_CHECKING:
    from desktop.forms.model import Pack


def sources_with(**parts: Any) -> tuple[Source, ...]:  # noqa: ANN401 - bits of a pack
    """Give what the first indicator of the small pack reads, bent by a test."""
    first, *others = small.INDICATORS
    data = {**small.pack_data(), "indicators": [{**first, **parts}, *others]}
    return sources_of(CompiledPack(small.pack_of(data)))["nursing_share"]


def test_sources__the_fields_of_both_terms_in_their_order() -> None:
    found = sources_of(CompiledPack(small.small_pack()))
    assert found == {
        "nursing_share": (Source("eci", ("beds_nursing", "beds_total")),),
        "beds_in_years": (Source("eci", ("beds_total",)),),
    }


def test_sources__what_a_condition_reads_too() -> None:
    numerator = {
        "title": "护理型床位数",
        "value": "SUM(eci.beds_nursing) FILTER (WHERE eci.price > 0)",
    }
    assert sources_with(numerator=numerator) == (
        Source("eci", ("beds_nursing", "price", "beds_total")),
    )


def test_sources__a_form_that_is_only_counted_has_no_fields() -> None:
    numerator = {"title": "机构数", "value": "COUNT(eci)"}
    denominator = {"title": "老年人", "value": "SUM(area.pop_60plus)"}
    assert sources_with(numerator=numerator, denominator=denominator) == (
        Source("eci", ()),
        Source("area", ("pop_60plus",)),
    )


def test_sources__every_indicator_of_a_real_pack_leads_somewhere(pack: Pack) -> None:
    found = sources_of(CompiledPack(pack))
    assert found.keys() == {one.id for one in pack.indicators}
    for indicator, sources in found.items():
        assert sources, indicator
        for source in sources:
            form = pack.form_by_id[source.form]
            assert set(source.fields) <= form.by_id.keys(), indicator
