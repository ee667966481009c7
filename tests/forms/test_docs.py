"""docs/packs.md is a pack itself: what it shows is read and linted here."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args
from typing import get_type_hints

import pytest

from desktop.forms.fields import Field
from desktop.forms.fields import FieldBase
from desktop.forms.indicator import Baseline
from desktop.forms.indicator import Indicator
from desktop.forms.indicator import Target
from desktop.forms.indicator import TargetBasis
from desktop.forms.layout import HEADER_ITEMS
from desktop.forms.layout import Layout
from desktop.forms.layout import Rows
from desktop.forms.lint import lint
from desktop.forms.load import load_pack
from desktop.forms.model import Answers
from desktop.forms.model import Definition
from desktop.forms.model import Option
from desktop.forms.model import Pack
from desktop.forms.model import Parameter
from desktop.forms.model import Plan
from desktop.forms.model import Rule
from desktop.forms.model import Way
from desktop.forms.taking import Change
from desktop.forms.taking import Taken

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
    assert lint(root, "town") == ()
    pack = load_pack(root, "demo")
    assert isinstance(pack, Pack)

    assert len(EXAMPLE.findall(GUIDE)) == GUIDE.count("```yaml")
    assert [form.id for form in pack.forms] == ["people", "home", "reported"]
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


def test_guide__names_every_key_of_what_a_pack_is_made_of() -> None:
    made_of = (
        *(Answers, Baseline, Change, Definition, Indicator, Option, Parameter, Plan),
        *(Layout, Rows, Rule, Taken, Target, Way),
    )
    for item in HEADER_ITEMS:
        assert f"`{item}`" in GUIDE, item
    for model in made_of:
        for key in model.__names__:
            assert re.search(rf"(`{key}\b|\b{key}:)", GUIDE), (model.__name__, key)


def test_guide__what_its_county_and_town_have_in_common(root: Path) -> None:
    demo, town = (load_pack(root, name) for name in ("demo", "town"))
    assert isinstance(demo, Pack)
    assert isinstance(town, Pack)
    above, below = (each.indicators for each in (demo, town))

    assert above[1].numerator.value == "SUM(home.beds)"
    assert below[0].numerator.value == "SUM(home.beds) - SUM(home.night)"
    assert above[1].denominator == below[0].denominator
    assert demo.choices("reported", "indicator") == (
        "基本医疗保险参保率",
        "养老金按时足额发放",
    )
    assert "opened" not in town.form_by_id["home"].by_id
    assert [each.id for each in town.definitions] == ["elders"]
