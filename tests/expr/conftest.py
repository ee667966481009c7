"""Lets go of the engines once all tests of this folder are done."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.expr import sample

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="session", autouse=True)
def engines_closed() -> Iterator[None]:
    yield
    sample.close()
