from __future__ import annotations

from desktop.core.messages import message
from desktop.intake.refusal import RefusedError


def test_about__what_the_scan_knew_outweighs_what_the_caller_adds() -> None:
    refusal = RefusedError("damaged", part="xl/a.xml")

    told = refusal.about(file="a.xlsx", part="zip")

    assert told == message("intake.damaged", file="a.xlsx", part="xl/a.xml")
