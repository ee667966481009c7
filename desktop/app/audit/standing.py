"""Explanations (情况说明): what lets a 核实性 finding pass, and for how long.

An explanation is two notes of a record, written together: the words (`rule:<id>`) and
what they were written for (`basis:<id>`): the record's digest, the finding's sentence
and the cells it marks, each on a line. It holds as long as the numbers of the sentence
and those cells are the same; where they change it lapses, and where they come back, as
after an undo, it holds again. An explanation without a basis holds.

What words will do, the pack says (`desktop.forms.model.Explanations`).
"""

from __future__ import annotations

import re
import unicodedata
from enum import Enum
from typing import TYPE_CHECKING
from typing import Final

from desktop.app.audit.findings_board import asks_for_an_answer
from desktop.app.entry.edits import rule_topic
from desktop.core.cell_text import canonical
from desktop.core.findings import Level
from desktop.core.frozen import frozen
from desktop.core.likeness import made_of
from desktop.core.likeness import parts_of
from desktop.core.messages import message
from desktop.store.digest import record_digest

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterable
    from collections.abc import Mapping
    from typing import TypeAlias

    from desktop.core.findings import Finding
    from desktop.core.findings import RecordId
    from desktop.core.messages import Message
    from desktop.forms.model import Explanations
    from desktop.store.ledger import Ledger
    from desktop.store.records import Record

    Spot: TypeAlias = tuple[str, RecordId, str]
    """A form, a record and a rule: what an explanation is about."""

_BASIS: Final = "basis:"
_NUMBER: Final = r"[0-9]+(?:\.[0-9]+)?"
_FIGURE: Final = (
    r"[0-9]|[〇零一二两三四五六七八九十百千万亿半]+"
    r"[个名人张所家处年月日次项床户间位套台岁倍成元]"
)


class Standing(Enum):
    """Whether a finding is explained."""

    OPEN = "open"
    """Nothing was written."""
    POOR = "poor"
    """What was written does not say why."""
    LAPSED = "lapsed"
    """What was written speaks of other values."""
    STANDS = "stands"


@frozen
class Said:
    """What was written about a finding.

    `was` is the sentence it was written for, empty where that is not known; `wanting`
    says what the words lack.
    """

    standing: Standing = Standing.OPEN
    text: str = ""
    was: str = ""
    wanting: Message | None = None


NOTHING_SAID: Final = Said()


def speaks_of_figures(finding: Finding) -> bool:
    """Tell whether a finding is about numbers: its sentence has some."""
    blank = asks_for_an_answer(finding)
    return not blank and re.search(_NUMBER, finding.text) is not None


def names_figure(text: str) -> bool:
    """Tell whether a text names a number, in digits or as 两家."""
    return re.search(_FIGURE, unicodedata.normalize("NFKC", text)) is not None


def telling(text: str, demands: Explanations) -> int:
    """Count the letters of a text that say something: those beside stock phrases."""
    return sum(len(part) for part in parts_of(text) if not made_of(part, demands.stock))


def wanting(text: str, demands: Explanations | None, *, figure: bool) -> Message | None:
    """Say what a text by itself lacks; `figure` tells whether it must name a number."""
    if demands is None:
        return None
    found = telling(text, demands)
    if not found:
        return message("app.explain.stock", text=text.strip())
    if found < demands.shortest:
        return message("app.explain.short", count=demands.shortest, found=found)
    if demands.figure and figure and not names_figure(text):
        return message("app.explain.figure")
    return None


def basis_topic(rule: str) -> str:
    """Name the note that says what the explanation of a rule was written for."""
    return f"{_BASIS}{rule}"


def basis_of(finding: Finding, record: Record) -> str:
    """Write what an explanation is for, a line each."""
    says = " ".join(finding.text.split())
    digest = record_digest(record.key, record.unit, dict(record.filled()))
    return "\n".join((digest, says, *cells_of(finding, record)))


def cells_of(finding: Finding, record: Record) -> list[str]:
    """Write the cells a finding marks, as equal where they hold the same."""
    texts = (canonical(record.cell(field)) for field in finding.fields)
    return [" ".join((text or "").split()) for text in texts]


def said_in(
    ledger: Ledger,
    place: tuple[str, str],
    demands: Explanations | None,
    findings: Callable[[RecordId], Iterable[Finding]],
) -> dict[Spot, Said]:
    """Judge what was written in a form and period about the findings there are now.

    Findings nobody wrote about are not among the answers. Records are read only where
    they hold something else than when they were explained.
    """
    form, period = place
    said: dict[Spot, Said] = {}
    doubtful: list[tuple[RecordId, Finding]] = []
    noted = ledger.noted_records(form, period)
    for record, there in noted.items():
        for finding in findings(record):
            if not there.notes.get(rule_topic(finding.rule)):
                continue
            found, sure = _judged(finding, there.notes, there.digest, demands)
            said[form, record, finding.rule] = found
            if not sure:
                doubtful.append((record, finding))
    ids = list(dict.fromkeys(record for record, _ in doubtful))
    rows = {row.id: row for row in ledger.rows(form, ids)}
    for record, finding in doubtful:
        spot = form, record, finding.rule
        said[spot] = _held(said[spot], finding, rows[record], noted[record].notes)
    return said


def said_about(
    finding: Finding,
    record: Record,
    notes: Mapping[str, str],
    demands: Explanations | None,
) -> Said:
    """Judge what was written about one finding of a record that is at hand."""
    if not notes.get(rule_topic(finding.rule)):
        return NOTHING_SAID
    found, sure = _judged(finding, notes, "", demands)
    return found if sure else _held(found, finding, record, notes)


def _judged(
    finding: Finding,
    notes: Mapping[str, str],
    digest: str,
    demands: Explanations | None,
) -> tuple[Said, bool]:
    """Judge what was written; false where the record's cells have to be looked at."""
    text = notes[rule_topic(finding.rule)]
    if finding.level is not Level.WARNING:
        return Said(Standing.OPEN, text), True
    basis = notes.get(basis_topic(finding.rule), "")
    then, was, *_ = (*basis.split("\n"), "")
    lacks = wanting(text, demands, figure=speaks_of_figures(finding))
    if lacks is not None:
        return Said(Standing.POOR, text, was, lacks), True
    if basis and re.findall(_NUMBER, was) != re.findall(_NUMBER, finding.text):
        return Said(Standing.LAPSED, text, was), True
    return Said(Standing.STANDS, text, was), not basis or digest == then


def _held(
    said: Said, finding: Finding, record: Record, notes: Mapping[str, str]
) -> Said:
    """Hold the cells of now against those the words were written for."""
    _, _, *then = notes[basis_topic(finding.rule)].split("\n")
    if then == cells_of(finding, record):
        return said
    return Said(Standing.LAPSED, said.text, said.was)
