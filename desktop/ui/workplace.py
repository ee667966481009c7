"""What every page of the window works with, handed to each when it is made."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from desktop.app.commands import Need
from desktop.app.settings import Settings
from desktop.app.settings import load_settings
from desktop.app.settings import save_settings
from desktop.core.frozen import frozen

if TYPE_CHECKING:
    from pathlib import Path

    from desktop.app.person import Person
    from desktop.app.places import Places
    from desktop.app.session import Session
    from desktop.core.unit import Unit
    from desktop.core.words import Words
    from desktop.forms.model import Form
    from desktop.forms.model import Pack
    from desktop.ui.bridge import Bridge
    from desktop.ui.desk import Desk
    from desktop.ui.look.appearance import Appearance
    from desktop.ui.look.icons import Icons


@frozen
class UiStart:
    """What the window is started with; `desktop.__main__` puts it together."""

    places: Places
    person: Person
    say: Words
    ledger: Path | None = None

    def as_person(self, name: str) -> UiStart:
        """Give the same for somebody else: what is changed stands under that name."""
        return replace(self, person=replace(self.person, who=name))


class Habits:
    """The settings as they stand, written whenever they change."""

    def __init__(self, path: Path) -> None:
        """Read the settings of a file."""
        self.path = path
        self.now: Settings = load_settings(path)

    def keep(self, settings: Settings) -> None:
        """Write new settings."""
        self.now = settings
        save_settings(self.path, settings)


@frozen
class Workplace:
    """An open ledger with its bridge and desk, and the words and icons to show it."""

    start: UiStart
    bridge: Bridge
    desk: Desk
    icons: Icons
    habits: Habits

    @property
    def say(self) -> Words:
        """Say labels and messages."""
        return self.start.say

    @property
    def look(self) -> Appearance:
        """The colours and sizes to paint with."""
        return self.icons.look

    @property
    def session(self) -> Session:
        """The open ledger."""
        return self.bridge.session

    @property
    def writable(self) -> bool:
        """Whether the ledger takes changes."""
        return Need.WRITABLE in self.desk.holds

    @property
    def pack(self) -> Pack:
        """The ledger's pack."""
        return self.session.pack

    @property
    def period(self) -> str:
        """The code of the period looked at."""
        return self.session.period.code

    def form(self, form: str) -> Form:
        """Give a form by its id."""
        return self.pack.form_by_id[form]

    def unit(self, code: str) -> Unit | None:
        """Give a unit of the ledger."""
        return self.unit_by_code.get(code)

    @property
    def unit_by_code(self) -> dict[str, Unit]:
        """The ledger's units by code."""
        return {unit.code: unit for unit in self.session.units}
