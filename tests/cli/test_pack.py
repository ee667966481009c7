from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from tests.cli.desks import RESOURCES
from tests.cli.desks import typed

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.unmeasured
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


def test_lint__a_pack_in_one_file(tmp_path: Path) -> None:
    """A fault has no line there, but the part it is in."""
    path = tmp_path / "a.taizhangpack"
    assert typed(tmp_path, "pack", "build", "liaoning", "-o", path).code == 0
    assert typed(tmp_path, "pack", "lint", path).out == "a.taizhangpack: no faults.\n"

    path.write_text(path.read_text("utf-8").replace('"version"', '"varsion"'), "utf-8")
    done = typed(tmp_path, "pack", "lint", path)
    assert done.code == 1
    assert "a.taizhangpack: varsion: There is no varsion here" in done.out
