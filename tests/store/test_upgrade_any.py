"""Whatever a pack changes, an upgrade of a ledger loses nothing."""

from __future__ import annotations

import itertools
import tempfile
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from desktop.core.cells import Absent
from desktop.forms.load import pack_from_json
from desktop.forms.model import Pack
from desktop.forms.written import pack_to_json
from tests.store.cases import NEXT
from tests.store.cases import Desk
from tests.store.cases import key
from tests.store.test_upgrade import filled
from tests.store.test_upgrade import put
from tests.store.test_upgrade import system
from tests.store.test_upgrade import whole

if TYPE_CHECKING:
    from collections.abc import Mapping

    from desktop.core.cells import Cell

Fields = list[dict[str, object]]

_KINDS: tuple[dict[str, object], ...] = (
    {"kind": "integer"},
    {"kind": "decimal", "digits": 1},
    {"kind": "decimal", "digits": 3},
    {"kind": "text"},
    {"kind": "choice", "choices": ["甲", "乙"]},
    {"kind": "choices", "choices": ["甲", "乙"]},
    {"kind": "date"},
    {"kind": "yes_no"},
)
_WIDER = {0: (0, 1, 2), 1: (1, 2), 2: (2,), 3: (3,), 4: (3, 4), 5: (5,), 6: (6,)}


def value_of(kind: int) -> st.SearchStrategy[Cell]:
    whole_numbers: st.SearchStrategy[Cell] = st.integers(-(10**9), 10**9)
    values: dict[int, st.SearchStrategy[Cell]] = {
        0: whole_numbers,
        1: st.decimals(-1000, 1000, places=1),
        2: st.decimals(-1000, 1000, places=3),
        3: st.text(
            st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), min_size=1
        ),
        4: st.sampled_from(["甲", "乙"]),
        5: st.sampled_from([("甲",), ("乙", "甲")]),
        6: st.dates(date(1950, 1, 1), date(2050, 1, 1)),
        7: st.booleans(),
    }
    return values[kind] | st.sampled_from([Absent.UNKNOWN, Absent.NOT_APPLICABLE])


@st.composite
def histories(
    draw: st.DrawFn,
) -> tuple[list[dict[str, tuple[int, str | None]]], dict[str, Cell]]:
    """Give versions of a form as `{field: (kind, formerly)}`, and a first record."""
    number = itertools.count()
    first = draw(st.lists(st.integers(0, 7), min_size=1, max_size=4))
    versions: list[dict[str, tuple[int, str | None]]] = [
        {f"f{next(number)}": (kind, None) for kind in first}
    ]
    cells = {
        name: draw(value_of(kind))
        for name, (kind, _) in versions[0].items()
        if draw(st.booleans())
    }
    for _ in range(draw(st.integers(1, 3))):
        fields: dict[str, tuple[int, str | None]] = {}
        for name, (kind, _) in versions[-1].items():
            match draw(st.sampled_from(["keep", "rename", "remove", "widen"])):
                case "keep":
                    fields[name] = (kind, None)
                case "rename":
                    fields[f"f{next(number)}"] = (kind, name)
                case "widen":
                    fields[name] = (
                        draw(st.sampled_from(_WIDER.get(kind, (kind,)))),
                        None,
                    )
        given_up = {
            name: known[name][0]
            for known in versions
            for name in known
            if name not in versions[-1]
        }
        for name, kind in given_up.items():
            taken = {former for _, former in fields.values()}
            if name not in taken and draw(st.booleans()):
                fields[name] = (kind, None)
        if draw(st.booleans()):
            fields[f"f{next(number)}"] = (draw(st.integers(0, 7)), None)
        versions.append(fields)
    return versions, cells


def version_of(number: int, fields: Mapping[str, tuple[int, str | None]]) -> Pack:
    described: Fields = [
        {
            "id": name,
            "title": name,
            **_KINDS[kind],
            **({"formerly": former} if former else {}),
        }
        for name, (kind, former) in fields.items()
    ]
    return system(number, *described)


def followed(
    versions: list[dict[str, tuple[int, str | None]]], cells: Mapping[str, Cell]
) -> list[dict[str, Cell]]:
    """Tell what a record must hold under each version, by the words of the manual."""
    hidden: dict[str, Cell] = {}
    now = dict(cells)
    told = [{**now}]
    for fields in versions[1:]:
        before, now = now, {}
        for name, (_, former) in fields.items():
            if former is not None:
                source: Cell | None = before.pop(former, None)
            elif name in before:
                source = before.pop(name)
            else:
                source = hidden.pop(name, None)
            if source is not None:
                now[name] = source
        hidden |= before
        told.append({**now})
    return told


@given(histories())
def test_upgrade__any_change__loses_nothing(
    history: tuple[list[dict[str, tuple[int, str | None]]], dict[str, Cell]],
) -> None:
    versions, cells = history
    desk = Desk()
    with (
        tempfile.TemporaryDirectory() as folder,
        desk.create(Path(folder) / "a.taizhang", version_of(1, versions[0])) as ledger,
    ):
        ledger.add_period(NEXT)
        put(ledger, **cells)
        old = ledger.record(key("a"))
        expected = followed(versions, cells)
        for number, fields in enumerate(versions[1:], 2):
            ledger.upgrade(version_of(number, fields), NEXT, aside=False)

            assert filled(ledger, "2026") == expected[number - 1]
            assert whole(ledger)
            assert ledger.record(key("a")) == old
            assert ledger.pack("2025") == version_of(1, versions[0])
        texts = {pack_to_json(ledger.pack(code)) for code in ("2025", "2026")}
        assert all(isinstance(pack_from_json(text), Pack) for text in texts)
        told = ledger.history(key("a", period="2026"))
        first = next(entry.after for entry in told if entry.unit_after)
        assert {name: first[name] for name in cells} == cells
