"""Packages for a successor and for the archive are made."""

from __future__ import annotations

import json
import shutil
import zipfile
from typing import TYPE_CHECKING

import pytest

from desktop.app.handover.keeping.archiving import HANDED
from desktop.app.handover.keeping.archiving import file_name
from desktop.app.handover.keeping.archiving_open import Looked
from desktop.app.handover.keeping.archiving_open import look_into
from desktop.app.handover.keeping.archiving_open import unpack
from desktop.app.handover.keeping.signing import EVERY
from desktop.app.handover.keeping.signing import make_key
from desktop.app.progress import CancelledError
from desktop.core.messages import Message
from desktop.core.messages import message
from desktop.exchange.handing import LEDGER
from desktop.exchange.handing import MANIFEST
from desktop.exchange.handing import PAGE
from desktop.exchange.handing import TEXT
from desktop.exchange.sealing import LEAST_COST
from desktop.export.safe_file import ExportError
from tests.app.handover.packages import PHRASE
from tests.app.handover.packages import SUCCESSOR
from tests.app.handover.packages import archive
from tests.app.handover.packages import going_on
from tests.app.handover.packages import handover
from tests.app.handover.packages import make
from tests.app.handover.packages import stopping_after
from tests.exchange.townships import opened
from tests.small import make_filled

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    return make_filled(tmp_path)


@pytest.fixture
def out(tmp_path: Path) -> Path:
    made = tmp_path / "out"
    made.mkdir()
    return made


def test_make_package__is_a_zip_that_anybody_reads(ledger: Path, out: Path) -> None:
    made = make(ledger, handover(out, note="钥匙在抽屉里"))
    assert made.path.name == file_name(made.package)
    assert made.path.name.isascii()
    assert made.faults == 0
    assert made.unsigned is None
    with zipfile.ZipFile(made.path) as package:
        assert package.namelist() == [MANIFEST, LEDGER, TEXT, PAGE]
        text = package.read(TEXT).decode("utf-8-sig")
        assert package.read(PAGE).startswith(b"%PDF-")
        assert package.read(LEDGER).startswith(b"SQLite format 3\0")
    assert "接收人：王明\r\n" in text
    assert "附言：钥匙在抽屉里\r\n" in text
    assert "体检结果：完好" in text
    looked = look_into(made.path, None, going_on)
    assert looked == Looked(made.package, message("handing.unsigned"))


@pytest.mark.unmeasured
def test_note_given__the_ledger_remembers_whom_it_was_given_to(
    ledger: Path, out: Path
) -> None:
    made = make(ledger, handover(out))
    again = make(ledger, archive(out))
    with opened(ledger) as file:
        chosen = file.choices(EVERY)
        noted = json.loads(chosen[HANDED + made.package.digest[:16]])
        assert noted["taker"] == "王明"
        assert noted["by"] == ""
        assert HANDED + again.package.digest[:16] in chosen
        titles = [entry.title for entry in file.log(file.head().seq - 2)]
        assert titles == [
            message("handing.action.handover", taker="王明"),
            message("handing.action.archive"),
        ]
        assert file.doctor().problems == ()


def test_seal__without_the_password_nobody_sees_anything(
    ledger: Path, out: Path, tmp_path: Path
) -> None:
    made = make(ledger, handover(out, password=PHRASE))
    assert made.path.name.endswith(".zip.tzx")
    assert [each.name for each in out.iterdir()] == [made.path.name]
    target = tmp_path / "b.taizhang"
    for password, code in ((None, "password_wanted"), ("x", "password_wrong")):
        found = unpack(made.path, target, password, SUCCESSOR, going_on)
        assert isinstance(found, Message)
        assert found.code == f"seal.{code}"
    assert not target.exists()
    assert isinstance(look_into(made.path, PHRASE, going_on), Looked)


@pytest.mark.unmeasured
def test_sign__a_key_under_a_password_signs_or_says_why_not(
    ledger: Path, out: Path
) -> None:
    with opened(ledger) as file:
        make_key(file, PHRASE, LEAST_COST)
    made = make(ledger, handover(out))
    assert made.unsigned == message("keys.password_wanted")
    signed = make(ledger, archive(out, key_password=PHRASE))
    assert signed.unsigned is None
    looked = look_into(signed.path, None, going_on)
    assert isinstance(looked, Looked)
    assert looked.signed.code == "handing.signed"


def test_make_package__can_be_stopped_at_any_moment(ledger: Path, out: Path) -> None:
    wish = handover(out, password=PHRASE)
    watch, heard = stopping_after(10**6)
    make(ledger, wish, watch, note=False).path.unlink()
    assert {"handing.copying", "handing.examining", "app.auditing"} <= set(heard)
    assert {"handing.writing", "handing.checking", "seal.sealing"} <= set(heard)
    firsts = {heard.index(code) for code in set(heard)} | {len(heard) - 1}
    for count in sorted(firsts):
        shutil.rmtree(out.parent / "copies", ignore_errors=True)
        watch, _ = stopping_after(count)
        with pytest.raises(CancelledError):
            make(ledger, wish, watch, note=False)
        assert list(out.iterdir()) == []


def test_make_package__a_folder_that_is_gone_is_said(ledger: Path, out: Path) -> None:
    out.rmdir()
    with pytest.raises(ExportError) as raised:
        make(ledger, handover(out))
    assert raised.value.message.code == "export.folder_missing"
