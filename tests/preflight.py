"""Asking PDFBox Preflight whether files are PDF/A-1b: one start of Java for many."""

from __future__ import annotations

import subprocess
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import TYPE_CHECKING
from typing import Final

if TYPE_CHECKING:
    from collections.abc import Sequence

JARS: Final = Path("/usr/share/java")
NEEDED: Final = (
    "preflight",
    "pdfbox2",
    "fontbox2",
    "xmpbox",
    "commons-logging",
    "jaxb-api",
    "javax.activation",
)
"""Where Debian's libpdfbox2-java and libjaxb-api-java put what Preflight needs."""


def missing_jars() -> list[str]:
    """Name the libraries that are not on this machine."""
    return [name for name in NEEDED if not (JARS / f"{name}.jar").exists()]


def faults(java: str, files: Sequence[Path], folder: Path) -> list[list[str]]:
    """Give for each file what Preflight holds against it, nothing if it is valid.

    `folder` takes the list of files and the verdict.
    """
    told = folder / "files.txt"
    told.write_text("".join(f"{file}\n" for file in files), encoding="utf-8")
    subprocess.run(
        [
            java,
            "-XX:TieredStopAtLevel=1",
            "-Dfile.encoding=UTF-8",
            "-Dsun.jnu.encoding=UTF-8",
            "-classpath",
            ":".join(str(JARS / f"{name}.jar") for name in NEEDED),
            "org.apache.pdfbox.preflight.Validator_A1b",
            "xml",
            "group",
            str(told),
        ],
        check=True,
        capture_output=True,
        env={"LC_ALL": "C.UTF-8"},
    )
    verdict = ET.parse(f"{told}.preflight.xml").getroot()  # noqa: S314 - ours
    found = verdict.findall("preflight")
    assert [each.get("name") for each in found] == [file.name for file in files]
    return [_faults(each) for each in found]


def _faults(verdict: ET.Element) -> list[str]:
    said = [each.findtext("details", "") for each in verdict.iter("error")]
    valid = verdict.find("isValid")
    if valid is None or (valid.text != "true" and not said):
        return ["no verdict"]
    return said
