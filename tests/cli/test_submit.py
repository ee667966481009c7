from __future__ import annotations

from typing import TYPE_CHECKING

from tests.cli.desks import typed
from tests.small import make_filled

if TYPE_CHECKING:
    from pathlib import Path


def test_submit__the_same_ledger_gives_the_same_file(tmp_path: Path) -> None:
    ledger = make_filled(tmp_path)

    done = typed(tmp_path, "submit", ledger, "--out", tmp_path / "a", "--json")
    again = typed(tmp_path, "submit", ledger, "--out", tmp_path / "b", "--pdf")

    assert (done.code, again.code) == (0, 0)
    (path,) = (tmp_path / "a").iterdir()
    assert done.facts["files"] == [str(path)]
    assert path.name.startswith("310105-2025-r0004-")
    assert path.name.isascii()
    assert (tmp_path / "b" / path.name).read_bytes() == path.read_bytes()
    assert len(list((tmp_path / "b").iterdir())) == 2
    assert done.facts["package"][:4] in again.out
    assert done.facts["revision"] == 4
