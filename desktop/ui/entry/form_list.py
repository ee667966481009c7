"""The forms of the pack by domain, each with how far it has come."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Final
from typing import cast

from PySide6.QtCore import QDeadlineTimer
from PySide6.QtCore import QItemSelectionModel
from PySide6.QtCore import QModelIndex
from PySide6.QtCore import QPersistentModelIndex
from PySide6.QtCore import QRect
from PySide6.QtCore import QSize
from PySide6.QtCore import Qt
from PySide6.QtCore import QTimer
from PySide6.QtGui import QColor
from PySide6.QtGui import QPainter
from PySide6.QtGui import QStandardItem
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import QListView
from PySide6.QtWidgets import QStyledItemDelegate
from PySide6.QtWidgets import QStyleOptionViewItem
from PySide6.QtWidgets import QWidget

from desktop.app.audit.form_states import Progressed
from desktop.app.audit.form_states import form_states
from desktop.core.frozen import frozen
from desktop.ui.desk import Place
from desktop.ui.look import labels
from desktop.ui.look.style_option import fill
from desktop.ui.look.style_option import has_focus
from desktop.ui.look.style_option import is_chosen
from desktop.ui.look.style_option import is_current
from desktop.ui.look.style_option import rect_of

if TYPE_CHECKING:
    from desktop.app.audit.form_states import FormState
    from desktop.forms.model import Form
    from desktop.ui.look.icons import Icons
    from desktop.ui.workplace import Workplace

Index = QModelIndex | QPersistentModelIndex
LOOK: Final = Qt.ItemDataRole.UserRole + 1
FORM: Final = Qt.ItemDataRole.UserRole + 2
HEAD_HEIGHT: Final = 30
FORM_HEIGHT: Final = 50
COUNT_AFTER_MS: Final = 300
"""Forms are counted once nothing has changed for so long, and not between entries."""
COUNT_LATEST_MS: Final = 2_000
"""However fast somebody goes on, forms are counted so long after the first change."""


@frozen
class FormLook:
    """What stands in a form's line."""

    title: str
    summary: str
    state: Progressed | None


class FormList(QListView):
    """Chooses the form before the person."""

    def __init__(self, work: Workplace, parent: QWidget | None = None) -> None:
        """List the forms and count them."""
        super().__init__(parent)
        self.setObjectName("forms")
        self.setAccessibleName(work.say("Forms"))
        self._work = work
        self._items: dict[str, QStandardItem] = {}
        self.setModel(self._build())
        self.setItemDelegate(FormDelegate(work.icons, self))
        work.look.changed.connect(self.scheduleDelayedItemsLayout)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(COUNT_AFTER_MS)
        self._wait.timeout.connect(self.count)
        self._latest = QDeadlineTimer(QDeadlineTimer.ForeverConstant.Forever)
        self.selectionModel().currentChanged.connect(self._chosen)
        bridge = work.bridge
        bridge.records_changed.connect(self._soon)
        bridge.findings_changed.connect(self._soon)
        bridge.saved.connect(self._soon)
        bridge.period_changed.connect(self._wait.start)
        work.desk.moved.connect(self._follow)
        self._follow(work.desk.place)
        self._wait.start()

    def count(self) -> None:
        """Ask how far each form is, as long as the ledger is open."""
        bridge = self._work.bridge
        self._latest = QDeadlineTimer(QDeadlineTimer.ForeverConstant.Forever)
        if not bridge.closed:
            bridge.when(form_states(self._work.session), self, self._show)

    def _build(self) -> QStandardItemModel:
        model = QStandardItemModel(self)
        pack = self._work.pack
        domains = dict.fromkeys(form.domain for form in pack.forms)
        for domain in domains:
            head = QStandardItem(labels.domain(self._work.say, domain))
            head.setFlags(Qt.ItemFlag.NoItemFlags)
            model.appendRow(head)
            for form in pack.forms:
                if form.domain is domain:
                    model.appendRow(self._line(form))
        return model

    def _line(self, form: Form) -> QStandardItem:
        item = QStandardItem(form.title)
        item.setData(form.id, FORM)
        item.setData(FormLook(form.title, "", None), LOOK)
        self._items[form.id] = item
        return item

    def _soon(self, _event: object) -> None:
        if not self._wait.isActive():
            self._latest.setRemainingTime(COUNT_LATEST_MS)
        elif self._latest.hasExpired():
            return
        self._wait.start()

    def _show(self, states: tuple[FormState, ...]) -> None:
        for state in states:
            title = self._work.form(state.form).title
            look = FormLook(title, self._summary(state), state.progressed)
            if look == self._items[state.form].data(LOOK):
                continue
            self._items[state.form].setData(look, LOOK)
            said = f"{title}，{look.summary}"
            self._items[state.form].setData(said, Qt.ItemDataRole.AccessibleTextRole)
            self._items[state.form].setToolTip(said)

    def _summary(self, state: FormState) -> str:
        say = self._work.say
        if state.nil and not state.records:
            return say("Nil return")
        if not state.records:
            return labels.state(say, state.progressed)
        parts = [say("{count} records", count=state.records)]
        if state.errors:
            parts.append(say("{count} errors", count=state.errors))
        if open_ones := state.warnings - state.explained:
            parts.append(say("{count} to explain", count=open_ones))
        if len(parts) == 1:
            parts.append(labels.state(say, state.progressed))
        return " · ".join(parts)

    def _chosen(self, index: QModelIndex) -> None:
        form = index.data(FORM)
        if form is not None and form != self._work.desk.place.form:
            self._work.desk.move(Place(str(form)))

    def _follow(self, place: Place) -> None:
        item = self._items[place.form]
        if self.currentIndex() != item.index():
            select = QItemSelectionModel.SelectionFlag.ClearAndSelect
            self.selectionModel().setCurrentIndex(item.index(), select)


class FormDelegate(QStyledItemDelegate):
    """Paints a form's title with its state in words and as an icon."""

    def __init__(self, icons: Icons, parent: QWidget) -> None:
        """Take the icons of the states."""
        super().__init__(parent)
        self._icons = icons

    def sizeHint(
        self,
        option: QStyleOptionViewItem,  # noqa: ARG002 - Qt hands it over
        index: Index,
    ) -> QSize:
        """Give heads less room than forms."""
        height = HEAD_HEIGHT if index.data(LOOK) is None else FORM_HEIGHT
        return QSize(120, self._icons.look.px(height))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: Index
    ) -> None:
        """Paint one line."""
        rect = rect_of(option)
        look = cast("FormLook | None", index.data(LOOK))
        painter.save()
        if look is None:
            self._paint_head(painter, rect, str(index.data()))
        else:
            owner = self.parent()
            self._paint_form(painter, rect, look, chosen=is_chosen(owner, index))
            if has_focus(owner) and is_current(owner, index):
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.setPen(QColor(self._icons.look.colours.accent))
                painter.drawRect(rect.adjusted(2, 1, -3, -2))
        painter.restore()

    def _paint_form(
        self, painter: QPainter, rect: QRect, look: FormLook, *, chosen: bool
    ) -> None:
        letters, colours = self._icons.look, self._icons.look.colours
        if chosen:
            fill(painter, rect, colours.accent_tint)
            mark = QRect(rect.left(), rect.top(), 3, rect.height())
            fill(painter, mark, colours.accent)
        space = rect.adjusted(14, 5, -8, -5)
        font = painter.font()
        font.setBold(chosen)
        painter.setFont(font)
        painter.setPen(QColor(colours.ink))
        upper = QRect(space.left(), space.top(), space.width(), space.height() // 2)
        title = painter.fontMetrics().elidedText(
            look.title, Qt.TextElideMode.ElideRight, upper.width()
        )
        painter.drawText(upper, Qt.AlignmentFlag.AlignVCenter, title)
        tone = colours.of_state(look.state)
        lower = upper.translated(0, upper.height() + 1)
        size = letters.px(13)
        pixmap = self._icons.pixmap(tone.icon, tone.ink, size)
        painter.drawPixmap(lower.left(), lower.center().y() - size // 2, pixmap)
        font.setBold(False)
        font.setPointSizeF(letters.points(-1.5))
        painter.setFont(font)
        painter.setPen(QColor(tone.ink))
        text = painter.fontMetrics().elidedText(
            look.summary, Qt.TextElideMode.ElideRight, lower.width() - size - 5
        )
        painter.drawText(
            lower.adjusted(size + 5, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, text
        )

    def _paint_head(self, painter: QPainter, rect: QRect, text: str) -> None:
        look = self._icons.look
        font = painter.font()
        font.setPointSizeF(look.points(-1))
        font.setBold(True)
        painter.setFont(font)
        painter.setPen(QColor(look.colours.faint))
        low = Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft
        painter.drawText(rect.adjusted(14, 0, -8, -4), low, text)
