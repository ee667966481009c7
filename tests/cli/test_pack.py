from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from tests.cli.desks import RESOURCES
from tests.cli.desks import typed

if TYPE_CHECKING:
    from pathlib import Path


def test_lint__our_packs_have_no_faults(tmp_path: Path) -> None:
    folders = [RESOURCES / "packs" / name for name in ("changning", "liaoning")]
    done = typed(tmp_path, "pack", "lint", *folders)
    assert (done.code, done.out) == (
        0,
        "changning: no faults.\nliaoning: no faults.\n",
    )


def test_lint__tells_every_fault_by_file_and_line(tmp_path: Path) -> None:
    packs = tmp_path / "packs"
    shutil.copytree(RESOURCES / "packs", packs)
    file = packs / "changning" / "pack.yaml"
    text = file.read_text("utf-8")
    file.write_text(f"{text}\nsurprise: 1\n", "utf-8")
    line = len(text.splitlines()) + 2
    done = typed(tmp_path, "pack", "lint", packs / "changning")
    assert done.code == 1
    assert f"pack.yaml:{line}:" in done.out
    assert "surprise" in done.out
