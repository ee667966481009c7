"""What the commands of the page 指标 do: pictures to keep, and paper."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtCore import Qt
from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog

from desktop.app.commands import Need
from desktop.ui.desk import Page
from desktop.ui.indicators.chart_view import family_of
from desktop.ui.indicators.chart_view import image_of
from desktop.ui.indicators.chart_view import paper_pictures
from desktop.ui.indicators.model import COLUMNS

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from desktop.export.chart.svg import Picture
    from desktop.ui.indicators.chosen_model import ChosenModel
    from desktop.ui.indicators.detail import IndicatorDetail
    from desktop.ui.workplace import Workplace


class IndicatorCommands(QObject):
    """Listens to what the person asks for while the page is before them."""

    told = Signal(str)
    """What was done, for the person."""

    def __init__(
        self,
        work: Workplace,
        chosen: ChosenModel,
        detail: IndicatorDetail,
        page: QWidget,
    ) -> None:
        """Serve a page: the lines that are shown there, and the one in full."""
        super().__init__(page)
        self._work, self._chosen, self._detail, self._page = work, chosen, detail, page
        desk = work.desk
        desk.asked.connect(self._asked)
        desk.turned.connect(self._turned)
        self._turned(desk.page)

    def _turned(self, page: Page) -> None:
        here = page is Page.INDICATORS
        self._work.desk.set_need(Need.INDICATORS, holds=here)

    def _asked(self, command: str) -> None:
        match command:
            case "indicators.copy_picture":
                self.with_picture(self._copy)
            case "indicators.save_picture":
                self.with_picture(self._save)
            case "indicators.print":
                self._detail.complete(self._print)
            case _:
                return

    def with_picture(self, do: Callable[[Picture], None]) -> None:
        """Draw the chart before the person for paper, and do something with it."""
        chart = self._detail.chart()
        if chart is None:
            say = self._work.say
            self.told.emit(
                say("There is no chart here yet: choose an indicator that has a value.")
            )
            return
        paper_pictures(self._work, self._page, (chart,), lambda each: do(each[0]))

    def _copy(self, picture: Picture) -> None:
        QGuiApplication.clipboard().setImage(image_of(picture))
        say = self._work.say
        self.told.emit(
            say("The picture is on the clipboard: paste it into a document.")
        )

    def _save(self, picture: Picture) -> None:
        say, session = self._work.say, self._work.session
        shown = self._detail.shown
        name = shown.line.title if shown is not None else ""
        start = self._work.start.places.documents / f"{name}-{session.period.code}.png"
        dialog = QFileDialog(self._page, say("Save the picture"), str(start.parent))
        dialog.setObjectName("indicators.save")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilters([say("Picture (*.png)"), say("Drawing (*.svg)")])
        dialog.setDefaultSuffix("png")
        dialog.selectFile(start.name)
        dialog.filterSelected.connect(
            lambda chosen: dialog.setDefaultSuffix("svg" if "svg" in chosen else "png")
        )
        dialog.fileSelected.connect(lambda path: self._write(picture, Path(path)))
        dialog.open()

    def _write(self, picture: Picture, path: Path) -> None:
        say = self._work.say
        try:
            if path.suffix.lower() == ".svg":
                path.write_bytes(picture.svg)
                done = True
            else:
                done = image_of(picture).save(str(path))
        except OSError:
            done = False
        if done:
            self.told.emit(say("Saved: {path}", path=str(path)))
        else:
            self.told.emit(
                say("The picture could not be saved there. Choose another folder.")
            )

    def _print(self) -> None:
        charts = self._detail.charts()
        paper_pictures(self._work, self._page, charts, self._preview)

    def _preview(self, pictures: tuple[Picture, ...]) -> None:
        from desktop.ui.indicators.printing import Sheet  # noqa: PLC0415 - only who prints waits for it
        from desktop.ui.indicators.printing import preview  # noqa: PLC0415 - see above

        page, session, say = self._page, self._work.session, self._work.say
        model = self._chosen
        rows = tuple(
            tuple(str(model.index(row, column).data() or "") for column in COLUMNS)
            for row in range(model.rowCount())
        )
        heads = tuple(
            str(model.headerData(column, Qt.Orientation.Horizontal))
            for column in COLUMNS
        )
        root = session.root.name_in(session.period.code)
        lines = (
            f"{root}（{session.root.code}）　{session.period.title}",
            session.pack.title,
        )
        sheet = Sheet(say("Indicators"), lines, heads, rows, pictures, family_of(page))
        preview(sheet, page)
