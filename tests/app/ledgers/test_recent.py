from __future__ import annotations

from pathlib import Path

import pytest

from desktop.app.ledgers.recent import why_missing


def test_why_missing__there(tmp_path: Path) -> None:
    path = tmp_path / "a.taizhang"
    path.touch()
    assert why_missing(path) is None


@pytest.mark.parametrize(
    ("name", "code"),
    [("a.taizhang", "app.recent.gone"), ("stick/a.taizhang", "app.recent.away")],
)
def test_why_missing__says_what_to_look_for(
    tmp_path: Path, name: str, code: str
) -> None:
    said = why_missing(tmp_path / name)
    assert said is not None
    assert said.code == code


def test_why_missing__a_drive_that_refuses(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_: Path) -> bool:
        raise PermissionError

    monkeypatch.setattr(Path, "is_file", refuse)
    said = why_missing(tmp_path / "a.taizhang")
    assert said is not None
    assert said.code == "app.recent.away"
