from __future__ import annotations

import io
from gettext import GNUTranslations
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from hypothesis import given
from hypothesis import strategies as st

from desktop.core.compiled_words import CompiledWords

CHINESE = Path(__file__).parents[2] / "resources/locale/zh_CN/LC_MESSAGES/taizhang.mo"


def compiled(words: dict[str, str]) -> bytes:
    catalogue, out = Catalog(), io.BytesIO()
    for said, meant in words.items():
        catalogue.add(said, meant)
    write_mo(out, catalogue)
    return out.getvalue()


def test_gettext__ok_as_the_standard_library_says_it() -> None:
    data = CHINESE.read_bytes()
    standard, ours = GNUTranslations(io.BytesIO(data)), CompiledWords(data)
    known = vars(standard)["_catalog"]

    assert len(known) > 1000
    for _ in ("looked up", "known"):
        assert {said: ours.gettext(said) for said in known} == known


@pytest.mark.parametrize("absent", ["A", "Save", "Saved", "Zebra", "“Saved”"])
def test_gettext__ok_what_is_not_there_means_itself(absent: str) -> None:
    assert CompiledWords(compiled({"Save it": "保存"})).gettext(absent) == absent


@given(st.dictionaries(st.text("abzé民𬒗 …", min_size=1), st.text("好坏", min_size=1)))
def test_gettext__ok_any_words(words: dict[str, str]) -> None:
    ours = CompiledWords(compiled(words))

    assert {said: ours.gettext(said) for said in words} == words
