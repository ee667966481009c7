"""`taizhang verify`: has a file been altered, and does the ledger say the same?"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from desktop.app.progress import run_steps
from desktop.app.verify.running import verify as verify_files
from desktop.app.verify.verifying import Verdict
from desktop.app.verify.words import in_words
from desktop.app.verify.words import save_list
from desktop.app.verify.words import text_of
from desktop.cli.desk import DONE
from desktop.cli.desk import FOUND
from desktop.cli.desk import CannotRunError
from desktop.core.messages import message

if TYPE_CHECKING:
    from argparse import Namespace

    from desktop.app.verify.verifying import Check
    from desktop.cli.desk import Desk
    from desktop.core.manifest_diff import Difference


def verify(desk: Desk, options: Namespace) -> int:
    """Check files; 0 if everything agrees, 1 if anything differs or cannot be told."""
    paths = [Path(name) for name in options.files]
    for path in paths:
        if not path.is_file():
            raise CannotRunError(message("verify.unreadable", file=str(path)))
    checks = run_steps(verify_files(paths, desk.places.reader, desk.open))
    if options.csv:
        save_list(checks, desk.say, Path(options.csv))
    if options.json:
        desk.answer({"checks": [_facts(desk, check) for check in checks]})
    else:
        desk.line(text_of(checks, desk.say).rstrip())
    agree = all(check.verdict is Verdict.AGREES for check in checks)
    return DONE if agree else FOUND


def _facts(desk: Desk, check: Check) -> dict[str, object]:
    return {
        "files": list(check.about),
        "verdict": check.verdict.value,
        "says": [desk.say.message(said) for said in check.says],
        "codes": [said.code for said in check.says],
        "sides": [desk.say.message(side) for side in check.sides],
        "differences": [_difference(desk, each) for each in check.differences],
    }


def _difference(desk: Desk, each: Difference) -> dict[str, str]:
    found = in_words(each, desk.say)
    return {
        "kind": each.kind.value,
        "form": found.form,
        "record": found.record,
        "field": found.field,
        "was": each.was,
        "now": each.now,
        "where": found.where,
    }
