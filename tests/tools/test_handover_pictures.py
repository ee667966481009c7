"""The pictures of 报送 and of each class of file are there."""

from __future__ import annotations

import re

from tools.handover_files import CLASSES
from tools.handover_files import ROOT


def test_pictures__one_of_each_class() -> None:
    source = (ROOT / "tools" / "handover_pictures.py").read_text(encoding="utf-8")
    taken = set(re.findall(r'camera\.take\("([a-z-]+)"', source))
    taken |= {f"receive-{name}" for name in CLASSES.values()}
    there = {path.stem for path in (ROOT / "docs" / "images").glob("*.png")}
    assert taken <= there
