"""Indicators that a department or a project list answers, joined with the form.

A form with `answers` says how it is asked; a row with `answered_by` names the form.
Here the row's terms get their expressions and the form's key field its choices, so that
nothing else in the program knows of it: the joined pack holds both as plain text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Final

from desktop.core.messages import message
from desktop.forms.fields import Blank
from desktop.forms.files import keyed
from desktop.forms.files import scalar_text
from desktop.forms.nodes import laid_over
from desktop.forms.nodes import with_field
from desktop.forms.nodes import without
from desktop.forms.yaml_text import List
from desktop.forms.yaml_text import Mapping
from desktop.forms.yaml_text import Node
from desktop.forms.yaml_text import Scalar

if TYPE_CHECKING:
    from collections import abc

    from desktop.forms.files import Files
    from desktop.forms.problems import Place

TITLE: Final = "{title}"
"""What a way of answering writes for the quoted title of the indicator."""
_TERMS: Final = ("numerator", "denominator")


def quoted(title: str) -> str:
    """Write a title as a text of the expression language."""
    return "'" + title.replace("'", "''") + "'"


def answered_rows(
    files: Files, forms: tuple[Node, ...], rows: tuple[Node, ...]
) -> tuple[Node, ...]:
    """Write the expressions of the indicators that a form answers.

    A term that a row computes otherwise keeps its own, where the title may stand too.
    """
    ways = {
        form.id: answers
        for form in keyed(forms)
        if isinstance(answers := form.node.items.get("answers"), Mapping)
    }
    return tuple(_answered(files, row, ways) for row in rows)


def forms_with_titles(
    files: Files, forms: tuple[Node, ...], rows: tuple[Node, ...]
) -> tuple[Node, ...]:
    """Give the key field of each form the titles of its indicators as choices."""
    return tuple(_with_titles(files, form, rows) for form in forms)


def _answered(files: Files, row: Node, ways: abc.Mapping[str, Mapping]) -> Node:
    name = scalar_text(row, "answered_by")
    answers = ways.get(name or "")
    title = scalar_text(row, "title")
    if not isinstance(row, Mapping) or answers is None or title is None:
        return row
    place = row.items["answered_by"].place
    stated = {key: row.items.get(key) for key in _TERMS}
    terms = {key: term for key, term in stated.items() if isinstance(term, Mapping)}
    kind = "ratio" if "denominator" in terms else "number"
    way = answers.items.get(kind)
    if way is None and any("value" not in term.items for term in terms.values()):
        said = message("forms.no_way", form=name or "", way=kind)
        files.refuse(said, place)
        return row
    filled = {
        key: _term(term, scalar_text(way, key) if way else None, title, place)
        for key, term in terms.items()
    }
    return laid_over(row, Mapping({**filled}, {}, row.place))


def _term(term: Mapping, wanted: str | None, title: str, place: Place) -> Mapping:
    """Give a term its expression: the form's, unless the row has one of its own."""
    own = term.items.get("value")
    text, origin = (scalar_text(own), own.place) if own else (wanted, place)
    if text is None or (own is not None and TITLE not in text):
        return term
    value = Scalar(text.replace(TITLE, quoted(title)), origin)
    return laid_over(term, Mapping({"value": value}, {"value": origin}, term.place))


def _with_titles(files: Files, form: Node, rows: tuple[Node, ...]) -> Node:
    answers = form.items.get("answers") if isinstance(form, Mapping) else None
    key = None if answers is None else scalar_text(answers, "key")
    if not isinstance(form, Mapping) or key is None:
        return form
    name = scalar_text(form, "id")
    titles = tuple(
        row.items["title"]
        for row in rows
        if name in {scalar_text(row, "answered_by"), scalar_text(row, "judged_by")}
        and isinstance(row, Mapping)
        and "title" in row.items
    )
    if not titles:
        return _plain(form, key)

    def filled(field: Mapping) -> Mapping:
        # Of another kind: lint says so, more plainly than a key too many would.
        if scalar_text(field, "kind") != "choice":
            return field
        for taken in ("choices", "code_list"):
            if taken in field.items:
                files.refuse(message("forms.key_choices"), field.keys[taken])
        choices = {"choices": List(titles, field.place)}
        return laid_over(field, Mapping({**choices}, {}, field.place))

    return with_field(form, key, filled)


def _plain(form: Mapping, key: str) -> Mapping:
    """Leave out the key of a form that answers nothing; one it insists on stays."""
    demands = {Blank.REQUIRED.value, Blank.EXPECTED.value}
    insists: list[bool] = []

    def looked_at(field: Mapping) -> Mapping | None:
        insists.append(scalar_text(field, "blank") in demands)
        return field if insists[-1] else None

    left = with_field(form, key, looked_at)
    if not insists or insists[0]:
        return form
    return without(left, {"answers"})
