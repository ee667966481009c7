from __future__ import annotations

import enum
import subprocess
import sys
from enum import KEEP
from enum import EnumType
from pathlib import Path
from typing import TYPE_CHECKING
from typing import Any

import pytest

from desktop.ui.enumerations import quicken_enumerations

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterator

BASES = (enum.Enum, enum.IntEnum, enum.Flag, enum.IntFlag)
LISTS: dict[str, list[tuple[str, Any]]] = {
    "none": [],
    "plain": [("Zero", 0), ("One", 1), ("Two", 2), ("Eleven", 11)],
    "same number twice": [("One", 1), ("Two", 2), ("Second", 2), ("Four", 4)],
    "several bits": [("One", 1), ("Both", 3), ("Two", 2), ("Again", 3), ("All", 7)],
    "out of order": [("Four", 4), ("One", 1), ("Nothing", 0), ("Two", 2)],
    "below zero": [("Least", -1), ("Four", 4), ("One", 1)],
    "large": [("Bit", 1 << 31), ("Most", (1 << 32) - 1), ("Long", 1 << 40)],
    "names that mean something": [("name", 1), ("value", 2), ("real", 4)],
    "names with an underscore": [("_one", 1), ("Two", 2)],
    "no numbers": [("One", "1"), ("Two", "2")],
    "pairs": [("One", (1, 2)), ("Two", (2,))],
}


@pytest.fixture
def quick() -> Iterator[Callable[..., Any]]:
    """Let enumerations be made quickly, and then as before."""
    plain = EnumType._create_  # type: ignore[attr-defined]  # of Python's own
    quicken_enumerations()
    yield EnumType._create_  # type: ignore[attr-defined]  # see above
    EnumType._create_ = plain  # type: ignore[attr-defined]  # see above


def made(create: Callable[..., Any], base: type, names: object) -> object:
    """Make one as the binding asks for it; gives what is wrong where it is refused."""
    more = {"qualname": None, "type": None, "start": 1, "boundary": KEEP}
    try:
        return create(base, "Made", names, module="place", **more)
    except (TypeError, ValueError) as error:
        return type(error), str(error)


def all_of(kind: Any) -> dict[str, object]:  # noqa: ANN401 - an enumeration
    """Tell everything about an enumeration, in words that do not name its class."""
    own = dict(vars(kind))
    members = {name: vars(member) for name, member in own.pop("_member_map_").items()}
    told = {
        name: {key: part for key, part in member.items() if key != "__objclass__"}
        for name, member in members.items()
    }
    by_value = own.pop("_value2member_map_")
    by_order = own.pop("_iter_member_", None)
    parts = {
        name: (type(part).__name__, isinstance(part, kind) and repr(part))
        if name in members
        else part
        for name, part in own.items()
    }
    return {
        **parts,
        "members": told,
        "own": all(member["__objclass__"] is kind for member in members.values()),
        "values": {value: repr(member) for value, member in by_value.items()},
        "order": getattr(by_order, "__func__", None),
        "listed": [repr(member) for member in kind],
        "called": (kind.__name__, kind.__qualname__, kind.__bases__, repr(kind)),
    }


@pytest.mark.parametrize("base", BASES)
@pytest.mark.parametrize("names", LISTS.values(), ids=LISTS)
def test_quicken_enumerations__makes_what_python_makes(
    quick: Callable[..., Any], base: type, names: list[tuple[str, Any]]
) -> None:
    # `EnumType._create_` of the fixture goes on to Python's own.
    mine = made(quick, base, names)
    theirs = made(quick, base, tuple(names))
    if not isinstance(mine, type) or not isinstance(theirs, type):
        assert mine == theirs
        return
    assert all_of(mine) == all_of(theirs)


def test_quicken_enumerations__refuses_a_name_twice(quick: Callable[..., Any]) -> None:
    said = made(quick, enum.Enum, [("One", 1), ("One", 2)])
    assert said == (TypeError, "'One' already defined as 1")


@pytest.mark.parametrize("base", [enum.Flag, enum.IntFlag])
def test_quicken_enumerations__flags_come_together(
    quick: Callable[..., Any], base: type
) -> None:
    kind: Any = made(quick, base, [("One", 1), ("Two", 2), ("Four", 4)])
    assert list(kind.One | kind.Four) == [kind.One, kind.Four]
    assert (~kind.One) == kind.Two | kind.Four
    assert kind(16).value == 16
    assert kind["Two"] is kind.Two is kind(2)
    with pytest.raises(AttributeError):
        kind.Two = 3


def test_quicken_enumerations__says_where_it_was_made(
    quick: Callable[..., Any],
) -> None:
    assert quick is not None
    base: Any = enum.Enum
    kind = base("Kind", [("One", 1)], boundary=KEEP)
    assert kind.__module__ == __name__


def test_quicken_enumerations__another_way_of_asking_is_pythons(
    quick: Callable[..., Any],
) -> None:
    assert quick is not None
    base: Any = enum.Enum
    kind = base("Kind", "One Two", start=5)
    assert [member.value for member in kind] == [5, 6]


def test_quicken_enumerations__twice_is_once(quick: Callable[..., Any]) -> None:
    quicken_enumerations()
    assert EnumType._create_ is quick  # type: ignore[attr-defined]  # see above


def test_quicken_enumerations__leaves_another_python_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    plain = EnumType._create_  # type: ignore[attr-defined]  # see above
    monkeypatch.setattr("desktop.ui.enumerations.KNOWN", (2, 7))
    quicken_enumerations()
    assert EnumType._create_ is plain  # type: ignore[attr-defined]  # see above


OF_QT = """
import sys
from enum import EnumType
from importlib import import_module
from desktop.ui.enumerations import quicken_enumerations
from tests.ui.test_enumerations import all_of

plain = EnumType._create_
quicken_enumerations()
quick = EnumType._create_
compared = 0

def both(base, name, names, **more):
    global compared
    more["module"] = "place"
    mine = quick(base, name, names, **more)
    assert all_of(mine) == all_of(plain(base, name, names, **more)), name
    assert mine._create_.__func__ is both
    compared += len(names)
    return mine

EnumType._create_ = both
for name in ("QtCore", "QtGui", "QtWidgets", "QtSvg"):
    module = import_module("PySide6." + name)
    for part in dir(module):
        getattr(module, part)
print(compared)
"""


def test_quicken_enumerations__all_of_qt_are_as_python_makes_them() -> None:
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", OF_QT],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    assert int(done.stdout) > 4_000
