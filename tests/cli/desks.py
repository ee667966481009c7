"""A desk whose streams a test can read, and the real places of this checkout."""

from __future__ import annotations

import io
import json
import sys
from dataclasses import dataclass
from dataclasses import field
from pathlib import Path
from typing import TYPE_CHECKING
from typing import Any

from desktop.app.places import Places
from desktop.cli.desk import Desk
from desktop.cli.main import run
from desktop.core.catalogue import CATALOGUE
from desktop.core.words import Words
from tests.small import person

if TYPE_CHECKING:
    from collections.abc import Callable

RESOURCES = Path(__file__).parents[2] / "resources"
SAMPLE = RESOURCES / "samples" / "shanghai" / "elderly_institutions.csv"


@dataclass(frozen=True, slots=True)
class Typed:
    """What a command answered, in English."""

    code: int
    out: str
    err: str

    @property
    def facts(self) -> Any:  # noqa: ANN401 - it is JSON
        """Read the answer as JSON."""
        return json.loads(self.out)


@dataclass(slots=True)
class Shown:
    """The ledgers a window was opened on."""

    paths: list[Path] = field(default_factory=list)

    def __call__(self, path: Path) -> int:
        """Open nothing, but remember."""
        self.paths.append(path)
        return 0


def places(folder: Path) -> Places:
    """Give the places of a test that keeps what is written in a folder."""
    reader = (sys.executable, "-m", "desktop", "--read-workbook")
    return Places(RESOURCES, folder / "settings.json", folder / "documents", reader)


def make_desk(
    folder: Path,
    show: Callable[[Path], int] | None = None,
    ask: Callable[[str], str] | None = None,
) -> Desk:
    """Make a desk that speaks English into memory."""
    out, err = io.StringIO(), io.StringIO()
    return Desk(places(folder), person(), Words(CATALOGUE), out, err, show, ask)


def typed(
    folder: Path,
    *words: str | Path,
    show: Callable[[Path], int] | None = None,
    ask: Callable[[str], str] | None = None,
) -> Typed:
    """Run a command as if it were typed; `ask` answers what is asked meanwhile."""
    desk = make_desk(folder, show, ask)
    code = run(desk, [str(word) for word in words])
    assert isinstance(desk.out, io.StringIO)
    assert isinstance(desk.err, io.StringIO)
    return Typed(code, desk.out.getvalue(), desk.err.getvalue())


def district(folder: Path, code: str, name: str) -> Path:
    """Make the ledger of a district and import its institutions."""
    path = folder / f"{name}.taizhang"
    words = ("--pack", "changning", "--unit", code, "--period", "2025")
    assert typed(folder, "new", path, *words).code == 0
    done = typed(
        folder, "import", path, SAMPLE, "--form", "eci", "--where", f"district={name}"
    )
    assert done.code == 0, done.err
    return path
