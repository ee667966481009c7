from __future__ import annotations

from hashlib import sha256

from hypothesis import given
from hypothesis import strategies as st

from desktop.core.untouched import BLANK
from desktop.core.untouched import MARK
from desktop.core.untouched import marked
from desktop.core.untouched import packed_digest
from desktop.core.untouched import parts_digest
from desktop.core.untouched import untouched

DIGESTS = st.binary(max_size=3).map(lambda data: sha256(data).hexdigest())
PARTS = st.dictionaries(st.text("ab./", min_size=1, max_size=4), DIGESTS, max_size=4)
CARRIER = f"<p><dc:identifier>{BLANK}</dc:identifier><t>表</t></p>".encode()


@given(PARTS, PARTS)
def test_untouched__only_with_the_parts_it_was_marked_for(
    parts: dict[str, str], others: dict[str, str]
) -> None:
    carrier = marked(parts, CARRIER)

    assert untouched(dict(reversed(parts.items())), carrier)
    assert untouched(others, carrier) == (others == parts)


def test_untouched__the_carrier_counts_too() -> None:
    carrier = marked({}, CARRIER)

    assert not untouched({}, carrier.replace("表".encode(), "册".encode()))
    assert not untouched({}, carrier + carrier)
    assert not untouched({}, CARRIER)
    assert not untouched({}, b"")


def test_marked__in_the_place_of_another_mark() -> None:
    other = marked({"a": "1"}, CARRIER)
    assert marked({"a": "0"}, other) == marked({"a": "0"}, CARRIER)


@given(st.lists(st.binary(max_size=9), max_size=4), st.booleans())
def test_packed_digest__of_the_bytes_and_how_they_are_packed(
    pieces: list[bytes], deflated: bool
) -> None:
    digest = packed_digest(pieces, deflated=deflated)
    whole = b"".join(pieces)

    assert packed_digest([memoryview(whole)], deflated=deflated) == digest
    assert packed_digest(pieces, deflated=not deflated) != digest
    assert packed_digest([whole, b"x"], deflated=deflated) != digest


def test_marked__without_a_place_nothing_is_put() -> None:
    assert marked({}, b"<p/>") == b"<p/>"
    assert MARK.encode() + parts_digest({}, CARRIER).encode() in marked({}, CARRIER)
