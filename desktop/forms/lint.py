"""Everything that is wrong with a pack that could be read, at once.

The models say what a pack may look like; here is what makes it sensible: names that
resolve, expressions that parse, numbers that agree, origins that are stated.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.core.likeness import parts_of
from desktop.forms.implied import implied_ids
from desktop.forms.indicator import Indicator
from desktop.forms.lint_answers import lint_answers
from desktop.forms.lint_choices import lint_choices
from desktop.forms.lint_forms import lint_forms
from desktop.forms.lint_indicators import lint_indicators
from desktop.forms.lint_layouts import lint_layouts
from desktop.forms.lint_rules import lint_rules
from desktop.forms.lint_taken import lint_above
from desktop.forms.lint_taken import lint_changed
from desktop.forms.lint_taken import lint_left_out
from desktop.forms.load import Loaded
from desktop.forms.load import read_pack
from desktop.forms.problems import Problem
from desktop.forms.problems import in_order
from desktop.forms.said import Expressions
from desktop.forms.said import Said
from desktop.forms.said import duplicates
from desktop.forms.said import error
from desktop.forms.said import info
from desktop.forms.said import warning
from desktop.forms.schema import schema_of
from desktop.forms.source_map import SourceMap

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from desktop.forms.base import Sourced
    from desktop.forms.model import Pack
    from desktop.forms.source_map import Path as PartPath


def lint_pack(pack: Pack, where: SourceMap | None = None) -> tuple[Problem, ...]:
    """Say everything that is wrong with a pack, in order of place."""
    places = where or SourceMap()
    return in_order([said.problem(places) for said in _all(pack)])


def lint(root: Path, pack_id: str, library: Path | None = None) -> tuple[Problem, ...]:
    """Read the pack `root/pack_id` and say everything that is wrong with it.

    `library` is another folder of packs, whose shared library and packs serve where
    `root` has none.
    """
    loaded = read_pack(root, pack_id, library)
    if not isinstance(loaded, Loaded):
        return loaded
    # All else would only repeat, less plainly, that a field is gone.
    said = list(lint_left_out(loaded.pack, loaded.took))
    if not said:
        said += _all(loaded.pack)
        said += lint_changed(loaded.pack, loaded.took)
        said += _above((root, library or root), loaded.pack)
    return in_order([each.problem(loaded.source) for each in said])


def _above(roots: tuple[Path, Path], pack: Pack) -> Iterator[Said]:
    """Hold a pack against those of the levels above."""
    root, library = roots
    for i, name in enumerate(pack.above):
        above = read_pack(root, name, library)
        if not isinstance(above, Loaded) and library != root:
            above = read_pack(library, name)
        if isinstance(above, Loaded) and name != pack.id:
            yield from lint_above(pack, i, above.pack)
        else:
            yield error(("above", i), "forms.above_unread", pack=name)


def _all(pack: Pack) -> Iterator[Said]:
    expressions = Expressions(pack, schema_of(pack))
    yield from _ids(pack)
    yield from _plan(pack)
    yield from _origins(pack)
    yield from lint_forms(pack, expressions)
    read_forms: set[str] = set()
    yield from lint_rules(pack, expressions, read_forms)
    yield from lint_indicators(pack, expressions, read_forms)
    yield from lint_choices(pack, expressions, read_forms)
    yield from lint_answers(pack, expressions)
    yield from lint_layouts(pack)
    yield from _idle_forms(pack, read_forms)


def _ids(pack: Pack) -> Iterator[Said]:
    """Refuse ids that stand twice; a rule may not take the id of an implied one."""
    implied = ((("forms",), each) for form in pack.forms for each in implied_ids(form))
    named = ((("rules", i, "id"), rule.id) for i, rule in enumerate(pack.rules))
    yield from duplicates((*implied, *named), "forms.duplicate_id")
    for part in ("forms", "indicators", "parameters", "definitions", "code_lists"):
        ids = (((part, i, "id"), each.id) for i, each in enumerate(getattr(pack, part)))
        yield from duplicates(ids, "forms.duplicate_id")
    for i, code_list in enumerate(pack.code_lists):
        path = ("code_lists", i, "choices")
        choices = (((*path, k), each) for k, each in enumerate(code_list.choices))
        yield from duplicates(choices, "forms.duplicate_choice")


def _plan(pack: Pack) -> Iterator[Said]:
    plan = pack.plan
    if plan.starts > plan.ends:
        path = ("plan", "ends")
        yield error(path, "forms.plan_years", starts=plan.starts, ends=plan.ends)
    if plan.judges is not None and pack.region is not None:
        yield error(("plan", "judges"), "forms.judges_region")


def _origins(pack: Pack) -> Iterator[Said]:
    """Ask each rule, indicator, parameter and option whether a plan or we say it.

    So is what a 情况说明 must be like.
    """
    for part in ("rules", "indicators", "parameters"):
        for i, sourced in enumerate(getattr(pack, part)):
            yield from _origin((part, i), sourced)
    for i, definition in enumerate(pack.definitions):
        for j, option in enumerate(definition.options):
            yield from _origin(("definitions", i, "options", j), option)
    if pack.explanations is not None:
        yield from _origin(("explanations",), pack.explanations)
        for k, phrase in enumerate(pack.explanations.stock):
            if parts_of(phrase) != [phrase]:
                path = ("explanations", "stock", k)
                yield warning(path, "forms.phrase_with_signs", phrase=phrase)


def _origin(path: PartPath, sourced: Sourced) -> Iterator[Said]:
    if sourced.source is None and sourced.ours is None:
        yield error(path, "forms.no_origin")
    # A plan's sentence says that an indicator is wanted; how several plans define it
    # in common is ours.
    shared = isinstance(sourced, Indicator) and sourced.concept is not None
    if sourced.source is not None and sourced.ours is not None and not shared:
        yield error((*path, "ours"), "forms.two_origins")


def _idle_forms(pack: Pack, read_forms: set[str]) -> Iterator[Said]:
    """Point out forms that no rule and no indicator reads."""
    for i, form in enumerate(pack.forms):
        if form.id not in read_forms:
            yield info(("forms", i), "forms.idle_form", form=form.id)
