from __future__ import annotations

from desktop.export.chart.data import PRINT
from desktop.export.chart.data import Sign
from desktop.export.chart.data import sign_of
from desktop.indicators.figures import Status


def test_sign__every_standing_has_one_and_every_sign_a_colour_of_its_own() -> None:
    assert {sign_of(status) for status in Status} == set(Sign)
    colours = [PRINT.of(sign) for sign in Sign]
    assert len(set(colours)) == len(colours)
    assert PRINT.of(sign_of(Status.NOT_REACHED)) == PRINT.bad
