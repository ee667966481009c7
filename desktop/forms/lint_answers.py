"""What makes it sensible that departments and project lists answer indicators."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Final

from desktop.expr.parse import UnitContext
from desktop.expr.schema import ValueType
from desktop.forms.answering import TITLE
from desktop.forms.answering import quoted
from desktop.forms.fields import ChoiceField
from desktop.forms.fields import TextField
from desktop.forms.model import Roster
from desktop.forms.model import Told
from desktop.forms.said import Said
from desktop.forms.said import duplicates
from desktop.forms.said import error
from desktop.forms.said import unknown_name

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Mapping

    from desktop.forms.fields import Field
    from desktop.forms.indicator import Indicator
    from desktop.forms.model import Answers
    from desktop.forms.model import Pack
    from desktop.forms.model import Way
    from desktop.forms.said import Expressions
    from desktop.forms.source_map import Path

_SAMPLE: Final = quoted("x" * (len(TITLE) - 2))
"""As long as what it stands for, so that a fault's column is right."""
_TERMS: Final[Mapping[str, tuple[str, ...]]] = {
    "number": ("numerator",),
    "ratio": ("numerator", "denominator"),
    "words": ("judgement",),
}
"""What each way of answering states, and nothing else."""


def lint_answers(pack: Pack, expressions: Expressions) -> Iterator[Said]:
    """Check the answers of forms and the indicators answered through them."""
    asking = {
        form.id: form.answers
        for form in pack.forms
        if isinstance(form, Roster) and form.answers is not None
    }
    for i, form in enumerate(pack.forms):
        if isinstance(form, Roster) and form.id in asking:
            yield from _answers(("forms", i, "answers"), form, expressions)
    for i, indicator in enumerate(pack.indicators):
        yield from _indicator(("indicators", i), indicator, asking)
    for name in asking:
        yield from duplicates(_titles(pack, name), "forms.same_title")


def _answers(path: Path, form: Roster, expressions: Expressions) -> Iterator[Said]:
    answers, stored = form.answers, {field.id: field for field in form.stored}
    assert answers is not None  # noqa: S101 - the caller has looked
    yield from _kind((*path, "key"), answers.key, stored, "choice")
    ways = {"number": answers.number, "ratio": answers.ratio, "words": answers.words}
    if not any(ways.values()):
        yield error(path, "forms.no_ways", form=form.id)
    for name, way in ways.items():
        if way is not None:
            yield from _way((*path, name), name, way, expressions)
            yield from _preset((*path, name, "preset"), way, form, expressions)
    words = answers.words
    if words is not None and words.judgement is not None:
        where = (*path, "words", "judgement")
        yield from _kind(where, words.judgement, stored, "choice")
    for name, told in answers.tells.items():
        kind = "yes_no" if told is Told.OVER_100 else "text"
        yield from _kind((*path, "tells", name), name, stored, kind)


def _kind(
    path: Path, name: str, stored: Mapping[str, Field], kind: str
) -> Iterator[Said]:
    """Ask for a stored field of one kind."""
    found = stored.get(name)
    if found is None:
        yield unknown_name(path, "forms.field", name, stored)
    elif found.kind != kind:
        yield error(path, "forms.answers_kind", field=name, kind=kind)


def _way(path: Path, name: str, way: Way, expressions: Expressions) -> Iterator[Said]:
    """Check that a way states all that it must, and that its expressions are read."""
    for key in ("numerator", "denominator", "judgement"):
        stated, wanted = getattr(way, key), key in _TERMS[name]
        if wanted and stated is None:
            yield error(path, "forms.way_lacks", way=name, key=key)
        elif stated is not None and not wanted:
            yield error((*path, key), "forms.way_idle", way=name, key=key)
        elif stated is not None and key != "judgement":
            yield from _template((*path, key), stated, expressions)


def _template(path: Path, text: str, expressions: Expressions) -> Iterator[Said]:
    if TITLE not in text:
        yield error(path, "forms.way_title", title=TITLE)
    sample = text.replace(TITLE, _SAMPLE)
    read = expressions.read(path, sample, UnitContext(), ValueType.NUMBER)
    if isinstance(read, Said):
        yield read


def _preset(
    path: Path, way: Way, form: Roster, expressions: Expressions
) -> Iterator[Said]:
    """Check that what is filled in beforehand can stand in its field."""
    stored = {field.id: field for field in form.stored}
    for name, text in way.preset.items():
        match stored.get(name):
            case None:
                yield unknown_name((*path, name), "forms.field", name, stored)
            case ChoiceField():
                choices = expressions.choices(form.id, name)
                if text not in choices:
                    yield unknown_name((*path, name), "forms.value", text, choices)
            case TextField(max_length=limit):
                if len(text) > limit:
                    said = "forms.default_too_long"
                    yield error((*path, name), said, limit=limit)
            case _:
                said = "forms.answers_kind"
                yield error((*path, name), said, field=name, kind="choice, text")


def _indicator(
    path: Path, indicator: Indicator, asking: Mapping[str, Answers]
) -> Iterator[Said]:
    """Check by whom an indicator is answered, and that somebody does."""
    for key, form in (
        ("answered_by", indicator.answered_by),
        ("judged_by", indicator.judged_by),
    ):
        if form is not None and form not in asking:
            yield unknown_name((*path, key), "forms.asking", form, asking)
    judge = asking.get(indicator.judged_by or "")
    if judge is not None and judge.words is None:
        said, form = "forms.no_way", indicator.judged_by or ""
        yield error((*path, "judged_by"), said, form=form, way="words")
    if judge is not None and indicator.judged_by == indicator.answered_by:
        yield error((*path, "judged_by"), "forms.two_answers")
    if indicator.qualitative != (indicator.judged_by is not None):
        yield error(path, "forms.judged", indicator=indicator.id)
    yield from _values(path, indicator)


def _titles(pack: Pack, form: str) -> Iterator[tuple[Path, str]]:
    """Give the titles by which a form knows its indicators."""
    for i, indicator in enumerate(pack.indicators):
        if form in {indicator.answered_by, indicator.judged_by}:
            yield ("indicators", i, "title"), indicator.title


def _values(path: Path, indicator: Indicator) -> Iterator[Said]:
    """Ask how an indicator is computed, unless it is only judged."""
    of, over = indicator.numerator, indicator.denominator
    if of.value is None and not indicator.qualitative:
        yield error((*path, "numerator"), "forms.no_value")
    elif over is not None and (of.value is None) != (over.value is None):
        silent = "numerator" if of.value is None else "denominator"
        yield error((*path, silent), "forms.half_value")
