"""Photograph each page of the real window into docs/images, at 1366×768.

The ledger is that of the demonstration: 长宁区 with the institutions of the public
list, some figures filled in so that audit and indicators have something to say.
Without a display it starts Xvfb, where that is installed.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from openpyxl import load_workbook
from PySide6.QtWidgets import QDialog
from PySide6.QtWidgets import QLineEdit
from PySide6.QtWidgets import QPushButton
from PySide6.QtWidgets import QTabWidget
from PySide6.QtWidgets import QTreeWidget

from desktop.__main__ import person
from desktop.__main__ import places
from desktop.__main__ import words
from desktop.app.entry.edits import set_cells
from desktop.app.opening import open_ledger
from desktop.core.cells import Absent
from desktop.core.findings import RecordId
from desktop.ui.application import Shell
from desktop.ui.application import UiStart
from desktop.ui.application import make_application
from desktop.ui.desk import Page
from desktop.ui.desk import Place
from desktop.ui.files.export_page import ExportPage
from desktop.ui.files.import_columns import ImportColumns
from desktop.ui.files.import_dialog import ImportDialog
from desktop.ui.files.verify_dialog import VerifyDialog
from desktop.ui.indicators.page import IndicatorsPage
from desktop.ui.ledgers.new_ledger import NewLedger
from desktop.ui.ledgers.units_dialog import UnitsDialog
from desktop.ui.look.appearance import Appearance
from desktop.ui.look.icons import Icons
from tools.camera import Camera
from tools.handover_pictures import photograph_handover
from tools.window_parts import part

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desktop.core.cells import Cell
    from desktop.forms.fields import Field
    from desktop.store.records import Record
    from desktop.ui.main_window import MainWindow

ROOT = Path(__file__).resolve().parents[1]
SAMPLE = ROOT / "resources/samples/shanghai/elderly_institutions.csv"
WIDTH, HEIGHT = 1366, 768
DISPLAY = ":97"
THEMES = ("dark", "contrast")
DIALOGS = ("batch", "collect")
CARE = (("beds_nursing", 0.45), ("beds_available", 0.95), ("beds_inclusive", 0.5))
"""Made-up shares of the beds, so that pictures are not empty."""
CLERK = "李芳"


def main() -> int:
    """Take all pictures."""
    with display(), tempfile.TemporaryDirectory() as folder:
        take_all(Path(folder))
    return 0


@contextmanager
def display() -> Iterator[None]:
    """Give Qt a screen of the right size."""
    server = None
    if sys.platform == "linux" and (xvfb := shutil.which("Xvfb")):
        screen = ["-screen", "0", "1366x768x24", "-nolisten", "tcp"]
        server = subprocess.Popen([xvfb, DISPLAY, *screen], stderr=subprocess.DEVNULL)
        os.environ.update(DISPLAY=DISPLAY, QT_QPA_PLATFORM="xcb")
        time.sleep(1)
    try:
        yield
    finally:
        if server is not None:
            server.terminate()
            server.wait()


def make_ledger(path: Path) -> None:
    """Make the ledger with the program's own commands, and fill in some figures."""
    run = [sys.executable, "-m", "desktop"]
    new = ["new", str(path), "--pack", "changning", "--unit", "310105"]
    subprocess.run([*run, *new, "--period", "2025"], cwd=ROOT, check=True)
    wish = ["--form", "eci", "--where", "district=长宁区"]
    subprocess.run(
        [*run, "import", str(path), str(SAMPLE), *wish], cwd=ROOT, check=True
    )
    fill_in(path)


def fill_in(path: Path) -> None:
    """Fill in figures for most institutions; one is wrong on purpose."""
    with open_ledger(path, person()) as ledger:
        form = ledger.pack().form_by_id["eci"]
        cells: list[tuple[Record, Field, Cell]] = []
        for place, record in enumerate(
            ledger.rows("eci", ledger.ids("eci", "2025"))[:20]
        ):
            beds = record.cell("beds_total")
            if isinstance(beds, int):
                for name, share in CARE:
                    cells.append((record, form.by_id[name], int(beds * share)))
            cells.append((record, form.by_id["is_standardized"], place % 5 != 0))
            cells.append((record, form.by_id["beds_new_year"], place * 3 % 11))
        wrong = cells[3][0]
        cells = [
            one for one in cells if one[0] is not wrong or one[1].id != "beds_nursing"
        ]
        cells.append((wrong, form.by_id["beds_nursing"], 999))
        cells.append((wrong, form.by_id["grade"], Absent.UNKNOWN))
        cells.append((wrong, form.by_id["floor_area"], Absent.NOT_APPLICABLE))
        ledger.apply(set_cells(cells))


def photograph_themes(camera: Camera, window: MainWindow) -> None:
    """Take every page in the other colours, and once with very large letters."""
    desk = window.work.desk
    for theme in THEMES:
        camera.shell.dresser.ask(f"view.theme.{theme}")
        for page in Page:
            desk.turn_to(page)
            camera.take(f"{theme}-{page.value}", window)
    camera.shell.dresser.ask("view.theme.light")
    camera.shell.dresser.ask("view.text.huge")
    desk.turn_to(Page.ENTRY)
    camera.take("large-entry", window)
    camera.shell.dresser.ask("view.text.standard")


def take_all(folder: Path) -> None:
    """Lead the program from page to page."""
    documents = folder / "文档" / "民生台账"
    documents.mkdir(parents=True)
    ledger = documents / "310105 长宁区 2025.taizhang"
    make_ledger(ledger)
    settings = folder / "settings.json"
    here = replace(places(), settings=settings, documents=documents)
    clerk = replace(person(), who=CLERK)
    start = UiStart(here, clerk, words(here.locale))
    application = make_application(start)
    shell = Shell(start, Icons(here.resources / "icons", Appearance()))
    shell.begin()
    camera = Camera(shell, documents)
    photograph_start(camera)
    shell.open(ledger)
    camera.until(lambda: shell.window is not None)
    if shell.window is None:
        raise SystemExit(1)
    shell.window.resize(WIDTH, HEIGHT)
    bridge = shell.window.work.bridge
    camera.until(lambda: bridge.figures is not None)
    photograph_pages(camera, shell.window, documents)
    photograph_themes(camera, shell.window)
    photograph_handover(camera, shell.window, folder)
    shell.window.close()
    application.processEvents()


def photograph_start(camera: Camera) -> None:
    """Take the start page and the assistant."""
    first = camera.shell.first
    if first is None:
        raise SystemExit(1)
    first.resize(WIDTH, HEIGHT)
    camera.take("start", first)
    first.new_ledger()
    dialog = part(first, NewLedger)
    camera.until(lambda: dialog.packs.ready)
    dialog.go_on()
    camera.until(lambda: dialog.units.ready)
    camera.take("new-ledger", first, dialog)
    dialog.reject()


def photograph_pages(camera: Camera, window: MainWindow, folder: Path) -> None:
    """Take the pages of an open ledger."""
    desk = window.work.desk
    desk.turn_to(Page.HOME)
    camera.take("home", window)
    desk.seek(Place("eci", RecordId(1), "beds_nursing"))
    camera.take("entry", window)
    desk.asked.emit("record.card")
    camera.take("card", window)
    desk.asked.emit("record.card")
    photograph_import(camera, window)
    photograph_units(camera, window)
    desk.turn_to(Page.AUDIT)
    camera.take("audit", window)
    desk.turn_to(Page.INDICATORS)
    choose_indicator(window)
    camera.take("indicators", window)
    desk.turn_to(Page.EXPORT)
    photograph_export(camera, window, folder)


def choose_indicator(window: MainWindow) -> None:
    """Choose an indicator that has a value."""
    page = part(window, IndicatorsPage)
    valued = (n for n, row in enumerate(page.model.rows) if row.line.gap)
    page.table.selectRow(next(valued, 0))


def photograph_import(camera: Camera, window: MainWindow) -> None:
    """Take the import of the list of all districts, before anything is done."""
    window.work.desk.asked.emit("file.import")
    dialog = part(window, ImportDialog)
    box = part(dialog, QLineEdit, "import.file")
    button = part(dialog, QPushButton, "import.apply")
    box.setText(str(SAMPLE))
    dialog.read()
    camera.until(button.isEnabled)
    camera.rest()
    box.setText(SAMPLE.name)
    camera.take("import", window, dialog)
    columns = part(dialog, ImportColumns)
    part(dialog, QTabWidget).setCurrentWidget(columns)
    camera.take("import-columns", window, dialog)
    dialog.reject()


def photograph_units(camera: Camera, window: MainWindow) -> None:
    """Take the units while one is being renamed."""
    window.work.desk.asked.emit("file.units")
    dialog = part(window, UnitsDialog)
    tree = part(dialog, QTreeWidget)
    tree.setCurrentItem(tree.topLevelItem(0).child(9))
    part(dialog, QPushButton, "units.rename").click()
    camera.take("units", window, dialog)
    dialog.reject()


def photograph_export(camera: Camera, window: MainWindow, folder: Path) -> None:
    """Take the export when the files are written."""
    page = part(window, ExportPage)
    box = part(page, QLineEdit, "export.folder")
    box.setText(str(folder / "上报"))
    page.start()
    camera.until(lambda: page.findChild(QPushButton, "export.show") is not None)
    camera.take("export", window)
    photograph_verify(camera, window, folder / "上报")
    for name in DIALOGS:
        window.work.desk.asked.emit(f"file.{name}")
        camera.rest()
        dialog = part(window, QDialog, name)
        camera.take(name, window, dialog)
        dialog.reject()


def photograph_verify(camera: Camera, window: MainWindow, folder: Path) -> None:
    """Take the verifying of what was exported, when somebody has changed a cell."""
    (path,) = folder.glob("*.xlsx")
    book = load_workbook(path)
    sheet = book["养老机构调查表"]
    row = next(one for one in sheet.iter_rows(min_row=8) if one[1].value)
    cell = next(one for one in row[2:] if isinstance(one.value, int))
    cell.value = 9999
    book.save(path)
    window.work.desk.asked.emit("file.verify")
    dialog = part(window, VerifyDialog)
    dialog.take([path])
    listed = part(dialog, QTreeWidget)
    camera.until(listed.topLevelItemCount)
    listed.expandAll()
    camera.take("verify", window, dialog)
    dialog.reject()


if __name__ == "__main__":
    sys.exit(main())
