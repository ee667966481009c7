from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.app.audit.explaining import attempt
from desktop.app.entry.edits import remove_records
from desktop.core.changes import Action
from desktop.core.messages import Message
from desktop.core.period import Period
from desktop.core.period import PeriodKind
from tests import small
from tests import telling
from tests.telling import GOOD

if TYPE_CHECKING:
    from pathlib import Path

    from desktop.store.ledger import Ledger

LATER = Period(PeriodKind.YEAR, 2026)


def tried(ledger: Ledger, text: str, *names: str) -> Action | Message:
    found = telling.findings(ledger)
    demands = ledger.pack().explanations
    return attempt(ledger, demands, [found[name] for name in names], text)


def refused(ledger: Ledger, text: str, *names: str) -> str:
    said = tried(ledger, text, *names)
    assert isinstance(said, Message)
    return said.code.removeprefix("app.explain.")


def written(ledger: Ledger, text: str, *names: str) -> Action:
    action = tried(ledger, text, *names)
    assert isinstance(action, Action), action
    ledger.apply(action)
    return action


def test_attempt__one_undo_step_with_a_name(tmp_path: Path) -> None:
    with small.opened(telling.make(tmp_path)) as ledger:
        one = written(ledger, f" {GOOD} ", "甲院")
        assert one.title.code == "app.explain"
        assert tried(ledger, GOOD, "甲院") == Action(one.title, ())
        two = written(ledger, "两家一起改造，各增 10 张床位", "乙院", "丙院")
        assert two.title.code == "app.explain-several"
        assert len(two.changes) == 4


def test_attempt__an_empty_text_takes_it_back(tmp_path: Path) -> None:
    with small.opened(telling.make(tmp_path)) as ledger:
        written(ledger, GOOD, "甲院")
        written(ledger, "  ", "甲院")
        assert ledger.noted_records("eci", "2025") == {}


def test_attempt__a_record_that_went_is_left_out(tmp_path: Path) -> None:
    with small.opened(telling.make(tmp_path)) as ledger:
        found = telling.findings(ledger)["甲院"]
        assert found.record is not None
        rows = ledger.rows("eci", [found.record])
        ledger.apply(remove_records(ledger.pack().form_by_id["eci"], rows))
        action = attempt(ledger, ledger.pack().explanations, [found], GOOD)
    assert isinstance(action, Action)
    assert action.changes == ()


def test_judge__stock_phrases(tmp_path: Path) -> None:
    with small.opened(telling.make(tmp_path)) as ledger:
        assert refused(ledger, "经核实，情况属实", "甲院") == "stock"


def test_judge__several_records_want_a_figure(tmp_path: Path) -> None:
    with small.opened(telling.make(tmp_path)) as ledger:
        for name in ("丁院", "戊院"):
            small.put(ledger, name, beds_total=10)
        found = telling.findings(ledger, telling.BLANK)
        demands, blank = ledger.pack().explanations, list(found.values())
        said = attempt(ledger, demands, blank, "机构没有报送收费标准")
        assert isinstance(said, Message)
        assert said.code == "app.explain.figures"
        told = attempt(ledger, demands, blank, "2 家机构没有报送收费标准")
        assert isinstance(told, Action)


def test_judge__several_units_explain_apart(tmp_path: Path) -> None:
    with small.opened(telling.make(tmp_path)) as ledger:
        assert refused(ledger, GOOD, "甲院", "区院") == "several-units"


def test_judge__the_words_of_another_unit(tmp_path: Path) -> None:
    with small.opened(telling.make(tmp_path)) as ledger:
        written(ledger, GOOD, "甲院")
        copied = GOOD.replace("60", "70").replace("，", "；")
        assert refused(ledger, copied, "区院") == "copied-unit"
        written(ledger, "敬老院 9 月并入，带来床位 90 张", "区院")


def test_judge__the_same_cause_within_a_unit_names_its_figure(tmp_path: Path) -> None:
    with small.opened(telling.make(tmp_path)) as ledger:
        written(ledger, GOOD, "甲院")
        written(ledger, GOOD, "乙院")
        for name in ("丁院", "戊院"):
            small.put(ledger, name, beds_total=10)
        found = telling.findings(ledger, telling.BLANK)
        demands, text = ledger.pack().explanations, "机构没有报送收费标准"
        first = attempt(ledger, demands, [found["丁院"]], text)
        assert isinstance(first, Action)
        ledger.apply(first)
        said = attempt(ledger, demands, [found["戊院"]], text)
    assert isinstance(said, Message)
    assert (said.code, dict(said.params)) == (
        "app.explain.same-cause",
        {"name": "丁院"},
    )


def test_judge__the_words_of_another_period(tmp_path: Path) -> None:
    with small.opened(telling.make(tmp_path)) as ledger:
        written(ledger, GOOD, "甲院")
        ledger.add_period(LATER, small.YEAR)
        before = telling.findings(ledger)["甲院"]
        [there] = [
            row
            for row in ledger.rows("eci", ledger.ids("eci", LATER.code))
            if row.cell("name") == "甲院"
        ]
        from dataclasses import replace

        now = replace(before, period=LATER.code, record=there.id)
        said = attempt(ledger, ledger.pack().explanations, [now], GOOD)
    assert isinstance(said, Message)
    assert said.code == "app.explain.copied-period"
    assert dict(said.params)["period"] == "2025"


def test_judge__a_pack_may_take_copies(tmp_path: Path) -> None:
    with small.opened(telling.make(tmp_path, own_words=False)) as ledger:
        written(ledger, GOOD, "甲院")
        written(ledger, GOOD, "区院")


def test_judge__a_period_whose_pack_has_no_such_form(tmp_path: Path) -> None:
    """Nothing can be copied from there."""
    with small.opened(telling.make(tmp_path)) as ledger:
        whole, pack = ledger.pack, ledger.pack()
        bare = pack.replaced(forms=pack.forms[1:])
        ledger.add_period(LATER)
        ledger.pack = (  # type: ignore[method-assign] # as after an upgrade
            lambda period=None: bare if period == LATER.code else whole(period)
        )
        written(ledger, GOOD, "甲院")
