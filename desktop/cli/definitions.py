"""`taizhang definitions`: show and choose the definitions (口径) a ledger goes by."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from desktop.app.compiled import compiled_for
from desktop.app.ledgers.choosing import bearings
from desktop.app.ledgers.choosing import choices_of
from desktop.app.ledgers.choosing import choose
from desktop.app.ledgers.choosing import effects
from desktop.app.progress import run_steps
from desktop.cli.desk import DONE
from desktop.cli.desk import CannotRunError
from desktop.cli.desk import pairs_of
from desktop.cli.desk import period_of
from desktop.core.messages import Message
from desktop.export.wording import number
from desktop.forms.model import Definition
from desktop.forms.settle import DEFINITION
from desktop.forms.settle import PARAMETER
from desktop.forms.settle import choosable
from desktop.forms.settle import number_text
from desktop.store.records import Stale

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Mapping
    from decimal import Decimal

    from desktop.app.ledgers.choosing import Choice
    from desktop.app.ledgers.choosing import Effect
    from desktop.cli.desk import Desk
    from desktop.core.period import Period
    from desktop.forms.base import Sourced
    from desktop.forms.model import Pack
    from desktop.forms.model import Parameter
    from desktop.indicators.figures import Figure
    from desktop.store.ledger import Ledger


def definitions(desk: Desk, options: Namespace) -> int:
    """List what a period goes by; with `--set` choose otherwise first."""
    wanted = pairs_of(options.set, "--set")
    with desk.open(Path(options.ledger), read_only=not wanted) as ledger:
        period = period_of(ledger, options.period)
        pack = ledger.pack(period.code)
        changed = _set(ledger, period, wanted) if wanted else ()
        choices = choices_of(pack, ledger.choices(period.code))
    if options.json:
        facts = {"period": period.code, "pack": pack.id, "pack_version": pack.version}
        listed = [_facts(choice) for choice in choices]
        moved = [_moved(pack, effect) for effect in changed]
        desk.answer({**facts, "choices": listed, "effects": moved})
        return DONE
    if not choices:
        desk.tell("{pack} leaves nothing to choose.", pack=pack.title)
    for choice in choices:
        _tell(desk, choice)
    for effect in changed:
        _tell_effect(desk, pack, effect)
    return DONE


def _set(
    ledger: Ledger, period: Period, wanted: Mapping[str, str]
) -> tuple[Effect, ...]:
    """Choose, and give what became of the indicators that rest on it."""
    pack, chosen = ledger.pack(period.code), ledger.choices(period.code)
    other = {_full(pack, name): value for name, value in wanted.items()}
    action = choose(pack, chosen, period, other)
    if isinstance(action, Message):
        raise CannotRunError(action)
    bears = bearings(compiled_for(ledger, period))
    rest = {row for name in other for row in bears[name].indicators}
    made = run_steps(effects(ledger, period, other, rest)) if rest else ()
    answer = ledger.apply(action)
    if isinstance(answer, Stale):
        raise CannotRunError(answer.conflicts[0].message)
    return made


def _full(pack: Pack, name: str) -> str:
    """Put the prefix before an id that was written without."""
    known = choosable(pack)
    for prefix in (DEFINITION, PARAMETER):
        if prefix + name in known:
            return prefix + name
    return name


def _tell(desk: Desk, choice: Choice) -> None:
    what = choice.what
    own = desk.say(" (chosen here)") if choice.own else ""
    if not isinstance(what, Definition):
        value = f"{choice.now} {what.measure or ''}".rstrip()
        desk.line(f"{choice.name}  {what.title}：{value}{own}{_bounds(desk, what)}")
        return
    desk.line(f"{choice.name}  {what.title}{own}")
    for option in what.options:
        mark = "*" if option.id == choice.now else " "
        desk.line(f"  {mark} {option.id}  {option.title}")


def _bounds(desk: Desk, parameter: Parameter) -> str:
    low, high = parameter.minimum, parameter.maximum
    if low is None or high is None:
        return ""
    return desk.say(" ({low} to {high})", low=number_text(low), high=number_text(high))


def _tell_effect(desk: Desk, pack: Pack, effect: Effect) -> None:
    row = pack.indicator_by_id[effect.indicator]
    now, then = (_shown(each, row.digits) for each in (effect.now, effect.then))
    measure = row.measure or ""
    desk.line(f"  {row.title}：{now} → {then} {measure}".rstrip())


def _shown(figure: Figure, digits: int) -> str:
    return "—" if figure.shown is None else number(figure.shown, digits)


def _facts(choice: Choice) -> dict[str, object]:
    what = choice.what
    facts: dict[str, object] = {
        "name": choice.name,
        "title": what.title,
        "now": choice.now,
        "given": choice.given,
        "own": choice.own,
    }
    if isinstance(what, Definition):
        options = [
            {"id": each.id, "title": each.title, "origin": _origin(each)}
            for each in what.options
        ]
        return {**facts, "explanation": what.explanation, "options": options}
    return {
        **facts,
        "measure": what.measure,
        "minimum": _bound(what.minimum),
        "maximum": _bound(what.maximum),
        "origin": _origin(what),
    }


def _bound(number: Decimal | None) -> str | None:
    return None if number is None else number_text(number)


def _origin(sourced: Sourced) -> str | None:
    return sourced.source.quote if sourced.source else sourced.ours


def _moved(pack: Pack, effect: Effect) -> dict[str, object]:
    row = pack.indicator_by_id[effect.indicator]
    now, then = (_shown(each, row.digits) for each in (effect.now, effect.then))
    return {"indicator": row.id, "title": row.title, "before": now, "after": then}
