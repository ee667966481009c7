from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.core.manifest import Envelope
from desktop.core.manifest import Line
from desktop.core.manifest import Lineage
from desktop.core.manifest import Manifest
from desktop.core.manifest import Note
from desktop.core.manifest import Place
from desktop.core.manifest import Signature
from desktop.core.manifest import Stamp
from desktop.core.manifest import Table
from desktop.core.manifest import TableKind
from desktop.core.manifest import canonical_json
from desktop.core.manifest import digest_of
from desktop.core.manifest import parsed_json
from desktop.core.manifest import short_code
from desktop.core.manifest import to_data
from desktop.core.manifest import to_envelope
from desktop.core.manifest_read import read_data
from desktop.core.manifest_read import read_envelope

STAMP = Stamp(
    pack="small",
    pack_version="1.0.0",
    pack_digest="ab" * 32,
    unit="310105",
    unit_name="长宁区",
    period="2025",
    period_title="2025年",
    ledger="l",
    epoch="e",
    head="cd" * 32,
    made="2026-01-02T03:04:00.000+00:00",
    revision=4,
    seq=9,
)
ROW = Line("甲院", "310105001", "甲院", ("t:甲院", "n:100", None))
TABLE = Table(
    "eci",
    "养老机构调查表",
    TableKind.FORM,
    (("name", "机构名称"), ("beds", "床位"), ("price", "收费")),
    (ROW,),
    Line("", "", "合计", (None, "n:100", None)),
)
MANIFEST = Manifest(STAMP, (TABLE,), (("310105", "长宁区"),))
SUBMITTED = replace(
    MANIFEST,
    notes=(Note("eci", "甲院", "rule:x", "属实"),),
    lineage=Lineage(3, "ef" * 32, (("eci", 1),), "m"),
)
PLACE = Place("eci", "养老机构", 7, 1, ("甲", "1"), ("name", "beds"), foot="注")
ACROSS = Place("eci", "表", 7, 1, ("甲", "1"), ("", "310105"), (("beds", "床位"),))

REVISIONS = st.integers(0, 2**63 - 1)
"""A ledger counts in 64 bits."""
texts = st.text(max_size=12)
cells = st.none() | texts


@st.composite
def tables(draw: st.DrawFn) -> Table:
    fields = draw(st.lists(st.tuples(texts, texts), max_size=4))
    row = st.builds(Line, texts, texts, texts, st.tuples(*[cells for _ in fields]))
    return Table(
        draw(texts),
        draw(texts),
        draw(st.sampled_from(TableKind)),
        tuple(fields),
        tuple(draw(st.lists(row, max_size=4))),
        draw(st.none() | row),
        draw(st.booleans()),
    )


@given(
    st.lists(tables(), max_size=3),
    st.lists(st.tuples(texts, texts), max_size=3),
    st.lists(st.builds(Note, texts, texts, texts, texts), max_size=2),
    st.none() | st.builds(Lineage, REVISIONS, texts, st.just((("a", 1),)), texts),
    st.lists(st.sampled_from((PLACE, ACROSS)), max_size=2),
)
def test_data_and_envelope__come_back_as_they_went(
    given_tables: list[Table],
    units: list[tuple[str, str]],
    notes: list[Note],
    lineage: Lineage | None,
    places: list[Place],
) -> None:
    manifest = Manifest(STAMP, tuple(given_tables), tuple(units), tuple(notes), lineage)
    data = to_data(manifest)
    assert read_data(data) == manifest
    signature = Signature("ed25519", "k", "v")
    found = read_envelope(to_envelope(data, places, signature))
    assert found == Envelope(manifest, digest_of(data), tuple(places), signature)


def test_data__are_canonical_and_hold_what_no_text_may_hold() -> None:
    odd = replace(MANIFEST, units=(("\ud800", "一半"),))
    data = to_data(odd)
    assert data == to_data(odd)
    assert read_data(data) == odd
    assert b": " not in to_data(MANIFEST)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    )
)
def test_canonical_json__in_the_one_way(content: object) -> None:
    """The quick writer gives the bytes that digests have rested on from the start."""
    text = json.dumps(
        content, ensure_ascii=False, sort_keys=True, separators=(",", ":")
    )
    written = canonical_json(content)
    assert written == text.encode("utf-8", "backslashreplace")


def test_parsed_json__halves_of_characters() -> None:
    assert parsed_json(b'["\\ud800",1]') == ["\ud800", 1]
    with pytest.raises(ValueError, match="Expecting"):
        parsed_json(b'["a"')
    with pytest.raises(ValueError, match="utf-8"):
        parsed_json(b'["\xff"]')


def test_short_code__names_form_unit_period_revision_and_digest() -> None:
    digest = digest_of(to_data(MANIFEST))
    assert short_code(STAMP, "eci", digest) == f"eci|310105|2025|4|{digest[:16]}"


def test_place__across_where_records_stand_side_by_side() -> None:
    assert (PLACE.across, ACROSS.across) == (False, True)
