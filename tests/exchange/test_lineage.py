from __future__ import annotations

import pytest

from desktop.core.manifest import Lineage
from desktop.core.manifest import Manifest
from desktop.core.manifest import Stamp
from desktop.core.manifest import Table
from desktop.core.manifest import TableKind
from desktop.exchange.lineage import Kind
from desktop.exchange.lineage import Line
from desktop.exchange.lineage import Place
from desktop.exchange.lineage import Sighting
from desktop.exchange.lineage import carried
from desktop.exchange.lineage import letters
from desktop.exchange.lineage import marks_of
from desktop.exchange.lineage import not_carried
from desktop.exchange.lineage import verdict

PLACE = Place(
    "county",
    "310105",
    {"310105": "长宁区", "310105001": "华阳路街道", "310105002": "江苏路街道"},
    {"2025": ("small", "1.0.0", "d")},
)


BOTH = ("eci", "area")


def line(text: str, ledger: str = "l", epoch: str = "e") -> Line:
    return Line(ledger, epoch, marks_of(letter.encode() * 3 for letter in text))


def seen(
    id_: str,
    of: Line,
    *forms: str,
    unit: str = "310105001",
    accepted: bool = True,
) -> Sighting:
    about = frozenset(forms or BOTH)
    return Sighting(id_, unit, "2025", frozenset([unit]), of, accepted, about)


def manifest(
    of: Line,
    *forms: str,
    unit: str = "310105001",
    pack: str = "small",
    version: str = "1.0.0",
    period: str = "2025",
    lineage: bool = True,
) -> Manifest:
    stamp = Stamp(
        pack,
        version,
        "d",
        unit,
        "华阳路街道",
        period,
        period,
        of.ledger,
        of.epoch,
        "00",
        "2026",
        of.revision,
        0,
    )
    counts = tuple((form, 1) for form in BOTH)
    travelling = Lineage(0, "", counts, of.marks) if lineage else None
    tables = tuple(Table(form, form, TableKind.FORM, (), ()) for form in forms or BOTH)
    return Manifest(stamp, tables, ((unit, "华阳路街道"),), (), travelling)


@pytest.mark.parametrize(
    ("known", "arriving", "kind", "code"),
    [
        ([], line("ab"), Kind.NEW, "exchange.new"),
        ([seen("p", line("a"))], line("ab"), Kind.UPDATE, "exchange.update"),
        (
            [seen("p", line("a"), accepted=False)],
            line("ab"),
            Kind.NEW,
            "exchange.new",
        ),
        (
            [seen("p", line("a"), unit="310105002")],
            line("b", "other"),
            Kind.NEW,
            "exchange.new",
        ),
        ([seen("p", line("abc"))], line("ab"), Kind.OLDER, "exchange.older"),
        (
            [seen("p", line("abc")), seen("q", line("abd"))],
            line("ab"),
            Kind.OLDER,
            "exchange.older",
        ),
        ([seen("p", line("abc"))], line("abd"), Kind.FORK, "exchange.fork_copy"),
        (
            [seen("p", line("abc"))],
            line("abd", epoch="f"),
            Kind.FORK,
            "exchange.fork_backup",
        ),
        ([seen("p", line("ab"))], line("ab"), Kind.OLDER, "exchange.same_state"),
        ([seen("p", line("abc"))], line("x", "m"), Kind.FORK, "exchange.fork_ledger"),
        ([seen("new", line("ab"))], line("ab"), Kind.SAME, "exchange.same"),
        (
            [seen("new", line("ab"), accepted=False)],
            line("ab"),
            Kind.SAME,
            "exchange.same_not_taken",
        ),
    ],
)
def test_verdict__lines(
    known: list[Sighting], arriving: Line, kind: Kind, code: str
) -> None:
    found = verdict("new", manifest(arriving), PLACE, known)

    assert (found.kind, found.said.code) == (kind, code)


def test_verdict__of_several_lines_only_the_last_states_matter() -> None:
    known = [
        seen("a", line("a")),
        seen("b", line("ab")),
        seen("c", line("ac")),
        seen("d", line("acd")),
    ]

    found = verdict("new", manifest(line("abx")), PLACE, known)

    assert (found.kind, found.related) == (Kind.FORK, ("d",))


@pytest.mark.parametrize(
    ("known", "arriving", "kind", "code"),
    [
        # Two parts of one state, in either order.
        (
            [seen("p", line("ab"), "eci")],
            manifest(line("ab"), "area"),
            Kind.NEW,
            "exchange.new_forms",
        ),
        # The whole of a state of which a part is there: the rest is news.
        (
            [seen("p", line("ab"), "eci")],
            manifest(line("ab")),
            Kind.NEW,
            "exchange.new_forms",
        ),
        # A part of a later state, and one of the state that is here as a whole.
        (
            [seen("p", line("a"))],
            manifest(line("ab"), "eci"),
            Kind.UPDATE,
            "exchange.update",
        ),
        (
            [seen("p", line("ab"))],
            manifest(line("ab"), "eci"),
            Kind.OLDER,
            "exchange.same_state",
        ),
        # Of one form a later state speaks already; of the other it is an update.
        (
            [seen("p", line("a")), seen("q", line("abc"), "eci")],
            manifest(line("ab")),
            Kind.UPDATE,
            "exchange.update",
        ),
        (
            [seen("p", line("abc"), "eci"), seen("q", line("abc"), "area")],
            manifest(line("ab")),
            Kind.OLDER,
            "exchange.older",
        ),
        # Two computers, each of which handed in another form.
        (
            [seen("p", line("ac"), "area"), seen("q", line("a"), "eci")],
            manifest(line("ab"), "eci"),
            Kind.UPDATE,
            "exchange.update",
        ),
        (
            [seen("p", line("ac"), "area"), seen("q", line("a"), "eci")],
            manifest(line("ab")),
            Kind.FORK,
            "exchange.fork_copy",
        ),
    ],
)
def test_verdict__of_forms_it_does_not_carry_a_file_says_nothing(
    known: list[Sighting], arriving: Manifest, kind: Kind, code: str
) -> None:
    found = verdict("new", arriving, PLACE, known)

    assert (found.kind, found.said.code) == (kind, code)


def test_carried() -> None:
    part = manifest(line("a"), "eci")

    assert carried(part) == {"eci"}
    assert not_carried(part) == ("area",)
    assert not_carried(manifest(line("a"), "eci", lineage=False)) == ()


@pytest.mark.parametrize(
    ("arriving", "kind", "code"),
    [
        (
            manifest(line("a"), lineage=False),
            Kind.NOT_OURS,
            "exchange.no_submission",
        ),
        (manifest(line("a", "county")), Kind.NOT_OURS, "exchange.own"),
        (manifest(line("a"), unit="310105"), Kind.NOT_OURS, "exchange.other_unit"),
        (manifest(line("a"), unit="310106001"), Kind.NOT_OURS, "exchange.other_unit"),
        (manifest(line("a"), period="2024"), Kind.NOT_OURS, "exchange.other_period"),
        (manifest(line("a"), pack="gansu"), Kind.OTHER_PACK, "exchange.other_pack"),
        (
            manifest(line("a"), version="2.0.0"),
            Kind.OTHER_PACK,
            "exchange.other_version",
        ),
    ],
)
def test_verdict__has_no_business_here(
    arriving: Manifest, kind: Kind, code: str
) -> None:
    found = verdict("new", arriving, PLACE, [])

    assert (found.kind, found.said.code) == (kind, code)


def test_line__parted() -> None:
    assert line("abc").parted(line("abd")) == 2
    assert line("ab").parted(line("abd")) == 2
    assert line("abc").parted(line("abc", "m")) == 0
    assert line("abc").revision == 3


def test_letters() -> None:
    assert letters("0123456789abcdef") == "0123 4567 89ab"
