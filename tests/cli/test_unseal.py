from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from desktop.app.handover.keeping.sealing import seal_file
from desktop.exchange.sealing import LEAST_COST
from tests.cli.desks import typed

if TYPE_CHECKING:
    from pathlib import Path

PHRASE = "春江水暖鸭先知"


@pytest.fixture
def sealed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    plain = tmp_path / "made.xlsx"
    plain.write_bytes(b"PK a workbook")
    there = tmp_path / "came"
    there.mkdir()
    monkeypatch.setenv("TAIZHANG_PASSWORD", PHRASE)
    return seal_file(plain, there / "a.tzx", PHRASE, cost=LEAST_COST)


def test_unseal__the_readable_copy_beside_it(tmp_path: Path, sealed: Path) -> None:
    before = sealed.read_bytes()

    done = typed(tmp_path, "unseal", sealed)

    assert done.code == 0
    assert (sealed.parent / "a.xlsx").read_bytes() == b"PK a workbook"
    assert sealed.read_bytes() == before
    assert "Anybody can read this now." in done.out


def test_unseal__somewhere_else(tmp_path: Path, sealed: Path) -> None:
    done = typed(tmp_path, "unseal", sealed, "--to", tmp_path / "new", "--json")

    assert done.facts == {"files": [str(tmp_path / "new" / "a.xlsx")]}
    assert (tmp_path / "new" / "a.xlsx").read_bytes() == b"PK a workbook"


def test_unseal__nothing_is_written_over(tmp_path: Path, sealed: Path) -> None:
    there = sealed.parent / "a.xlsx"
    there.write_text("mine")

    done = typed(tmp_path, "unseal", sealed)

    assert done.code == 2
    assert "is there already" in done.err
    assert there.read_text() == "mine"


def test_unseal__a_wrong_password_writes_nothing(
    tmp_path: Path, sealed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TAIZHANG_PASSWORD", "another")

    done = typed(tmp_path, "unseal", sealed)

    assert done.code == 2
    assert "password is not right" in done.err
    assert list(sealed.parent.iterdir()) == [sealed]


@pytest.mark.parametrize("name", ["gone.tzx", "made.xlsx", "made"])
def test_unseal__no_sealed_file(tmp_path: Path, sealed: Path, name: str) -> None:
    (tmp_path / "made").write_bytes(b"PK bare")

    done = typed(tmp_path, "unseal", tmp_path / name)

    assert done.code == 2
    assert sorted(path.name for path in tmp_path.iterdir() if path.is_file()) == [
        "made",
        "made.xlsx",
    ]
