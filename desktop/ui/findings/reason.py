"""The box for a 情况说明: it asks for cause and figure, and says what will not do."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Final

from PySide6.QtCore import QEvent
from PySide6.QtCore import QObject
from PySide6.QtCore import QSignalBlocker
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPlainTextEdit
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from desktop.app.audit.drafts import Draft
from desktop.app.audit.drafts import Topic
from desktop.app.audit.standing import NOTHING_SAID
from desktop.app.audit.standing import Standing
from desktop.app.audit.standing import names_figure
from desktop.app.audit.standing import speaks_of_figures
from desktop.app.audit.standing import telling
from desktop.core.messages import Message
from desktop.ui.look import labels
from desktop.ui.look import parts

if TYPE_CHECKING:
    from desktop.app.audit.standing import Said
    from desktop.core.changes import Action
    from desktop.core.findings import Finding
    from desktop.ui.workplace import Workplace

BOX_HEIGHT = 58
_KEYS: Final = (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress)


class ReasonBox(QWidget):
    """Explains one finding, or several that have one cause.

    What is typed and not saved is kept as the desk's draft of the finding, whichever
    box shows it next.
    """

    def __init__(self, work: Workplace) -> None:
        """Wait for findings."""
        super().__init__()
        self._work = work
        self._findings: tuple[Finding, ...] = ()
        self._said = NOTHING_SAID
        say = work.say
        column = parts.column(self, spacing=5)
        self._note = parts.label("", "muted", name="reason.note")
        self._cause = parts.label("", "muted", wrap=False, name="reason.cause")
        self._figure = parts.label("", "muted", wrap=False, name="reason.figure")
        self.text = QPlainTextEdit()
        self.text.setObjectName("reason.text")
        self.text.setAccessibleName(say("Explanation"))
        self.text.setPlaceholderText(say("Say why the figures are right as they are."))
        self.text.setTabChangesFocus(True)
        self.text.setFixedHeight(work.look.px(BOX_HEIGHT))
        self.text.textChanged.connect(self._typed)
        self.text.installEventFilter(self)
        self._refusal = parts.label("", "fault", name="reason.refused")
        self._refusal.hide()
        self.save = parts.button(
            say("Save the explanation"), self._save, name="reason.save"
        )
        self.save.setToolTip(say("Ctrl+Enter saves."))
        column.addWidget(self._note)
        column.addWidget(self.text)
        column.addWidget(self._refusal)
        column.addWidget(self._cause)
        column.addWidget(self._figure)
        column.addLayout(parts.row(None, self.save))

    def show_for(
        self, findings: tuple[Finding, ...], said: Said = NOTHING_SAID
    ) -> None:
        """Show what was written about findings, or go on with what was begun."""
        other = findings != self._findings or said != self._said
        self._findings, self._said = findings, said
        draft = self._draft()
        text = said.text if draft is None else draft.text
        if text != self.text.toPlainText():
            with QSignalBlocker(self.text):
                self.text.setPlainText(text)
            if draft is not None:
                self._put_cursor(draft.place)
        if other:
            self._refuse(said.wanting if draft is None else None)
        self._tell_standing()
        self._tell_wanting()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Save with Ctrl+Enter, which elsewhere on the page means another thing."""
        kind = event.type()
        if kind in _KEYS and isinstance(event, QKeyEvent):
            control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
            if control and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                event.accept()
                if kind is QEvent.Type.KeyPress:
                    self._save()
                return True
        return super().eventFilter(watched, event)

    # --- Drafts ------------------------------------------------------------

    @property
    def draft(self) -> Draft | None:
        """What was begun here and not saved, if anything was."""
        text = self.text.toPlainText()
        if text.strip() == self._said.text:
            return None
        place = self.text.textCursor().position()
        return Draft(self._said.text, text, place, self.text.hasFocus())

    def _topic(self) -> Topic | None:
        """Tell under what a draft is kept; several findings have no draft in common."""
        if len(self._findings) != 1:
            return None
        [one] = self._findings
        return None if one.record is None else Topic(one.form, one.record, one.rule)

    def _draft(self) -> Draft | None:
        """Give what was begun, unless something else has been saved since."""
        topic, drafts = self._topic(), self._work.desk.drafts
        draft = None if topic is None else drafts.get(topic)
        if topic is None or draft is None or draft.before == self._said.text:
            return draft
        del drafts[topic]
        return None

    def _typed(self) -> None:
        topic, draft = self._topic(), self.draft
        if topic is not None:
            if draft is None:
                self._work.desk.drafts.pop(topic, None)
            else:
                self._work.desk.drafts[topic] = draft
        self._refuse(None)
        self._tell_wanting()

    def _put_cursor(self, place: int) -> None:
        cursor = self.text.textCursor()
        cursor.setPosition(min(place, len(self.text.toPlainText())))
        self.text.setTextCursor(cursor)

    # --- Saying ------------------------------------------------------------

    def _tell_standing(self) -> None:
        """Say how what is saved stands, and what it was written for."""
        say, said = self._work.say, self._said
        parts.set_role(
            self._note, "good" if said.standing is Standing.STANDS else "bad"
        )
        self._note.setVisible(bool(said.text))
        text = labels.standing(say, said.standing)
        if said.standing is Standing.LAPSED and said.was:
            text = say(
                "The figures have changed since: this was written for “{was}”. "
                "Put it right, or save it again if it still holds.",
                was=said.was,
            )
        self._note.setText(text)

    def _tell_wanting(self) -> None:
        """Ask for cause and figure, and tick what is there."""
        demands, say = self._work.pack.explanations, self._work.say
        text = self.text.toPlainText()
        figure = any(speaks_of_figures(each) for each in self._findings)
        self._cause.setVisible(demands is not None)
        self._figure.setVisible(
            demands is not None
            and demands.figure
            and (figure or len(self._findings) > 1)
        )
        if demands is None:
            return
        enough = telling(text, demands) >= demands.shortest
        for label, there, title in (
            (self._cause, enough, say("Cause: what happened")),
            (self._figure, names_figure(text), say("Figure: which number, how much")),
        ):
            label.setText(f"{'✓' if there else '○'} {title}")
            parts.set_role(label, "good" if there else "muted")

    def _refuse(self, said: Message | None) -> None:
        self._refusal.setVisible(said is not None)
        if said is not None:
            self._refusal.setText(self._work.say.message(said))

    # --- Saving ------------------------------------------------------------

    def _save(self) -> None:
        """Have the text judged on the ledger's thread, and written if it will do.

        The window's bridge waits for the answer: the box may be gone by then, what was
        written in it may not.
        """
        from desktop.app.audit.explaining import attempt  # noqa: PLC0415 - the first window need not wait for it

        findings, text = self._findings, self.text.toPlainText()
        unchanged = text.strip() == self._said.text
        if not findings or (unchanged and self._said.standing is not Standing.LAPSED):
            return
        demands = self._work.pack.explanations
        self._work.bridge.ask(
            lambda ledger: attempt(ledger, demands, findings, text),
            self._work.bridge,
            self._answered,
        )

    def _answered(self, answer: Action | Message) -> None:
        if isinstance(answer, Message):
            if isValid(self):
                self._refuse(answer)
        elif answer.changes:
            bridge = self._work.bridge
            bridge.watch(bridge.session.apply(answer))
