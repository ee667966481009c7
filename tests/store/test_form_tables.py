from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.store.form_tables import TableLayout
from desktop.store.form_tables import Version
from desktop.store.form_tables import form_layout
from tests.forms.test_carrying import field
from tests.forms.test_carrying import system

if TYPE_CHECKING:
    from tests.forms.test_carrying import Described


def laid(*versions: list[Described], **computed: list[str]) -> TableLayout:
    """Lay a form out; `computed` has a field's SQL by version."""
    return form_layout(
        [
            Version(
                row,
                system(*fields).forms[0],
                {name: sqls[row - 1] for name, sqls in computed.items()},
            )
            for row, fields in enumerate(versions, 1)
        ]
    )


def test_form_layout__has_the_columns_of_all_versions() -> None:
    found = laid(
        [field("a", "integer"), field("b", "yes_no"), field("c", "choice")],
        [field("a", "decimal", digits=2), field("c", "text"), field("d", "date")],
    )

    assert found.columns == {
        "a": "ANY",
        "b": 'INTEGER CHECK ("b" IN (0, 1))',
        "c": "TEXT",
        "d": "TEXT",
    }
    assert found.follows == {}
    assert len(list(found.beside())) == 1
    assert found.kept_columns()[-4:] == ('"a"', '"b"', '"c"', '"d"')
    assert found.create("home").startswith('CREATE TABLE "home" (_id INTEGER')


def test_form_layout__each_record_is_computed_as_its_pack_says() -> None:
    twice = field("t", "integer", computed="a * 2")
    fields = [field("a", "integer"), twice]

    same = laid(fields, fields, t=["a * 2", "a * 2"])
    other = laid(fields, fields, fields, t=["a * 2", "a * 3", "a * 4"])

    assert same.computed == {"t": "INTEGER GENERATED ALWAYS AS (a * 2) VIRTUAL"}
    assert other.computed == {
        "t": "INTEGER GENERATED ALWAYS AS (CASE WHEN _pack < 2 THEN a * 2 "
        "WHEN _pack < 3 THEN a * 3 ELSE a * 4 END) VIRTUAL"
    }


def test_form_layout__renamed_fields_follow_where_their_kind_allows() -> None:
    number = field("c", "integer", formerly="b")
    found = laid(
        [field("a", "text"), field("b", "text")],
        [field("d", "text", formerly="a"), number, field("e", "text", formerly="x")],
        [field("a", "text", formerly="d")],
    )

    assert found.follows == {("a", "d"): 2}
    assert len(list(found.beside())) == 3
