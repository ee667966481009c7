from __future__ import annotations

from desktop.export import handing as words
from desktop.export.notice import Notice


def test_in_text__says_all_that_the_page_says() -> None:
    notice = Notice(
        words.HANDOVER,
        "长宁区",
        "2025年",
        ((words.UNIT, "长宁区"), (words.TAKER, "王明")),
        words.COLUMNS,
        (("事项", "", "两行\n内容", "说明"),),
        words.SAID_HANDOVER,
        words.SIDES_HANDOVER,
        foot="脚注",
    )
    lines = words.in_text(notice).split("\r\n")
    assert lines[:5] == ["台账交接清单", "长宁区", "", "单位：长宁区", "接收人：王明"]
    assert "事项  两行 内容  说明" in lines
    assert lines[-2:] == ["脚注", ""]
    assert all(said in lines for said in words.SAID_HANDOVER)
    assert all(label in lines for side in words.SIDES_HANDOVER for label in side)


def test_columns__fit_on_an_upright_page() -> None:
    assert sum(column.widest for column in words.COLUMNS) <= 440
