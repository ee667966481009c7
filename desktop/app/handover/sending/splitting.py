"""A submission of only some forms: one of several files, or one without rosters.

Of forms that it does not carry a file says nothing, so what was received of them stays
as it is where it arrives. Each part is a submission in its own right: it has its own
data and digest, and it does not matter in which order the parts come.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from desktop.app.reports.unit_report import Wish
from desktop.app.reports.unit_report import narrowed
from desktop.core.manifest import to_data
from desktop.core.manifest_read import read_data
from desktop.core.messages import Message
from desktop.export.building.rollup import rollup_id
from desktop.export.report import Chapter

if TYPE_CHECKING:
    from collections.abc import Collection
    from collections.abc import Mapping
    from collections.abc import Sequence

    from desktop.core.manifest import Manifest
    from desktop.export.report import FormTable
    from desktop.export.report import IndicatorLine
    from desktop.export.report import Report

ONCE = frozenset(
    {Chapter.PREFACE, Chapter.INDICATORS, Chapter.CHARTS, Chapter.DEFINITIONS}
)
"""Chapters about the whole report: of several parts only the first has them."""


def manifest_in(report: Report) -> Manifest:
    """Read the manifest a submission was given a moment ago."""
    manifest = read_data(report.data)
    # For the type checker: this program wrote the data.
    assert not isinstance(manifest, Message)  # noqa: S101 - see above
    return manifest


def part_of(
    report: Report,
    forms: Collection[str],
    left_out: frozenset[Chapter] = frozenset(),
) -> Report:
    """Make of a submission one that speaks of some of its forms.

    Of the tables by unit it keeps the totals of forms that it does not carry.
    """
    whole, stamp = manifest_in(report), report.stamp
    # For the type checker: a submission is stamped.
    assert stamp is not None  # noqa: S101 - see above
    wish = Wish(tuple(forms), report.left_out | left_out)
    missing = {rollup_id(form.id) for form in report.forms if form.id not in forms}
    kept = replace(
        report,
        rollups=tuple(each for each in report.rollups if each.id in missing),
        indicators=tuple(_resting(line, forms) for line in report.indicators),
    )
    part = narrowed(kept, stamp, wish)
    manifest = replace(
        manifest_in(part),
        units=whole.units,
        notes=tuple(note for note in whole.notes if note.form in forms),
        lineage=whole.lineage,
    )
    return replace(part, data=to_data(manifest), signature=None)


def _resting(line: IndicatorLine, forms: Collection[str]) -> IndicatorLine:
    """Leave out on which lines an indicator rests where they are not printed."""
    return replace(line, rests=tuple(one for one in line.rests if one.form in forms))


def parted(report: Report, groups: Sequence[Collection[str]]) -> tuple[Report, ...]:
    """Divide a submission into parts with these forms; the first has what is of all.

    A single group is the submission as it is.
    """
    if len(groups) < 2:  # noqa: PLR2004 - one is no division
        return (report,)
    parts = []
    for place, forms in enumerate(groups, 1):
        part = part_of(report, forms, ONCE if place > 1 else frozenset())
        title = f"{report.title}（第 {place} 部分，共 {len(groups)} 部分）"
        parts.append(replace(part, title=title))
    return tuple(parts)


def weight(form: FormTable) -> int:
    """Estimate how much of a workbook a form takes, by what stands in its cells."""
    width = len(form.stub) + len(form.columns)
    return (1 + len(form.rows)) * width


def halves(
    group: Sequence[str], weights: Mapping[str, int]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Divide forms in two that weigh about the same, each in the order they had."""
    one: list[str] = []
    other: list[str] = []
    for form in sorted(group, key=lambda each: -weights[each]):
        lighter = min((one, other), key=lambda half: sum(weights[f] for f in half))
        lighter.append(form)
    return tuple(sorted(one, key=group.index)), tuple(sorted(other, key=group.index))
