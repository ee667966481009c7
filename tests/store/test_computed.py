from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from desktop.store.computed import computed_sql
from desktop.store.errors import UnfitChangeError
from tests.store.cases import do
from tests.store.cases import key
from tests.store.cases import pack
from tests.store.cases import set_cell

if TYPE_CHECKING:
    from pathlib import Path

    from desktop.store.ledger import Ledger
    from tests.store.cases import Desk


def test_computed_sql__only_for_computed_fields() -> None:
    found = computed_sql(pack())

    assert {form: set(columns) for form, columns in found.items()} == {
        "home": {"double"},
        "people": set(),
    }


def test_computed__follows_its_record(filled: Ledger) -> None:
    do(filled, set_cell("a", "beds", 10, 21))

    record = filled.record(key("a"))
    assert record is not None
    assert record.cell("double") == 42


def test_computed_sql__an_expression_that_is_wrong__error(
    path: Path, desk: Desk
) -> None:
    with pytest.raises(UnfitChangeError) as caught:
        desk.create(path, pack(computed="bedz * 2"))

    assert dict(caught.value.message.params) == {"form": "home", "field": "double"}
    assert not path.exists()
