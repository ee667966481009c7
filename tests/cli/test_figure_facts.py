from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from desktop.cli.figure_facts import figure_facts
from desktop.indicators.figures import Judgement
from desktop.indicators.figures import Status
from tests.export.samples import PACK
from tests.export.samples import SHARE

if TYPE_CHECKING:
    from typing import Any


def facts(**over: Any) -> dict[str, object]:  # noqa: ANN401 - any part of a figure
    from dataclasses import replace

    return figure_facts(PACK, replace(SHARE, **over))


def test_facts__of_a_judgement() -> None:
    judgement = Judgement((("已实现", 3), ("未实现", 1)), 2)
    found = facts(status=Status.JUDGED, judgement=judgement)
    assert found["status"] == "judged"
    assert found["judgement"] == {
        "counts": [
            {"choice": "已实现", "count": 3},
            {"choice": "未实现", "count": 1},
        ],
        "open": 2,
    }


def test_facts__numbers_keep_their_digits() -> None:
    found = facts(shown=Decimal("33.33"))
    assert found["value"] == 33.33
    assert facts(shown=None)["value"] is None
