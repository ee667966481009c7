from __future__ import annotations

import pytest

from desktop.export.layout import BELOW
from desktop.export.layout import FRAME
from desktop.export.layout import INNER
from desktop.export.layout import MM
from desktop.export.layout import NUMBER
from desktop.export.layout import OUTER
from desktop.export.layout import PAPER
from desktop.export.layout import Binding
from desktop.export.layout import Lie
from desktop.export.layout import lie_of


def placed(lie: Lie, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = lie.matrix
    return (round(a * x + c * y + e, 6), round(b * x + d * y + f, 6))


@pytest.mark.parametrize(("number", "left"), [(1, INNER), (2, OUTER)])
def test_lie__an_upright_page_leaves_more_room_at_the_binding(
    number: int, left: float
) -> None:
    lie = lie_of(number, wide=False, binding=Binding.BOUND)

    assert lie.size == PAPER
    assert placed(lie, 0, 0) == (round(left, 6), round(BELOW, 6))
    assert PAPER[1] - BELOW - FRAME[1] == pytest.approx(37 * MM)
    assert lie.top(100) == 100 + BELOW


@pytest.mark.parametrize(("number", "left"), [(1, INNER), (2, OUTER)])
def test_lie__the_head_of_a_turned_page_is_at_the_left(
    number: int, left: float
) -> None:
    """That is the bound edge of odd pages and the open edge of even ones."""
    lie = lie_of(number, wide=True, binding=Binding.BOUND)
    width, height = FRAME[1], FRAME[0]

    assert lie.size == PAPER
    assert placed(lie, 0, height) == (round(left, 6), round(BELOW, 6))
    assert placed(lie, width, height) == (
        round(left, 6),
        round(BELOW + FRAME[1], 6),
    )
    assert lie.top(100) == PAPER[1]


@pytest.mark.parametrize("number", [1, 2])
def test_lie__on_a_screen_no_page_is_turned(number: int) -> None:
    wide = lie_of(number, wide=True, binding=Binding.SCREEN)
    upright = lie_of(number, wide=False, binding=Binding.SCREEN)

    assert wide.size == (PAPER[1], PAPER[0])
    assert wide.matrix[:4] == upright.matrix[:4] == (1, 0, 0, 1)
    assert wide.left + FRAME[1] == pytest.approx(wide.right)
    assert upright.left + FRAME[0] == pytest.approx(upright.right)


@pytest.mark.parametrize("binding", list(Binding))
@pytest.mark.parametrize("wide", [True, False])
def test_lie__the_number_stands_below_the_frame(binding: Binding, wide: bool) -> None:
    lie = lie_of(1, wide=wide, binding=binding)

    dashes = lie.foot + 0.35 * NUMBER
    assert lie.matrix[5] - dashes == pytest.approx(7 * MM)
    assert lie.foot > 10 * MM
