from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from desktop.app.opening import open_ledger
from desktop.app.packs import known as known_packs
from desktop.app.packs.known import KEPT
from desktop.app.packs.known import KnownPacks
from desktop.forms import load
from desktop.forms.model import Pack
from desktop.forms.written import pack_to_json
from desktop.forms.written import seal
from desktop.store.errors import DamagedError
from tests import small

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from desktop.forms.problems import Problem


@pytest.fixture
def text() -> str:
    return pack_to_json(small.small_pack())


@pytest.fixture
def checked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Give the texts that are checked in full."""
    seen: list[str] = []
    check: Callable[[str], Pack | tuple[Problem, ...]] = load.pack_from_json

    def watched(text: str) -> Pack | tuple[Problem, ...]:
        seen.append(text)
        return check(text)

    monkeypatch.setattr(load, "pack_from_json", watched)
    return seen


def test_read__checks_once_and_then_knows(
    tmp_path: Path, text: str, checked: list[str]
) -> None:
    path = tmp_path / "config" / "known-packs.json"
    first = KnownPacks(path).read(text)

    assert checked == [text]
    assert KnownPacks(path).read(text) == first == small.small_pack()
    assert checked == [text]


def test_read__a_changed_text_is_checked_again(
    tmp_path: Path, text: str, checked: list[str]
) -> None:
    known = KnownPacks(tmp_path / "known.json")
    known.read(text)
    data = json.loads(text)
    data["forms"][0]["id"] = "x; DROP TABLE eci"

    found = known.read(json.dumps(data))

    assert isinstance(found, tuple)
    assert len(checked) == 2
    assert known.read(json.dumps(data)) == found
    assert len(checked) == 3


def test_read__known_but_of_another_shape_is_checked(
    tmp_path: Path, text: str, checked: list[str]
) -> None:
    """A seal in the file is no more than a promise about the limits."""
    path = tmp_path / "known.json"
    data = {**json.loads(text), "more": 1}
    path.write_text(json.dumps([seal(json.dumps(data))]), encoding="utf-8")

    found = KnownPacks(path).read(json.dumps(data))

    assert isinstance(found, tuple)
    assert len(checked) == 1


def test_read__what_another_model_checked_is_checked_again(
    tmp_path: Path, text: str, checked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    known = KnownPacks(tmp_path / "known.json")
    known.read(text)
    monkeypatch.setitem(Pack.__annotations__, "title", "Name")
    # The reader resolves annotations of its own; the text is what counts here.
    monkeypatch.setattr(known_packs, "read_known", lambda _: None)

    known.read(text)

    assert len(checked) == 2


@pytest.mark.parametrize("kept", ["", "no JSON", "{}", "[1, null]"])
def test_read__an_unreadable_file_knows_nothing(
    tmp_path: Path, text: str, checked: list[str], kept: str
) -> None:
    path = tmp_path / "known.json"
    path.write_text(kept, encoding="utf-8")

    assert isinstance(KnownPacks(path).read(text), Pack)
    assert json.loads(path.read_text(encoding="utf-8")) == [seal(text)]


def test_read__a_disk_that_refuses_is_no_matter(tmp_path: Path, text: str) -> None:
    (tmp_path / "file").touch()

    assert isinstance(KnownPacks(tmp_path / "file" / "known.json").read(text), Pack)


def test_read__the_oldest_are_forgotten(tmp_path: Path, text: str) -> None:
    path = tmp_path / "known.json"
    many = [f"{number:064}" for number in range(KEPT + 5)]
    path.write_text(json.dumps(many), encoding="utf-8")

    KnownPacks(path).read(text)

    assert json.loads(path.read_text(encoding="utf-8")) == [*many[6:], seal(text)]


def test_open_ledger__knows_its_pack_the_second_time(
    tmp_path: Path, checked: list[str]
) -> None:
    path, known = small.make_ledger(tmp_path), KnownPacks(tmp_path / "known.json")
    checked.clear()

    for _ in range(3):
        with open_ledger(path, small.person(), known=known) as ledger:
            assert ledger.pack().id == small.small_pack().id

    assert len(checked) == 1


def test_open_ledger__a_pack_altered_in_the_file_is_refused(tmp_path: Path) -> None:
    path, known = small.make_ledger(tmp_path), KnownPacks(tmp_path / "known.json")
    open_ledger(path, small.person(), known=known).close()
    with closing(sqlite3.connect(path)) as file, file:
        file.execute('UPDATE _packs SET text = replace(text, \'"id":"\', \'"id":"-\')')

    with pytest.raises(DamagedError):
        open_ledger(path, small.person(), known=known)
