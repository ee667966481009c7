"""`taizhang upgrade`: let a ledger go on under a newer version of its pack."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from desktop.app.ledgers.going_on import go_on_under
from desktop.app.ledgers.upgrading import plan_upgrade
from desktop.app.progress import run_steps
from desktop.cli.desk import DONE
from desktop.cli.desk import FOUND
from desktop.cli.desk import CannotRunError
from desktop.cli.desk import period_of
from desktop.cli.findings import tell_findings
from desktop.cli.named_pack import pack_of
from desktop.cli.pack_diff import diff_facts
from desktop.cli.pack_diff import tell_diff
from desktop.core.findings import Level

if TYPE_CHECKING:
    from argparse import Namespace

    from desktop.app.ledgers.upgrading import UpgradePlan
    from desktop.cli.desk import Desk


def upgrade(desk: Desk, options: Namespace) -> int:
    """Go on under a newer pack; with `--dry-run` only show what would happen."""
    pack = pack_of(desk, options.pack)
    with desk.open(Path(options.ledger), read_only=options.dry_run) as ledger:
        period = period_of(ledger, options.period)
        plan = run_steps(plan_upgrade(ledger, pack, period, desk.person))
        if plan.refusals:
            raise CannotRunError(plan.refusals[0])
        copy = None if options.dry_run else go_on_under(ledger, pack, period)
    if options.json:
        desk.answer(_facts(desk, plan, copy))
    else:
        _tell(desk, plan, copy)
    failing = any(each.finding.level is Level.ERROR for each in plan.findings)
    return FOUND if failing else DONE


def _tell(desk: Desk, plan: UpgradePlan, copy: Path | None) -> None:
    if copy is not None:
        desk.tell(
            "{periods} go by {new} now, instead of {old}.",
            periods="、".join(each.title for each in plan.periods),
            old=plan.old.version,
            new=plan.new.version,
        )
        desk.tell("The ledger as it was: {path}", path=str(copy))
    else:
        desk.told(plan.going)
    tell_diff(desk, plan.diff)
    for said in plan.remarks:
        desk.told(said)
    desk.told(plan.counted)
    tell_findings(desk, plan.new, plan.findings, everything=False)


def _facts(desk: Desk, plan: UpgradePlan, copy: Path | None) -> dict[str, object]:
    return {
        "pack": plan.new.id,
        **diff_facts(desk, plan.diff),
        "periods": [each.code for each in plan.periods],
        "applied": copy is not None,
        "copy": None if copy is None else str(copy),
        "remarks": [desk.say.message(said) for said in plan.remarks],
        "solved": plan.solved,
        "findings": [
            {
                "period": each.finding.period,
                "rule": each.finding.rule,
                "level": each.finding.level.value,
                "form": each.finding.form,
                "unit": each.finding.unit,
                "unit_name": each.unit_name,
                "name": each.name,
                "fields": list(each.finding.fields),
                "text": each.finding.text,
            }
            for each in plan.findings
        ],
    }
