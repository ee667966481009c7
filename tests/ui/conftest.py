"""A real ledger of a real district, its session, and the window on it."""

from __future__ import annotations

import gc
import shutil
import sys
from datetime import datetime
from datetime import timedelta
from datetime import timezone
from gettext import translation
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING
from typing import Protocol

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication

from desktop.app.commands import Need
from desktop.app.files.importing import ImportWish
from desktop.app.files.importing import ReadyImport
from desktop.app.files.importing import import_action
from desktop.app.files.importing import plan_file
from desktop.app.files.importing import read_file
from desktop.app.ledgers.regions import load_regions
from desktop.app.opening import Beginning
from desktop.app.opening import create_ledger
from desktop.app.opening import open_ledger
from desktop.app.opening import open_session
from desktop.app.person import Person
from desktop.app.places import Places
from desktop.core.catalogue import CATALOGUE
from desktop.core.period import Period
from desktop.core.period import PeriodKind
from desktop.core.words import Words
from desktop.forms.load import load_pack
from desktop.forms.model import Pack
from desktop.intake.plan_values import ImportOptions
from desktop.intake.table import Source
from desktop.ui.application import Shell
from desktop.ui.bridge import Bridge
from desktop.ui.desk import Desk
from desktop.ui.desk import Page
from desktop.ui.look.appearance import Appearance
from desktop.ui.look.icons import Icons
from desktop.ui.look.theme import cover
from desktop.ui.look.theme import dress
from desktop.ui.workplace import Habits
from desktop.ui.workplace import UiStart
from desktop.ui.workplace import Workplace
from tests.kinds import make_kinds
from tests.small import make_filled

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from desktop.ui.main_window import MainWindow

ROOT = Path(__file__).parents[2]
CLOCK = datetime(2025, 11, 22, 9, 30, 5, tzinfo=timezone(timedelta(hours=8)))
YEAR_2025 = Period(PeriodKind.YEAR, 2025)
PLAIN = "plainSheet"
"""What the application remembers as the style sheet it begins every test with."""


class Opener(Protocol):
    """Opens a ledger as a workplace, which is closed when the test ends."""

    def __call__(self, path: Path, *, read_only: bool = False) -> Workplace:
        """Open a ledger file."""
        ...


@pytest.fixture(autouse=True)
def _garbage_of_a_test() -> Iterator[None]:
    """Collect garbage here and never on a ledger's thread, where widgets cannot die.

    Python collects on whichever thread happens to allocate; a widget freed on another
    than the main one takes the program down.
    """
    gc.disable()
    yield
    gc.collect(1)
    gc.enable()


@pytest.fixture(autouse=True)
def _widgets_of_a_test(_garbage_of_a_test: None) -> Iterator[None]:
    """Let no window see the next test, and no look that was chosen.

    What is to be deleted later waits for an event loop. Until one runs, a window of
    the test before keeps the focus, and a shortcut of it takes the keys.
    """
    yield
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    left = [one for one in QApplication.topLevelWidgets() if one.isVisible()]
    assert left == [], "windows outlive the test"
    application = QApplication.instance()
    if isinstance(application, QApplication):
        plain = application.property(PLAIN)
        if plain is not None and application.styleSheet() != plain:
            # Somebody chose larger letters, or the dark.
            cover(application, ROOT / "resources", Appearance())


@pytest.fixture(scope="module", autouse=True)
def _garbage_of_a_file() -> Iterator[None]:
    """Collect what outlived its test."""
    yield
    gc.collect()


@pytest.fixture(scope="session")
def qapp() -> QApplication:
    """Give the application, dressed as the program dresses it."""
    there = QApplication.instance()
    application = there if isinstance(there, QApplication) else QApplication([])
    application.setStyle("Fusion")
    dress(application, ROOT / "resources")
    cover(application, ROOT / "resources", Appearance())
    application.setProperty(PLAIN, application.styleSheet())
    return application


@pytest.fixture(scope="session")
def say() -> Words:
    """Give the Chinese words."""
    locale = ROOT / "resources" / "locale"
    return Words(CATALOGUE, translation("taizhang", locale, ["zh_CN"]))


@pytest.fixture(scope="session")
def pack() -> Pack:
    """Give the pack of 长宁."""
    loaded = load_pack(ROOT / "resources" / "packs", "changning")
    assert isinstance(loaded, Pack)
    return loaded


@pytest.fixture
def person() -> Person:
    """Give a clerk with a clock that stands still."""
    numbers = count(1)
    return Person("李芳", lambda: CLOCK, lambda: f"id{next(numbers):06}")


@pytest.fixture
def places(tmp_path: Path) -> Places:
    """Real resources; settings and documents of a test."""
    return Places(
        resources=ROOT / "resources",
        settings=tmp_path / "config" / "settings.json",
        documents=tmp_path / "documents",
        reader=(sys.executable, "-m", "desktop", "--read-workbook"),
    )


@pytest.fixture(scope="session")
def district(tmp_path_factory: pytest.TempPathFactory, pack: Pack, say: Words) -> bytes:
    """Give the ledger of 长宁 with its 27 institutions, as the bytes of the file."""
    path = tmp_path_factory.mktemp("ledger") / "district.taizhang"
    units = load_regions(ROOT / "resources/regions/regions.tsv").subtree("310105")
    numbers = count(1)
    who = Person("李芳", lambda: CLOCK, lambda: f"first{next(numbers):06}")
    create_ledger(path, Beginning(pack, units, YEAR_2025), who)
    table = ROOT / "resources/samples/shanghai/elderly_institutions.csv"
    reader = (sys.executable, "-m", "desktop", "--read-workbook")
    source = read_file(table, reader)
    assert isinstance(source, Source)
    wish = ImportWish(table, "eci", options=ImportOptions(where={"district": "长宁区"}))
    with open_ledger(path, who) as ledger:
        ready = plan_file(ledger, YEAR_2025, source, wish)
        assert isinstance(ready, ReadyImport)
        action = import_action(ready, pack.form_by_id["eci"], say, who.new_id)
        ledger.apply(action)
    return path.read_bytes()


@pytest.fixture
def ledger(tmp_path: Path, district: bytes) -> Path:
    """Give a ledger file of a test's own."""
    path = tmp_path / "310105 长宁区 2025.taizhang"
    path.write_bytes(district)
    return path


@pytest.fixture
def start(places: Places, person: Person, say: Words, ledger: Path) -> UiStart:
    """Give what the window is started with."""
    return UiStart(places, person, say, ledger)


@pytest.fixture
def shell(start: UiStart, qtbot: QtBot) -> Iterator[Shell]:
    """Give the program without a window yet."""
    made = Shell(start, Icons(ROOT / "resources" / "icons", Appearance()))
    yield made
    if made.window is not None:
        made.window.close()
    if made.first is not None:
        made.first.close()
        made.first.deleteLater()
    QApplication.processEvents()


@pytest.fixture
def window(shell: Shell, ledger: Path, qtbot: QtBot) -> MainWindow:
    """Give the window on the district's ledger at 填报, audited and computed."""
    shell.habits.keep(shell.habits.now.left(ledger, Page.ENTRY.value, ""))
    shell.open(ledger)
    qtbot.waitUntil(lambda: shell.window is not None, timeout=20000)
    assert shell.window is not None
    bridge = shell.window.work.bridge
    qtbot.waitUntil(lambda: bridge.figures is not None, timeout=20000)
    return shell.window


@pytest.fixture
def look(qapp: QApplication) -> Appearance:
    """Give the look the program begins with."""
    return Appearance()


@pytest.fixture
def icons(look: Appearance) -> Icons:
    """Give the icons the program brings."""
    return Icons(ROOT / "resources" / "icons", look)


@pytest.fixture(scope="session")
def small_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the small ledger, made once: making one is slow."""
    return make_filled(tmp_path_factory.mktemp("small"))


@pytest.fixture(scope="session")
def kinds_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the ledger with a form of every kind of field, made once."""
    return make_kinds(tmp_path_factory.mktemp("kinds"))


@pytest.fixture
def small_ledger(small_template: Path, tmp_path: Path) -> Path:
    """Give a small ledger: a facility in order, one with a fault, one with a gap."""
    return Path(shutil.copy(small_template, tmp_path))


@pytest.fixture
def kinds_ledger(kinds_template: Path, tmp_path: Path) -> Path:
    """Give a ledger with a form of every kind of field."""
    return Path(shutil.copy(kinds_template, tmp_path))


@pytest.fixture
def open_work(
    places: Places, person: Person, say: Words, icons: Icons, qtbot: QtBot
) -> Iterator[Opener]:
    """Open ledgers without a window; they are closed when the test ends."""
    opened: list[Workplace] = []

    def opener(path: Path, *, read_only: bool = False) -> Workplace:
        bridge = Bridge(open_session(path, person, read_only=read_only))
        desk = Desk(bridge.session.pack.forms[0].id, bridge)
        desk.set_need(Need.WRITABLE, holds=not read_only)
        begun = UiStart(places, person, say, path)
        made = Workplace(begun, bridge, desk, icons, Habits(places.settings))
        opened.append(made)
        return made

    yield opener
    for work in opened:
        work.bridge.close()


@pytest.fixture
def work(open_work: Opener, small_ledger: Path) -> Workplace:
    """Give the small ledger, opened."""
    return open_work(small_ledger)


@pytest.fixture
def kinds_work(open_work: Opener, kinds_ledger: Path) -> Workplace:
    """Give the ledger with every kind of field, opened."""
    return open_work(kinds_ledger)


@pytest.fixture
def changning_work(open_work: Opener, ledger: Path) -> Workplace:
    """Give the district's ledger, opened without a window."""
    return open_work(ledger)


@pytest.fixture
def audited(qtbot: QtBot, work: Workplace) -> Workplace:
    """Give the small ledger, opened, audited and computed."""
    with qtbot.waitSignal(work.bridge.figures_changed, timeout=30_000):
        work.session.refresh()
    return work
