"""An XLSForm (survey, choices, settings) as the beginning of a pack.

What has a counterpart is taken over: types, labels, hints, `required`, `relevant`,
`constraint`, `calculation`, groups, lists of choices. Everything else is listed, so
that whoever goes on knows what is missing. Conditions are put into our words by
substitution and kept only if they can be read then; the columns are those of pyxform.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from dataclasses import field
from typing import TYPE_CHECKING
from typing import Final

from desktop.core.messages import message

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator
    from collections.abc import Mapping
    from collections.abc import Sequence

    from desktop.core.messages import Message

SURVEY: Final = "survey"
_KINDS: Final[Mapping[str, str]] = {
    "integer": "integer",
    "int": "integer",
    "decimal": "decimal",
    "text": "text",
    "string": "text",
    "barcode": "text",
    "date": "date",
    "acknowledge": "yes_no",
    "calculate": "decimal",
    "select_one": "choice",
    "select_multiple": "choices",
}
_SILENT: Final = frozenset({"", "start", "end", "today", "deviceid", "username"})
"""Types that ask nobody anything."""
_DIGITS: Final = 4
"""Decimals of a number whose form declares none; ours."""
_TRUE: Final = frozenset({"yes", "true", "true()", "1"})
_TOKEN: Final = re.compile(
    r"""(?P<text>'[^']*'|"[^"]*")|\$\{\s*(?P<name>[^}\s]+)\s*\}|(?P<number>\d+\.?\d*)"""
    r"""|(?P<word>[A-Za-z][\w-]*\(?)|(?P<self>\.)|(?P<other>!=|<=|>=|[-+*/=<>(),|])"""
)
_WORDS: Final[Mapping[str, str]] = {
    "and": "AND",
    "or": "OR",
    "div": "/",
    "not(": "NOT (",
    "string-length(": "LENGTH(",
    "coalesce(": "COALESCE(",
    "abs(": "ABS(",
    "round(": "ROUND(",
}
_SELECTED: Final = re.compile(
    r"""selected\(\s*(?:\$\{\s*([^}\s]+)\s*\}|(\.))\s*,\s*['"]([^'"]*)['"]\s*\)"""
)
_BLANK: Final = re.compile(r"""\$\{\s*([^}\s]+)\s*\}\s*(!?=)\s*(?:''|"")""")
_PLACEHOLDER: Final = "（待填写）"


@dataclass(frozen=True, slots=True)
class Begun:
    """The data of a pack to go on with, and what could not be taken over."""

    data: dict[str, object]
    left: tuple[Message, ...]


def begin_pack(
    name: str, year: int, sheets: Mapping[str, Sequence[Mapping[str, str]]]
) -> Begun:
    """Make the beginning of a pack; `year` stands in for those of its plan.

    `sheets` are rows of text by the head of their column; `name` is the id of a form
    that states none.
    """
    settings = next(iter(sheets.get("settings", ())), {})
    pack_id = _identifier(settings.get("form_id", "") or name) or "pack"
    title = settings.get("form_title", "") or name
    survey = _Survey(pack_id, _choices(sheets.get("choices", ())))
    survey.read(sheets.get(SURVEY, ()))
    data: dict[str, object] = {
        "id": pack_id,
        "title": title,
        "version": "1.0.0",
        "region": None,
        "period_kind": "year",
        "plan": {
            "title": _PLACEHOLDER,
            "file": _PLACEHOLDER,
            "level": _PLACEHOLDER,
            "region": _PLACEHOLDER,
            "starts": year,
            "ends": year,
        },
        "forms": survey.forms(title),
        "code_lists": survey.lists(),
        "rules": survey.rules,
        "report": {"title": title},
    }
    said = message("forms.xlsform.plan")
    return Begun(data, (said, *survey.left))


@dataclass(frozen=True, slots=True)
class _Choice:
    name: str
    label: str


def _choices(
    rows: Iterable[Mapping[str, str]],
) -> dict[str, list[_Choice]]:
    """Give the choices of each list; the label is what stands in the ledger."""
    found: dict[str, list[_Choice]] = {}
    for row in rows:
        listed = row.get("list_name", "") or row.get("list name", "")
        name = row.get("name", "") or row.get("value", "")
        if listed and name:
            label = _label(row) or name
            found.setdefault(listed, []).append(_Choice(name, label))
    return found


@dataclass(slots=True)
class _Form:
    """A roster in the making: the survey itself, or one of its repeats."""

    id: str
    title: str
    groups: dict[str, list[dict[str, object]]] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)


class _Survey:
    """Goes down the sheet `survey`."""

    def __init__(self, pack_id: str, choices: Mapping[str, list[_Choice]]) -> None:
        self._choices = choices
        self._used: dict[str, str] = {}
        self._fields: dict[str, dict[str, object]] = {}
        self._forms = [_Form(pack_id, "")]
        self._open = [self._forms[0]]
        self._titles: list[str] = []
        self.rules: list[dict[str, object]] = []
        self.left: list[Message] = []

    def forms(self, title: str) -> list[dict[str, object]]:
        return [self._roster(form, title) for form in self._forms if form.groups]

    def lists(self) -> list[dict[str, object]]:
        return [
            {
                "id": _identifier(name),
                "title": name,
                "choices": [choice.label for choice in self._choices[name]],
            }
            for name in self._used
        ]

    def read(self, rows: Iterable[Mapping[str, str]]) -> None:
        for row in rows:
            word, *more = row.get("type", "").strip().split() or [""]
            if word in ("begin", "end") and more:
                word = f"{word}_{more[0]}"
            if word.startswith(("begin_", "end_")):
                self._turn(word, row)
            elif word == "note":
                self._open[-1].notes.append(_label(row))
            elif word in _KINDS:
                self._add(word, more, row)
            elif word not in _SILENT:
                self._leave(row, "type", row["type"])

    def _turn(self, word: str, row: Mapping[str, str]) -> None:
        match word:
            case "begin_group":
                self._titles.append(_label(row))
            case "begin_repeat":
                self._titles.append("")
                form = _Form(_identifier(row.get("name", "")) or "repeat", _label(row))
                self._forms.append(form)
                self._open.append(form)
            case "end_repeat" if len(self._open) > 1:
                self._open.pop()
                self._titles.pop()
            case _ if self._titles:
                self._titles.pop()

    def _add(self, word: str, more: list[str], row: Mapping[str, str]) -> None:
        form, name = self._open[-1], _identifier(row.get("name", ""))
        if not name or name in self._fields:
            self._leave(row, "name", row.get("name", ""))
            return
        made: dict[str, object] = {"id": name, "kind": _KINDS[word]}
        made["title"] = _label(row) or row["name"]
        self._fields[name] = made
        if not self._listed(word, more, made, row):
            del self._fields[name]
            return
        if made["kind"] == "decimal":
            made["digits"] = _DIGITS
        if row.get("hint"):
            made["explanation"] = row["hint"]
        if row.get("required", "").lower() in _TRUE:
            made["blank"] = "required"
        self._condition(row, "relevant", made, "visible_when")
        self._condition(row, "calculation", made, "computed")
        self._constraint(form, row, name)
        title = "・".join(filter(None, self._titles)) or "基本情况"
        form.groups.setdefault(title, []).append(made)
        for column in ("default", "choice_filter", "trigger", "repeat_count"):
            if row.get(column):
                self._leave(row, column, row[column])

    def _listed(
        self,
        word: str,
        more: list[str],
        made: dict[str, object],
        row: Mapping[str, str],
    ) -> bool:
        """Give a choice its list; without one it cannot be a field."""
        if not word.startswith("select"):
            return True
        listed = more[0] if more else ""
        if listed not in self._choices:
            self._leave(row, "type", row["type"])
            return False
        made["code_list"] = self._used.setdefault(listed, _identifier(listed))
        if "or_other" in more:
            self._leave(row, "type", "or_other")
        return True

    def _condition(
        self, row: Mapping[str, str], column: str, made: dict[str, object], key: str
    ) -> None:
        text = row.get(column, "")
        if not text:
            return
        said = self._said(text, str(made["id"]))
        if said is None:
            self._leave(row, column, text)
        else:
            made[key] = said

    def _constraint(self, form: _Form, row: Mapping[str, str], name: str) -> None:
        text = row.get("constraint", "")
        if not text:
            return
        said = self._said(text, name)
        if said is None:
            self._leave(row, "constraint", text)
            return
        title = _label(row) or row["name"]
        words = row.get("constraint_message", "") or f"“{title}”不符合填报要求"
        self.rules.append(
            {
                "id": f"{form.id}.{name}_constraint",
                "form": form.id,
                "level": "error",
                "check": said,
                "says": re.sub(r"[{}]", "", words),
                "fields": [name],
                "ours": "XLSForm 的 constraint",
            }
        )

    def _leave(self, row: Mapping[str, str], column: str, text: str) -> None:
        name = row.get("name", "") or row.get("type", "")
        self.left.append(
            message("forms.xlsform.left", name=name, column=column, text=text)
        )

    # --- Conditions --------------------------------------------------------

    def _said(self, text: str, own: str) -> str | None:
        """Put a condition into our words; None where a word has no counterpart."""
        chosen = _SELECTED.sub(lambda found: self._choosing(found, own), text)
        told = _BLANK.sub(_answered, chosen)
        parts, end = [], 0
        for token in _TOKEN.finditer(told):
            if told[end : token.start()].strip():
                return None
            end = token.end()
            part = self._token(token, own)
            if part is None:
                return None
            parts.append(part)
        return None if told[end:].strip() else " ".join(parts)

    def _token(self, token: re.Match[str], own: str) -> str | None:
        if token["text"] is not None:
            return "'" + token["text"][1:-1].replace("'", "''") + "'"
        if token["name"] is not None:
            return _identifier(token["name"])
        if token["self"]:
            return own
        if token["word"] is not None:
            word = token["word"]
            known = _WORDS.get(word.lower())
            return (
                known
                or (word if word.rstrip("(").isupper() else None)
                or (word if word in self._fields else None)
            )
        return token["number"] or token["other"].replace("!=", "<>")

    def _choosing(self, found: re.Match[str], own: str) -> str:
        """Say `selected(${x}, 'a')`; the ledger holds the label of `a`."""
        name = _identifier(found[1]) if found[1] else own
        asked = self._fields.get(name, {})
        listed = next(
            (
                each
                for each, used in self._used.items()
                if used == asked.get("code_list")
            ),
            "",
        )
        labels = {choice.name: choice.label for choice in self._choices.get(listed, ())}
        label = labels.get(found[3], found[3])
        if asked.get("kind") == "choices":
            return f"HAS({name}, '{label}')"
        return f"${{{name}}} = '{label}'"

    def _roster(self, form: _Form, title: str) -> dict[str, object]:
        fields = [each for inside in form.groups.values() for each in inside]
        texts = [each for each in fields if each["kind"] == "text"]
        roster: dict[str, object] = {
            "kind": "roster",
            "id": form.id,
            "title": form.title or title,
            "domain": "community",
            "record": form.title or title,
            "name": (texts or fields)[0]["id"],
            "groups": [
                {"title": name, "fields": inside}
                for name, inside in form.groups.items()
            ],
        }
        return roster | ({"notes": form.notes} if form.notes else {})


def _answered(found: re.Match[str]) -> str:
    said = f"ANSWERED( ${{{found[1]}}} )"
    return said if found[2] == "!=" else f"not( {said} )"


def _label(row: Mapping[str, str]) -> str:
    """Give the Chinese label, else the first there is."""
    labels = {head: text for head, text in row.items() if head.startswith("label")}
    chinese = (
        text for head, text in labels.items() if re.search(r"zh|中文|Chinese", head)
    )
    return next(chinese, next(iter(labels.values()), "")).strip()


def _identifier(text: str) -> str:
    """Make an id of a name; empty where nothing of it can stand in one."""
    told = re.sub(r"[^a-z0-9]+", "_", text.strip().lower()).strip("_")
    return told if not told or told[0].isalpha() else f"q_{told}"


def rows_by_head(rows: Iterable[Sequence[str]]) -> Iterator[Mapping[str, str]]:
    """Read a sheet whose first row has the heads; blank cells are left out."""
    heads: Sequence[str] = ()
    for row in rows:
        if not heads:
            heads = [head.strip() for head in row]
            continue
        found = {head: text for head, text in zip(heads, row, strict=False) if text}
        if found:
            yield found
