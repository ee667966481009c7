from __future__ import annotations

import resource
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from desktop.store.errors import DamagedError
from desktop.store.errors import DiskError
from desktop.store.errors import LedgerExistsError
from desktop.store.errors import UnfitChangeError
from desktop.store.files import NewLedger
from desktop.store.files import create_file
from desktop.store.log import read_head
from tests.store.cases import ROOT
from tests.store.cases import UNITS
from tests.store.cases import YEAR
from tests.store.cases import Desk
from tests.store.cases import pack
from tests.store.cases import unit

if TYPE_CHECKING:
    from pathlib import Path

    from desktop.core.unit import Unit
    from desktop.store.ledger import Ledger


def test_create_file__begins_with_what_every_unit_answers(
    path: Path, desk: Desk
) -> None:
    file = create_file(path, NewLedger(pack(), UNITS, YEAR), desk.origin())

    assert set(file.shelf.newest.tables) == {"home", "people"}
    assert read_head(file.connection).revision == 1
    file.close()
    left = {each.name for each in path.parent.iterdir()}
    assert left - {path.name} <= {f"{path.name}.lock"}


def test_create__never_over_a_file(ledger: Ledger, desk: Desk) -> None:
    before = ledger.path.read_bytes()

    with pytest.raises(LedgerExistsError):
        desk.create(ledger.path)

    assert ledger.path.read_bytes() == before


def test_create__somebody_was_quicker__error(path: Path) -> None:
    class Quicker(Desk):
        def new_id(self) -> str:
            path.write_text("theirs", encoding="utf-8")
            return super().new_id()

    with pytest.raises(LedgerExistsError):
        Quicker().create(path)

    assert path.read_text(encoding="utf-8") == "theirs"


def test_create__over_what_a_crash_left(path: Path, desk: Desk) -> None:
    path.with_name(path.name + ".part").write_bytes(b"half a ledger")

    with desk.create(path) as ledger:
        assert ledger.doctor().problems == ()


def test_create__another_kind_of_period__error(path: Path, desk: Desk) -> None:
    with pytest.raises(UnfitChangeError):
        desk.create(path, pack(period_kind="month"))


@pytest.mark.parametrize(
    "units",
    [
        (*UNITS, unit("310105003", "北镇", "999")),
        (*UNITS, UNITS[0]),
        (UNITS[1], UNITS[0]),
        (),
    ],
)
def test_create__units_that_are_no_tree__leaves_nothing(
    path: Path, desk: Desk, units: tuple[Unit, ...]
) -> None:
    with pytest.raises(UnfitChangeError):
        create_file(path, NewLedger(pack(), units, YEAR), desk.origin())

    assert not path.exists()
    desk.create(path).close()


def test_create__full_disk__leaves_nothing(path: Path, desk: Desk) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, hard))
    try:
        with pytest.raises(DiskError):
            desk.create(path)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))

    assert not list(path.parent.glob("*.taizhang"))
    assert not list(path.parent.glob("*.part"))


def test_open__no_pack__error(filled: Ledger, desk: Desk) -> None:
    filled.close()
    for statement in ("UPDATE _packs SET text = '{}'", "DELETE FROM _packs"):
        with closing(sqlite3.connect(filled.path, isolation_level=None)) as other:
            other.execute(statement)
        with pytest.raises(DamagedError):
            desk.open(filled.path, read_only=True)


def test_root_is_the_first_unit(ledger: Ledger) -> None:
    assert ledger.units()[0].code == ROOT
