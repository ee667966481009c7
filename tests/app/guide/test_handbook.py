from __future__ import annotations

from pathlib import Path

import pytest

from desktop.app.commands import COMMANDS
from desktop.app.guide.handbook import COMMAND
from desktop.app.guide.handbook import Handbook
from desktop.app.guide.handbook import load_handbook
from desktop.app.guide.handbook import shown

OURS = Path(__file__).parents[3] / "resources" / "handbook"
SAID = {"Import a table…": "导入表格…", "Units…": "单位…"}


def say(msgid: str) -> str:
    return SAID.get(msgid, msgid)


@pytest.fixture
def book(tmp_path: Path) -> Handbook:
    (tmp_path / "02-import.md").write_text(
        "# 导入\n\n用 [[file.import]]。\n\n## 识别列\n\n| 列 | 说明 |\n|---|---|\n"
        "| 名称 | **必须**有 |\n\n## 单位\n\n见 [[file.units]] 和 [[no.such]]。\n",
        encoding="utf-8",
    )
    (tmp_path / "01-start.md").write_text("# 开始\n\n先导入。", encoding="utf-8")
    (tmp_path / "03-keys.md").write_text("# 快捷键\n\n[[all]]\n", encoding="utf-8")
    return load_handbook(tmp_path)


def test_load__chapters_in_order_with_their_sections(book: Handbook) -> None:
    assert [each.id for each in book.chapters] == ["start", "import", "keys"]
    found = book.chapter("import")
    assert found is not None
    assert [each.title for each in found.sections] == ["导入", "识别列", "单位"]
    assert book.chapter("nothing") is None


def test_shown__commands_have_their_titles_and_keys(book: Handbook) -> None:
    found = book.chapter("import")
    assert found is not None
    text = shown(found, say)
    assert text.startswith("# 导入\n\n用 [导入表格（Ctrl+I）](command:file.import)。")
    assert "[单位](command:file.units)" in text
    assert "no.such" in text
    assert text.count("## ") == 2


def test_shown__all_commands_in_one_table(book: Handbook) -> None:
    keys = book.chapter("keys")
    assert keys is not None
    text = shown(keys, say)
    assert all(f"(command:{command.id})" in text for command in COMMANDS)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("识别", [("import", "识别列")]),
        ("必须 名称", [("import", "识别列")]),
        ("导入", [("import", "导入"), ("start", "开始"), ("import", "识别列"),
                  ("import", "单位"), ("keys", "快捷键")]),
        ("ctrl+i 用", [("import", "导入")]),
        ("没有的词", []),
        (" ", []),
    ],
)  # fmt: skip
def test_search__titles_first(
    book: Handbook, text: str, found: list[tuple[str, str]]
) -> None:
    hits = book.search(text, say)
    assert [(hit.chapter.id, hit.section.title) for hit in hits] == found


def test_search__shows_what_stands_around(book: Handbook) -> None:
    [hit] = book.search("必须", say)
    assert "必须有" in hit.around
    assert "*" not in hit.around


def test_search__a_long_text_is_cut_on_both_sides(tmp_path: Path) -> None:
    text = f"# 长\n\n{'前' * 60}要找的{'后' * 60}\n"
    (tmp_path / "1-long.md").write_text(text, encoding="utf-8")
    [hit] = load_handbook(tmp_path).search("要找的", say)
    assert hit.around == f"…{'前' * 28}要找的{'后' * 28}…"


def test_handbook__names_only_commands_there_are() -> None:
    known = {command.id for command in COMMANDS} | {"all"}
    for path in sorted(OURS.glob("*.md")):
        named = set(COMMAND.findall(path.read_text(encoding="utf-8")))
        assert named <= known, path.name


def test_handbook__tells_of_every_command() -> None:
    text = "".join(path.read_text(encoding="utf-8") for path in OURS.glob("*.md"))
    named = set(COMMAND.findall(text))
    missing = [command.id for command in COMMANDS if command.id not in named]
    assert missing == []
