"""退回给本级的: what came back to this ledger, how far it is, the way to each cell."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING
from typing import Final

from PySide6.QtWidgets import QTreeWidgetItem
from PySide6.QtWidgets import QWidget

from desktop.app.handover.slips import slips_taken
from desktop.app.handover.slips.slip_words import answer_of
from desktop.app.handover.slips.slip_words import before_of
from desktop.app.handover.slips.slip_words import item_state
from desktop.app.handover.slips.slip_words import now_of
from desktop.app.handover.slips.slip_words import package_state
from desktop.app.handover.slips.slip_words import what_of
from desktop.exchange.slip import ItemState
from desktop.ui.handover.slips_dialogs import Asked
from desktop.ui.handover.slips_dialogs import SayDialog
from desktop.ui.handover.slips_tree import ABOUT
from desktop.ui.handover.slips_tree import SlipsTree
from desktop.ui.look import parts

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Mapping

    from desktop.app.handover.keeping.signing import Judgement
    from desktop.app.handover.slips.returning import Tracked
    from desktop.app.handover.slips.slips_view import Overview
    from desktop.exchange.slip import Receipt
    from desktop.ui.handover.slips_actions import SlipsActions
    from desktop.ui.handover.slips_dialogs import Said
    from desktop.ui.look.colours import Tone
    from desktop.ui.workplace import Workplace

_WIDTHS: Final = (128, 190, 190, 0, 88, 96, 150)


class CameView(QWidget):
    """Lists what is to be corrected; Enter leads to the cell."""

    def __init__(
        self, work: Workplace, actions: SlipsActions, go: Callable[[Tracked], None]
    ) -> None:
        """Wait for what there is; `go` takes the person to an item."""
        super().__init__()
        self._work, self._actions, self._go = work, actions, go
        say = work.say
        titles = (say("State"), say("Record"), say("Item"), say("Why it came back"))
        more = (say("Due"), say("Was"), say("Is now"))
        self.tree = SlipsTree(work, "slips.came", (*titles, *more), _WIDTHS)
        self.receipts = parts.label("", name="slips.receipts")
        self.summary = parts.label("", "section", name="slips.came.summary")
        self.empty = parts.label(
            say(
                "Nothing has been sent back to this unit in this period. When the "
                "level above sends a return slip (.tzs) or a receipt (.tzr) by stick "
                "or mail, take it in here with the button, or drop it on this page. "
                "What is to be corrected is then listed here, and marked in the cells."
            ),
            "muted",
            name="slips.came.empty",
        )
        self.jump = parts.button(
            say("Go to the cell"),
            lambda: self._for_item(self._go),
            name="slips.go",
            primary=True,
        )
        self.right = parts.button(
            say("It is right, because…"),
            lambda: self._for_item(self._answer),
            name="slips.answer",
        )
        self.detail = parts.label("", name="slips.came.detail")
        self.signed = parts.label("", "muted", name="slips.came.signed")
        self._judged: Mapping[str, Judgement] = {}
        self._build()
        column = parts.column(self, spacing=8)
        column.addWidget(self.receipts)
        column.addWidget(self.empty)
        column.addWidget(self.summary)
        column.addWidget(self.tree, 1)
        column.addWidget(self.detail)
        column.addWidget(self.signed)
        column.addLayout(parts.row(self.jump, self.right, None))
        column.addStretch(0)

    def _build(self) -> None:
        tree = self.tree
        tree.setAccessibleName(self._work.say("What was sent back"))
        tree.setRootIsDecorated(False)
        tree.itemActivated.connect(lambda _item, _column: self._for_item(self._go))
        tree.currentItemChanged.connect(lambda _now, _before: self._chosen())

    def show_overview(self, told: Overview) -> None:
        """Show what came; the chosen item stays chosen."""
        before = self.current()
        self._judged = told.signed
        self.tree.clear()
        for one in told.came:
            item = QTreeWidgetItem(self._line(one))
            item.setData(0, ABOUT, one)
            item.setIcon(0, self._work.icons.toned(self._tone(one)))
            self.tree.tell_in_full(item)
            self.tree.addTopLevelItem(item)
            if before is not None and one.name == before.name:
                self.tree.setCurrentItem(item)
        if told.came and self.current() is None:
            self.tree.setCurrentItem(self.tree.topLevelItem(0))
        self.empty.setVisible(not told.came and not told.receipts)
        shown = (self.summary, self.tree, self.detail, self.signed)
        for widget in (*shown, self.jump, self.right):
            widget.setVisible(bool(told.came))
        self.summary.setText(self._summed(told))
        lines = [self._receipt(each) for each in told.receipts]
        self.receipts.setText("\n".join(lines))
        self.receipts.setVisible(bool(lines))
        self._chosen()

    def _line(self, one: Tracked) -> list[str]:
        say, item = self._work.say, one.item
        return [
            item_state(one, say),
            f"{item.form_title} {item.name}",
            what_of(item),
            item.reason,
            one.slip.due or say("soon"),
            before_of(item, say),
            now_of(one, say),
        ]

    def _tone(self, one: Tracked) -> Tone:
        colours = self._work.look.colours
        tones = {
            ItemState.OPEN: colours.error,
            ItemState.CHANGED: colours.warning,
            ItemState.CHECKED: colours.good,
        }
        return tones[one.state]

    def _summed(self, told: Overview) -> str:
        """Say what is left to do."""
        say = self._work.say
        still = sum(one.state is ItemState.OPEN for one in told.came)
        waiting = sum(one.state is ItemState.CHANGED for one in told.came)
        if still:
            return say(
                "{count} places are to be corrected. Correct each in its cell, or say "
                "why it is right; then hand in again.",
                count=still,
            )
        if waiting:
            return say(
                "All is corrected. Hand in again: {count} places are closed by that.",
                count=waiting,
            )
        return say("All that was sent back is checked. Nothing is left to do.")

    def _receipt(self, told: Receipt) -> str:
        say = self._work.say
        text = say(
            "Receipt of {sender}: revision {revision}, {state} ({file})",
            sender=told.sender.name,
            revision=told.about.revision,
            state=package_state(told.state, say),
            file=told.about.file,
        )
        judged = self._judged.get(told.about.package)
        return text if judged is None else f"{text}\n{say.message(judged.said)}"

    def current(self) -> Tracked | None:
        """Give the chosen item."""
        found: Tracked | None = self.tree.about()
        return found

    def _chosen(self) -> None:
        one = self.current()
        told = "" if one is None else f"{what_of(one.item)}\n{one.item.reason}"
        self.detail.setText(told)
        judged = None if one is None else self._judged.get(one.slip.id)
        self._say_signed(one, judged)
        self.jump.setEnabled(one is not None)
        may = one is not None and one.state is not ItemState.CHECKED
        self.right.setEnabled(may and self._work.writable)

    def _say_signed(self, one: Tracked | None, judged: Judgement | None) -> None:
        """Say whose signature the slip has on which the item came."""
        say, text = self._work.say, ""
        if one is not None and judged is not None:
            sender, said = one.slip.sender.name, say.message(judged.said)
            text = say("Return slip of {sender}: {said}", sender=sender, said=said)
        self.signed.setText(text)
        colours = self._work.look.colours
        loud = judged is not None and judged.loud
        parts.set_tone(self.signed, colours.error if loud else colours.quiet)

    def _for_item(self, do: Callable[[Tracked], None]) -> None:
        one = self.current()
        if one is not None:
            do(one)

    def _answer(self, one: Tracked) -> None:
        say = self._work.say
        asked = Asked(
            "slips.reply",
            say("It is right"),
            f"{one.item.form_title} {one.item.name} {what_of(one.item)}\n"
            f"{one.item.reason}",
            say("Why it is right; it goes along with the next submission"),
            say("Save the answer"),
            needed=not answer_of(one.item, one.now),
        )

        def use(said: Said) -> None:
            self._actions.answer(partial(slips_taken.answer, one=one, text=said.reason))

        dialog = SayDialog(self._work, asked, use, self)
        dialog.reason.setPlainText(answer_of(one.item, one.now))
        dialog.open()
