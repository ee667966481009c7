"""The completeness of the translation has teeth."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tools import check_words
from tools import compile_words

if TYPE_CHECKING:
    from pathlib import Path

    from tests.tools.conftest import Plant

HEADER = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
FOLDER = "resources/locale/zh_CN"
SAVED = 'msgid "Saved {count}"\nmsgstr "已保存 {count} 条"\n\n'
CATALOGUE = 'MESSAGES: Mapping[str, str] = {"app.saved": "Saved {count}"}\n'


def faults(root: Path) -> list[str]:
    list(compile_words.compile_all(root))
    return list(check_words.faults(root))


@pytest.fixture
def sound(plant: Plant) -> Path:
    plant("desktop/core/messages/app.py", CATALOGUE)
    return plant(f"{FOLDER}/app.po", HEADER + SAVED)


def test_words__ok(sound: Path) -> None:
    assert faults(sound) == []


@pytest.mark.parametrize(
    "code",
    [
        'say("Open")',
        'self.say("Open", name=1)',
        'self._say("Open")',
        'words("Open")',
        'self._words("Open")',
        'mark("Open")',
        'say("Open" if new else "Saved {count}")',
        'say("Saved {count}" if old else "Open")',
    ],
)
def test_label__without_translation_error(plant: Plant, sound: Path, code: str) -> None:
    plant("desktop/ui/a.py", f"{code}\n")
    says = "desktop/ui/a.py:1: has no zh_CN translation: 'Open'"
    assert faults(sound) == [says]


@pytest.mark.parametrize("code", ['say(f"Open {x}")', 'say("Open" + x)', "say(1)"])
def test_label__put_together_error(plant: Plant, sound: Path, code: str) -> None:
    plant("desktop/ui/a.py", f"{code}\n")
    says = "desktop/ui/a.py:1: is no literal text, so it cannot be translated"
    assert faults(sound) == [says]


@pytest.mark.parametrize("code", ["say(label)", "say()", "other('Open')"])
def test_label__marked_elsewhere_ok(plant: Plant, sound: Path, code: str) -> None:
    plant("desktop/ui/a.py", f"{code}\n")
    assert faults(sound) == []


def test_message__without_translation_error(plant: Plant, sound: Path) -> None:
    plant("desktop/core/messages/store.py", 'MESSAGES = {"store.full": "Full"}\n')
    says = "desktop/core/messages/store.py:1: has no zh_CN translation: 'Full'"
    assert faults(sound) == [says]


def test_message__put_together_error(plant: Plant, sound: Path) -> None:
    plant("desktop/core/messages/store.py", 'MESSAGES = {"store.full": FULL}\n')
    says = "is no literal text, so it cannot be translated"
    assert faults(sound) == [f"desktop/core/messages/store.py:1: {says}"]


@pytest.mark.parametrize(
    ("entry", "says"),
    [
        ('msgid "Gone"\nmsgstr "没了"\n', "nobody says 'Gone'"),
        ('#~ msgid "Gone"\n#~ msgstr "没了"\n', "1 obsolete entries (#~)"),
        (
            'msgid "Saved {count}"\nmsgstr "存了"\n',
            "two translations of 'Saved {count}'",
        ),
        (
            'msgid "a"\nmsgid_plural "b"\nmsgstr[0] "甲"\n',
            "plural forms are not in use: ('a', 'b')",
        ),
    ],
)
def test_entry__error(plant: Plant, sound: Path, entry: str, says: str) -> None:
    plant(f"{FOLDER}/ui.po", HEADER + entry)
    assert f"{FOLDER}/ui.po:1: {says}" in faults(sound)


@pytest.mark.parametrize("msgstr", ["已保存", "已保存 {counts}", "已保存 {count} {"])
def test_placeholders__error(plant: Plant, sound: Path, msgstr: str) -> None:
    plant(f"{FOLDER}/app.po", HEADER + f'msgid "Saved {{count}}"\nmsgstr "{msgstr}"\n')
    says = f"other placeholders than 'Saved {{count}}': {msgstr!r}"
    assert faults(sound) == [f"{FOLDER}/app.po:1: {says}"]


@pytest.mark.parametrize(
    "entry",
    ['msgid "Saved {count}"\nmsgstr ""\n', "#, fuzzy\n" + SAVED],
)
def test_entry__unfinished_error(plant: Plant, sound: Path, entry: str) -> None:
    plant(f"{FOLDER}/app.po", HEADER + entry)
    assert faults(sound) == [
        f"{FOLDER}/app.po:1: unfinished: 'Saved {{count}}'",
        "desktop/core/messages/app.py:1: has no zh_CN translation: 'Saved {count}'",
    ]


@pytest.mark.parametrize("stale", [True, False])
def test_compiled__error(plant: Plant, sound: Path, stale: bool) -> None:
    if stale:
        plant(f"{FOLDER}/LC_MESSAGES/taizhang.mo", "old")
    says = "is not what the .po files say; run `make words`"
    assert list(check_words.faults(sound)) == [
        f"{FOLDER}/LC_MESSAGES/taizhang.mo:1: {says}"
    ]
