"""`taizhang period`: the reporting periods of a ledger, and a new one (上期结转)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from desktop.cli.desk import DONE
from desktop.cli.desk import CannotRunError
from desktop.cli.desk import period_of
from desktop.cli.new import wanted_period
from desktop.core.messages import message

if TYPE_CHECKING:
    from argparse import Namespace

    from desktop.cli.desk import Desk
    from desktop.store.ledger import Ledger


def period(desk: Desk, options: Namespace) -> int:
    """List the periods; with `--add`, begin one and take rosters over."""
    source = getattr(options, "from")
    if source is not None and options.add is None:
        raise CannotRunError(message("cli.from-alone"))
    with desk.open(Path(options.ledger), read_only=options.add is None) as ledger:
        if options.add is not None:
            begun = wanted_period(ledger.pack(), options.add)
            before = None if source is None else period_of(ledger, source)
            ledger.add_period(begun, before)
        facts = _facts(ledger)
    if options.json:
        desk.answer({"periods": facts})
        return DONE
    for fact in facts:
        desk.tell("{title} ({code}): {records} records", **fact)
    return DONE


def _facts(ledger: Ledger) -> list[dict[str, str | int]]:
    return [
        {
            "code": each.code,
            "title": each.title,
            "records": sum(
                ledger.count(form.id, each.code)
                for form in ledger.pack(each.code).forms
            ),
        }
        for each in ledger.periods()
    ]
