"""What an arriving file is called, how it looks, and what to do with it."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Final

from desktop.app.commands import mark
from desktop.app.handover.receiving.looking import effect_of
from desktop.app.handover.receiving.looking import size_of
from desktop.app.handover.receiving.receiving import Wish
from desktop.app.handover.receiving.rehearsing import Effect
from desktop.core.findings import Level
from desktop.exchange.lineage import Kind
from desktop.export.wording import LEVELS
from desktop.store.journal_rows import Became

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Sequence

    from desktop.app.handover.receiving.receiving import Item
    from desktop.app.handover.receiving.rehearsing import Rehearsed
    from desktop.app.handover.receiving.taking_in import Received
    from desktop.core.unit import Unit
    from desktop.core.words import Words
    from desktop.ui.look.colours import Colours
    from desktop.ui.look.colours import Tone

KINDS: Final[Mapping[Kind, str]] = {
    Kind.NEW: mark("New submission"),
    Kind.UPDATE: mark("Newer than before"),
    Kind.SAME: mark("The same again"),
    Kind.OLDER: mark("Older version"),
    Kind.FORK: mark("Two versions"),
    Kind.OTHER_PACK: mark("Other edition"),
    Kind.NOT_OURS: mark("Not for this ledger"),
    Kind.EDITED: mark("Edited outside"),
    Kind.TYPED: mark("Typed by hand"),
    Kind.DAMAGED: mark("Damaged"),
}
ADVICE: Final[Mapping[Kind, str]] = {
    Kind.NEW: mark("Look at what it brings, and take it."),
    Kind.UPDATE: mark(
        "Look at what it changes, and take it. What you changed here yourself is not "
        "overwritten unseen."
    ),
    Kind.SAME: mark("There is nothing to do. You may delete the file."),
    Kind.OLDER: mark(
        "Leave it aside, as a rule. Taking it loses nothing and changes nothing newer."
    ),
    Kind.FORK: mark(
        "Merge, and say for every cell in which they differ which one holds; ask the "
        "unit by telephone if you are not sure. Replace takes this file's word for "
        "everything."
    ),
    Kind.OTHER_PACK: mark(
        "It cannot be taken: its tables are not the same. Ask the unit to upgrade to "
        "your edition and hand in again."
    ),
    Kind.NOT_OURS: mark("Leave it. Nothing of it is taken."),
    Kind.EDITED: mark(
        "Ask the unit who changed it. Merge takes the file as the program wrote it; "
        "below you tick the changed cells that are to hold as well."
    ),
    Kind.TYPED: mark(
        "Look at what is wrong in it, choose the unit, and take the rows that are "
        "right. They become this ledger's own work, and can be taken back."
    ),
    Kind.DAMAGED: mark(
        "Ask for the file again, or copy it from the stick once more. The original is "
        "left as it is."
    ),
}
WISHES: Final[Mapping[Wish, str]] = {
    Wish.MERGE: mark("Take"),
    Wish.REPLACE: mark("Replace"),
    Wish.SKIP: mark("Leave aside"),
    Wish.WAIT: mark("Not decided"),
}
BECAME: Final[Mapping[Became, str]] = {
    Became.TAKEN: mark("Counts"),
    Became.SKIPPED: mark("Set aside"),
    Became.UNDONE: mark("Taken back"),
}


def tone_of(kind: Kind, colours: Colours) -> Tone:
    """Give the tone a class of files is shown in."""
    match kind:
        case Kind.NEW | Kind.UPDATE:
            return colours.good
        case Kind.FORK | Kind.EDITED | Kind.TYPED:
            return colours.warning
        case Kind.DAMAGED | Kind.OTHER_PACK | Kind.NOT_OURS:
            return colours.error
        case _:
            return colours.quiet


def decision(say: Words, item: Item) -> str:
    """Say what is to become of a file, and what it waits for."""
    if item.read.locked:
        return say("Password")
    if item.locked is not None:
        return say("Locked")
    if item.verdict.kind is Kind.SAME and item.plan is None:
        return say("Nothing to do")
    if item.plan is None:
        whose = item.verdict.kind is Kind.TYPED
        return say("Choose the unit") if whose else say("Cannot be taken")
    if item.counts and item.open:
        return say("{count} to choose", count=len(item.open))
    return say(WISHES[item.wish])


def effect_words(effect: Effect) -> str:
    """Say in a few letters what the rules would say anew, and no longer."""
    told = []
    for level in (Level.ERROR, Level.WARNING):
        more, less = effect.count(level)
        signs = " ".join((f"+{more}",) * bool(more) + (f"−{less}",) * bool(less))
        if signs:
            told.append(f"{LEVELS[level]} {signs}")
    return "　".join(told)


def file_line(
    say: Words,
    item: Item,
    rehearsed: Rehearsed | None,
    units: Mapping[str, Unit],
) -> tuple[str, ...]:
    """Say in one line what a file is, what it would do, and what is decided."""
    envelope, package = item.read.envelope, item.package
    unit = envelope.manifest.stamp.unit_name if envelope is not None else ""
    if package is not None and package.unit in units:
        unit = units[package.unit].name
    return (
        item.read.file,
        unit,
        say(KINDS[item.verdict.kind]),
        str(size_of(item)) if item.plan is not None else "",
        effect_words(effect_of(rehearsed, item)),
        decision(say, item),
    )


def summary(say: Words, counts: Sequence[Item], rehearsed: Rehearsed | None) -> str:
    """Say what would be taken in, and what is still wanted for it."""
    wants = sum(len(item.open) for item in counts)
    if wants:
        return say("{count} places still have to be chosen.", count=wants)
    if not counts:
        return say("Nothing is decided yet; nothing has been changed.")
    size = sum(map(size_of, counts))
    told = say("{count} files, {size} changes.", count=len(counts), size=size)
    if rehearsed is None:
        return told
    every = [*rehearsed.by_package.values(), rehearsed.elsewhere]
    appear = tuple(one for each in every for one in each.appear)
    vanish = tuple(one for each in every for one in each.vanish)
    words = effect_words(Effect(appear, vanish)) or say("nothing new")
    return f"{told} {say('Rules: {words}.', words=words)}"


def received_words(say: Words, received: Received) -> str:
    """Say what was taken in, and where it can be taken back."""
    told = say(
        "{count} files taken in, {size} changes; each can be taken back under "
        "Received so far.",
        count=len(received.taken),
        size=sum(map(size_of, received.taken)),
    )
    if received.skipped:
        told += say(" {count} left aside.", count=len(received.skipped))
    return told
