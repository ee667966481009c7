from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from desktop.app.ledgers.going_on import go_on_under
from desktop.app.opening import open_ledger
from desktop.store.errors import UnfitChangeError
from tests.cli.test_upgrade import newer
from tests.small import YEAR
from tests.small import make_ledger
from tests.small import opened
from tests.small import pack_of
from tests.small import person
from tests.small import put

if TYPE_CHECKING:
    from pathlib import Path


def test_go_on_under__a_copy_first(tmp_path: Path) -> None:
    path = make_ledger(tmp_path)
    with opened(path) as ledger:
        put(ledger, "甲院", beds_total=10)
        copy = go_on_under(ledger, pack_of(newer()), YEAR)
        assert ledger.pack().version == "1.1.0"
        assert copy.parent == tmp_path
        there = sorted(tmp_path.iterdir())
        with pytest.raises(UnfitChangeError):
            go_on_under(ledger, pack_of(newer()), YEAR)
        assert sorted(tmp_path.iterdir()) == there
    with open_ledger(copy, person(), read_only=True) as before:
        assert before.pack().version == "1.0.0"
