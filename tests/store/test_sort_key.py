from __future__ import annotations

import pytest

from desktop.store.sort_key import sort_key


def test_texts_stand_by_pinyin() -> None:
    names = ["张", "宁", "阿", "李", "北", "王", "长", "华"]
    names.sort(key=lambda one: sort_key(one) or b"")
    assert names == ["阿", "北", "长", "华", "李", "宁", "王", "张"]


def test_latin_stands_before_chinese() -> None:
    assert max("阿", "Z", "1", key=lambda one: sort_key(one) or b"") == "阿"


@pytest.mark.parametrize("value", [None, 3, 2.5])
def test_what_is_no_text_stays(value: float | None) -> None:
    assert sort_key(value) == value
