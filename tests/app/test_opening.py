from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from desktop.app.opening import open_ledger
from desktop.app.opening import open_session
from desktop.store.errors import LedgerExistsError
from desktop.store.errors import MissingLedgerError
from tests.small import make_ledger
from tests.small import person

if TYPE_CHECKING:
    from pathlib import Path


def test_create__never_over_a_file(tmp_path: Path) -> None:
    path = make_ledger(tmp_path)
    before = path.read_bytes()
    with pytest.raises(LedgerExistsError):
        make_ledger(tmp_path)
    assert path.read_bytes() == before


def test_open__for_reading_beside_a_writer(tmp_path: Path) -> None:
    path = make_ledger(tmp_path)
    with (
        open_ledger(path, person()),
        open_ledger(path, person(), read_only=True) as reader,
    ):
        assert reader.read_only
        assert reader.count("area", "2025") == 2


def test_open_session__no_file(tmp_path: Path) -> None:
    with pytest.raises(MissingLedgerError):
        open_session(tmp_path / "none.taizhang", person())
