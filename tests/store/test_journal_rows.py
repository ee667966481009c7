from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from hashlib import sha256
from typing import TYPE_CHECKING

import pytest

from desktop.core.messages import message
from desktop.store.errors import DamagedError
from desktop.store.errors import StoppedError
from desktop.store.errors import UnfitChangeError
from desktop.store.journal_rows import Became
from desktop.store.journal_rows import Event
from desktop.store.journal_rows import Package
from desktop.store.journal_rows import Part
from desktop.store.records import Applied
from desktop.store.records import EntryKind
from desktop.store.records import Stale
from tests.store.cases import EAST
from tests.store.cases import added
from tests.store.cases import do
from tests.store.cases import key

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from desktop.core.changes import Change
    from desktop.store.ledger import Ledger
    from desktop.store.records import Answer
    from tests.store.cases import Desk

TITLE = message("test")


def package(data: bytes = b"whole", period: str = "2025") -> Package:
    return Package(
        sha256(data).hexdigest(),
        "华阳.xlsx",
        period,
        EAST,
        (EAST, EAST + "001"),
        "l",
        "e",
        "2026-01-02",
        data,
    )


def taken(arrived: Package, *changes: Change) -> Part:
    return Part(Event(arrived.id, Became.TAKEN, '{"over":null}'), changes, arrived)


def receive(ledger: Ledger, *parts: Part) -> Answer:
    return ledger.receive(TITLE, parts)


def test_receive__package_event_changes_and_log_are_one_action(ledger: Ledger) -> None:
    arrived = package()
    before = ledger.head().revision

    answer = receive(ledger, taken(arrived, added("a", name="甲院", beds=10)))

    assert answer == Applied(before + 1, frozenset({key("a")}))
    (found,) = ledger.packages()
    assert found == replace(arrived, data=b"")
    assert ledger.package_data(arrived.id) == b"whole"
    (event,) = ledger.journal()
    assert (event.package, event.became, event.body) == (
        arrived.id,
        Became.TAKEN,
        '{"over":null}',
    )
    assert (event.seq, event.revision, event.who) == (1, before + 1, "王")
    packages = [entry for entry in ledger.log() if entry.kind is EntryKind.PACKAGE]
    assert [entry.after["became"] for entry in packages] == ["taken"]
    assert [entry.revision for entry in ledger.log()[-2:]] == [before + 1] * 2
    assert ledger.doctor().problems == ()
    assert ledger.doctor().counts["received"] == 1


def test_packages__of_a_period(ledger: Ledger) -> None:
    receive(ledger, taken(package()), taken(package(b"other", "2026")))

    assert [each.period for each in ledger.packages("2026")] == ["2026"]
    assert len(ledger.packages()) == 2


def test_receive__a_later_event_without_the_package(ledger: Ledger) -> None:
    arrived = package()
    receive(ledger, taken(arrived))

    receive(ledger, Part(Event(arrived.id, Became.UNDONE, "{}")))

    assert [each.became for each in ledger.journal()] == [Became.TAKEN, Became.UNDONE]
    entry = ledger.log()[-1]
    assert (entry.before["became"], entry.after["became"]) == ("taken", "undone")
    assert ledger.doctor().problems == ()


@pytest.mark.parametrize("at", [0, 1])
def test_receive__stopped_leaves_it_as_it_was(ledger: Ledger, at: int) -> None:
    before = ledger.head()
    parts = [
        taken(package(), added("a", name="甲院")),
        taken(package(b"other"), added("b", name="乙院")),
    ]
    asked = iter([True] * at + [False])

    with pytest.raises(StoppedError):
        ledger.receive(TITLE, parts, lambda: next(asked))

    assert ledger.head() == before
    assert ledger.packages() == []
    assert ledger.journal() == []
    assert ledger.count("home", "2025") == 0


def parts_that_fail(ledger: Ledger) -> Sequence[Part]:
    do(ledger, added("b", name="乙院"))
    good = taken(package(), added("a", name="甲院"))
    return [good, taken(package(b"other"), added("b", name="别的"))]


def test_receive__what_changed_meanwhile_refuses_all(ledger: Ledger) -> None:
    parts = parts_that_fail(ledger)

    answer = receive(ledger, *parts)

    assert isinstance(answer, Stale)
    assert ledger.packages() == []
    assert ledger.record(key("a")) is None


def test_receive__what_does_not_fit_refuses_all(ledger: Ledger) -> None:
    with pytest.raises(UnfitChangeError):
        receive(ledger, taken(package(), added("a", colour="红")))

    assert ledger.packages() == []


def test_package_data__error(ledger: Ledger) -> None:
    with pytest.raises(KeyError):
        ledger.package_data("none")


def altered(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path)) as file, file:
        for table in ("_packages", "_journal"):
            for verb in ("update", "delete"):
                file.execute(f"DROP TRIGGER {table}_no_{verb}")
        for each in statements:
            file.execute(each)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE _packages SET data = x'00'",
        "UPDATE _journal SET body = '[]'",
        "UPDATE _journal SET became = 'skipped'",
        "DELETE FROM _journal",
        "INSERT INTO _journal SELECT 9, revision, package, became, body FROM _journal",
    ],
)
def test_doctor__finds_what_was_altered(
    ledger: Ledger, desk: Desk, statement: str
) -> None:
    receive(ledger, taken(package()))
    ledger.close()
    altered(ledger.path, statement)

    with desk.open(ledger.path) as other:
        problems = other.doctor().problems

    assert "store.doctor.package" in {problem.code for problem in problems}


def test_package_data__that_are_others_are_refused(ledger: Ledger, desk: Desk) -> None:
    receive(ledger, taken(package()), taken(package(b"other")))
    ledger.close()
    other = package(b"other")
    altered(
        ledger.path,
        "UPDATE _packages SET data = (SELECT data FROM _packages "
        f"WHERE id = '{other.id}')",
    )

    with desk.open(ledger.path) as again, pytest.raises(DamagedError):
        again.package_data(package().id)


def test_tables__only_grow(ledger: Ledger) -> None:
    receive(ledger, taken(package()))

    with closing(sqlite3.connect(ledger.path)) as file:
        for table in ("_packages", "_journal"):
            with pytest.raises(sqlite3.IntegrityError, match="what was received"):
                file.execute(f"DELETE FROM {table}")


def test_marks__one_a_revision(filled: Ledger) -> None:
    marks = filled.marks()

    assert len(marks) == filled.head().revision
    assert marks[-1] == filled.head().hash


def old_ledger(path: Path, desk: Desk) -> None:
    desk.create(path).close()
    altered(
        path,
        "DROP TABLE _journal",
        "DROP TABLE _packages",
        "DELETE FROM _migrations WHERE name = '0005_received'",
        "PRAGMA user_version = 4",
    )


@pytest.mark.unmeasured
def test_open__a_ledger_without_a_journal_gets_one(path: Path, desk: Desk) -> None:
    old_ledger(path, desk)

    with desk.open(path) as ledger:
        assert isinstance(receive(ledger, taken(package())), Applied)
        assert ledger.doctor().problems == ()
