from __future__ import annotations

import sys
from dataclasses import replace
from email import message_from_bytes
from email import policy
from typing import TYPE_CHECKING

import pytest

from desktop.app.handover.keeping.sealing import opened as sealed_file
from desktop.app.handover.keeping.signing import make_key
from desktop.app.handover.receiving.reading import read_one
from desktop.app.handover.sending.submitted import Submitted
from desktop.app.handover.sending.submitted import read_submitted
from desktop.cli import submit
from desktop.cli.main import run
from desktop.core.messages import Message
from tests.app.handover.media import stick_at
from tests.cli.desks import make_desk
from tests.cli.desks import typed
from tests.small import YEAR
from tests.small import make_filled
from tests.small import opened

if TYPE_CHECKING:
    from pathlib import Path

    from desktop.app.handover.sending.sticks import Stick


READER = (sys.executable, "-m", "desktop", "--read-workbook")


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    return make_filled(tmp_path)


def plugged(patch: pytest.MonkeyPatch, *found: Stick) -> None:
    patch.setattr(submit, "sticks", lambda: found)


@pytest.mark.unmeasured
def test_submit__the_same_ledger_gives_the_same_file(
    tmp_path: Path, ledger: Path
) -> None:
    to = (tmp_path / "a", tmp_path / "b")
    done = typed(tmp_path, "submit", ledger, "--to", to[0], "--no-pdf", "--json")
    again = typed(tmp_path, "submit", ledger, "--to", to[1])

    assert (done.code, again.code) == (0, 0)
    (path,) = to[0].iterdir()
    assert done.facts["files"] == [str(path)]
    assert path.name.startswith("310105-2025-r0004-")
    assert path.name.isascii()
    assert (to[1] / path.name).read_bytes() == path.read_bytes()
    assert sorted(each.suffix for each in to[1].iterdir()) == [".pdf", ".xlsx"]
    assert done.facts["package"][:4] in again.out
    assert done.facts["revision"] == 4
    assert done.facts["remarks"] == []


def test_submit__is_noted_in_the_ledger(tmp_path: Path, ledger: Path) -> None:
    out = tmp_path / "out"
    done = typed(
        tmp_path,
        *("submit", ledger, "--to", out, "--mail", out / "m.eml", "--no-pdf", "--json"),
    ).facts

    with opened(ledger) as file:
        found = read_submitted(file.choices(YEAR.code))
    assert isinstance(found, Submitted)
    assert (found.revision, list(found.packages)) == (4, done["packages"])
    assert found.where == ("文件夹　out", "电子邮件")
    assert len(done["files"]) == 2


def test_submit__a_ledger_open_elsewhere_is_only_read(
    tmp_path: Path, ledger: Path
) -> None:
    with opened(ledger) as file:
        done = typed(tmp_path, "submit", ledger, "--to", tmp_path / "out", "--no-pdf")
        assert read_submitted(file.choices(YEAR.code)) is None

    assert done.code == 0
    assert "could not be noted in the ledger" in done.out


def test_submit__to_the_stick(
    tmp_path: Path, ledger: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "stick"
    folder.mkdir()
    plugged(monkeypatch, stick_at(folder))

    done = typed(tmp_path, "submit", ledger, "--to", "stick", "--slip")

    assert done.code == 0
    assert "The stick KINGSTON can be taken out now." in done.out
    assert len(list(folder.iterdir())) == 3


@pytest.mark.parametrize("count", [0, 2])
def test_submit__no_stick_or_several(
    tmp_path: Path, ledger: Path, monkeypatch: pytest.MonkeyPatch, count: int
) -> None:
    plugged(monkeypatch, *[stick_at(tmp_path)] * count)

    done = typed(tmp_path, "submit", ledger, "--to", "stick")

    assert done.code == 2
    assert ("Several USB sticks" if count else "No USB stick") in done.err


def test_submit__without_rosters(tmp_path: Path, ledger: Path) -> None:
    words = ("submit", ledger, "--to", tmp_path / "a", "--without-rosters", "--no-pdf")
    done = typed(tmp_path, *words)
    facts = typed(tmp_path, *words, "--json").facts

    assert "名册没有随报，只报合计：养老机构调查表。" in done.out
    assert facts["left_out"] == ["eci"]
    assert facts["files"][0].endswith("-totals.xlsx")


@pytest.mark.unmeasured
def test_submit__a_mail_is_a_draft(tmp_path: Path, ledger: Path) -> None:
    done = typed(tmp_path, "submit", ledger, "--mail", tmp_path / "new" / "a.eml")

    assert done.code == 0
    mail = message_from_bytes(
        (tmp_path / "new" / "a.eml").read_bytes(), policy=policy.default
    )
    assert mail["X-Unsent"] == "1"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "Say where the submission is to go"),
        (("--mail", "x.eml", "--split", "1KB"), "1KB is no size"),
        (("--to", "/proc/nobody/here"), "/proc/nobody"),
    ],
)
def test_submit__cannot_run(
    tmp_path: Path, ledger: Path, words: tuple[str, ...], said: str
) -> None:
    done = typed(tmp_path, "submit", ledger, *words)

    assert done.code == 2
    assert said in done.err


@pytest.mark.parametrize(
    ("password", "hinted"), [("12345678", True), ("correct horse 电池 staple", False)]
)
def test_submit__sealed(
    tmp_path: Path,
    ledger: Path,
    monkeypatch: pytest.MonkeyPatch,
    password: str,
    *,
    hinted: bool,
) -> None:
    monkeypatch.setenv("TAIZHANG_PASSWORD", password)
    done = typed(tmp_path, "submit", ledger, "--to", tmp_path / "a", "--seal")

    (path,) = (tmp_path / "a").iterdir()
    assert done.code == 0
    assert path.suffix == ".tzx"
    assert bool(done.err) is hinted, "a weak password is told"
    assert "sealed with a password" in done.out


def test_submit__the_key_asks_for_its_password(
    tmp_path: Path, ledger: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("TAIZHANG_KEY_PASSWORD", raising=False)
    # What the workbook would be sealed with is never tried on the key.
    monkeypatch.setenv("TAIZHANG_PASSWORD", "another secret")
    with opened(ledger) as file:
        make_key(file, "a very long secret")

    words = ("submit", ledger, "--to", tmp_path / "a", "--no-pdf")
    alone = typed(tmp_path, *words)
    asked: list[str] = []

    def answer(question: str) -> str:
        asked.append(question)
        return "a very long secret"

    desk = replace(make_desk(tmp_path), ask=answer)

    assert alone.code == 2
    assert run(desk, [str(word) for word in words]) == 0
    assert asked == ["Password of the ledger's key: "]
    assert len(list((tmp_path / "a").iterdir())) == 1


@pytest.mark.unmeasured
def test_submit__sealed_and_signed__two_questions_by_their_names(
    tmp_path: Path, ledger: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("TAIZHANG_PASSWORD", raising=False)
    monkeypatch.delenv("TAIZHANG_KEY_PASSWORD", raising=False)
    with opened(ledger) as file:
        make_key(file, "of the key")
    answers = {
        "Password to seal the workbook with: ": "of the workbook",
        "The same once more: ": "of the workbook",
        "Password of the ledger's key: ": "of the key",
    }
    asked: list[str] = []

    def answer(question: str) -> str:
        asked.append(question)
        return answers[question]

    desk = replace(make_desk(tmp_path), ask=answer)
    words = ("submit", ledger, "--to", tmp_path / "a", "--seal")

    assert run(desk, [str(word) for word in words]) == 0
    assert asked == list(answers)
    (path,) = (tmp_path / "a").iterdir()
    with sealed_file(path, "of the workbook") as plain:
        assert not isinstance(plain, Message)
        read = read_one(plain, READER)
    assert read.envelope is not None
    assert read.envelope.signature is not None
