"""The files for the pictures of 收表: one of each class, as `taizhang preview` says."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

from tools.handover_files import CLASSES
from tools.handover_files import ROOT
from tools.handover_files import first_files
from tools.handover_files import later_files
from tools.handover_files import taizhang

if TYPE_CHECKING:
    from pathlib import Path


def test_files__one_of_each_class(tmp_path: Path) -> None:
    county = tmp_path / "county.taizhang"
    first = first_files(tmp_path).parent
    new = ("--unit", "310105", "--period", "2025")
    taizhang("new", county, "--pack", "changning", *new)
    taizhang("receive", county, first, "--all-new")
    into = later_files(tmp_path)
    line = [
        sys.executable,
        "-m",
        "desktop",
        "preview",
        str(county),
        str(into),
        "--json",
    ]
    done = subprocess.run(line, cwd=ROOT, check=False, capture_output=True)
    told = json.loads(done.stdout)["files"]
    assert {file["file"]: file["kind"] for file in told} == CLASSES
