"""`taizhang handover`, `archive` and `unpack`, as they are typed."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from desktop.app.handover.keeping.signing import make_key
from desktop.exchange.sealing import LEAST_COST
from tests.cli.desks import typed
from tests.small import make_filled
from tests.small import opened

if TYPE_CHECKING:
    from pathlib import Path

PHRASE = "长夏 2026 移交"


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    return make_filled(tmp_path)


@pytest.fixture
def out(tmp_path: Path) -> Path:
    made = tmp_path / "out"
    made.mkdir()
    return made


def said(_: str) -> str:
    return PHRASE


def test_handover__from_one_person_to_the_next(
    ledger: Path, out: Path, tmp_path: Path
) -> None:
    words = ("--to", "王明", "--note", "钥匙在抽屉里")
    done = typed(tmp_path, "handover", ledger, out, *words)
    assert done.code == 0, done.err
    [file] = out.iterdir()
    assert f"Written and read back: {file}" in done.out
    look = typed(tmp_path, "unpack", file)
    assert look.code == 0
    assert "钥匙在抽屉里\n" in look.out
    assert "only a look" in look.out
    target = tmp_path / "mine.taizhang"
    taken = typed(tmp_path, "unpack", file, target)
    assert f"The ledger is yours now: {target}" in taken.out
    assert typed(tmp_path, "doctor", target).code == 0
    assert typed(tmp_path, "period", target, "--add", "2026").code == 0
    again = typed(tmp_path, "unpack", file, target)
    assert again.code == 2


def test_archive__sealed_and_only_read(ledger: Path, out: Path, tmp_path: Path) -> None:
    done = typed(tmp_path, "archive", ledger, out, "--seal", "--json", ask=said)
    assert done.code == 0, done.err
    facts = done.facts
    assert facts["file"].endswith(".zip.tzx")
    assert (facts["purpose"], facts["unsigned"]) == ("archive", "")
    nobody = typed(tmp_path, "unpack", facts["file"])
    assert nobody.code == 2
    assert "--password-file" in nobody.err
    wrong = typed(tmp_path, "unpack", facts["file"], ask=lambda _: "no")
    assert "not right" in wrong.err
    target = tmp_path / "2025.taizhang"
    taken = typed(tmp_path, "unpack", facts["file"], target, ask=said)
    assert f"Only to be read: {target}" in taken.out
    assert "put away by" in taken.out
    refused = typed(tmp_path, "period", target, "--add", "2026")
    assert refused.code == 2
    assert "put away for keeping" in refused.err
    assert typed(tmp_path, "check", target, "--json").facts["period"] == "2025"


def test_handover__a_key_under_a_password(
    ledger: Path, out: Path, tmp_path: Path
) -> None:
    with opened(ledger) as file:
        make_key(file, PHRASE, LEAST_COST)
    words = ("--to", "王明")
    wrong = typed(tmp_path, "handover", ledger, out, *words, ask=lambda _: "no")
    assert "not the password" in wrong.out
    done = typed(tmp_path, "handover", ledger, out, *words, "--json", ask=said)
    assert done.facts["unsigned"] == ""
    looked = typed(tmp_path, "unpack", done.facts["file"], "--json").facts
    assert looked["signed"].startswith("Signed")
    assert looked["ledger"] is None


def test_handover__a_ledger_that_is_not_whole_is_given_with_a_word(
    ledger: Path, out: Path, tmp_path: Path
) -> None:
    with closing(sqlite3.connect(ledger)) as file:
        file.execute("INSERT INTO _nil VALUES ('eci', '2025', '310105001')")
        file.commit()
    done = typed(tmp_path, "handover", ledger, out, "--to", "王明")
    assert done.code == 1
    assert "1 faults" in done.out


def test_handover__error(ledger: Path, tmp_path: Path) -> None:
    gone = typed(tmp_path, "handover", ledger, tmp_path / "no", "--to", "王明")
    assert gone.code == 2
    assert "no folder" in gone.err
    assert typed(tmp_path, "handover", ledger, tmp_path).code == 2


def test_unpack__error(ledger: Path, tmp_path: Path) -> None:
    assert typed(tmp_path, "unpack", tmp_path / "gone.zip").code == 2
    found = typed(tmp_path, "unpack", ledger)
    assert found.code == 2
    assert "no package" in found.err
