from __future__ import annotations

from datetime import UTC
from datetime import datetime
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from desktop.app.events import FiguresChanged
from desktop.app.events import NotSaved
from desktop.app.ledgers.backing_up import BackupKeeper
from desktop.app.ledgers.backing_up import back_up
from desktop.app.ledgers.backing_up import backup_folder
from desktop.app.ledgers.backing_up import last_backup
from desktop.app.ledgers.backing_up import newest
from desktop.app.opening import open_session
from desktop.app.person import Person
from desktop.app.progress import CancelledError
from desktop.app.progress import Progress
from desktop.core.messages import message
from desktop.store.backup import line_of
from desktop.store.errors import StoreError
from tests.app.test_session import Heard
from tests.app.test_session import adding
from tests.small import make_ledger
from tests.small import opened
from tests.small import person

if TYPE_CHECKING:
    from pathlib import Path

    from desktop.app.session import Session


class Clock:
    """A clock a test can turn on."""

    def __init__(self) -> None:
        self.now = datetime.now(UTC)

    def __call__(self) -> datetime:
        return self.now


def quiet(session: Session, heard: Heard) -> None:
    """Wait until what was asked for is audited and backed up."""
    heard.until_figures()
    session.thread.call(lambda _: None).result()


def kept(path: Path) -> list[str]:
    return sorted(copy.name for copy in backup_folder(path).glob("*.taizhang"))


@pytest.mark.unmeasured
def test_backup__is_made_whole_and_again_when_due(tmp_path: Path) -> None:
    path, clock = make_ledger(tmp_path), Clock()
    session = open_session(path, Person("张三", clock, person().new_id))
    heard = Heard(session)
    session.refresh()
    quiet(session, heard)
    [first] = kept(path)
    session.apply(adding(session)).result()
    quiet(session, heard)
    assert kept(path) == [first]
    clock.now += timedelta(minutes=31)
    session.refresh()
    quiet(session, heard)
    assert len(kept(path)) == 2
    session.close()
    last = kept(path)[-1]
    with opened(backup_folder(path) / last) as copy:
        assert copy.count("eci", "2025") == 1
        assert not copy.doctor().problems
    found = newest(backup_folder(path), path.stem)
    assert found is not None
    assert found[1] == 2


def test_backup__none_where_the_ledger_is_only_read(tmp_path: Path) -> None:
    path = make_ledger(tmp_path)
    session = open_session(path, person(), read_only=True)
    heard = Heard(session)
    session.refresh()
    quiet(session, heard)
    session.close()
    assert kept(path) == []


def test_backup__a_failure_is_told_and_work_goes_on(tmp_path: Path) -> None:
    path = make_ledger(tmp_path)
    backup_folder(path).write_text(
        "a file where the folder should be", encoding="utf-8"
    )
    session = open_session(path, person())
    heard = Heard(session)
    session.refresh()
    quiet(session, heard)
    told = heard.events.get(timeout=30)
    assert isinstance(told, NotSaved)
    assert told.title == message("app.backup")
    session.apply(adding(session)).result()
    session.close()


def test_backup__not_while_closing(tmp_path: Path) -> None:
    path = make_ledger(tmp_path)
    session = open_session(path, person())
    BackupKeeper(session)
    session.close()
    session.tell(FiguresChanged(()))
    assert kept(path) == []


@pytest.mark.unmeasured
def test_last__the_newest_of_several_folders(tmp_path: Path) -> None:
    path, clock = make_ledger(tmp_path), Clock()
    session = open_session(path, Person("张三", clock, person().new_id))
    line = session.thread.call(lambda ledger: line_of(ledger.identity())).result()
    stick, none = tmp_path / "stick", tmp_path / "unplugged"
    folders = [backup_folder(path), stick, none]
    assert last_backup(path, line, folders) is None
    told: list[Progress] = []
    first = back_up(session, backup_folder(path), told.append).result()
    assert told[-1].done == told[-1].total
    session.apply(adding(session)).result()
    second = back_up(session, stick, told.append).result()
    session.close()

    found = last_backup(path, line, folders)
    assert found is not None
    assert (found.folder, found.revision) == (stick, 2)
    assert last_backup(path, "other000", folders) is None
    second.unlink()
    found = last_backup(path, line, folders)
    assert found is not None
    assert (found.folder, found.revision) == (first.parent, 1)


def test_back_up__a_folder_that_takes_nothing_is_said(tmp_path: Path) -> None:
    session = open_session(make_ledger(tmp_path), person())
    there = tmp_path / "file"
    there.write_text("no folder", encoding="utf-8")
    with pytest.raises(StoreError):
        back_up(session, there, lambda _: None).result()
    assert last_backup(session.path, "", [there]) is None
    session.close()


def test_back_up__stopped_half_way_leaves_nothing(tmp_path: Path) -> None:
    session = open_session(make_ledger(tmp_path), person())

    def stop(_progress: Progress) -> None:
        raise CancelledError

    with pytest.raises(CancelledError):
        back_up(session, tmp_path / "stick", stop).result()
    session.close()
    assert list((tmp_path / "stick").iterdir()) == []
