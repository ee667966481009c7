"""本级退回的: units that handed in, what was sent back to them, and what is next."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING
from typing import Final
from typing import cast

from PySide6.QtWidgets import QTreeWidgetItem
from PySide6.QtWidgets import QWidget

from desktop.app.audit.explained import explained
from desktop.app.handover.slips import receipts
from desktop.app.handover.slips import slips
from desktop.app.handover.slips.slip_words import before_of
from desktop.app.handover.slips.slip_words import item_state
from desktop.app.handover.slips.slip_words import now_of
from desktop.app.handover.slips.slip_words import package_state
from desktop.app.handover.slips.slip_words import what_of
from desktop.app.handover.slips.slips_marking import send_back
from desktop.app.handover.slips.slips_view import UnitBack
from desktop.exchange.slip import ItemState
from desktop.exchange.slip import PackageState
from desktop.ui.handover.slips_cell import term
from desktop.ui.handover.slips_dialogs import Asked
from desktop.ui.handover.slips_dialogs import FindingsDialog
from desktop.ui.handover.slips_dialogs import SayDialog
from desktop.ui.handover.slips_due import ask_due
from desktop.ui.handover.slips_tree import ABOUT
from desktop.ui.handover.slips_tree import SlipsTree
from desktop.ui.look import parts
from desktop.ui.look.flow import Flow

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterator
    from collections.abc import Sequence

    from desktop.app.audit.explained import ExplainedFinding
    from desktop.app.handover.slips.returning import Tracked
    from desktop.app.handover.slips.slips_marking import Wanted
    from desktop.app.handover.slips.slips_view import Overview
    from desktop.exchange.slip import Slip
    from desktop.store.ledger import Ledger
    from desktop.ui.handover.slips_actions import SlipsActions
    from desktop.ui.handover.slips_dialogs import Said
    from desktop.ui.look.colours import Tone
    from desktop.ui.workplace import Workplace

_WIDTHS: Final = (330, 150, 0, 88, 96, 150)


class SentView(QWidget):
    """Lists the units that handed in, each with what was sent back to it."""

    def __init__(
        self, work: Workplace, actions: SlipsActions, go: Callable[[Tracked], None]
    ) -> None:
        """Wait for what there is; `go` takes the person to an item."""
        super().__init__()
        self._work, self._actions, self._go = work, actions, go
        self._units: tuple[UnitBack, ...] = ()
        say = work.say
        titles = (say("Unit, record and item"), say("State"), say("Why it goes back"))
        more = (say("Due"), say("Was"), say("Is now"))
        self.tree = SlipsTree(work, "slips.sent", (*titles, *more), _WIDTHS)
        self.empty = parts.label(
            say(
                "Nothing has been handed in for this period yet. Receive submissions "
                "first (Receive); then receipts are written here, and what is not in "
                "order is sent back: tick findings, or choose Send the cell back on a "
                "cell. No figure is ever changed by it."
            ),
            "muted",
            name="slips.sent.empty",
        )
        self.detail = parts.label("", name="slips.sent.detail")
        self._build()
        self._unit_tools = QWidget()
        self._unit_tools.setLayout(Flow(*self._for_units()))
        self._item_tools = QWidget()
        self._item_tools.setLayout(Flow(*self._for_items()))
        column = parts.column(self, spacing=8)
        column.addWidget(self.empty)
        column.addWidget(self._unit_tools)
        column.addWidget(self.tree, 1)
        column.addWidget(self.detail)
        column.addWidget(self._item_tools)
        column.addStretch(0)

    # --- Making ----------------------------------------------------------

    def _build(self) -> None:
        tree = self.tree
        tree.setAccessibleName(self._work.say("Units and what was sent back to them"))
        tree.itemActivated.connect(lambda _item, _column: self._for_item(self._go))
        tree.currentItemChanged.connect(lambda _now, _before: self._chosen())

    def _for_units(self) -> Iterator[QWidget]:
        say = self._work.say
        self.mark = parts.button(
            say("Send findings back…"),
            lambda: self._for_unit(self._mark),
            name="slips.mark",
        )
        self.issue = parts.button(
            say("Write the return slip…"),
            lambda: self._for_unit(self._issue),
            name="slips.issue",
            primary=True,
        )
        self.due = parts.button(
            say("Deadline of the slip…"),
            lambda: self._for_unit(self._due),
            name="slips.due",
        )
        self.receipt = parts.button(
            say("Write the receipt…"),
            lambda: self._for_unit(self._receipt),
            name="slips.receipt",
        )
        self.all = parts.button(
            say("Receipts of all units…"), self._receipts, name="slips.all"
        )
        self.accept = parts.button(
            "", lambda: self._for_unit(self._accept), name="slips.accept"
        )
        yield from (self.mark, self.due, self.issue)
        yield from (self.receipt, self.accept, self.all)

    def _for_items(self) -> Iterator[QWidget]:
        say = self._work.say
        self.jump = parts.button(
            say("Go to the cell"), lambda: self._for_item(self._go), name="slips.go"
        )
        self.agree = parts.button(
            say("Agree: it is corrected"),
            lambda: self._for_item(self._agree),
            name="slips.agree",
        )
        self.again = parts.button(
            say("Send back once more…"),
            lambda: self._for_item(self._again),
            name="slips.again",
        )
        self.drop = parts.button(
            say("Take off the slip"),
            lambda: self._for_item(self._drop),
            name="slips.drop",
        )
        yield from (self.jump, self.agree, self.again, self.drop)

    # --- Showing ---------------------------------------------------------

    def show_overview(self, told: Overview) -> None:
        """Show the units; what is chosen stays chosen."""
        before = self._name(self.tree.line())
        self._units = told.units
        self.tree.clear()
        for unit in told.units:
            self._add(unit, before)
        if told.units and self.tree.line() is None:
            self.tree.setCurrentItem(self.tree.topLevelItem(0))
        self.empty.setVisible(not told.units)
        for widget in (self._unit_tools, self.tree, self.detail, self._item_tools):
            widget.setVisible(bool(told.units))
        self._chosen()

    def _add(self, unit: UnitBack, before: str) -> None:
        say = self._work.say
        state = package_state(unit.state, say)
        state = f"{state} {unit.day}" if unit.day else state
        due = "、".join(dict.fromkeys(slip.due for slip in unit.slips if slip.due))
        came = unit.taken[:16].replace("T", " ")
        file = say("{file}, received {at}", file=unit.package.file, at=came)
        top = QTreeWidgetItem([unit.name, state, file, due])
        top.setData(0, ABOUT, unit)
        top.setIcon(0, self._work.icons.toned(self._tone(unit)))
        font = top.font(0)
        font.setBold(True)
        top.setFont(0, font)
        self.tree.addTopLevelItem(top)
        for one in unit.items:
            line = QTreeWidgetItem(top, self._line(one))
            line.setData(0, ABOUT, one)
            self.tree.tell_in_full(line)
            if self._name(line) == before:
                self.tree.setCurrentItem(line)
        top.setExpanded(True)
        if self._name(top) == before:
            self.tree.setCurrentItem(top)

    def _line(self, one: Tracked) -> list[str]:
        say, item = self._work.say, one.item
        place = f"{item.form_title} {item.name} {what_of(item)}"
        state = item_state(one, say)
        if item.round > 1:
            state = say("{state}, time {count}", state=state, count=item.round)
        before = before_of(item, say)
        return [place, state, item.reason, one.slip.due, before, now_of(one, say)]

    def _tone(self, unit: UnitBack) -> Tone:
        colours = self._work.look.colours
        tones = {
            PackageState.RECEIVED: colours.info,
            PackageState.RETURNED: colours.error,
            PackageState.ACCEPTED: colours.good,
        }
        return colours.warning if unit.waiting else tones[unit.state]

    def _name(self, line: QTreeWidgetItem | None) -> str:
        """Name what a line is about, to find it again."""
        about = None if line is None else line.data(0, ABOUT)
        if about is None:
            return ""
        return about.package.unit if isinstance(about, UnitBack) else about.name

    def unit(self) -> UnitBack | None:
        """Give the unit that is chosen, or whose item is."""
        line = self.tree.line()
        if line is None:
            return None
        above = cast("QTreeWidgetItem | None", line.parent())
        found: UnitBack = (line if above is None else above).data(0, ABOUT)
        return found

    def item(self) -> Tracked | None:
        """Give the chosen item."""
        about: Tracked | UnitBack | None = self.tree.about()
        return None if isinstance(about, UnitBack) else about

    def _chosen(self) -> None:
        unit, one, say = self.unit(), self.item(), self._work.say
        may = self._work.writable and unit is not None
        told = "" if one is None else f"{what_of(one.item)}\n{one.item.reason}"
        self.detail.setText(told)
        self.mark.setEnabled(may)
        self.issue.setEnabled(may and unit is not None and bool(unit.slips))
        self.due.setEnabled(self.issue.isEnabled())
        self.receipt.setEnabled(unit is not None)
        accepted = unit is not None and bool(unit.day)
        self.accept.setText(
            say("Accept no longer") if accepted else say("Accept the package")
        )
        self.accept.setEnabled(may)
        self.jump.setEnabled(one is not None)
        out = may and one is not None and one.issued
        changed = one is not None and one.state is ItemState.CHANGED
        self.agree.setEnabled(out and changed)
        self.again.setEnabled(out)
        self.drop.setEnabled(may and one is not None)

    # --- Doing -----------------------------------------------------------

    def _for_unit(self, do: Callable[[UnitBack], None]) -> None:
        unit = self.unit()
        if unit is not None:
            do(unit)

    def _for_item(self, do: Callable[[Tracked], None]) -> None:
        one = self.item()
        if one is not None:
            do(one)

    def _due(self, unit: UnitBack) -> None:
        slip = (unit.waiting or unit.slips)[-1]
        begin, _ = term(self._work, None)
        ask_due(self._work, slip, self._actions, self, begin)

    def _mark(self, unit: UnitBack) -> None:
        """Read what the audit says of the unit, and let some of it be ticked."""
        codes, board = set(unit.package.units), self._work.bridge.board
        found = [one for one in board.all() if one.unit in codes and one.record]

        def look(ledger: Ledger) -> tuple[Sequence[ExplainedFinding], Slip | None]:
            return explained(ledger, found), slips.running(ledger, unit.package)

        self._work.bridge.ask(look, self, partial(self._tick, unit))

    def _tick(
        self, unit: UnitBack, there: tuple[Sequence[ExplainedFinding], Slip | None]
    ) -> None:
        say, (found, slip) = self._work.say, there
        if not found:
            self._actions.complained.emit(
                say(
                    "The audit finds nothing to send back to {unit}. To send a cell "
                    "back, go to it in Entry and choose Send the cell back.",
                    unit=unit.name,
                )
            )
            return
        day, limited = term(self._work, slip)
        asked = Asked(
            "slips.marking",
            say("Send back to {unit}", unit=unit.name),
            say("What is ticked goes on the return slip. No figure is changed."),
            say("What is to be done about it"),
            say("Put on the return slip"),
            due=day,
            limited=limited,
        )
        FindingsDialog(
            self._work, asked, found, partial(self._marked, unit), self
        ).open()

    def _marked(self, unit: UnitBack, said: Said, wanted: list[Wanted]) -> None:
        told = [replace(each, reason=said.reason) for each in wanted]
        self._actions.do(
            partial(send_back, package=unit.package, wanted=told, due=said.due)
        )

    def _issue(self, unit: UnitBack) -> None:
        self._actions.go_out((unit.waiting or unit.slips)[-1])

    def _receipt(self, unit: UnitBack) -> None:
        self._actions.write_receipts([unit.package])

    def _receipts(self) -> None:
        self._actions.write_receipts([unit.package for unit in self._units])

    def _accept(self, unit: UnitBack) -> None:
        package = unit.package
        if unit.day:
            self._actions.do(partial(receipts.unaccept, package=package))
            return
        day = self._work.start.person.clock().date().isoformat()
        self._actions.do(partial(receipts.accept, package=package, day=day))

    def _agree(self, one: Tracked) -> None:
        self._actions.do(partial(slips.agree_to, found=[one]))

    def _again(self, one: Tracked) -> None:
        say = self._work.say
        asked = Asked(
            "slips.anew",
            say("Send back once more"),
            f"{one.item.form_title} {one.item.name} {what_of(one.item)}\n"
            f"{before_of(one.item, say)} → {now_of(one, say)}",
            say("What is still not right"),
            say("Put on the return slip"),
        )

        def use(said: Said) -> None:
            self._actions.do(partial(slips.send_again, one=one, reason=said.reason))

        SayDialog(self._work, asked, use, self).open()

    def _drop(self, one: Tracked) -> None:
        self._actions.do(partial(slips.drop, one=one))
