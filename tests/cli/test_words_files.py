from __future__ import annotations

import pytest

from desktop.cli.parser import read
from desktop.cli.words import understood
from desktop.core.catalogue import CATALOGUE
from desktop.core.words import Words


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        (
            "import a.taizhang b.csv --form eci --dry-run",
            {"form": "eci", "file": "b.csv"},
        ),
        ("export a.taizhang --to out --screen", {"to": "out", "screen": True}),
        ("batch a.taizhang --out x --pdf --merged", {"out": "x", "merged": True}),
        ("template inspect a.xlsx --pack liaoning --form eci", {"form": "eci"}),
        ("collect make a.taizhang --form eci", {"action": "make", "form": "eci"}),
        ("verify a.pdf b.xlsx", {"files": ["a.pdf", "b.xlsx"]}),
        ("preview a.taizhang x", {"files": ["x"]}),
        ("receive a.taizhang x --all-new", {"all_new": True, "all_updates": False}),
        ("undo a.taizhang x.xlsx --redo", {"redo": True}),
    ],
)
def test_understood__commands_of_files(typed: str, wanted: dict[str, object]) -> None:
    found = vars(read(understood(Words(CATALOGUE)), typed.split()))
    assert found["command"] == typed.split(maxsplit=1)[0]
    assert {name: found[name] for name in wanted} == wanted
