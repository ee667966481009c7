"""Merging and compiling the translations."""

from __future__ import annotations

import gettext
import io
from typing import TYPE_CHECKING

import pytest
from babel.messages.pofile import PoFileError

from tools import compile_words

if TYPE_CHECKING:
    from tests.tools.conftest import Plant

HEADER = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
FOLDER = "resources/locale/zh_CN"


def entry(msgid: str, msgstr: str) -> str:
    return f'msgid "{msgid}"\nmsgstr "{msgstr}"\n\n'


def test_compile__merges_the_files_of_a_language(plant: Plant) -> None:
    plant(f"{FOLDER}/app.po", HEADER + entry("Saved", "已保存"))
    root = plant(f"{FOLDER}/ui.po", HEADER + entry("Open", "打开") + entry("Cut", ""))
    (path,) = compile_words.compile_all(root)
    said = gettext.translation("taizhang", root / "resources/locale", ["zh_CN"])
    assert [said.gettext(m) for m in ("Saved", "Open", "Cut")] == [
        "已保存",
        "打开",
        "Cut",
    ]
    assert path == root / FOLDER / "LC_MESSAGES" / "taizhang.mo"


def test_compile__leaves_out_what_is_unsure(plant: Plant) -> None:
    root = plant(f"{FOLDER}/app.po", HEADER + "#, fuzzy\n" + entry("Saved", "已存"))
    compiled = compile_words.compiled(root / FOLDER)
    said = gettext.GNUTranslations(io.BytesIO(compiled))
    assert said.gettext("Saved") == "Saved"


def test_compile__gives_the_same_bytes_in_any_order(plant: Plant) -> None:
    root = plant(f"{FOLDER}/a.po", HEADER + entry("B", "乙") + entry("A", "甲"))
    first = compile_words.compiled(root / FOLDER)
    plant(f"{FOLDER}/a.po", HEADER + entry("A", "甲") + entry("B", "乙"))
    assert compile_words.compiled(root / FOLDER) == first


def test_compile__malformed_error(plant: Plant) -> None:
    root = plant(f"{FOLDER}/a.po", HEADER + 'msgid "A"\n甲\n')
    with pytest.raises(PoFileError):
        compile_words.compiled(root / FOLDER)
