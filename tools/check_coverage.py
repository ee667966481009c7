"""Hold the tests to what they must reach.

Everything below the windows is to be covered to the last branch, by its own tests. The
windows, and the module that puts the parts together, have their mark in
`ui_coverage.txt`, which may only get better.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final

from coverage import Coverage

from tools import tree

ABOVE: Final = ["desktop/ui/*", "desktop/__main__.py"]
MARK: Final = Path(__file__).with_name("ui_coverage.txt")
LEAST: Final = 99.98
"""All of it, but for a few lines that only a race or a random case reaches in a run."""
WORTH_RAISING: Final = 1.0


def judge(found: float, mark: float) -> list[str]:
    """Say what is wrong with a percentage of coverage."""
    if found < mark:
        return [f"{found:.3f} % is covered, not {mark:g} %"]
    return []


def main(part: str) -> int:
    """Report a part, `below` the windows or `windows`, and judge it."""
    coverage = Coverage(config_file=str(tree.ROOT / "pyproject.toml"))
    coverage.load()
    if part == "below":
        found = coverage.report(omit=ABOVE, skip_covered=True, show_missing=True)
        return tree.verdict("coverage", judge(found, LEAST))
    found = coverage.report(include=ABOVE, skip_covered=True, show_missing=True)
    mark = float(MARK.read_text(encoding="utf-8"))
    if found >= mark + WORTH_RAISING:
        print(f"The windows reached {found:.2f} %: raise {MARK.name} from {mark:g}")
    return tree.verdict("coverage", judge(found, mark))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
