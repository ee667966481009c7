"""docs/packs.md is a pack itself: what it shows is read and linted here."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args
from typing import get_type_hints

import pytest

from desktop.forms.fields import Field
from desktop.forms.fields import FieldBase
from desktop.forms.indicator import TargetBasis
from desktop.forms.lint import lint
from desktop.forms.load import load_pack
from desktop.forms.model import Pack

GUIDE = (Path(__file__).parents[2] / "docs" / "packs.md").read_text(encoding="utf-8")
EXAMPLE = re.compile(r"```yaml\n# file: (\S+)\n(.*?)```", re.DOTALL)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for name, text in EXAMPLE.findall(GUIDE):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path


def test_guide__its_examples_are_a_pack(root: Path) -> None:
    assert lint(root, "demo") == ()
    pack = load_pack(root, "demo")
    assert isinstance(pack, Pack)

    assert len(EXAMPLE.findall(GUIDE)) == GUIDE.count("```yaml")
    assert [form.id for form in pack.forms] == ["people", "home"]
    assert len(pack.rules) == 3
    assert len(pack.indicators[0].targets) == 2


def test_guide__names_every_kind_and_key_of_a_field() -> None:
    kinds = {
        word
        for kind in get_args(Field)
        for word in get_args(get_type_hints(kind)["kind"])
    }
    keys = set(FieldBase.__names__)
    bases = {basis.value for basis in TargetBasis}

    for word in kinds | keys | bases:
        assert re.search(rf"`{word}\b", GUIDE), word
