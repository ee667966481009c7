from __future__ import annotations

import gc
import threading
import weakref
from concurrent.futures import Future
from functools import partial
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtCore import QObject
from PySide6.QtCore import QThread
from pytestqt.exceptions import capture_exceptions

from desktop.app.progress import CancelledError
from desktop.core.messages import message
from desktop.store.errors import StoreError
from desktop.ui.courier import Courier
from tests.ui.desks import free

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


@pytest.fixture
def courier(qtbot: QtBot) -> Courier:
    return Courier()


def elsewhere(future: Future[int], result: int) -> None:
    """Finish a future on another thread, and wait until that thread has ended."""
    thread = threading.Thread(target=lambda: future.set_result(result))
    thread.start()
    thread.join()


def test_when__the_result_comes_on_the_main_thread(courier: Courier) -> None:
    owner, future = QObject(), Future[int]()
    came: list[tuple[int, bool]] = []

    def slot(result: int) -> None:
        came.append((result, QThread.currentThread() is owner.thread()))

    courier.when(future, owner, slot)
    elsewhere(future, 7)
    assert came == [], "nothing may happen on the other thread"
    QCoreApplication.processEvents()
    assert came == [(7, True)]


def test_when__a_result_already_there_comes_later_too(courier: Courier) -> None:
    """A slot is never called before `when` has returned."""
    owner, future = QObject(), Future[int]()
    future.set_result(1)
    came: list[int] = []
    courier.when(future, owner, came.append)
    assert came == []
    QCoreApplication.processEvents()
    assert came == [1]


def test_when__an_owner_that_is_gone_gets_nothing(courier: Courier) -> None:
    owner, future = QObject(), Future[int]()
    came: list[int] = []
    courier.when(future, owner, came.append)
    owner.deleteLater()
    free(owner)
    elsewhere(future, 7)
    QCoreApplication.processEvents()
    assert came == []


def test_when__an_owner_that_dies_on_the_way_gets_nothing(courier: Courier) -> None:
    owner, future = QObject(), Future[int]()
    came: list[int] = []
    courier.when(future, owner, came.append)
    elsewhere(future, 7)
    owner.deleteLater()
    free(owner)
    QCoreApplication.processEvents()
    assert came == []


def test_when__a_failure_gone_owners_asked_for_is_silent(courier: Courier) -> None:
    owner, future = QObject(), Future[int]()
    came: list[object] = []
    courier.when(future, owner, came.append, came.append)
    owner.deleteLater()
    free(owner)
    future.set_exception(ValueError("late"))
    QCoreApplication.processEvents()
    assert came == []


def test_when__failed_hears_every_kind_of_error(courier: Courier) -> None:
    owner = QObject()
    came: list[object] = []
    bug, disk, stop = ValueError("x"), StoreError(message("a.b")), CancelledError()
    for error in (bug, disk, stop):
        future = Future[int]()
        courier.when(future, owner, lambda _: pytest.fail("no result"), came.append)
        future.set_exception(error)
    QCoreApplication.processEvents()
    assert came == [bug, disk, stop]


def test_when__a_fault_of_the_disk_is_trouble(courier: Courier, qtbot: QtBot) -> None:
    owner, future = QObject(), Future[int]()
    courier.when(future, owner, lambda _: pytest.fail("no result"))
    with qtbot.waitSignal(courier.trouble) as told:
        future.set_exception(StoreError(message("store.disk_full")))
    assert told.args == [message("store.disk_full")]


def test_when__work_the_person_stopped_is_passed_over(courier: Courier) -> None:
    owner, future = QObject(), Future[int]()
    told: list[object] = []
    courier.trouble.connect(told.append)
    courier.when(future, owner, lambda _: pytest.fail("no result"))
    future.set_exception(CancelledError())
    QCoreApplication.processEvents()
    assert told == []


def test_when__a_bug_reaches_the_handler_of_bugs(courier: Courier) -> None:
    owner, future = QObject(), Future[int]()
    courier.when(future, owner, lambda _: pytest.fail("no result"))
    future.set_exception(ZeroDivisionError("a bug"))
    with capture_exceptions() as caught:
        QCoreApplication.processEvents()
    assert [kind for kind, _, _ in caught] == [ZeroDivisionError]


def test_post__keeps_the_order(courier: Courier) -> None:
    owner = QObject()
    done: list[int] = []
    for number in range(5):
        courier.post(owner, partial(done.append, number))
    QCoreApplication.processEvents()
    assert done == [0, 1, 2, 3, 4]


def test_when__a_delivered_result_is_let_go(courier: Courier) -> None:
    """What was carried is not kept alive by the courier."""

    class Heavy:
        pass

    owner, future = QObject(), Future[Heavy]()
    heavy = Heavy()
    watch = weakref.ref(heavy)
    courier.when(future, owner, lambda _: None)
    future.set_result(heavy)
    QCoreApplication.processEvents()
    del heavy, future
    gc.collect()
    assert watch() is None


def test_close__nothing_is_handed_over_any_more(courier: Courier) -> None:
    """What a late result would ask next is gone with the ledger."""
    owner, future = QObject(), Future[int]()
    came: list[int] = []
    courier.when(future, owner, came.append)
    elsewhere(future, 7)
    courier.close()
    QCoreApplication.processEvents()
    assert came == []


def test_post__after_the_courier_is_gone(
    qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    """Work that outlives its window has nobody to tell, and nothing is the matter."""
    gone, future, came = Courier(), Future[int](), list[int]()
    gone.when(future, QObject(), came.append)
    gone.deleteLater()
    free(gone)
    elsewhere(future, 7)
    assert (came, caplog.messages) == ([], [])


def test_teller__tells_on_the_main_thread_as_long_as_the_owner_lives(
    courier: Courier,
) -> None:
    owner, came = QObject(), list[tuple[int, bool]]()

    def slot(told: int) -> None:
        came.append((told, QThread.currentThread() is courier.thread()))

    tell = courier.teller(owner, slot)

    def work() -> None:
        tell(1)
        tell(2)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert came == []
    QCoreApplication.processEvents()
    assert came == [(1, True), (2, True)]
    owner.deleteLater()
    free(owner)
    tell(3)
    QCoreApplication.processEvents()
    assert len(came) == 2


def test_teller__holds_no_owner(courier: Courier) -> None:
    class Listening(QObject):
        def hear(self, _: int) -> None:
            """Hear nothing."""

    owner = Listening()
    there = weakref.ref(owner)
    tell = courier.teller(owner, owner.hear)
    owner.deleteLater()
    free(owner)
    del owner
    gc.collect()
    assert there() is None
    tell(1)
    QCoreApplication.processEvents()


def test_teller__an_owner_hears_of_what_it_began_last(courier: Courier) -> None:
    owner, came = QObject(), list[int]()
    first = courier.teller(owner, came.append)
    second = courier.teller(owner, came.append)
    first(1)
    second(2)
    QCoreApplication.processEvents()
    assert came == [2]


def test_teller__a_closed_courier_tells_nothing(courier: Courier) -> None:
    owner, came = QObject(), list[int]()
    tell = courier.teller(owner, came.append)
    courier.close()
    tell(1)
    QCoreApplication.processEvents()
    assert came == []
