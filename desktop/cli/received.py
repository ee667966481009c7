"""How received files are told of on the command line: as lines, and as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.app.handover.receiving.receiving import Wish
from desktop.app.handover.receiving.rehearsing import Effect
from desktop.app.handover.receiving.typed import is_typed
from desktop.cli.desk import CannotRunError
from desktop.cli.received_parts import SHOWN
from desktop.cli.received_parts import effect_facts
from desktop.cli.received_parts import effect_lines
from desktop.cli.received_parts import part_facts
from desktop.cli.received_parts import part_lines
from desktop.core.messages import message
from desktop.exchange.lineage import letters
from desktop.store.journal_rows import Became

if TYPE_CHECKING:
    from collections.abc import Collection
    from collections.abc import Iterable
    from collections.abc import Mapping
    from collections.abc import Sequence
    from pathlib import Path

    from desktop.app.handover.receiving.merge_words import ChangeLine
    from desktop.app.handover.receiving.merge_words import ConflictLine
    from desktop.app.handover.receiving.merge_words import MergeWords
    from desktop.app.handover.receiving.receiving import Item
    from desktop.app.handover.receiving.rehearsing import Rehearsed
    from desktop.app.handover.receiving.taking_back import TakingBack
    from desktop.cli.desk import Desk
    from desktop.exchange.journal import Journal
    from desktop.exchange.planning import Plan
    from desktop.store.journal_rows import Package


def chosen(line: ConflictLine, text: str) -> str:
    """Read a choice: `ours`, `theirs`, or a number of the sides as they are listed.

    Raises:
        CannotRunError: It is none of these.
    """
    sides = line.sides
    if text.isdecimal() and 0 < int(text) <= len(sides):
        return sides[int(text) - 1].text
    ours = [side.text for side in sides if side.ours]
    theirs = [side.text for side in sides if not side.ours]
    found = {"ours": ours, "theirs": theirs}.get(text, [])
    if len(set(found)) != 1:
        place = f"{line.place.path}={text}"
        raise CannotRunError(message("exchange.unknown_decision", text=place))
    return found[0]


class Teller:
    """Tells a person, or a script, what was received."""

    def __init__(
        self,
        desk: Desk,
        words: MergeWords,
        accepted: Mapping[Path, Collection[str]] | None = None,
        rehearsed: Rehearsed | None = None,
    ) -> None:
        """Take where it is told, the words of the plans, and what is known besides.

        `accepted` are edited cells by file.
        """
        self._desk = desk
        self._words = words
        self._accepted = accepted or {}
        self._rehearsed = rehearsed

    # --- Files -----------------------------------------------------------

    def items(self, items: Sequence[Item], *, as_json: bool, applied: bool) -> None:
        """Tell what files are, and what taking them does or would do."""
        if as_json:
            facts = [self._facts(item, applied=applied) for item in items]
            answer: dict[str, object] = {"applied": applied, "files": facts}
            if self._rehearsed is not None:
                answer["elsewhere"] = effect_facts(self._rehearsed.elsewhere)
            self._desk.answer(answer)
            return
        for item in items:
            self._item(item)
        if self._rehearsed is not None:
            lines = list(effect_lines(self._desk.say, self._rehearsed.elsewhere))
            if lines:
                self._desk.tell("In other records:")
            for line in lines:
                self._desk.line(line)
        taken = [item for item in items if item.counts]
        if applied:
            self._desk.tell("{count} files taken.", count=len(taken))
        else:
            self._desk.tell("Nothing was changed; this was only a look.")

    def conflicts(self, items: Sequence[Item]) -> None:
        """Tell what has to be decided first."""
        for item in items:
            if item.counts and item.open:
                self._item(item)

    def _item(self, item: Item) -> None:
        desk = self._desk
        desk.line(f"{item.read.file}")
        desk.told(item.verdict.said, "  ")
        accepted = self._accepted.get(item.read.path, ())
        for line in part_lines(desk.say, item, accepted):
            desk.line(f"  {line}")
        if item.plan is not None and item.package is not None:
            self._plan(item.plan, item.package)
            for line in effect_lines(desk.say, self._effect(item)):
                desk.line(f"  {line}")

    def _effect(self, item: Item) -> Effect:
        """Give what the rules would say of what a file brings."""
        known = self._rehearsed.by_package if self._rehearsed else {}
        return known.get(item.package.id if item.package else "", Effect())

    def _plan(self, plan: Plan, package: Package) -> None:
        self._changes(self._words.changes(plan))
        for line in self._words.conflicts(plan, package):
            place = line.place
            self._desk.line(f"  ? {place.form} {place.record} {place.slot}")
            for number, side in enumerate(line.sides, 1):
                about = " ".join(filter(None, (side.who, side.at)))
                self._desk.line(f"      {number}) {side.value}  {about}")
            if line.before:
                self._desk.tell("      before: {value}", value=line.before)
            self._desk.line(f"      --choose {place.path}=1")

    def _changes(self, lines: Iterable[ChangeLine]) -> None:
        changes = list(lines)
        for line in changes[:SHOWN]:
            place = line.place
            where = f"{place.form} {place.record} {place.slot}"
            values = f": {line.before} → {line.after}"
            whole = line.before == line.after
            self._desk.line(f"    {where}{'' if whole else values}")
        if len(changes) > SHOWN:
            more = len(changes) - SHOWN
            self._desk.tell("    and {count} more changes", count=more)

    def _facts(self, item: Item, *, applied: bool) -> dict[str, object]:
        say = self._desk.say
        facts: dict[str, object] = {
            "file": item.read.file,
            "kind": item.verdict.kind.value,
            "code": item.verdict.said.code,
            "says": say.message(item.verdict.said),
            "related": list(item.verdict.related),
            **part_facts(say, item, self._accepted.get(item.read.path, ())),
        }
        if item.plan is not None and item.package is not None:
            package = item.package
            facts |= {
                "package": package.id,
                "unit": package.unit,
                "period": package.period,
                "made": package.made,
                **self._plan_facts(item.plan, package),
            }
            if self._rehearsed is not None:
                facts["findings"] = effect_facts(self._effect(item))
        if applied:
            facts["became"] = _became(item)
        return facts

    def _plan_facts(self, plan: Plan, package: Package) -> dict[str, object]:
        conflicts = self._words.conflicts(plan, package)
        found = [_conflict(line) for line in conflicts]
        return {**self._changes_facts(plan), "conflicts": found}

    def _changes_facts(self, plan: Plan) -> dict[str, object]:
        return {
            "changes": [_change_facts(line) for line in self._words.changes(plan)],
            "kept": [_change_facts(line) for line in self._words.kept(plan)],
        }

    # --- Packages --------------------------------------------------------

    def packages(self, journal: Journal, *, as_json: bool) -> None:
        """List what was received, earliest first."""
        listed = list(journal.packages.values())
        if as_json:
            facts = [_package(one, journal.became(one.id)) for one in listed]
            self._desk.answer({"packages": facts})
            return
        for one in listed:
            became = self._said(journal.became(one.id))
            self._desk.line(f"{letters(one.id)}  {one.unit}  {one.file}  {became}")

    def _said(self, became: Became | None) -> str:
        say = self._desk.say
        match became:
            case Became.TAKEN:
                return say("counts")
            case Became.UNDONE:
                return say("taken back")
            case _:
                return say("left aside")

    def taking_back(self, back: TakingBack, *, as_json: bool, applied: bool) -> None:
        """Tell what taking back, or taking again, does or would do."""
        if as_json:
            facts = _package(back.package, back.part.event.became)
            after = [one.id for one in back.after]
            changes = self._changes_facts(back.plan)
            self._desk.answer({"applied": applied, **facts, "after": after, **changes})
            return
        self._desk.line(back.package.file)
        for one in back.after:
            self._desk.tell("  {file} came later and goes on to count.", file=one.file)
        self._changes(self._words.changes(back.plan))
        if back.plan.taken.empty:
            self._desk.tell("  No figure changes by it.")
        if not applied:
            self._desk.tell("Nothing was changed; this was only a look.")


def _became(item: Item) -> str:
    if item.plan is None:
        return "refused"
    if item.wish is Wish.WAIT:
        return "waiting"
    return "skipped" if item.wish is Wish.SKIP else "taken"


def _package(package: Package, became: Became | None) -> dict[str, object]:
    return {
        "package": package.id,
        "file": package.file,
        "unit": package.unit,
        "period": package.period,
        "made": package.made,
        "typed": is_typed(package.ledger),
        "became": became.value if became is not None else None,
    }


def _change_facts(line: ChangeLine) -> dict[str, object]:
    return {**_before(line), "after": line.after}


def _conflict(line: ConflictLine) -> dict[str, object]:
    sides = [
        {"who": side.who, "at": side.at, "value": side.value, "ours": side.ours}
        for side in line.sides
    ]
    return {**_before(line), "sides": sides}


def _before(line: ChangeLine | ConflictLine) -> dict[str, object]:
    place = line.place
    return {
        "place": place.path,
        "form": place.form,
        "record": place.record,
        "field": place.slot,
        "before": line.before,
    }
