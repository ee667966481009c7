from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from desktop.app.edits import add_record
from desktop.app.edits import set_cell
from desktop.core.changes import Action
from desktop.core.changes import DefinitionChange
from desktop.core.messages import message
from tests import small
from tests.ui.desks import KINDS
from tests.ui.desks import record_named

if TYPE_CHECKING:
    from pathlib import Path

    from desktop.core.cells import Cell
    from desktop.store.ledger import Ledger
    from desktop.ui.workplace import Workplace
    from tests.ui.conftest import Opener


def hidden(work: Workplace, form: str, name: str) -> frozenset[str] | None:
    """Ask on the ledger's thread what is not asked for."""
    record = record_named(work, form, name).id

    def ask(ledger: Ledger) -> frozenset[str] | None:
        return work.bridge.visibility.hidden(ledger, form, [record]).get(record)

    return work.session.thread.call(ask).result()


def test_hidden__follows_the_condition(kinds_work: Workplace) -> None:
    assert hidden(kinds_work, "kinds", "甲院") == frozenset()
    assert hidden(kinds_work, "kinds", "乙院") == frozenset({"reason"})
    record = record_named(kinds_work, "kinds", "乙院")
    field = kinds_work.form("kinds").by_id["kind"]
    kinds_work.session.apply(set_cell(record, field, "甲类")).result()
    assert hidden(kinds_work, "kinds", "乙院") == frozenset()


def test_hidden__a_form_without_conditions(kinds_work: Workplace) -> None:
    form, visibility = "eci", kinds_work.bridge.visibility
    asked = kinds_work.session.thread.call(
        lambda ledger: visibility.hidden(ledger, form, [])
    )
    assert asked.result() == {}


def test_hidden__conditions_are_compiled_once(
    kinds_work: Workplace, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert hidden(kinds_work, "kinds", "乙院") == frozenset({"reason"})
    monkeypatch.setattr(
        kinds_work.bridge.visibility, "_compile", lambda _: pytest.fail("again")
    )
    assert hidden(kinds_work, "kinds", "乙院") == frozenset({"reason"})


def test_hidden__a_record_that_is_gone_is_left_out(kinds_work: Workplace) -> None:
    visibility = kinds_work.bridge.visibility
    from desktop.core.findings import RecordId

    asked = kinds_work.session.thread.call(
        lambda ledger: visibility.hidden(ledger, "kinds", [RecordId(99)])
    )
    assert asked.result() == {}


def test_hidden__a_condition_that_cannot_be_read_hides_nothing(
    open_work: Opener, tmp_path: Path
) -> None:
    identity, kinds = KINDS["groups"]
    fields = [
        {**field, "visible_when": "no_such_field = 1"}
        if field["id"] == "phone"
        else field
        for field in kinds["fields"]
    ]
    form = {**KINDS, "groups": [identity, {**kinds, "fields": fields}]}
    data = small.pack_data()
    pack = small.pack_of({**data, "forms": [form, *data["forms"]]})
    path = small.make_ledger(tmp_path, pack)
    with small.opened(path) as ledger:
        roster = ledger.pack().form_by_id["kinds"]
        ledger.apply(
            add_record(roster, small.YEAR, small.STREET, "x", {"name": "丙院"})
        )
    work = open_work(path)
    assert hidden(work, "kinds", "丙院") == frozenset({"reason"})


def test_prepare__compiles_beside_the_ledgers_thread(kinds_work: Workplace) -> None:
    visibility = kinds_work.bridge.visibility
    assert not visibility.is_ready("kinds")
    visibility.prepare("kinds")
    assert visibility.is_ready("kinds")
    assert not visibility.is_ready("eci")
    assert hidden(kinds_work, "kinds", "乙院") == frozenset({"reason"})


def test_hidden__by_the_number_the_ledger_has_chosen(
    open_work: Opener, tmp_path: Path
) -> None:
    identity, kinds = KINDS["groups"]
    fields = [
        {**field, "visible_when": "count >= param.jump"}
        if field["id"] == "phone"
        else field
        for field in kinds["fields"]
    ]
    form = {**KINDS, "groups": [identity, {**kinds, "fields": fields}]}
    data = small.pack_data()
    numbers = {"parameters": small.PARAMETERS, "forms": [form, *data["forms"]]}
    path = small.make_ledger(tmp_path, small.pack_of({**data, **numbers}))
    with small.opened(path) as ledger:
        roster = ledger.pack().form_by_id["kinds"]
        cells: dict[str, Cell] = {"name": "丁院", "kind": "甲类", "count": 2}
        ledger.apply(add_record(roster, small.YEAR, small.STREET, "y", cells))
    work = open_work(path)
    assert hidden(work, "kinds", "丁院") == frozenset()
    assert work.bridge.visibility.is_ready("kinds")

    change = DefinitionChange("2025", "param.jump", "", "3")
    work.session.apply(Action(message("test"), (change,))).result()

    assert not work.bridge.visibility.is_ready("kinds")
    assert hidden(work, "kinds", "丁院") == frozenset({"phone"})
