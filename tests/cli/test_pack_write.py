from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from desktop.app.packs.available import find_pack
from desktop.forms.json_schema import schemas
from desktop.forms.model import Pack
from tests.cli.desks import RESOURCES
from tests.cli.desks import typed
from tests.small import opened

if TYPE_CHECKING:
    from pathlib import Path

PACKS = RESOURCES / "packs"


# --- new -------------------------------------------------------------------


def test_new__a_pack_that_lints_clean(tmp_path: Path) -> None:
    """It bears the name of its folder, and its comments say what to change."""
    folder = tmp_path / "deep" / "my_county"
    done = typed(tmp_path, "pack", "new", folder)
    assert done.code == 0, done.err
    assert str(folder / "forms" / "works.yaml") in done.out

    linted = typed(tmp_path, "pack", "lint", folder)
    assert (linted.code, linted.out) == (0, "my_county: no faults.\n")
    text = (folder / "pack.yaml").read_text("utf-8")
    assert "id: my_county" in text
    assert "#" in text
    assert "my_pack" not in "".join(
        path.read_text("utf-8") for path in folder.rglob("*.yaml")
    )


def test_new__an_empty_folder_will_do(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    assert typed(tmp_path, "pack", "new", tmp_path / "mine").code == 0


def test_new__error_nothing_is_overwritten(tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "pack.yaml").write_text("id: mine\n", "utf-8")
    done = typed(tmp_path, "pack", "new", folder)

    assert done.code == 2
    assert "not empty" in done.err
    assert [path.name for path in folder.iterdir()] == ["pack.yaml"]
    (tmp_path / "file").write_text("", "utf-8")
    assert typed(tmp_path, "pack", "new", tmp_path / "file").code == 2


@pytest.mark.parametrize("name", ["common", "My Pack", "我的"])
def test_new__error_the_folder_must_be_able_to_be_an_id(
    tmp_path: Path, name: str
) -> None:
    done = typed(tmp_path, "pack", "new", tmp_path / name)
    assert done.code == 2
    assert "cannot be the name of a pack" in done.err
    assert not (tmp_path / name).exists()


# --- build -----------------------------------------------------------------


def test_build__a_file_from_which_ledgers_are_made(tmp_path: Path) -> None:
    folder, file = tmp_path / "mine", tmp_path / "out" / "mine.taizhangpack"
    typed(tmp_path, "pack", "new", folder)
    done = typed(tmp_path, "pack", "build", folder, "-o", file)
    assert done.code == 0, done.err
    assert "我的制度包 0.1.0" in done.out
    assert json.loads(file.read_text("utf-8"))["digest"][:12] in done.out

    ledger = tmp_path / "a.taizhang"
    given = ("--pack", file, "--unit", "310105", "--period", "2025")
    assert typed(tmp_path, "new", ledger, *given).code == 0
    with opened(ledger) as made:
        assert made.pack() == find_pack(PACKS, str(folder))


@pytest.mark.unmeasured
def test_build__named_after_the_pack(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert typed(tmp_path, "pack", "build", "liaoning").code == 0
    (made,) = tmp_path.glob("*.taizhangpack")
    pack = find_pack(PACKS, str(made))
    assert isinstance(pack, Pack)
    assert made.name == f"liaoning-{pack.version}.taizhangpack"


def test_build__error_a_pack_with_faults_is_not_written(tmp_path: Path) -> None:
    folder, file = tmp_path / "mine", tmp_path / "mine.taizhangpack"
    typed(tmp_path, "pack", "new", folder)
    (folder / "rules.yaml").write_text("- {id: x}\n", "utf-8")
    done = typed(tmp_path, "pack", "build", folder, "-o", file)

    assert done.code == 1
    assert "mine/rules.yaml:1:" in done.out
    assert "Nothing was written" in done.out
    assert not file.exists()


def test_build__error_none_there(tmp_path: Path) -> None:
    assert typed(tmp_path, "pack", "build", "mars").code == 2


def test_build__error_where_nothing_can_be_written(tmp_path: Path) -> None:
    done = typed(tmp_path, "pack", "build", "liaoning", "-o", tmp_path)
    assert done.code == 2
    assert "cannot be written" in done.err


def test_new__error_a_pack_file_that_was_damaged(tmp_path: Path) -> None:
    file = tmp_path / "a.taizhangpack"
    typed(tmp_path, "pack", "build", "liaoning", "-o", file)
    file.write_text(file.read_text("utf-8").replace("床位", "席位", 1), "utf-8")
    given = ("--pack", file, "--unit", "310105", "--period", "2025")
    done = typed(tmp_path, "new", tmp_path / "a.taizhang", *given)

    assert done.code == 2
    assert "has faults" in done.err
    assert not (tmp_path / "a.taizhang").exists()


# --- schema ----------------------------------------------------------------


def test_schema__one_for_each_sort_of_file(tmp_path: Path) -> None:
    folder = tmp_path / "schema"
    done = typed(tmp_path, "pack", "schema", "--to", folder)
    assert done.code == 0, done.err
    assert {path.name for path in folder.iterdir()} == schemas().keys()
    assert str(folder / "indicators.schema.json") in done.out
