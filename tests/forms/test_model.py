from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pydantic import ValidationError

from desktop.forms.load import load_pack
from desktop.forms.model import CodeList
from desktop.forms.model import Pack
from desktop.forms.model import Parameter
from desktop.forms.strict import checked

if TYPE_CHECKING:
    from tests.forms.conftest import Packs


@pytest.fixture
def pack(packs: Packs) -> Pack:
    found = load_pack(packs.root, "demo")
    assert isinstance(found, Pack)
    return found


def test_pack__cannot_be_changed(pack: Pack) -> None:
    with pytest.raises(AttributeError):
        pack.title = "另一个"  # type: ignore[misc]  # that it cannot be set is the test


def test_pack__looks_up_do_not_make_it_another(pack: Pack, packs: Packs) -> None:
    again = load_pack(packs.root, "demo")

    assert pack.form_by_id["eci"].by_id
    assert pack == again


def test_choices__in_place_and_from_a_list(packs: Packs) -> None:
    packs.change("common/elderly_care/eci.yaml", "code_list: status", "choices: [运营]")
    in_place = load_pack(packs.root, "demo")
    assert isinstance(in_place, Pack)

    assert in_place.choices("eci", "status") == ("运营",)


def test_choices__error_list_that_is_not_there(pack: Pack) -> None:
    without = pack.replaced(code_lists=())

    with pytest.raises(KeyError):
        without.choices("eci", "status")


def test_models__refuse_loose_types() -> None:
    with pytest.raises(ValidationError):
        checked(CodeList, {"id": "x", "title": 3, "choices": ("甲",)})
    with pytest.raises(ValidationError):
        checked(Parameter, {"id": "x", "title": "甲", "value": "1e99999"})
