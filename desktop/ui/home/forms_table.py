"""The forms of the period: a click or Enter leads to the form, or to what is open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelectionModel
from PySide6.QtCore import QModelIndex
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView
from PySide6.QtWidgets import QHeaderView
from PySide6.QtWidgets import QTableView
from PySide6.QtWidgets import QWidget

from desktop.core.findings import Level
from desktop.ui.desk import Page
from desktop.ui.desk import Place
from desktop.ui.home.forms_model import Column
from desktop.ui.home.forms_model import FormsModel
from desktop.ui.look import tokens

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from desktop.ui.workplace import Workplace

ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
WIDTHS = ((Column.STATE, 104), (Column.RECORDS, 72), (Column.ERRORS, 84))


class FormsTable(QTableView):
    """Goes where the person points: a form, its errors, what is to be explained."""

    def __init__(self, work: Workplace, parent: QWidget | None = None) -> None:
        """List the forms."""
        super().__init__(parent)
        self.setObjectName("home.forms")
        self.setAccessibleName(work.say("Forms"))
        self._work = work
        self.forms = FormsModel(work, self)
        self.setModel(self.forms)
        self.setProperty("padded", True)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setMouseTracking(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.verticalHeader().hide()
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setSectionsClickable(False)
        head.setSectionResizeMode(Column.FORM, QHeaderView.ResizeMode.Stretch)
        work.look.changed.connect(self._measure)
        self._measure()
        self.clicked.connect(self.go)
        self.choose(work.desk.place.form)

    def _measure(self) -> None:
        """Give lines and columns the room that the letters need."""
        px = self._work.look.px
        self.verticalHeader().setDefaultSectionSize(px(tokens.ROW_HEIGHT))
        for column, width in (*WIDTHS, (Column.WARNINGS, 84)):
            self.setColumnWidth(column, px(width))

    def choose(self, form: str) -> None:
        """Put the mark on a form."""
        now = self.currentIndex()
        index = self.forms.index(self.forms.row_of(form), max(now.column(), 0))
        select = QItemSelectionModel.SelectionFlag.ClearAndSelect
        rows = QItemSelectionModel.SelectionFlag.Rows
        self.selectionModel().setCurrentIndex(index, select | rows)

    def go(self, index: QModelIndex) -> None:
        """Go to the form of a row; from a count to the findings it counts."""
        form, state = self.forms.form_at(index.row()), self.forms.state_at(index.row())
        desk = self._work.desk
        match Column(index.column()):
            case Column.ERRORS if state is not None and state.errors:
                desk.look_into(form, Level.ERROR)
            case Column.WARNINGS if state is not None and state.unexplained:
                desk.look_into(form, Level.WARNING)
            case _:
                desk.move(Place(form))
                desk.turn_to(Page.ENTRY)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Enter go where a click goes."""
        if event.key() in ENTER and self.currentIndex().isValid():
            self.go(self.currentIndex())
            return
        super().keyPressEvent(event)
