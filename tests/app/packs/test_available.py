from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from desktop.app.packs.available import faults_of
from desktop.app.packs.available import find_pack
from desktop.app.packs.available import given_pack
from desktop.app.packs.available import newer_pack
from desktop.app.packs.available import open_pack
from desktop.app.packs.available import pack_ids
from desktop.app.packs.available import sound_packs
from desktop.forms.model import Pack
from desktop.forms.one_file import written_whole

if TYPE_CHECKING:
    from desktop.core.messages import Message

RESOURCES = Path(__file__).parents[3] / "resources"
PACKS = RESOURCES / "packs"


@pytest.mark.unmeasured
def test_packs__that_came_with_the_program() -> None:
    assert {"changning", "liaoning"} <= set(pack_ids(PACKS))
    assert "common" not in pack_ids(PACKS)
    assert [pack.id for pack in sound_packs(PACKS)] == list(pack_ids(PACKS))


def test_packs__a_faulty_one_is_left_out(tmp_path: Path) -> None:
    (tmp_path / "bad").mkdir()
    (tmp_path / "bad" / "pack.yaml").write_text("id: bad\n", encoding="utf-8")
    assert pack_ids(tmp_path) == ("bad",)
    assert sound_packs(tmp_path) == ()
    assert not isinstance(open_pack(tmp_path, "bad"), Pack)


def found(wanted: str | Path) -> Pack:
    pack = find_pack(PACKS, str(wanted))
    assert isinstance(pack, Pack), pack
    return pack


@pytest.mark.unmeasured
def test_find_pack__by_its_id(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What stands in the folder at hand is never meant by a plain id."""
    (tmp_path / "changning").mkdir()
    monkeypatch.chdir(tmp_path)
    assert found("changning") == open_pack(PACKS, "changning")
    assert find_pack(PACKS, "mars") is None
    assert find_pack(PACKS, str(tmp_path)) is None


def test_newer_pack__only_what_is_newer() -> None:
    ours = found("changning")
    older = ours.replaced(version="0.9.10")
    assert newer_pack(PACKS, older) == ours
    assert newer_pack(PACKS, ours) is None
    assert newer_pack(PACKS, older.replaced(version="1.0.10")) is None
    assert newer_pack(PACKS, older.replaced(id="mars")) is None


def test_newer_pack__a_faulty_one_is_none(tmp_path: Path) -> None:
    (tmp_path / "changning").mkdir()
    (tmp_path / "changning" / "pack.yaml").write_text("id: changning\n", "utf-8")
    assert newer_pack(tmp_path, found("changning").replaced(version="0.1.0")) is None


def test_given_pack__read_or_told_what_to_do(tmp_path: Path) -> None:
    file = tmp_path / "here.taizhangpack"
    file.write_text(written_whole(found("changning")), "utf-8")
    assert given_pack(PACKS, file) == found("changning")

    file.write_text(file.read_text("utf-8")[:-300], "utf-8")
    summary, *faults = as_messages(given_pack(PACKS, file))
    assert summary.code == "app.pack-faulty"
    assert dict(summary.params) == {"file": "here.taizhangpack", "count": len(faults)}
    assert faults

    (nothing,) = as_messages(given_pack(PACKS, tmp_path))
    assert nothing.code == "app.pack-none"


def as_messages(given: Pack | tuple[Message, ...]) -> tuple[Message, ...]:
    assert not isinstance(given, Pack)
    return given


@pytest.mark.unmeasured
def test_find_pack__in_a_folder_of_ones_own(tmp_path: Path) -> None:
    """Its forms come from the library of the program."""
    mine = tmp_path / "my_pack"
    shutil.copytree(RESOURCES / "starter", mine)
    assert "eci" in found(mine).form_by_id

    (mine / "rules.yaml").write_text("- 没有内容\n", encoding="utf-8")
    assert isinstance(find_pack(PACKS, str(mine)), tuple)


@pytest.mark.unmeasured
def test_find_pack__in_one_file(tmp_path: Path) -> None:
    path = tmp_path / "a.taizhangpack"
    path.write_text(written_whole(found("changning")), encoding="utf-8")
    assert found(path) == found("changning")


def test_find_pack__one_that_is_well_formed_but_not_sensible(tmp_path: Path) -> None:
    """A pack in one file may come from anyone."""
    path = tmp_path / "a.taizhangpack"
    sound = found("changning")
    rule = sound.rules[0].replaced(check="nonsense >")
    path.write_text(written_whole(sound.replaced(rules=(rule,))), encoding="utf-8")
    problems = find_pack(PACKS, str(path))
    assert isinstance(problems, tuple)
    assert problems[0].path == "rules[0].check"


def test_faults_of__what_cannot_be_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.taizhangpack"
    path.write_text("{}", encoding="utf-8")

    def refuse(_: Path, mode: str) -> object:
        raise PermissionError(13, "not yours", mode)

    monkeypatch.setattr(Path, "open", refuse)
    (problem,) = faults_of(PACKS, path)
    assert (problem.message.code, problem.file) == ("app.pack-unread", path.name)
