from __future__ import annotations

from desktop.forms.nodes import field_ids
from desktop.forms.nodes import items_of
from desktop.forms.nodes import laid_over
from desktop.forms.nodes import picked
from desktop.forms.nodes import with_field
from desktop.forms.nodes import with_items
from desktop.forms.nodes import without
from desktop.forms.yaml_text import List
from desktop.forms.yaml_text import Mapping
from desktop.forms.yaml_text import plain
from desktop.forms.yaml_text import read_yaml

FORM = """\
id: form
groups:
  - title: 甲
    fields: [{id: a, title: 一}, {id: b, title: 二}]
  - title: 乙
    fields: [{id: c, title: 三}]
  - 没有内容
  - title: 丙
    fields: 没有内容
"""


def read(text: str) -> Mapping:
    node = read_yaml(text.encode(), "form.yaml")
    assert isinstance(node, Mapping)
    return node


def test_laid_over__places_of_both_are_kept() -> None:
    base, above = read("a: 1\nb: 2\n"), read("\n\nb: 3\n")
    found = laid_over(base, above)

    assert plain(found) == {"a": 1, "b": 3}
    assert (found.keys["a"].line, found.keys["b"].line) == (1, 3)
    assert found.place == above.place


def test_with_items_and_without_keep_the_place() -> None:
    base = read("a: 1\nb: 2\n")

    assert plain(with_items(base, {"a": List((), base.place)})) == {"a": [], "b": 2}
    assert plain(without(base, {"a"})) == {"b": 2}
    assert plain(picked(base, ("b", "c"))) == {"b": 2}
    assert without(base, {"a"}).place == base.place


def test_with_field__changed_or_left_out() -> None:
    form = read(FORM)
    titled = with_field(form, "b", lambda field: picked(field, {"id"}))
    assert plain(titled)["groups"][0]["fields"][1] == {"id": "b"}

    assert field_ids(form) == ("a", "b", "c")
    assert field_ids(with_field(form, "b", lambda _: None)) == ("a", "c")
    assert with_field(form, "x", lambda _: None) is form


def test_with_field__a_group_goes_with_its_last_field() -> None:
    left = with_field(read(FORM), "c", lambda _: None)

    titles = [group["title"] for group in plain(left)["groups"] if "title" in group]
    assert titles == ["甲", "丙"]


def test_items_of__nothing_where_there_is_no_list() -> None:
    form = read(FORM)

    assert items_of(form, "id") == ()
    assert items_of(form.items["id"], "groups") == ()
    assert len(items_of(form, "groups")) == 4
