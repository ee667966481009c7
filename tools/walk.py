"""Walk from the first start to the exported workbook by keys alone, with pictures.

Every step is a key or a text that goes to the real window; no button is clicked and no
slot is called. The one thing done for the person is the folder they sit in: the table
to import is named without its path, so that pictures show no temporary folder.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING
from typing import Final
from typing import cast

from PySide6.QtCore import QPoint
from PySide6.QtGui import QImage
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QApplication
from PySide6.QtWidgets import QComboBox
from PySide6.QtWidgets import QDialog
from PySide6.QtWidgets import QLabel
from PySide6.QtWidgets import QPlainTextEdit
from PySide6.QtWidgets import QPushButton
from PySide6.QtWidgets import QWidget

from desktop.__main__ import person
from desktop.__main__ import places
from desktop.__main__ import words
from desktop.ui.application import Shell
from desktop.ui.application import UiStart
from desktop.ui.application import make_application
from desktop.ui.entry.grid_view import GridView
from desktop.ui.ledgers.new_ledger import NewLedger
from desktop.ui.look.appearance import Appearance
from desktop.ui.look.icons import Icons
from tools.camera import Camera
from tools.camera import at_home
from tools.camera import small
from tools.keyboard import Keyboard
from tools.screenshots import CLERK
from tools.screenshots import HEIGHT
from tools.screenshots import ROOT
from tools.screenshots import SAMPLE
from tools.screenshots import WIDTH
from tools.screenshots import display
from tools.window_parts import part

if TYPE_CHECKING:
    from collections.abc import Callable

    from desktop.ui.main_window import MainWindow

IMAGES: Final = ROOT / "docs" / "images" / "walk"
TABLE: Final = "上海养老机构.csv"
DISTRICT: Final = "长宁区"
OFTEN: Final = 40


def main() -> int:
    """Walk, in a folder of its own."""
    with display(), tempfile.TemporaryDirectory() as folder:
        before = Path.cwd()
        os.chdir(folder)
        try:
            Walk(Path(folder)).go()
        finally:
            os.chdir(before)
    return 0


class Walk:
    """A person's first day with the program."""

    def __init__(self, folder: Path) -> None:
        """Begin with an empty computer."""
        self.folder = folder / "文档" / "民生台账"
        self.folder.mkdir(parents=True)
        shutil.copy(SAMPLE, folder / TABLE)
        settings = folder / "settings.json"
        here = replace(places(), settings=settings, documents=self.folder)
        clerk = replace(person(), who=CLERK)
        start = UiStart(here, clerk, words(here.locale))
        self.application = make_application(start)
        self.shell = Shell(start, Icons(here.resources / "icons", Appearance()))
        self.camera = Camera(self.shell, self.folder)
        self.keys = Keyboard(lambda: self.camera.rest(0.1))
        self.taken = 0

    def go(self) -> None:
        """Go from step to step."""
        shutil.rmtree(IMAGES, ignore_errors=True)
        IMAGES.mkdir(parents=True)
        self.begin()
        self.import_table()
        self.correct()
        self.explain()
        self.see_indicators()
        self.export()
        self.window.close()
        self.application.processEvents()

    # --- Steps ---------------------------------------------------------------

    def begin(self) -> None:
        """From the start page to a ledger."""
        self.shell.begin()
        first = self.shell.first
        if first is None:
            raise SystemExit(1)
        first.resize(WIDTH, HEIGHT)
        self.take("start", first)
        self.keys.press("Enter")
        dialog = part(first, NewLedger)
        self.until(lambda: dialog.packs.ready)
        self.take("pack", first)
        self.keys.press("Enter")
        self.until(lambda: dialog.units.ready)
        self.keys.type("cnq")
        self.camera.rest()
        self.take("unit", first)
        self.keys.press("Enter")
        self.keys.type("2025")
        self.take("period", first)
        self.keys.press("Enter", "Enter")
        self.until(lambda: self.shell.window is not None)
        self.window.resize(WIDTH, HEIGHT)
        self.until(lambda: self.window.work.bridge.figures is not None)
        self.take("home", self.window)

    def import_table(self) -> None:
        """Bring the institutions of the district in."""
        self.keys.press("Ctrl+K")
        self.keys.type("yljg")
        self.take("palette", self.window)
        self.keys.press("Enter", "Ctrl+I")
        self.keys.type(TABLE)
        self.keys.press("Enter")
        button = part(self.window, QPushButton, "import.apply")
        self.until(button.hasFocus)
        # The table lists all of Shanghai: only the rows of the district are wanted.
        self.tab_to("import.column", back=True)
        self.keys.press("Down", "Tab")
        values = part(self.window, QComboBox, "import.value")
        self.again("Down", lambda: values.currentText() == DISTRICT)
        self.until(button.isEnabled)
        self.take("import", self.window)
        self.tab_to("import.apply")
        self.keys.press("Enter")
        grid = self.grid
        self.until(lambda: len(grid.roster.ids))
        self.take("imported", self.window)

    def correct(self) -> None:
        """Write a wrong figure, see what the audit says, and put it right."""
        for wanted in ("hqjly", "护理型床位数"):
            self.keys.press("Ctrl+G")
            self.keys.type(wanted)
            self.keys.press("Enter")
        self.keys.type("999")
        self.keys.press("Enter", "Up")
        self.take("wrong", self.window)
        self.keys.type("30")
        self.keys.press("Enter", "Up")
        self.take("corrected", self.window)

    def explain(self) -> None:
        """Explain what the audit asks about."""
        self.keys.press("Ctrl+G")
        self.keys.type("工作人员总数")
        self.keys.press("Enter", "Ctrl+E")
        self.until(lambda: isinstance(QApplication.focusWidget(), QPlainTextEdit))
        self.keys.type("名册由总院统一管理，12月10日前补报")
        self.take("explain", self.window)
        self.keys.press("Ctrl+Return")

    def see_indicators(self) -> None:
        """Answer one question for all, and see how the unit stands."""
        self.keys.press("Ctrl+2", "Ctrl+Home", "Ctrl+G")
        self.keys.type("标准化建设")
        self.keys.press("Enter")
        self.keys.type("是")
        self.keys.press("Enter", "Up", "Shift+Ctrl+Down", "Ctrl+D")
        self.take("filled", self.window)
        self.keys.press("Ctrl+4", "Ctrl+F")
        self.keys.type("标准化建设")
        self.keys.press("Enter")
        self.take("indicators", self.window)

    def export(self) -> None:
        """Write workbook and report."""
        self.keys.press("Ctrl+5", "Enter")
        self.until(lambda: self.window.findChildren(QLabel, "export.done"))
        self.take("exported", self.window)

    # --- Keys ------------------------------------------------------------------

    def tab_to(self, name: str, *, back: bool = False) -> None:
        """Press Tab until a part of the window has the focus."""
        wanted = part(self.window, QWidget, name)
        self.again("Shift+Tab" if back else "Tab", wanted.hasFocus)

    def again(self, key: str, there: Callable[[], bool]) -> None:
        """Press a key until something is so.

        Raises:
            SystemExit: It was pressed very often.
        """
        for _ in range(OFTEN):
            if there():
                return
            self.keys.press(key)
        raise SystemExit(key)

    # --- Pictures --------------------------------------------------------------

    @property
    def grid(self) -> GridView:
        """The grid of 填报."""
        return part(self.window, GridView)

    @property
    def window(self) -> MainWindow:
        """The window on the ledger.

        Raises:
            SystemExit: There is none.
        """
        if self.shell.window is None:
            raise SystemExit(1)
        return self.shell.window

    def until(self, there: Callable[[], object]) -> None:
        """Wait until something is so.

        Raises:
            SystemExit: It never was.
        """
        self.camera.until(there)
        if not there():
            raise SystemExit(str(self.keys.log[-5:]))

    def take(self, name: str, below: QWidget) -> None:
        """Photograph a window with the dialogs before it."""
        self.camera.rest()
        picture = QImage(below.size(), QImage.Format.Format_RGB32)
        with at_home(below, self.folder):
            below.render(picture)
            painter = QPainter(picture)
            for dialog in cast("list[QDialog]", below.findChildren(QDialog)):
                if dialog.isVisible():
                    painter.fillRect(picture.rect(), "#66101820")
                    left = (picture.width() - dialog.width()) // 2
                    top = (picture.height() - dialog.height()) // 2
                    painter.drawPixmap(QPoint(left, top), dialog.grab())
            painter.end()
        self.taken += 1
        path = IMAGES / f"{self.taken:02}-{name}.png"
        small(picture).save(str(path))
        print(path.relative_to(ROOT), path.stat().st_size // 1024, "KB")


if __name__ == "__main__":
    sys.exit(main())
