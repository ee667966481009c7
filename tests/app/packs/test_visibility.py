from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Any

import pytest

from desktop.app.entry.edits import add_record
from desktop.app.entry.edits import set_cell
from desktop.app.opening import open_session
from desktop.app.packs.visibility import Visibility
from desktop.core.changes import Action
from desktop.core.changes import DefinitionChange
from desktop.core.findings import RecordId
from desktop.core.messages import message
from tests import asked
from tests import small
from tests.kinds import KINDS
from tests.kinds import make_kinds

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from desktop.app.session import Session
    from desktop.core.cells import Cell
    from desktop.store.ledger import Ledger
    from desktop.store.records import Record


class Eyes:
    """An open ledger, and what is not asked for in it."""

    def __init__(self, path: Path) -> None:
        self.session: Session = open_session(path, small.person())
        self.visibility = Visibility(self.session)

    def named(self, name: str) -> Record:
        rows = asked.every(self.session, "kinds")
        [found] = [each for each in rows if each.cell("name") == name]
        return found

    def of(self, form: str, *records: RecordId) -> dict[RecordId, frozenset[str]]:
        def ask(ledger: Ledger) -> dict[RecordId, frozenset[str]]:
            return self.visibility.hidden(ledger, form, records)

        return self.session.thread.call(ask).result()

    def hidden(self, name: str) -> frozenset[str] | None:
        record = self.named(name).id
        return self.of("kinds", record).get(record)


@pytest.fixture
def eyes(tmp_path: Path) -> Iterator[Eyes]:
    made = Eyes(make_kinds(tmp_path))
    yield made
    made.session.close()


def phone_asked_when(condition: str) -> dict[str, Any]:
    """Give the form of all kinds with a condition on its telephone."""
    identity, kinds = KINDS["groups"]
    fields = [
        {**field, "visible_when": condition} if field["id"] == "phone" else field
        for field in kinds["fields"]
    ]
    return {**KINDS, "groups": [identity, {**kinds, "fields": fields}]}


def with_form(folder: Path, form: dict[str, Any], **more: object) -> Path:
    """Make a ledger of the small pack with one more form, and 丙院 in it."""
    data = small.pack_data()
    pack = small.pack_of({**data, **more, "forms": [form, *data["forms"]]})
    path = small.make_ledger(folder, pack)
    cells: dict[str, Cell] = {"name": "丙院", "kind": "甲类", "count": 2}
    with small.opened(path) as ledger:
        roster = ledger.pack().form_by_id["kinds"]
        ledger.apply(add_record(roster, small.YEAR, small.STREET, "x", cells))
    return path


def test_hidden__follows_the_condition(eyes: Eyes) -> None:
    assert eyes.hidden("甲院") == frozenset()
    assert eyes.hidden("乙院") == frozenset({"reason"})
    field = eyes.session.pack.form_by_id["kinds"].by_id["kind"]
    eyes.session.apply(set_cell(eyes.named("乙院"), field, "甲类")).result()
    assert eyes.hidden("乙院") == frozenset()


def test_hidden__a_form_without_conditions(eyes: Eyes) -> None:
    assert eyes.of("eci") == {}


def test_hidden__conditions_are_compiled_once(
    eyes: Eyes, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert eyes.hidden("乙院") == frozenset({"reason"})
    monkeypatch.setattr(eyes.visibility, "_compile", lambda _: pytest.fail("again"))
    assert eyes.hidden("乙院") == frozenset({"reason"})


def test_hidden__a_record_that_is_gone_is_left_out(eyes: Eyes) -> None:
    assert eyes.of("kinds", RecordId(99)) == {}


def test_hidden__a_condition_that_cannot_be_read_hides_nothing(tmp_path: Path) -> None:
    eyes = Eyes(with_form(tmp_path, phone_asked_when("no_such_field = 1")))
    assert eyes.hidden("丙院") == frozenset()
    eyes.session.close()


def test_prepare__compiles_beside_the_ledgers_thread(eyes: Eyes) -> None:
    assert not eyes.visibility.is_ready("kinds")
    eyes.visibility.prepare("kinds")
    assert eyes.visibility.is_ready("kinds")
    assert not eyes.visibility.is_ready("eci")
    assert eyes.hidden("乙院") == frozenset({"reason"})


def test_hidden__by_the_number_the_ledger_has_chosen(tmp_path: Path) -> None:
    form = phone_asked_when("count >= param.jump")
    eyes = Eyes(with_form(tmp_path, form, parameters=small.PARAMETERS))
    assert eyes.hidden("丙院") == frozenset()
    change = DefinitionChange("2025", "param.jump", "", "3")
    eyes.session.apply(Action(message("test"), (change,))).result()
    assert not eyes.visibility.is_ready("kinds")
    assert eyes.hidden("丙院") == frozenset({"phone"})
    eyes.session.close()
