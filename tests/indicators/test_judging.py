from __future__ import annotations

from decimal import Decimal

from desktop.forms.schema import schema_of
from desktop.indicators.figures import Judgement
from desktop.indicators.figures import TermValue
from desktop.indicators.judging import Choice
from desktop.indicators.judging import choices_of
from desktop.indicators.judging import judgement_of
from tests.indicators.judged import ADM
from tests.indicators.judged import PROMISE
from tests.small import pack_data
from tests.small import pack_of


def choices(**over: object) -> tuple[Choice, ...]:
    data = pack_data()
    data["forms"] = [*data["forms"], ADM]
    data["indicators"] = [{**PROMISE, **over}]
    pack = pack_of(data)
    found = choices_of(pack.indicators[0], pack, schema_of(pack))
    assert isinstance(found, tuple)
    return found


def counted(*values: int | None, blank: int = 0) -> tuple[TermValue, ...]:
    return tuple(
        TermValue(None if each is None else Decimal(each), 0, blank, started=True)
        for each in values
    )


def test_choices__one_count_each_over_the_records_of_the_title() -> None:
    found = choices(title="县'城")
    assert [choice.name for choice in found] == [
        "已实现",
        "基本实现",
        "未实现",
        "不适用",
    ]
    assert found[0].count.text == (
        "COUNT(adm) FILTER (WHERE adm.about = '县''城' AND adm.stands = '已实现')"
    )


def test_choices__none_where_nobody_judges() -> None:
    assert choices(judged_by=None) == ()
    assert choices(judged_by="eci") == ()
    assert choices(judged_by="area") == ()


def test_judgement__counts_what_was_said() -> None:
    found = judgement_of(choices(), counted(2, 0, None, 1, blank=3))
    assert found == Judgement((("已实现", 2), ("不适用", 1)), 3)
    assert judgement_of(choices(), counted(None, None, None, None, blank=3)) is None
    assert judgement_of((), ()) is None
