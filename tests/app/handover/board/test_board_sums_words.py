from __future__ import annotations

from decimal import Decimal

from desktop.app.handover.board.board_sums import HandedSums
from desktop.app.handover.board.board_sums import Sum
from desktop.app.handover.board.board_sums_words import sums_heads
from desktop.app.handover.board.board_sums_words import sums_rows
from desktop.app.handover.board.board_sums_words import sums_text
from desktop.core.catalogue import CATALOGUE
from desktop.core.words import Words

SAY = Words(CATALOGUE)
BEDS = Sum("a.n", "床位", "张", {"1": Decimal("10.5"), "2": Decimal(3)}, Decimal(14))
HANDED = HandedSums(
    {"1": "东街", "2": "西街"},
    (),
    (BEDS, Sum("a.d", "人口", "人", {"2": Decimal(7)}, Decimal(7))),
    (Sum("f.x", "表：甲", "", {}),),
)


def test_sums__each_with_how_many_of_how_many_units() -> None:
    assert sums_heads(HANDED, SAY)[-2:] == ("东街", "西街")
    assert sums_rows(HANDED, SAY) == [
        ("床位", "张", "13.5", "2/2", "14 (differs)", "10.5", "3"),
        ("人口", "人", "7", "1/2", "7", "—", "7"),
        ("表：甲", "", "—", "0/2", "", "—", "—"),
    ]


def test_sums_text__is_pasted_as_a_table() -> None:
    lines = [line.split("\t") for line in sums_text(HANDED, SAY).split("\n")]
    assert {len(line) for line in lines} == {7}
    assert lines[1][0] == "床位"
