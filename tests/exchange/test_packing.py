from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from desktop.core.changes import FacilityId
from desktop.core.changes import RecordKey
from desktop.core.manifest import Line
from desktop.core.manifest import Manifest
from desktop.core.manifest import Note
from desktop.core.manifest import Table
from desktop.core.manifest import TableKind
from desktop.core.messages import Message
from desktop.core.messages import message
from desktop.exchange import packing
from desktop.exchange.content import nil_key
from desktop.exchange.content import nil_slots
from desktop.exchange.packing import Unpacked
from desktop.exchange.packing import Unpacker
from desktop.exchange.packing import travelling_forms
from desktop.forms.load import load_pack
from desktop.forms.model import Pack
from tests.exchange.townships import COUNTY
from tests.exchange.townships import EAST
from tests.exchange.townships import WEST
from tests.exchange.townships import Desks
from tests.exchange.townships import add
from tests.exchange.townships import area
from tests.exchange.townships import content_of
from tests.exchange.townships import home
from tests.exchange.townships import manifest_of
from tests.exchange.townships import nil
from tests.exchange.townships import note
from tests.exchange.townships import opened
from tests.exchange.townships import street
from tests.small import small_pack

PACKS = Path(__file__).parents[2] / "resources" / "packs"
HERE = frozenset([COUNTY, EAST, WEST])
VILLAGE = EAST + "201"


@pytest.fixture(scope="module")
def manifest(tmp_path_factory: pytest.TempPathFactory) -> Manifest:
    with opened(Desks(tmp_path_factory.mktemp("east")).new(street(EAST))) as ledger:
        add(ledger, "甲院", EAST, beds_total=10)
        note(ledger, "甲院", "field:beds_total", "盘点过")
        note(ledger, "甲院", "flag:beds_total", "再看")
        nil(ledger, EAST, now=True)
        made = manifest_of(ledger)
        assert unpacked(made).content == content_of(ledger)
    return made


def unpacked(manifest: Manifest, pack: Pack | None = None) -> Unpacked:
    found = Unpacker(pack or small_pack(), HERE).unpack(manifest)
    assert isinstance(found, Unpacked), found
    return found


def with_rows(manifest: Manifest, form: str, *rows: Line) -> Manifest:
    tables = tuple(
        replace(table, rows=rows) if table.id == form else table
        for table in manifest.tables
    )
    return replace(manifest, tables=tables)


def home_line(unit: str, beds: str | None = "n:5", key: str = "乙院") -> Line:
    return Line(key, unit, "乙院", ("t:乙院", None, None, beds, None, None))


def test_for_submission__what_is_for_others_travels(manifest: Manifest) -> None:
    assert manifest.notes == (
        Note("eci", "甲院", "field:beds_total", "盘点过"),
        Note("eci", EAST, "_nil", "1"),
    )
    assert manifest.units == ((EAST, "华阳路街道"),)
    assert manifest.lineage is not None
    assert manifest.lineage.counts == (("eci", 1), ("area", 1))
    assert len(manifest.lineage.marks) == 4 * manifest.stamp.revision


def test_unpack__what_it_speaks_for(manifest: Manifest) -> None:
    found = unpacked(manifest)

    assert found.forms == {"eci", "area"}
    assert found.units == {EAST}
    assert found.left == ()
    assert found.content[nil_key("eci", "2025", EAST)] == nil_slots(EAST)


def test_unpack__a_village_the_county_does_not_have(manifest: Manifest) -> None:
    other = replace(
        with_rows(
            manifest,
            "eci",
            home_line(VILLAGE),
            home_line("x", key="丙院"),
            home_line("x", key="丁院"),
        ),
        units=(*manifest.units, (VILLAGE, "某村")),
    )
    other = with_rows(other, "area", Line(VILLAGE, VILLAGE, "某村", ("n:3",)))

    found = unpacked(other)

    assert found.content[home("乙院")]["_unit"] == EAST
    assert found.content[home("丙院")]["_unit"] == EAST
    assert area(VILLAGE) not in found.content
    said = {one.code: dict(one.params)["count"] for one in found.left}
    assert said == {"exchange.left_unit": 1, "exchange.lifted": 3}


def test_unpack__other_tables_than_forms_are_for_reading(manifest: Manifest) -> None:
    figures = Table("_figures", "指标", TableKind.FIGURES, (), ())

    other = replace(manifest, tables=(*manifest.tables, figures))

    assert unpacked(other) == unpacked(manifest)


def test_unpack__of_forms_not_carried_nothing_is_said(manifest: Manifest) -> None:
    areas = tuple(table for table in manifest.tables if table.id == "area")

    found = unpacked(replace(manifest, tables=areas))

    assert found.forms == {"area"}
    assert {key.form for key in found.content} == {"area"}
    assert found.left == (message("exchange.part", count=1, total=2),)


def test_unpack__a_form_the_ledger_does_not_have(manifest: Manifest) -> None:
    line = Line("a", EAST, "", ())
    strange = Table("strange", "怪表", TableKind.FORM, (), (line,))
    empty = replace(strange, id="empty", rows=())

    found = unpacked(replace(manifest, tables=(*manifest.tables, strange, empty)))

    assert [one.code for one in found.left] == ["exchange.left_unknown_form"]


def test_unpack__a_form_that_each_level_answers_itself(manifest: Manifest) -> None:
    pack = load_pack(PACKS, "jilin")
    assert isinstance(pack, Pack)
    own = {form.id: form for form in pack.forms}.keys() - {
        form.id for form in travelling_forms(pack)
    }
    assert own, "a pack with such a form is needed"
    line = Line("a", EAST, "", ())
    table = Table(min(own), "", TableKind.FORM, (), (line,))

    alone = replace(manifest, tables=(table,), notes=(), lineage=None)
    found = unpacked(alone, pack)

    assert found.content == {}
    assert [one.code for one in found.left] == ["exchange.left_form"]


@pytest.mark.parametrize(
    "line",
    [
        home_line(EAST, "n:1.5"),
        home_line(EAST, "t:五"),
        home_line(EAST, "五"),
        home_line(EAST, "n:1" + "0" * 20),
        home_line(EAST, key=""),
        home_line(EAST, key="a\0b"),
    ],
)
def test_unpack__what_no_ledger_holds__error(manifest: Manifest, line: Line) -> None:
    found = Unpacker(small_pack(), HERE).unpack(with_rows(manifest, "eci", line))

    assert isinstance(found, Message)
    assert found.code == "exchange.unfit"


def test_unpack__one_after_the_other(
    manifest: Manifest, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is remembered of one package changes nothing about the next."""
    for most in (0, packing.MOST):
        monkeypatch.setattr(packing, "MOST", most)
        unpacker = Unpacker(small_pack(), HERE)
        alone = unpacked(manifest)
        wrong = with_rows(manifest, "eci", Line("甲院", EAST, "甲院", ("n:一",)))
        assert unpacker.unpack(manifest) == alone
        assert isinstance(unpacker.unpack(wrong), Message)
        assert isinstance(unpacker.unpack(wrong), Message)
        assert unpacker.unpack(manifest) == alone


def test_unpack__a_record_twice__error(manifest: Manifest) -> None:
    line = home_line(EAST)

    found = Unpacker(small_pack(), HERE).unpack(with_rows(manifest, "eci", line, line))

    assert isinstance(found, Message)


@pytest.mark.parametrize(
    "stray",
    [
        Note("eci", "无此院", "field:x", "话"),
        Note("eci", "甲院", "flag:x", "话"),
        Note("eci", "甲院", "field:x", ""),
        Note("eci", "甲院", "field:x", "\ud800"),
        Note("strange", "甲院", "field:x", "话"),
        Note("eci", "999", "_nil", "1"),
    ],
)
def test_unpack__notes_that_belong_nowhere(manifest: Manifest, stray: Note) -> None:
    other = replace(manifest, notes=(*manifest.notes, stray))

    assert unpacked(other).content == unpacked(manifest).content


def test_unpack__computed_fields_are_computed_here(manifest: Manifest) -> None:
    table = next(one for one in manifest.tables if one.id == "area")
    wider = replace(
        table,
        fields=(*table.fields, ("level", "单元层级")),
        rows=tuple(replace(row, cells=(*row.cells, "t:街道")) for row in table.rows),
    )

    found = unpacked(replace(manifest, tables=(wider,)))

    key = RecordKey("area", "2025", FacilityId(EAST))
    assert found.content[key] == {"_unit": EAST}
