"""One file of 收表: what it is, what to do, and what it would change, list by list."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QButtonGroup
from PySide6.QtWidgets import QComboBox
from PySide6.QtWidgets import QPushButton
from PySide6.QtWidgets import QTableView
from PySide6.QtWidgets import QVBoxLayout
from PySide6.QtWidgets import QWidget

from desktop.app.audit.finding_lines import place
from desktop.app.audit.standing import Standing
from desktop.app.handover.receiving.receiving import Wish
from desktop.exchange.lineage import Kind
from desktop.export.wording import LEVELS
from desktop.ui.handover.receive_models import ConflictsModel
from desktop.ui.handover.receive_models import EditsModel
from desktop.ui.handover.receive_models import LinesModel
from desktop.ui.handover.receive_table import set_widths
from desktop.ui.handover.receive_table import table_of
from desktop.ui.handover.receive_words import ADVICE
from desktop.ui.handover.receive_words import KINDS
from desktop.ui.handover.receive_words import WISHES
from desktop.ui.handover.receive_words import tone_of
from desktop.ui.look import parts

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Mapping
    from collections.abc import Sequence

    from PySide6.QtCore import QModelIndex

    from desktop.app.collection.values import CellFault
    from desktop.app.handover.receiving.deciding import Deciding
    from desktop.app.handover.receiving.looking import Lines
    from desktop.app.handover.receiving.merge_words import ChangeLine
    from desktop.app.handover.receiving.merge_words import ConflictLine
    from desktop.app.handover.receiving.receiving import Item
    from desktop.app.handover.receiving.rehearsing import Effect
    from desktop.core.words import Words
    from desktop.ui.workplace import Workplace

CHANGES, CONFLICTS, EDITS, RULES, FAULTS, KEPT = range(6)
"""The lists, in their order."""
_WIDTHS: Final = (22, 20, 24, 22)
_EDIT_WIDTHS: Final = (8, 22, 20, 24, 14, 14)
_SIDE_WIDTHS: Final = (18, 20, 12, 40, 40)


class ReceiveDetail(QWidget):
    """Shows a file; what the person decides about it is told by `decided`."""

    decided = Signal()

    def __init__(self, work: Workplace, deciding: Deciding) -> None:
        """Show nothing yet."""
        super().__init__()
        self._work, self._deciding = work, deciding
        self._item: Item | None = None
        self.shown = False
        """Whether the file before the person is shown as it is now."""
        self._asked: dict[object, tuple[ConflictLine, ...]] = {}
        """Places that were to be decided, by file: they stay to be decided anew."""
        self._kind = parts.label("", "section", wrap=False, name="receive.kind")
        self._said = parts.label("", name="receive.said")
        self._advice = parts.label("", "muted", name="receive.advice")
        self._besides = parts.label("", name="receive.besides")
        for label in (self._said, self._advice, self._besides):
            label.setTextInteractionFlags(
                Qt.TextInteractionFlag.TextSelectableByMouse
                | Qt.TextInteractionFlag.TextSelectableByKeyboard
            )
        self._buttons = self._make_buttons()
        self._unit = QComboBox()
        self._unit.setObjectName("receive.unit")
        self._unit.setAccessibleName(work.say("Unit the file is of"))
        self._unit.setMinimumWidth(work.look.px(220))
        self._unit.activated.connect(self._whose)
        self._lists = parts.tabs("receive.lists", work.say("What taking it does"))
        self._make_lists()
        self._lay_out()

    def _lay_out(self) -> None:
        column = parts.column(self, spacing=5)
        buttons = self._buttons.buttons()
        column.addLayout(parts.row(self._kind, None, self._unit, *buttons))
        for widget in (self._said, self._advice, self._besides):
            column.addWidget(widget)
        column.addWidget(self._lists, 1)
        column.addStretch(0)

    def _make_buttons(self) -> QButtonGroup:
        group = QButtonGroup(self)
        for number, wish in enumerate(WISHES):
            made = QPushButton(self._work.say(WISHES[wish]))
            made.setObjectName(f"receive.wish.{wish.value}")
            made.setCheckable(True)
            made.setAutoDefault(False)
            group.addButton(made, number)
        group.idClicked.connect(self._wished)
        return group

    def _make_lists(self) -> None:
        say = self._work.say
        place_heads = (say("Form"), say("Record"), say("Item"))
        changed = (*place_heads, say("Before"), say("After"))
        self._changes = LinesModel(changed, self)
        self._conflicts = ConflictsModel(say, self)
        self._edits = EditsModel(say, self)
        finding = (
            say("What happens"),
            say("Level"),
            say("Record"),
            say("What the rule says"),
        )
        self._rules = LinesModel(finding, self)
        fault = (say("Cell"), say("Record"), say("Item"), say("In the file"))
        self._faults = LinesModel((*fault, say("What is wrong")), self)
        kept = (*place_heads, say("In the file"), say("Kept here"))
        self._kept = LinesModel(kept, self)
        self._conflicts.picked.connect(self._picked)
        self._edits.ticked.connect(self._ticked)
        lists = (
            (CHANGES, "changes", self._changes, ()),
            (CONFLICTS, "conflicts", self._conflicts, self._sides()),
            (EDITS, "edits", self._edits, self._ticks()),
            (RULES, "rules", self._rules, ()),
            (FAULTS, "faults", self._faults, ()),
            (KEPT, "kept", self._kept, ()),
        )
        titles = self._titles()
        for number, name, model, buttons in lists:
            self._add_list(number, name, model, (titles[number], buttons))

    def _add_list(
        self,
        number: int,
        name: str,
        model: LinesModel,
        more: tuple[str, Sequence[QPushButton]],
    ) -> None:
        title, buttons = more
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 4, 0, 0)
        widths = _EDIT_WIDTHS if number == EDITS else _WIDTHS
        table = table_of(model, self._work.look, widths, f"receive.{name}", title)
        if buttons:
            column.addLayout(parts.row(*buttons, None))
        column.addWidget(table, 1)
        self._lists.insertTab(number, inside, title)
        if number == CONFLICTS:
            table.setSelectionBehavior(QTableView.SelectionBehavior.SelectItems)
            height = table.fontMetrics().lineSpacing()
            table.verticalHeader().setDefaultSectionSize(height * 2 + 10)
            table.clicked.connect(self._conflicts.pick)
            self._pick_by_key(table)

    def _pick_by_key(self, table: QTableView) -> None:
        for key in (Qt.Key.Key_Space, Qt.Key.Key_Return):
            shortcut = QShortcut(QKeySequence(key), table)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(self._pick_current)
        self._conflict_table = table

    def _pick_current(self) -> None:
        index: QModelIndex = self._conflict_table.currentIndex()
        if index.isValid():
            self._conflicts.pick(index)

    def _sides(self) -> tuple[QPushButton, ...]:
        say, model = self._work.say, self._conflicts
        ours = say("Everywhere what stands here")
        theirs = say("Everywhere what arrives")
        return (
            parts.button(ours, lambda: model.pick_all(ours=True), name="receive.ours"),
            parts.button(
                theirs, lambda: model.pick_all(ours=False), name="receive.theirs"
            ),
        )

    def _ticks(self) -> tuple[QPushButton, ...]:
        say, model = self._work.say, self._edits
        return (
            parts.button(
                say("Take all over"),
                lambda: model.choose(model.acceptable),
                name="receive.all",
            ),
            parts.button(
                say("Take none over"),
                lambda: model.choose(frozenset()),
                name="receive.none",
            ),
        )

    def _titles(self) -> Mapping[int, str]:
        say = self._work.say
        return {
            CHANGES: say("What would change"),
            CONFLICTS: say("To choose"),
            EDITS: say("Changed outside"),
            RULES: say("What the rules say"),
            FAULTS: say("Wrong in the file"),
            KEPT: say("Kept as it is here"),
        }

    # --- Showing ------------------------------------------------------------

    def show_item(self, item: Item, lines: Lines, effect: Effect) -> None:
        """Show a file with what it would do."""
        other = self._item is None or self._item.read.path != item.read.path
        self._item, self.shown = item, True
        self._show_head(item)
        say = self._work.say
        self._changes.show_rows(list(_changes(say, lines)))
        self._kept.show_rows([_line(one) for one in lines.kept])
        self._show_rules(effect)
        faults = item.typed.faults if item.typed is not None else ()
        self._faults.show_rows([_fault(say, one) for one in faults])
        path = item.read.path
        chosen = self._deciding.edits.get(path, frozenset())
        self._edits.show_edits(lines.edits, chosen)
        known = self._asked.get(path, ())
        new = tuple(
            line
            for line in lines.conflicts
            if all(line.contention != one.contention for one in known)
        )
        self._asked[path] = asked = (*known, *new)
        if other or new:
            self._conflicts.show_conflicts(asked, dict(self._deciding.choices))
            set_widths(self._conflict_table, self._work.look, _SIDE_WIDTHS)
        self._show_titles(other=other)

    def show_effect(self, effect: Effect) -> None:
        """Show what the rules say of it, which comes later."""
        self._show_rules(effect)
        self._show_titles(other=False)

    def wait(self, item: Item) -> None:
        """Know that a file is about to be shown; till then no other is decided on."""
        same = self._item is not None and self._item.read.path == item.read.path
        self.shown, self._item = False, self._item if same else None

    def forget(self) -> None:
        """Show nothing of the files before."""
        self._item = None
        self._asked.clear()

    def _show_head(self, item: Item) -> None:
        say, kind = self._work.say, item.verdict.kind
        tone = tone_of(kind, self._work.look.colours)
        self._kind.setText(f"{say(KINDS[kind])}　{item.read.file}")
        parts.set_tone(self._kind, tone)
        self._said.setText(say.message(item.verdict.said))
        self._advice.setText(say("What to do: {advice}", advice=say(ADVICE[kind])))
        besides = [say.message(said) for said in item.left]
        if item.locked is not None:
            besides.append(say.message(item.locked))
        if item.signed is not None:
            besides.append(say.message(item.signed.said))
        loud = item.locked is not None or (item.signed is not None and item.signed.loud)
        self._besides.setText("\n".join(besides))
        self._besides.setVisible(bool(besides))
        colours = self._work.look.colours
        parts.set_tone(self._besides, colours.error if loud else colours.quiet)
        for button, wish in zip(self._buttons.buttons(), WISHES, strict=True):
            button.setChecked(item.wish is wish)
            apart = item.typed is not None and wish is Wish.REPLACE
            button.setVisible(item.plan is not None and not apart)
            barred = item.locked is not None and wish in (Wish.MERGE, Wish.REPLACE)
            button.setEnabled(self._work.writable and not barred)
        self._show_units(item)

    def _show_units(self, item: Item) -> None:
        """Offer the units for a file that was typed by hand."""
        self._unit.setVisible(item.typed is not None)
        if item.typed is None:
            return
        self._unit.clear()
        self._unit.addItem(self._work.say("Choose the unit…"), "")
        for unit in self._work.session.units:
            name = unit.name_in(item.typed.period.code)
            self._unit.addItem(f"{name}　{unit.code}", str(unit.code))
        at = self._unit.findData(item.typed.unit) if item.typed.unit else 0
        self._unit.setCurrentIndex(at)

    def _show_rules(self, effect: Effect) -> None:
        say, colours = self._work.say, self._work.look.colours
        rows, inks = [], []
        for found, sign in ((effect.appear, say("New")), (effect.vanish, say("Gone"))):
            for told in found:
                level = told.finding.level
                explained = told.said.standing is Standing.STANDS
                text = told.finding.text
                if explained:
                    text = say("{text} (explained)", text=text)
                rows.append((sign, LEVELS[level], place(told), text))
                new = found is effect.appear and not explained
                inks.append(colours.of_level(level).ink if new else "")
        self._rules.show_rows(rows, inks)

    def _show_titles(self, *, other: bool) -> None:
        """Count what the lists hold, and show those with something in them."""
        models = (
            self._changes,
            self._conflicts,
            self._edits,
            self._rules,
            self._faults,
            self._kept,
        )
        titles = self._titles()
        for number, model in enumerate(models):
            count = len(model.rows)
            self._lists.setTabText(number, f"{titles[number]}（{count}）")
            self._lists.setTabVisible(number, count > 0)
        self._lists.setVisible(any(model.rows for model in models))
        if other:
            first = (CONFLICTS, EDITS, FAULTS, CHANGES)
            chosen = next((n for n in first if models[n].rows), CHANGES)
            self._lists.setCurrentIndex(chosen)

    # --- Deciding -----------------------------------------------------------

    def _wished(self, number: int) -> None:
        if self._item is not None:
            self._deciding.wishes[self._item.read.path] = list(WISHES)[number]
            self.decided.emit()

    def _picked(self) -> None:
        self._deciding.choose(self._conflicts.choices)
        self.decided.emit()

    def _ticked(self) -> None:
        if self._item is not None:
            self._deciding.edits[self._item.read.path] = self._edits.chosen
            self.decided.emit()

    def _whose(self, number: int) -> None:
        if self._item is not None and self._item.verdict.kind is Kind.TYPED:
            code = self._unit.itemData(number)
            self._deciding.units[self._item.read.path] = str(code)
            self.decided.emit()


def _line(one: ChangeLine) -> tuple[str, ...]:
    return (one.place.form, one.place.record, one.place.slot, one.before, one.after)


def _changes(say: Words, lines: Lines) -> Iterator[tuple[str, ...]]:
    yield from map(_line, lines.changes)
    if lines.more:
        more = say("and {count} more changes", count=lines.more)
        yield (more, "", "", "", "")


def _fault(say: Words, fault: CellFault) -> tuple[str, ...]:
    where = f"{fault.sheet}!{fault.cell}"
    why = f"{say.message(fault.why)} {fault.mend}".rstrip()
    return (where, fault.record, fault.field, fault.text, why)
