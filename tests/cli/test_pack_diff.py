from __future__ import annotations

import io
from typing import TYPE_CHECKING

from desktop.cli.pack_diff import diff_facts
from desktop.cli.pack_diff import tell_diff
from desktop.forms.diff import diff
from tests.cli.desks import make_desk
from tests.small import small_pack

if TYPE_CHECKING:
    from pathlib import Path


def test_tell_diff__a_line_each_under_what_happened(tmp_path: Path) -> None:
    old = small_pack()
    new = old.replaced(rules=old.rules[1:], title="新")
    desk = make_desk(tmp_path)

    tell_diff(desk, diff(old, new))

    assert isinstance(desk.out, io.StringIO)
    said = old.rules[0]
    assert desk.out.getvalue().splitlines() == [
        "Removed:",
        f"  rule {said.id} {said.says}",
        "Changed:",
        "  pack small 新  title：小制度 → 新",
    ]


def test_diff_facts__of_nothing(tmp_path: Path) -> None:
    facts = diff_facts(make_desk(tmp_path), diff(small_pack(), small_pack()))

    assert facts == {
        "old_version": "1.0.0",
        "new_version": "1.0.0",
        "differences": [],
        "hindrances": [],
    }
