"""Findings as lines on the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.app.audit.finding_lines import finding_lines
from desktop.app.audit.finding_lines import place
from desktop.app.audit.standing import Standing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desktop.app.audit.explained import ExplainedFinding
    from desktop.cli.desk import Desk
    from desktop.forms.model import Pack


def tell_findings(
    desk: Desk, pack: Pack, told: Sequence[ExplainedFinding], *, everything: bool
) -> None:
    """Say what an audit found, hardest first; `everything` names each record too."""
    for line in finding_lines(desk.say, pack, told):
        if line.rule:
            desk.tell("  {line} ({rule})", line=line.text, rule=line.rule)
        else:
            desk.line(f"  {line.text}")
        for each in line.findings if everything else ():
            desk.line(f"    {place(each)}：{each.finding.text}{_said(desk, each)}")


def _said(desk: Desk, told: ExplainedFinding) -> str:
    """Say what was written about a finding, and whether it holds."""
    text = told.said.text
    match told.said.standing:
        case Standing.STANDS:
            return desk.say(" (explained: {text})", text=text)
        case Standing.LAPSED:
            return desk.say(" (explained for other figures: {text})", text=text)
        case Standing.POOR:
            return desk.say(" (explained without a reason: {text})", text=text)
        case _:
            return ""
