"""The tool that photographs the window: its ledger, its pictures, its screen."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.__main__ import person
from desktop.app.opening import open_ledger
from desktop.core.cells import Absent
from desktop.ui.desk import Page
from tools.handover_files import CLASSES
from tools.screenshots import DIALOGS
from tools.screenshots import THEMES
from tools.screenshots import display
from tools.screenshots import make_ledger

if TYPE_CHECKING:
    import pytest

ROOT = Path(__file__).resolve().parents[2]


def test_pictures__all_of_the_documents_can_be_taken_again() -> None:
    tools = [
        ROOT / "tools" / f"{name}.py" for name in ("screenshots", "handover_pictures")
    ]
    source = "".join(path.read_text(encoding="utf-8") for path in tools)
    taken = set(re.findall(r'camera\.take\("([a-z-]+)"', source))
    taken |= {f"receive-{name}" for name in CLASSES.values()}
    taken |= {f"{theme}-{page.value}" for theme in THEMES for page in Page}
    taken |= set(DIALOGS)
    there = {path.stem for path in (ROOT / "docs" / "images").glob("*.png")}
    assert there
    assert there <= taken


def test_make_ledger__has_something_to_say_on_every_page(tmp_path: Path) -> None:
    path = tmp_path / "长宁.taizhang"
    make_ledger(path)
    with open_ledger(path, person()) as ledger:
        rows = ledger.rows("eci", ledger.ids("eci", "2025"))
    assert len(rows) == 27
    [wrong] = [row for row in rows if row.cell("beds_nursing") == 999]
    assert wrong.cell("grade") is Absent.UNKNOWN
    assert wrong.cell("floor_area") is Absent.NOT_APPLICABLE
    filled = [row for row in rows if isinstance(row.cell("beds_nursing"), int)]
    assert 10 < len(filled) < len(rows), "some are missing, for the indicators"
    for row in filled:
        if row is not wrong:
            nursing, total = row.cell("beds_nursing"), row.cell("beds_total")
            assert isinstance(nursing, int)
            assert isinstance(total, int)
            assert nursing <= total


def test_display__without_xvfb_the_screen_is_left_as_it_is(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: None)
    before = dict(os.environ)
    with display():
        assert dict(os.environ) == before
