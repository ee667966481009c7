"""Packages are opened: whole, altered, sealed, signed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from desktop.app.handover.keeping.archiving import HANDED
from desktop.app.handover.keeping.archiving import whole
from desktop.app.handover.keeping.archiving_open import Looked
from desktop.app.handover.keeping.archiving_open import look_into
from desktop.app.handover.keeping.archiving_open import unpack
from desktop.app.handover.keeping.signing import EVERY
from desktop.app.handover.keeping.signing import make_key
from desktop.app.handover.keeping.signing import own_key
from desktop.app.opening import open_ledger
from desktop.app.progress import CancelledError
from desktop.core.messages import Message
from desktop.core.messages import message
from desktop.exchange.handing import LEDGER
from desktop.exchange.handing import MANIFEST
from desktop.exchange.handing import PAGE
from desktop.exchange.handing import TEXT
from desktop.exchange.lineage import Line
from desktop.exchange.lineage import marks_of
from desktop.store.errors import LedgerExistsError
from desktop.store.errors import ReadOnlyError
from tests.app.handover.packages import SUCCESSOR
from tests.app.handover.packages import archive
from tests.app.handover.packages import going_on
from tests.app.handover.packages import handover
from tests.app.handover.packages import make
from tests.app.handover.packages import rezipped
from tests.app.handover.packages import stopping_after
from tests.exchange.townships import add
from tests.exchange.townships import opened
from tests.small import make_filled
from tests.small import person

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    return make_filled(tmp_path)


@pytest.fixture
def out(tmp_path: Path) -> Path:
    made = tmp_path / "out"
    made.mkdir()
    return made


def test_unpack__the_successor_goes_on_and_both_sides_know(
    ledger: Path, out: Path, tmp_path: Path
) -> None:
    with opened(ledger) as file:
        key = make_key(file)
    made = make(ledger, handover(out))
    target = tmp_path / "王明.taizhang"
    looked = unpack(made.path, target, None, SUCCESSOR, going_on)
    assert isinstance(looked, Looked)
    assert looked.signed.code == "handing.signed"
    assert dict(looked.signed.params)["fingerprint"] == key.fingerprint
    with open_ledger(target, SUCCESSOR) as mine, opened(ledger) as theirs:
        assert own_key(mine) == key
        name = HANDED + made.package.digest[:16]
        noted = json.loads(mine.choices(EVERY)[name])
        assert noted["by"] == "王明"
        assert {**noted, "by": ""} == json.loads(theirs.choices(EVERY)[name])
        [last] = mine.log(mine.head().seq - 1)
        assert last.title == message("handing.action.taken", giver=person().who)
        assert last.who == "王明"
        identity = mine.identity()
        assert identity.ledger == theirs.identity().ledger
        assert identity.epoch != theirs.identity().epoch
        assert mine.doctor().problems == ()
        # What was handed in before is what this one goes on from.
        marks = marks_of(mine.marks())
        before = Line(
            identity.ledger, made.package.epoch, marks[: 4 * made.package.revision]
        )
        assert before.leads_to(Line(identity.ledger, identity.epoch, marks))
        add(mine, "新院", "310105001")


def test_unpack__an_archive_can_only_be_read(
    ledger: Path, out: Path, tmp_path: Path
) -> None:
    made = make(ledger, archive(out))
    target = tmp_path / "2025.taizhang"
    assert isinstance(unpack(made.path, target, None, SUCCESSOR, going_on), Looked)
    with pytest.raises(ReadOnlyError):
        open_ledger(target, SUCCESSOR)
    with open_ledger(target, SUCCESSOR, read_only=True) as kept:
        assert kept.head().hash.hex() == made.package.head
        assert kept.doctor().problems == ()


@pytest.mark.parametrize("name", [LEDGER, TEXT, PAGE])
def test_look_into__an_altered_file_is_named(
    ledger: Path, out: Path, tmp_path: Path, name: str
) -> None:
    made = make(ledger, handover(out))
    other = rezipped(made.path, name, lambda data: data[:-1] + b"?")
    found = look_into(other, None, going_on)
    assert found == message("handing.damaged", what=name)
    assert whole(other, going_on) == found
    if name == LEDGER:
        target = tmp_path / "b.taizhang"
        assert unpack(other, target, None, SUCCESSOR, going_on) == found
        assert not target.exists()


def test_look_into__words_that_were_altered_break_the_signature(
    ledger: Path, out: Path, tmp_path: Path
) -> None:
    with opened(ledger) as file:
        make_key(file)
    made = make(ledger, handover(out))
    said = "王明".encode()
    other = rezipped(
        made.path, MANIFEST, lambda data: data.replace(said, "王五".encode())
    )
    assert look_into(other, None, going_on) == message("handing.broken")
    target = tmp_path / "b.taizhang"
    found = unpack(other, target, None, SUCCESSOR, going_on)
    assert found == message("handing.broken")

    def foreign(data: bytes) -> bytes:
        return data.replace(b'"ed25519"', b'"sm2"')

    foreign_one = look_into(rezipped(made.path, MANIFEST, foreign), None, going_on)
    assert isinstance(foreign_one, Looked)
    assert foreign_one.signed.code == "sign.unknown_scheme"


def test_look_into__what_is_no_package_is_said(tmp_path: Path) -> None:
    path = tmp_path / "p.zip"
    path.write_bytes(b"nothing")
    assert look_into(path, None, going_on) == message("handing.no_package")
    target = tmp_path / "b.taizhang"
    found = unpack(path, target, None, SUCCESSOR, going_on)
    assert found == message("handing.no_package")
    assert whole(path, going_on) == message("handing.no_package")


def test_look_into__a_disk_that_fails_is_said(
    ledger: Path, out: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = make(ledger, handover(out))
    found = look_into(tmp_path, None, going_on)
    assert isinstance(found, Message)
    assert found.code == "handing.unreadable"

    def fails(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("desktop.app.handover.keeping.archiving_open.take_out", fails)
    assert look_into(made.path, None, going_on) == message(
        "handing.unreadable", detail="No space left on device"
    )


def test_unpack__nothing_is_ever_overwritten(ledger: Path, out: Path) -> None:
    made = make(ledger, handover(out))
    before = ledger.read_bytes()
    with pytest.raises(LedgerExistsError):
        unpack(made.path, ledger, None, SUCCESSOR, going_on)
    assert ledger.read_bytes() == before


def test_unpack__can_be_stopped_and_leaves_nothing(
    ledger: Path, out: Path, tmp_path: Path
) -> None:
    made = make(ledger, handover(out))
    target = tmp_path / "b.taizhang"
    watch, _ = stopping_after(0)
    with pytest.raises(CancelledError):
        look_into(made.path, None, watch)
    with pytest.raises(CancelledError):
        unpack(made.path, target, None, SUCCESSOR, watch)
    assert not target.exists()
