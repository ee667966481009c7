from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.forms.files import Files
from desktop.forms.files import keyed
from desktop.forms.files import scalar_text
from desktop.forms.files import texts
from desktop.forms.yaml_text import MAX_BYTES
from desktop.forms.yaml_text import Node
from desktop.forms.yaml_text import read_yaml

if TYPE_CHECKING:
    from pathlib import Path


def node(text: str) -> Node:
    read = read_yaml(text.encode(), "a.yaml")
    assert not isinstance(read, tuple)
    return read


def codes(files: Files) -> list[str]:
    return [problem.message.code for problem in files.problems]


def test_files__paths_cannot_leave_the_root(tmp_path: Path) -> None:
    root = tmp_path / "root"
    root.mkdir()
    (tmp_path / "out.yaml").write_text("a: 1", encoding="utf-8")
    files = Files(root)

    assert not files.exists("../out.yaml")
    assert not files.exists(str(tmp_path / "out.yaml"))
    assert files.mapping("../out.yaml") is None
    assert codes(files) == ["forms.file_missing"]


def test_files__huge_file_is_not_read_whole(tmp_path: Path) -> None:
    with (tmp_path / "a.yaml").open("wb") as stream:
        stream.truncate(100 * MAX_BYTES)
    files = Files(tmp_path)

    assert files.list("a.yaml") == ()
    assert codes(files) == ["forms.yaml.too_big"]


def test_names__in_order(tmp_path: Path) -> None:
    for name in ("b.yaml", "a.yaml", "c.txt"):
        (tmp_path / name).touch()

    assert Files(tmp_path).names("*.yaml") == ("a.yaml", "b.yaml")


def test_keyed__keeps_what_has_an_id() -> None:
    listed = node("[{id: a}, {id: 3}, {x: b}, c]")

    assert [each.id for each in keyed(listed.items)] == ["a"]  # type: ignore[union-attr, arg-type]  # it is a list


def test_scalar_text__of_texts_only() -> None:
    assert scalar_text(node("a")) == "a"
    assert scalar_text(node("3")) is None
    assert scalar_text(node("[a]")) is None
    assert scalar_text(node("{k: a}"), "k") == "a"
    assert scalar_text(node("{k: a}"), "z") is None
    assert scalar_text(node("a"), "k") is None


def test_texts__everywhere_or_under_a_key() -> None:
    nested = node("{k: a, l: [b, 3, {k: [c, d]}]}")

    assert list(texts([nested])) == ["a", "b", "c", "d"]
    assert list(texts([nested], key="k")) == ["a", "c", "d"]


def test_files__the_library_of_another_folder_serves(tmp_path: Path) -> None:
    """Only where the root has none of its own; neither can be left."""
    root, other = tmp_path / "mine", tmp_path / "other"
    (other / "common" / "x").mkdir(parents=True)
    (other / "common" / "x" / "a.yaml").write_text("id: a\n", encoding="utf-8")
    (other / "b.yaml").write_text("- 1\n", encoding="utf-8")
    root.mkdir()
    files = Files(root, other)

    assert files.names("common/*/*.yaml") == ("common/x/a.yaml",)
    assert files.mapping("common/x/a.yaml") is not None
    assert not files.exists("b.yaml")
    assert not files.exists("common/../../other/../secret.yaml")
    assert files.lists("*.yaml") == ()

    (root / "common").mkdir()
    assert Files(root, other).names("common/*/*.yaml") == ()
