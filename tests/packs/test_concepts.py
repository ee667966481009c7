"""The shared indicators: who uses them, and that a change reaches all of them."""

from __future__ import annotations

import shutil
from collections import Counter
from typing import TYPE_CHECKING
from typing import Any

import pytest
import yaml

from desktop.forms.load import load_pack
from desktop.forms.model import Pack
from tests.packs.test_plans import SHARED
from tests.packs.worlds import PACKS
from tests.packs.worlds import ROOT
from tests.packs.worlds import pack

if TYPE_CHECKING:
    from pathlib import Path

CHANGED = "另一种分子"


def concepts(root: Path) -> dict[Path, list[dict[str, Any]]]:
    """Read the shared indicators by file."""
    return {
        path: yaml.safe_load(path.read_text("utf-8"))
        for path in sorted((root / "common").glob("*/indicators*.yaml"))
    }


def test_concepts_are_those_of_several_plans__ok() -> None:
    found = [each["id"] for rows in concepts(ROOT).values() for each in rows]
    assert sorted(found) == sorted(SHARED)


def test_concept_stands_with_its_domain__ok() -> None:
    for path, rows in concepts(ROOT).items():
        assert {each["domain"] for each in rows} == {path.parent.name}


def test_every_concept_is_used_by_several_packs__ok() -> None:
    used = Counter(
        each.concept for name in PACKS for each in pack(name).indicators if each.concept
    )
    assert used.keys() == SHARED
    assert {name for name, packs in used.items() if packs < 2} == set()


@pytest.fixture(scope="module")
def other_library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Copy all packs, with another numerator and precision in each concept."""
    root = tmp_path_factory.mktemp("library") / "packs"
    shutil.copytree(ROOT, root)
    for path, rows in concepts(root).items():
        for each in rows:
            each["numerator"]["title"] = CHANGED
            each["digits"] = 6
        path.write_text(yaml.safe_dump(rows, allow_unicode=True), "utf-8")
    return root


@pytest.mark.parametrize("pack_id", PACKS)
def test_change_of_a_concept_reaches_its_packs__ok(
    other_library: Path, pack_id: str
) -> None:
    changed = load_pack(other_library, pack_id)
    assert isinstance(changed, Pack), changed
    for before, after in zip(pack(pack_id).indicators, changed.indicators, strict=True):
        if before.concept is None:
            assert after == before
            continue
        assert after.digits == 6
        assert after.numerator.title == CHANGED or before.differs
        kept = {"numerator": before.numerator, "digits": before.digits}
        assert after.replaced(**kept) == before
