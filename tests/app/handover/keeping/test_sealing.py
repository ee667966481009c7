from __future__ import annotations

import stat
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from desktop.app.handover.keeping.sealing import SEALED
from desktop.app.handover.keeping.sealing import is_sealed
from desktop.app.handover.keeping.sealing import opened
from desktop.app.handover.keeping.sealing import plain_name
from desktop.app.handover.keeping.sealing import save_plain
from desktop.app.handover.keeping.sealing import seal_file
from desktop.app.progress import CancelledError
from desktop.app.progress import Progress
from desktop.core.messages import Message
from desktop.exchange import sealing
from desktop.exchange.sealing import LEAST_COST
from desktop.exchange.sealing import PIECE
from desktop.export.safe_file import ExportError

if TYPE_CHECKING:
    from desktop.exchange.sealing import Watch

CONTENT = bytes(2 * PIECE) + b"end"


@pytest.fixture
def plain(tmp_path: Path) -> Path:
    path = tmp_path / "上报.xlsx"
    path.write_bytes(CONTENT)
    return path


def sealed(plain: Path) -> Path:
    target = plain.with_name(plain.name + SEALED)
    return seal_file(plain, target, "word", cost=LEAST_COST)


def test_opened__a_sealed_file_is_there_while_it_is_read(plain: Path) -> None:
    path = sealed(plain)
    assert is_sealed(path)
    with opened(path, "word") as found:
        assert isinstance(found, Path)
        assert found.name == "上报.xlsx"
        assert found.read_bytes() == CONTENT
        assert stat.S_IMODE(found.parent.stat().st_mode) == 0o700
        folder = found.parent
    assert not folder.exists()


def test_opened__an_ordinary_file_is_read_where_it_is(plain: Path) -> None:
    with opened(plain, None) as found:
        assert found == plain
    with opened(plain.parent / "missing", "word") as found:
        assert found == plain.parent / "missing"


@pytest.mark.parametrize(
    ("password", "code"),
    [
        (None, "seal.password_wanted"),
        ("", "seal.password_wanted"),
        ("other", "seal.password_wrong"),
    ],
)
def test_opened__without_the_password_there_is_a_message(
    plain: Path, password: str | None, code: str
) -> None:
    with opened(sealed(plain), password) as found:
        assert isinstance(found, Message)
        assert found.code == code


def test_opened__a_full_disk_is_said(
    plain: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = sealed(plain)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("desktop.app.handover.keeping.sealing.unseal", full)
    with opened(path, "word") as found:
        assert isinstance(found, Message)
        assert found.code == "seal.no_room"


def test_opened__can_be_stopped(plain: Path) -> None:
    path = sealed(plain)
    with pytest.raises(CancelledError), opened(path, "word", lambda _: False):
        pytest.fail("nothing was to be opened")


def test_seal_file__can_be_stopped_and_leaves_what_was_there(plain: Path) -> None:
    path = sealed(plain)
    before = path.read_bytes()
    heard: list[Progress] = []

    def watch(progress: Progress) -> bool:
        heard.append(progress)
        return len(heard) < 2

    with pytest.raises(CancelledError):
        seal_file(plain, path, "word", watch, LEAST_COST)
    assert [one.done for one in heard] == [0, PIECE]
    assert path.read_bytes() == before
    assert sorted(each.name for each in plain.parent.iterdir()) == [
        "上报.xlsx",
        "上报.xlsx.tzx",
    ]


def test_seal_file__what_cannot_be_opened_again_does_not_stay(
    plain: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = sealing.seal

    def spoilt(
        source: Path, target: Path, password: str, watch: Watch, cost: int
    ) -> None:
        whole(source, target, password, watch, cost)
        data = bytearray(target.read_bytes())
        data[-1] ^= 1
        target.write_bytes(data)

    monkeypatch.setattr("desktop.app.handover.keeping.sealing.seal", spoilt)
    with pytest.raises(ExportError) as raised:
        sealed(plain)
    assert raised.value.message.code == "seal.altered"
    assert [each.name for each in plain.parent.iterdir()] == ["上报.xlsx"]


def test_save_plain__beside_or_not_at_all(plain: Path) -> None:
    path = sealed(plain)
    target = path.with_name("readable.xlsx")

    assert save_plain(path, target, "word") == target
    assert target.read_bytes() == plain.read_bytes()
    with pytest.raises(ExportError) as raised:
        save_plain(path, path, "word")
    assert raised.value.message.code == "seal.plain_there"
    with pytest.raises(ExportError) as raised:
        save_plain(path, target, "another")
    assert raised.value.message.code == "seal.password_wrong"
    assert target.read_bytes() == plain.read_bytes(), "what stood there stays"
    with pytest.raises(CancelledError):
        save_plain(path, target, "word", lambda _: False)


@pytest.mark.parametrize(
    ("name", "inside"),
    [("a.tzx", "a.xlsx"), ("a.xlsx.tzx", "a.xlsx"), ("v1.2.tzx", "v1.2.xlsx")],
)
def test_plain_name__of_a_workbook(name: str, inside: str) -> None:
    assert plain_name(Path(name)) == inside


def test_plain_name__of_a_package() -> None:
    assert plain_name(Path("a.zip.tzx")) == "a.zip"
