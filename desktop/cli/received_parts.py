"""What a received file has besides its changes: edited cells, faults, findings."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Final

from desktop.app.audit.finding_lines import place
from desktop.app.audit.standing import Standing
from desktop.app.handover.keeping.signing import facts as signature_facts
from desktop.app.verify.words import in_words
from desktop.export.wording import LEVELS

if TYPE_CHECKING:
    from collections.abc import Collection
    from collections.abc import Iterator

    from desktop.app.audit.explained import ExplainedFinding
    from desktop.app.collection.values import CellFault
    from desktop.app.handover.receiving.edited import EditedCell
    from desktop.app.handover.receiving.receiving import Item
    from desktop.app.handover.receiving.rehearsing import Effect
    from desktop.core.manifest_diff import Difference
    from desktop.core.words import Words

SHOWN: Final = 12
"""Lines of a kind that are listed; `--json` has all of them."""


def part_lines(say: Words, item: Item, accepted: Collection[str]) -> Iterator[str]:
    """Say what a file has besides its changes, a line each."""
    if item.signed is not None:
        yield say.message(item.signed.said)
    if item.locked is not None:
        yield say.message(item.locked)
    for said in item.left:
        yield say.message(said)
    for cell in item.edits[:SHOWN]:
        yield f"  {_difference(say, cell.difference)}{_state(say, cell, accepted)}"
    for edited in () if item.edits else item.read.edited[:SHOWN]:
        yield f"  {_difference(say, edited.difference)}"
    if item.typed is not None:
        for fault in item.typed.faults[:SHOWN]:
            yield f"  {fault.sheet}!{fault.cell} {fault.field} {_wrong(say, fault)}"
        for one in item.typed.repairs[:SHOWN]:
            yield f"  {one.address}: {one.before} → {one.after}"


def _difference(say: Words, difference: Difference) -> str:
    each = in_words(difference, say)
    where = " ".join(filter(None, (each.where, each.form, each.record, each.field)))
    return f"{where}: {each.was} → {each.now}"


def _state(say: Words, cell: EditedCell, accepted: Collection[str]) -> str:
    if cell.why is not None:
        return f"  ({say.message(cell.why)})"
    return say("  (accepted)") if cell.id in accepted else say("  (not accepted)")


def _wrong(say: Words, fault: CellFault) -> str:
    return f"{fault.text}: {say.message(fault.why)} {fault.mend}".rstrip()


def effect_lines(say: Words, effect: Effect) -> Iterator[str]:
    """Say what the rules would say anew, and what no longer."""
    for sign, found in (("+", effect.appear), ("-", effect.vanish)):
        for told in found[:SHOWN]:
            known = told.said.standing is Standing.STANDS
            words = say("  (explained)") if known else ""
            level = LEVELS[told.finding.level]
            text = f"{level} {place(told)}：{told.finding.text}{words}"
            yield f"  {sign} {text}"
        if len(found) > SHOWN:
            more = say("and {count} more findings", count=len(found) - SHOWN)
            yield f"  {sign} {more}"


def part_facts(say: Words, item: Item, accepted: Collection[str]) -> dict[str, object]:
    """Give what a file has besides its changes, as documented."""
    edits = {cell.id: cell for cell in item.edits}
    facts: dict[str, object] = {
        "left": [say.message(said) for said in item.left],
        "edited": [
            _edited(say, each.difference, edits.get(each.difference.where), accepted)
            for each in item.read.edited
        ],
    }
    facts["locked"] = "" if item.locked is None else say.message(item.locked)
    signed = item.signed
    facts["signature"] = None if signed is None else signature_facts(signed, say)
    facts["typed"] = None
    if item.typed is not None:
        facts["typed"] = {
            "unit": item.typed.unit,
            "rows": item.typed.rows,
            "waiting": item.typed.kept_back,
            "faults": [_fault(say, each) for each in item.typed.faults],
            "repairs": [
                {"cell": one.address, "before": one.before, "after": one.after}
                for one in item.typed.repairs
            ],
        }
    return facts


def _edited(
    say: Words,
    difference: Difference,
    cell: EditedCell | None,
    accepted: Collection[str],
) -> dict[str, object]:
    each = in_words(difference, say)
    facts: dict[str, object] = {
        "where": each.where,
        "form": each.form,
        "record": each.record,
        "field": each.field,
        "was": each.was,
        "now": each.now,
    }
    if cell is not None:
        facts["why"] = "" if cell.why is None else say.message(cell.why)
        facts["accepted"] = cell.why is None and cell.id in accepted
        facts["repairs"] = [
            {"before": one.before, "after": one.after} for one in cell.repairs
        ]
    return facts


def _fault(say: Words, fault: CellFault) -> dict[str, object]:
    return {
        "sheet": fault.sheet,
        "cell": fault.cell,
        "field": fault.field,
        "text": fault.text,
        "says": say.message(fault.why),
        "mend": fault.mend,
    }


def effect_facts(effect: Effect) -> list[dict[str, object]]:
    """Give what the rules would say anew, and what no longer."""
    sides = (("appears", effect.appear), ("vanishes", effect.vanish))
    return [_finding(each, change) for change, found in sides for each in found]


def _finding(told: ExplainedFinding, change: str) -> dict[str, object]:
    finding = told.finding
    return {
        "change": change,
        "rule": finding.rule,
        "level": finding.level.value,
        "form": finding.form,
        "unit": finding.unit,
        "record": told.name,
        "says": finding.text,
        "explained": told.said.standing is Standing.STANDS,
    }
