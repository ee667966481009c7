from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.cli.desks import typed

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("words", [[], ["fill"], ["inspect"]])
def test_template__error_says_what_is_missing(tmp_path: Path, words: list[str]) -> None:
    done = typed(tmp_path, "template", *words)
    assert done.code == 2
    assert "This is missing: " in done.err
