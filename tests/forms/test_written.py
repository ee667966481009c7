from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any
from typing import TypeAlias

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from desktop.forms.load import load_pack
from desktop.forms.load import pack_from_json
from desktop.forms.model import Pack
from desktop.forms.written import digest
from desktop.forms.written import pack_to_json
from desktop.forms.written import read_known
from desktop.forms.written import seal
from tests.forms.conftest import Packs
from tests.forms.test_hostile import EVIL
from tests.forms.test_hostile import spots

Change: TypeAlias = Callable[[dict[str, Any]], object]


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> Pack:
    found = load_pack(Packs(tmp_path_factory.mktemp("packs")).root, "demo")
    assert isinstance(found, Pack), found
    return found


def test_pack_to_json__leaves_out_what_is_as_by_default(pack: Pack) -> None:
    data = json.loads(pack_to_json(pack))

    groups = [group for form in data["forms"] for group in form["groups"]]
    fields = [field for group in groups for field in group["fields"]]

    assert data["region"] == pack.region
    assert "note" not in data["plan"]
    assert "99999.99" in [field.get("maximum") for field in fields]


def test_digest__is_of_the_canonical_text(pack: Pack) -> None:
    assert digest(pack) == digest(pack.replaced(title=pack.title))
    assert digest(pack) != digest(pack.replaced(title="另一个"))


def test_read_known__gives_what_checking_gives(pack: Pack) -> None:
    text = pack_to_json(pack)

    assert read_known(text) == pack_from_json(text) == pack


def test_read_known__words_of_other_sources(pack: Pack) -> None:
    data = json.loads(pack_to_json(pack))
    field = {"id": "x", "title": "项", "kind": "choice", "choices": ["甲"]}
    words = {**field, "value_aliases": {"子": ["甲"], "丑": ["甲", "乙"]}}
    data["forms"][0]["groups"][0]["fields"].append(words)
    text = json.dumps(data)

    known = read_known(text)
    assert isinstance(known, Pack)
    assert known == pack_from_json(text)
    assert read_known(pack_to_json(known)) == known
    words["value_aliases"] = ["甲"]
    assert read_known(json.dumps(data)) is None


def drop(key: str) -> Change:
    return lambda data: data.pop(key)


def put(key: str, value: object) -> Change:
    return lambda data: data.update({key: value})


@pytest.mark.parametrize(
    "change",
    [
        drop("title"),
        drop("forms"),
        put("version", 1),
        put("more", "甲"),
        put("forms", {}),
        put("forms", [{"kind": "shop"}]),
        put("forms", [[]]),
        put("period_kind", "decade"),
        put("parameters", [{"id": "a", "title": "甲", "value": 1}]),
        put("parameters", [{"id": "a", "title": "甲", "value": "一"}]),
        put("plan", None),
    ],
)
def test_read_known__error_shape(pack: Pack, change: Change) -> None:
    data = json.loads(pack_to_json(pack))
    change(data)

    assert read_known(json.dumps(data)) is None


@pytest.mark.parametrize("text", ["", "[]", "{}", "null", "1" * 5000, '{"id": NaN}'])
def test_read_known__error_noise(text: str) -> None:
    assert read_known(text) is None


@settings(max_examples=100, deadline=None)
@given(data=st.data())
def test_read_known__what_was_checked_reads_the_same(
    pack: Pack, data: st.DataObject
) -> None:
    changed = json.loads(pack_to_json(pack))
    container, key = data.draw(st.sampled_from(spots(changed)), label="spot")
    container[key] = data.draw(st.sampled_from(EVIL), label="evil")
    text = json.dumps(changed)

    checked, known = pack_from_json(text), read_known(text)

    if isinstance(checked, Pack):
        assert known in (checked, None)
        assert read_known(pack_to_json(checked)) == checked


def test_seal__is_of_text_and_model(
    pack: Pack, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = pack_to_json(pack)
    before = seal(text)

    assert seal(text) == before
    assert seal(f"{text} ") != before
    monkeypatch.setattr("desktop.forms.base.Year", "Annotated[int, Limit(ge=1)]")
    assert seal(text) != before


def test_seal__knows_the_fields_of_each_class(
    pack: Pack, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = pack_to_json(pack)
    before = seal(text)
    monkeypatch.setitem(Pack.__annotations__, "title", "Name")

    assert seal(text) != before
