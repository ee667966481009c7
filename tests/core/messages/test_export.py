from __future__ import annotations

import re
from pathlib import Path

from desktop.core.messages.export import MESSAGES

ROOT = Path(__file__).parents[3]


def test_messages__those_that_are_said_and_no_others() -> None:
    texts = [
        path.read_text(encoding="utf-8")
        for path in (ROOT / "desktop" / "export").rglob("*.py")
    ]

    said = {code for text in texts for code in re.findall(r'"(export\.[a-z_]+)"', text)}

    assert said == set(MESSAGES)
