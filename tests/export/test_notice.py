from __future__ import annotations

from desktop.export import notice
from desktop.export.notice import Column
from desktop.export.notice import Notice


def test_notice__says_no_sum_unless_told() -> None:
    made = Notice("回执", "长宁区", "2025年", (), (), (), (), ((), ()))

    assert (made.code, made.foot, made.summed) == ("", "", False)
    assert Column("报表", 1.0, 2.0).align == -1
    assert len(notice.SLIP_HEADS) == 6
