"""What the program remembers of a person's habits: recent ledgers, sizes, name.

Settings are convenience only: a file that is missing or unreadable gives the defaults,
and nothing of a ledger is ever kept here.
"""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import asdict
from dataclasses import field
from dataclasses import replace
from typing import TYPE_CHECKING
from typing import Any
from typing import Final

from desktop.app.people.comfort import Comfort
from desktop.app.people.comfort import comfort_data
from desktop.app.people.comfort import comfort_of
from desktop.core.frozen import frozen

if TYPE_CHECKING:
    from pathlib import Path

RECENT_KEPT = 10
_LEFT: Final = "left."


@frozen
class Settings:
    """Remembered habits.

    `recent` are ledger paths, newest first. `layout` maps a window part's name to a
    text that part wrote (column widths, window geometry).
    """

    who: str = ""
    recent: tuple[str, ...] = ()
    layout: dict[str, str] = field(default_factory=dict)
    comfort: Comfort = Comfort()

    def opened(self, path: Path) -> Settings:
        """Put a ledger at the head of the recent ones."""
        name = str(path)
        others = tuple(other for other in self.recent if other != name)
        return replace(self, recent=(name, *others)[:RECENT_KEPT])

    def left(self, path: Path, page: str, form: str) -> Settings:
        """Remember the page and the form at which a ledger was left."""
        return self.arranged(f"{_LEFT}{path}", f"{page} {form}")

    def left_at(self, path: Path) -> tuple[str, str]:
        """Give the page and the form at which a ledger was left; empty where new."""
        page, _, form = self.layout.get(f"{_LEFT}{path}", "").partition(" ")
        return page, form

    def arranged(self, part: str, text: str) -> Settings:
        """Remember how a part of the window was arranged."""
        return replace(self, layout={**self.layout, part: text})


def load_settings(path: Path) -> Settings:
    """Read the settings, or give the defaults."""
    with suppress(OSError, ValueError):
        return _parsed(json.loads(path.read_text(encoding="utf-8")))
    return Settings()


def save_settings(path: Path, settings: Settings) -> None:
    """Write the settings beside, then replace; a disk that refuses is no matter."""
    part = path.with_suffix(".part")
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        data = {**asdict(settings), "comfort": comfort_data(settings.comfort)}
        text = json.dumps(data, ensure_ascii=False, indent=1)
        part.write_text(text, encoding="utf-8")
        part.replace(path)


def _parsed(data: Any) -> Settings:  # noqa: ANN401 - whatever the file holds
    if not isinstance(data, dict):
        return Settings()
    who = data.get("who")
    recent = data.get("recent")
    layout = data.get("layout")
    return Settings(
        who=who if isinstance(who, str) else "",
        recent=tuple(_texts(recent)) if isinstance(recent, list) else (),
        layout=_text_pairs(layout) if isinstance(layout, dict) else {},
        comfort=comfort_of(data.get("comfort")),
    )


def _texts(values: list[Any]) -> list[str]:
    return [value for value in values if isinstance(value, str)][:RECENT_KEPT]


def _text_pairs(values: dict[Any, Any]) -> dict[str, str]:
    return {
        name: value
        for name, value in values.items()
        if isinstance(name, str) and isinstance(value, str)
    }
