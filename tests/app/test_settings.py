from __future__ import annotations

from pathlib import Path

import pytest

from desktop.app.settings import RECENT_KEPT
from desktop.app.settings import Settings
from desktop.app.settings import load_settings
from desktop.app.settings import save_settings


def test_settings__come_back(tmp_path: Path) -> None:
    path = tmp_path / "config" / "settings.json"
    settings = Settings(who="张三").opened(tmp_path / "长宁.taizhang")
    settings = settings.arranged("window", "AAEC")
    save_settings(path, settings)
    assert load_settings(path) == settings


def test_recent__newest_first_each_once_and_not_too_many() -> None:
    settings = Settings()
    for number in range(RECENT_KEPT + 3):
        settings = settings.opened(Path(f"/{number}"))
    settings = settings.opened(Path("/5"))
    assert settings.recent[:2] == ("/5", f"/{RECENT_KEPT + 2}")
    assert len(settings.recent) == RECENT_KEPT
    assert settings.recent.count("/5") == 1


def test_left__each_ledger_opens_where_it_was_left(tmp_path: Path) -> None:
    one, other = tmp_path / "甲.taizhang", tmp_path / "乙.taizhang"
    settings = Settings().left(one, "audit", "eci").left(other, "entry", "")
    save_settings(tmp_path / "settings.json", settings)
    again = load_settings(tmp_path / "settings.json")
    assert again.left_at(one) == ("audit", "eci")
    assert again.left_at(other) == ("entry", "")
    assert again.left_at(tmp_path / "new.taizhang") == ("", "")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        '{"who": 1, "recent": "x", "layout": 3}',
        '{"recent": [1, null], "layout": {"a": 1}}',
    ],
)
def test_load__what_cannot_be_read_gives_defaults(tmp_path: Path, text: str) -> None:
    path = tmp_path / "settings.json"
    path.write_text(text, encoding="utf-8")
    assert load_settings(path) == Settings()


def test_load__no_file(tmp_path: Path) -> None:
    assert load_settings(tmp_path / "none.json") == Settings()


def test_save__a_disk_that_refuses_is_no_matter(tmp_path: Path) -> None:
    (tmp_path / "config").write_text("a file, not a folder", encoding="utf-8")
    save_settings(tmp_path / "config" / "settings.json", Settings())
    assert (tmp_path / "config").is_file()
