"""Whatever somebody makes of a submission: it is refused with a reason."""

from __future__ import annotations

import re
from gettext import translation
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from desktop.app.handover.receiving.proving import NO_PROOF
from desktop.app.handover.receiving.proving import proof
from desktop.app.handover.receiving.reading import Read
from desktop.app.handover.receiving.reading import read_one
from desktop.app.handover.receiving.receiving import Decisions
from desktop.app.handover.receiving.receiving import Reception
from desktop.app.progress import run_steps
from desktop.app.verify.verifying import envelope_of
from desktop.core.catalogue import CATALOGUE
from desktop.core.manifest import digest_of
from desktop.core.manifest import to_data
from desktop.core.manifest import to_envelope
from desktop.core.messages import Message
from desktop.core.messages import message
from desktop.core.words import Words
from desktop.exchange.lineage import Kind
from desktop.export.manifest.sheet import read_sheet
from desktop.intake.children import READER_COMMAND
from desktop.intake.source import read_source
from tests.app.handover.hostile import MANY
from tests.app.handover.hostile import containers
from tests.app.handover.hostile import sheets
from tests.cli.desks import RESOURCES
from tests.exchange.handed_in import hand_in
from tests.exchange.townships import county_units
from tests.exchange.townships import everything
from tests.exchange.townships import make
from tests.exchange.townships import opened
from tests.intake.hostile import CASES

if TYPE_CHECKING:
    from collections.abc import Callable

    from desktop.app.handover.receiving.receiving import Item

SAY = Words(CATALOGUE, translation("taizhang", RESOURCES / "locale", ["zh_CN"]))
REFUSED = frozenset({Kind.DAMAGED, Kind.NOT_OURS, Kind.OTHER_PACK})


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return hand_in(tmp_path_factory.mktemp("hostile")).first


@pytest.fixture(scope="module")
def received(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Read], Item]:
    county = make(tmp_path_factory.mktemp("county") / "c.taizhang", *county_units())

    def received(read: Read) -> Item:
        with opened(county) as ledger:
            reception = Reception(ledger)
            (item,) = run_steps(reception.items([read], Decisions(everything)))
        return item

    return received


def check_refused(item: Item) -> None:
    """Check that nothing of a file can be taken, and that a person is told why."""
    assert item.verdict.kind in REFUSED
    assert item.plan is None
    told = SAY.message(item.verdict.said)
    assert re.search("[\u4e00-\u9fff]{4}", told)
    assert not re.search("[{}]", told)
    assert len(told) < 400


def as_read(rows: list[tuple[str, ...]]) -> Read:
    """Read a hidden sheet as a file with it would be."""
    path = Path("上报.xlsx")
    envelope = read_sheet(rows)
    if isinstance(envelope, Message):
        return Read(path.name, path, refused=envelope)
    if digest_of(to_data(envelope.manifest)) != envelope.digest:
        return Read(path.name, path, refused=message("manifest.newer"))
    return Read(path.name, path, envelope)


def test_sheets__each_is_refused(first: Path, received: Callable[[Read], Item]) -> None:
    source = read_source(first)
    assert not isinstance(source, Message)
    envelope = envelope_of(source)
    assert not isinstance(envelope, Message)
    whole = to_envelope(to_data(envelope.manifest), envelope.places)
    cases = list(sheets(whole))
    assert received(Read("whole.xlsx", first, envelope)).verdict.kind is Kind.NEW
    for case in cases:
        check_refused(received(as_read(case.make())))


def test_containers__each_is_refused(
    first: Path, tmp_path: Path, received: Callable[[Read], Item]
) -> None:
    data = first.read_bytes()
    path = tmp_path / "上报.xlsx"
    for case in containers(data):
        path.write_bytes(case.make())
        assert proof(case.make()) == NO_PROOF
        read = read_one(path, READER_COMMAND)
        check_refused(received(read))
        assert path.read_bytes() == case.make()


def test_hostile__there_are_two_hundred(first: Path) -> None:
    made = len(list(containers(first.read_bytes())))
    envelope = b'{"data":{"stamp":{}}}'
    assert made + len(list(sheets(envelope))) + len(CASES) >= MANY
