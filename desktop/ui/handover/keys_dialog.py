"""签名密钥: this ledger's own key, and how far those of the units are trusted."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog
from PySide6.QtWidgets import QWidget

from desktop.app.events import Saved
from desktop.app.handover.keeping import signing
from desktop.core.messages import Message
from desktop.core.messages import message
from desktop.store.errors import StoreError
from desktop.store.records import Stale
from desktop.ui.handover.keys_locking import LockDialog
from desktop.ui.handover.keys_units import UnitKeysPanel
from desktop.ui.look import parts

if TYPE_CHECKING:
    from concurrent.futures import Future

    from desktop.core.changes import Action
    from desktop.exchange.keys import KeptKey
    from desktop.exchange.keys_known import KnownKeys
    from desktop.store.ledger import Ledger
    from desktop.store.records import Answer
    from desktop.ui.workplace import Workplace


class LedgerKeysDialog(QDialog):
    """Makes the ledger's key, shows its fingerprint, and compares those of others."""

    def __init__(self, work: Workplace, parent: QWidget) -> None:
        """Read what is known of keys."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("ledgerkeys")
        self._work = work
        self._kept: KeptKey | Message | None = None
        self._asked_anew = False
        """Whether the person was told what a new key in place of the old one means."""
        say = work.say
        self.setWindowTitle(say("Signing keys"))
        self._state = parts.label("", name="ledgerkeys.state")
        self._print = parts.label("", "heading", wrap=False, name="ledgerkeys.print")
        self._print.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self._print.setAccessibleName(say("Fingerprint of this ledger's key"))
        self._copy = parts.button(
            say("Copy the fingerprint"), self.copy, name="ledgerkeys.copy"
        )
        self._make = parts.button(say("Make a key"), self.make, name="ledgerkeys.make")
        self._lock = parts.button(
            say("Password of the key…"), self.lock, name="ledgerkeys.lock"
        )
        self._said = parts.label("", name="ledgerkeys.said")
        self.units = UnitKeysPanel(work)
        self.units.decided.connect(self._decide)
        self._lay_out()
        self.read()

    def _lay_out(self) -> None:
        say = self._work.say
        column = parts.column(self, margin=18, spacing=10)
        column.addWidget(parts.label(say("The key of this ledger"), "section"))
        column.addWidget(
            parts.label(
                say(
                    "A signature shows that what is handed in comes from this ledger "
                    "and was not altered on the way. Read the fingerprint out to the "
                    "level above once; after that nobody has to do anything."
                ),
                "muted",
            )
        )
        column.addWidget(self._state)
        column.addWidget(self._print)
        column.addLayout(parts.row(self._copy, self._make, self._lock, None))
        column.addWidget(self._said)
        self._said.hide()
        below = len(self._work.session.units) > 1
        self.units.setVisible(below)
        if below:
            column.addWidget(parts.line())
            column.addWidget(self.units, 1)
        else:
            column.addStretch(1)
        close = parts.button(say("Close"), self.reject, name="ledgerkeys.close")
        column.addLayout(parts.row(None, close))
        self.resize(self._work.look.dialog(900, 620 if below else 280))

    # --- What is there -----------------------------------------------------

    def read(self) -> None:
        """Read the keys anew."""
        self._work.bridge.ask(
            lambda ledger: (signing.own_key(ledger), signing.known_keys(ledger)),
            self,
            self._take,
        )

    def _take(self, found: tuple[KeptKey | Message | None, KnownKeys]) -> None:
        self._kept, known = found
        say, kept, writable = self._work.say, self._kept, self._work.writable
        whole = kept is not None and not isinstance(kept, Message)
        if kept is None:
            text = say("This ledger has no key: what it hands in is not signed.")
        elif isinstance(kept, Message):
            text = say.message(kept)
        elif kept.locked:
            text = say("Fingerprint (the key is under a password):")
        else:
            text = say("Fingerprint:")
        self._state.setText(text)
        if kept is not None and not isinstance(kept, Message):
            self._print.setText(kept.fingerprint)
        self._print.setVisible(whole)
        self._copy.setVisible(whole)
        self._lock.setVisible(whole)
        self._lock.setEnabled(writable)
        self._make.setText(say("Make another key…") if kept else say("Make a key"))
        self._make.setEnabled(writable)
        self.units.show_keys(known)

    def copy(self) -> None:
        """Put the fingerprint on the clipboard."""
        QGuiApplication.clipboard().setText(self._print.text())
        self._tell(self._work.say("Copied."))

    # --- The own key -------------------------------------------------------

    def make(self) -> None:
        """Make a key; in place of another one only when asked twice."""
        if self._kept is not None and not self._asked_anew:
            self._asked_anew = True
            self._tell(
                self._work.say(
                    "With another key the level above has to compare the fingerprint "
                    "anew, or it takes your files for somebody else's. Press once "
                    "more if that is what you want."
                )
            )
            return
        self._asked_anew = False
        session = self._work.session

        def work(ledger: Ledger) -> KeptKey:
            key = signing.make_key(ledger)
            session.tell(Saved(ledger.head().revision, message("keys.action.made")))
            return key

        self._await(session.thread.call(work))

    def lock(self) -> None:
        """Put the key under a password, or under another one, or under none."""
        if self._kept is None or isinstance(self._kept, Message):
            return
        dialog = LockDialog(self._work.say, self, locked=self._kept.locked)
        dialog.wanted.connect(self._relock)
        dialog.open()

    def _relock(self, old: str, new: str) -> None:
        relocked = self._work.session.thread.call(
            partial(signing.relock, old=old, new=new)
        )
        self._work.bridge.when(relocked, self, self._relocked, self._failed)

    def _relocked(self, said: Message | None) -> None:
        say = self._work.say
        self._tell(
            say("The password is changed.") if said is None else say.message(said)
        )
        self.read()

    # --- The keys of units ---------------------------------------------------

    def _decide(self, action: Action | Message) -> None:
        if isinstance(action, Message):
            self._tell(self._work.say.message(action))
        else:
            self._await(self._work.session.note_fact(lambda _: action))

    def _await(self, done: Future[Any]) -> None:
        self._work.bridge.when(done, self, self._done, self._failed)

    def _done(self, answer: KeptKey | Answer) -> None:
        if isinstance(answer, Stale):
            self._tell(self._work.say.message(answer.conflicts[0].message))
        else:
            self._tell(self._work.say("Saved."))
        self.read()

    def _failed(self, error: BaseException) -> None:
        if not isinstance(error, StoreError):
            raise error
        self._tell(self._work.say.message(error.message))

    def _tell(self, text: str) -> None:
        self._said.setText(text)
        self._said.show()
