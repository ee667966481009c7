from __future__ import annotations

import pytest

from desktop.app.guide.palette import SHOWN
from desktop.app.guide.palette import Offer
from desktop.app.guide.palette import OfferKind
from desktop.app.guide.palette import likeliest

OFFERS = (
    Offer(OfferKind.COMMAND, "file.export", "导出"),
    Offer(OfferKind.COMMAND, "file.import", "导入表格…"),
    Offer(OfferKind.FORM, "eci", "养老机构调查表"),
    Offer(OfferKind.FIELD, "beds", "总床位数"),
    Offer(OfferKind.FIELD, "import_date", "表格导入日期"),
    Offer(OfferKind.LEDGER, "/a", "PDF 台账"),
    Offer(OfferKind.COMMAND, "file.collected", "收回采集表…"),
    Offer(OfferKind.COMMAND, "view.audit", "审核"),
)


@pytest.mark.parametrize(
    ("text", "targets"),
    [
        ("导入", ["file.import", "import_date"]),
        ("dr", ["file.import", "import_date"]),
        ("d", ["file.export", "file.import", "/a", "eci", "import_date"]),
        ("表 养老", ["eci"]),
        ("bg 导", ["import_date", "file.import"]),
        ("PDF", ["/a"]),
        ("pdf tz", ["/a"]),
        ("sh", ["view.audit", "file.collected"]),
        ("不存在", []),
    ],
)
def test_likeliest__by_words_and_first_letters(text: str, targets: list[str]) -> None:
    assert [offer.target for offer in likeliest(OFFERS, text)] == targets


def test_likeliest__without_a_text_all_as_they_are() -> None:
    assert likeliest(OFFERS, "  ") == OFFERS


def test_likeliest__no_more_than_anybody_reads() -> None:
    many = [Offer(OfferKind.COMMAND, str(n), f"项{n}") for n in range(200)]
    assert len(likeliest(many, "")) == SHOWN
    assert len(likeliest(many, "项")) == SHOWN
