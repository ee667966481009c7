"""与其他制度包对照: the open ledger held against other packs, side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox
from PySide6.QtWidgets import QDialog
from PySide6.QtWidgets import QHBoxLayout
from PySide6.QtWidgets import QHeaderView
from PySide6.QtWidgets import QListWidget
from PySide6.QtWidgets import QListWidgetItem
from PySide6.QtWidgets import QStackedWidget
from PySide6.QtWidgets import QTableView
from PySide6.QtWidgets import QVBoxLayout
from PySide6.QtWidgets import QWidget

from desktop.app.background import Task
from desktop.app.figures.comparing import candidate
from desktop.app.figures.comparing import compare
from desktop.app.figures.comparing import own_candidate
from desktop.app.packs.available import sound_packs
from desktop.ui.indicators.beside import BesideModel
from desktop.ui.look import parts
from desktop.ui.look import tables
from desktop.ui.look import tokens

if TYPE_CHECKING:
    from desktop.app.figures.comparing import Candidate
    from desktop.app.figures.comparing import Comparison
    from desktop.forms.model import Pack
    from desktop.ui.workplace import Workplace

ROW_HEIGHT: Final = 78
HEAD_HEIGHT: Final = 46
TITLE_WIDTH: Final = 176
LAST_WIDTH: Final = 132
LIST_WIDTH: Final = 226
PACK: Final = Qt.ItemDataRole.UserRole


class CompareDialog(QDialog):
    """Choose packs on the left, read them side by side on the right.

    Packs are read and compiled on a thread of their own, the figures asked of the
    ledger on its own; whatever has been overtaken by another choice is passed over.
    """

    def __init__(self, work: Workplace, parent: QWidget) -> None:
        """Begin to read the packs."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("compare")
        self.setWindowTitle(work.say("Side by side with other packs"))
        self._work = work
        self._packs: dict[str, Pack] = {}
        self._ready: dict[str, Candidate] = {}
        self._asked = 0
        """Counts what was asked, to know an answer that comes too late."""
        self.model = BesideModel(work.say, work.look, self)
        self._list = self._make_list()
        self._table = self._make_table()
        self._hint = parts.label(work.say("Reading the packs…"), name="compare.hint")
        self._hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._middle = QStackedWidget()
        self._formulas = parts.label("", name="compare.formulas")
        self._lay_out()
        task = Task(lambda _: sound_packs(work.start.places.packs))
        work.bridge.when(task.result, self, self._offer)

    def _make_list(self) -> QListWidget:
        made = QListWidget()
        made.setObjectName("compare.packs")
        made.setAccessibleName(self._work.say("Packs to compare with"))
        made.setFixedWidth(LIST_WIDTH)
        made.setWordWrap(True)
        made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        made.itemChanged.connect(lambda _: self._ask())
        return made

    def _make_table(self) -> QTableView:
        table = QTableView()
        title = self._work.say("Side by side with other packs")
        tables.dress(table, "compare.table", title)
        table.setModel(self.model)
        table.setWordWrap(True)
        table.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        header = table.horizontalHeader()
        header.setMinimumHeight(HEAD_HEIGHT)
        # A head takes the flag that wraps text along with where the text stands.
        wrapped = tables.LEFT.value | Qt.TextFlag.TextWordWrap.value
        header.setDefaultAlignment(Qt.AlignmentFlag(wrapped))
        table.selectionModel().currentRowChanged.connect(
            lambda now, _: self._explain(now.row())
        )
        return table

    def _lay_out(self) -> None:
        say = self._work.say
        column = parts.column(self, margin=tokens.PAGE_MARGIN, spacing=10)
        intro = say(
            "The figures of this ledger, held against what other plans want. Rows on "
            "a coloured ground mean something else in each plan: do not compare them."
        )
        column.addWidget(parts.label(intro, "muted"))
        self._middle.addWidget(self._hint)
        self._middle.addWidget(self._table)
        across = QHBoxLayout()
        across.setSpacing(12)
        across.addLayout(self._left())
        across.addWidget(self._middle, 1)
        column.addLayout(across, 1)
        column.addWidget(self._formulas)
        close = parts.button(say("Close"), self.accept, name="compare.close")
        only = QCheckBox(say("Only what differs"))
        only.setObjectName("compare.differing")
        only.toggled.connect(lambda on: self.model.show_differing(only=on))
        column.addLayout(parts.row(only, None, close))
        self.resize(self._work.look.dialog(1080))

    def _left(self) -> QVBoxLayout:
        made = QVBoxLayout()
        made.addWidget(parts.label(self._work.say("Packs to compare with"), "section"))
        made.addWidget(self._list, 1)
        return made

    def _offer(self, packs: tuple[Pack, ...]) -> None:
        """List the packs that can be compared with."""
        others = [pack for pack in packs if pack.id != self._work.pack.id]
        self._packs = {pack.id: pack for pack in others}
        self._list.blockSignals(True)
        for pack in others:
            item = QListWidgetItem(pack.title)
            item.setToolTip(pack.plan.title)
            item.setData(PACK, pack.id)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Unchecked)
            self._list.addItem(item)
        self._list.blockSignals(False)
        self._list.setCurrentRow(0)
        self._list.setFocus()
        self._ask()

    def _chosen(self) -> tuple[Pack, ...]:
        items = [self._list.item(row) for row in range(self._list.count())]
        ticked = [item for item in items if item.checkState() == Qt.CheckState.Checked]
        return tuple(self._packs[item.data(PACK)] for item in ticked)

    def _ask(self) -> None:
        """Compile what is new among the chosen packs, then ask the ledger."""
        self._asked += 1
        asked, chosen = self._asked, self._chosen()
        say = self._work.say
        if not chosen:
            none = say("There is no other pack to compare with.")
            tick = say("Tick one or several packs on the left.")
            self._tell(tick if self._list.count() else none)
            return
        self._tell(say("Computing the indicators…"))
        compiled, ready = self._work.session.compiled, dict(self._ready)

        def prepare(_stage: object) -> tuple[Candidate, ...]:
            own = own_candidate(compiled)
            others = (
                ready.get(each.id) or candidate(compiled, each) for each in chosen
            )
            return (own, *others)

        task = Task(prepare)
        self._work.bridge.when(
            task.result, self, lambda candidates: self._compute(asked, candidates)
        )

    def _compute(self, asked: int, candidates: tuple[Candidate, ...]) -> None:
        self._ready.update({each.pack.id: each for each in candidates[1:]})
        session, bridge = self._work.session, self._work.bridge
        if asked != self._asked or bridge.closed:
            return
        period, unit = session.period, session.root.code
        steps = session.thread.start(
            lambda ledger: compare(ledger, period, unit, candidates)
        )
        bridge.when(steps.result, self, lambda found: self._show(asked, found))

    def _show(self, asked: int, found: Comparison) -> None:
        if asked != self._asked:
            return
        self.model.take(found)
        header = self._table.horizontalHeader()
        last = self.model.columnCount() - 1
        for section in range(last + 1):
            header.setSectionResizeMode(section, QHeaderView.ResizeMode.Stretch)
        for section, width in ((0, TITLE_WIDTH), (last, LAST_WIDTH)):
            header.setSectionResizeMode(section, QHeaderView.ResizeMode.Interactive)
            header.resizeSection(section, width)
        self._middle.setCurrentWidget(self._table)
        self._table.selectRow(0)

    def _tell(self, words: str) -> None:
        """Show a sentence in the table's place."""
        self.model.take(None)
        self._formulas.setText("")
        self._hint.setText(words)
        self._middle.setCurrentWidget(self._hint)

    def _explain(self, place: int) -> None:
        """Say how each pack computes the chosen indicator."""
        lines = (f"{title}：{words}" for title, words in self.model.formulas(place))
        self._formulas.setText("\n".join(lines))
