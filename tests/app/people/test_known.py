from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.app.people.known import Known
from desktop.app.people.known import People
from desktop.app.people.known import added
from desktop.app.people.known import fits
from desktop.app.people.known import load_people
from desktop.app.people.known import save_people
from desktop.app.people.known import seal_pin
from desktop.app.people.known import unfit_pin
from desktop.core.messages import Message

if TYPE_CHECKING:
    from pathlib import Path

TWO = People((Known("李芳"), Known("王强", "scrypt$AA==$AA==")), "王强")


def people(found: People | Message) -> People:
    assert isinstance(found, People), found
    return found


def code(found: People | Message | None) -> str:
    assert isinstance(found, Message)
    return found.code


def test_people__are_asked_for_only_where_it_matters() -> None:
    assert not People().asks
    assert not People((Known("李芳"),)).asks
    assert People((Known("李芳", "x"),)).asks
    assert TWO.asks


def test_present__the_last_one_or_whom_the_system_knows() -> None:
    assert People().present("lifang") == "lifang"
    assert TWO.present("lifang") == "王强"
    assert TWO.without("王强").present("lifang") == "李芳"
    assert TWO.worked("李芳").present("lifang") == "李芳"


def test_added__whoever_works_now_stays_on_the_list() -> None:
    first = people(added(People(), " 王  强 ", "lifang"))
    assert [each.name for each in first.known] == ["lifang", "王 强"]
    second = people(added(first, "赵敏", "王 强"))
    assert [each.name for each in second.known] == ["lifang", "王 强", "赵敏"]


def test_added__a_name_that_cannot_be_taken() -> None:
    assert code(added(TWO, "  ", "x")) == "app.people.name"
    assert code(added(TWO, "长" * 41, "x")) == "app.people.name"
    assert code(added(TWO, "李芳", "x")) == "app.people.there"
    assert code(added(People(), "lifang", "lifang")) == "app.people.there"


def test_unfit_pin__too_short_or_not_the_same() -> None:
    assert unfit_pin("", "") is None
    assert unfit_pin("1234", "1234") is None
    assert code(unfit_pin("123", "123")) == "app.people.pin"
    assert code(unfit_pin("1" * 65, "1" * 65)) == "app.people.pin"
    assert code(unfit_pin("1234", "1243")) == "app.people.differ"


def test_seal_pin__opens_only_with_the_pin_and_does_not_hold_it() -> None:
    seal, other = seal_pin("246810"), seal_pin("246810")
    assert seal != other, "each has a salt of its own"
    assert "246810" not in seal
    assert fits(seal, "246810")
    assert not fits(seal, "246811")
    assert not fits(seal, "")


def test_seal_pin__none_needs_none() -> None:
    assert seal_pin("") == ""
    assert fits("", "")


@pytest.mark.parametrize("seal", ["x", "scrypt$a$b", "scrypt$AA==$AA==", "md5$AA==$A"])
def test_fits__a_seal_that_was_tampered_with_opens_with_nothing(seal: str) -> None:
    assert not fits(seal, "1234")


def test_sealed__only_that_person() -> None:
    now = TWO.sealed("李芳", "s")
    assert [each.seal for each in now.known] == ["s", "scrypt$AA==$AA=="]
    assert now.sealed("李芳", "") == TWO


names = st.lists(st.text(max_size=20), unique=True, max_size=4)


@given(names=names, last=st.text(max_size=20), seal=st.text(max_size=20))
def test_people__written_and_read(
    tmp_path_factory: pytest.TempPathFactory, names: list[str], last: str, seal: str
) -> None:
    path = tmp_path_factory.mktemp("people") / "config" / "people.json"
    there = People(tuple(Known(name, seal) for name in names), last)
    save_people(path, there)
    assert load_people(path) == there


def test_people__two_of_them_written_and_read(tmp_path: Path) -> None:
    save_people(tmp_path / "config" / "people.json", TWO)
    assert load_people(tmp_path / "config" / "people.json") == TWO


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", json.dumps({"known": 3}), "\x00", "{"]
)
def test_load_people__what_cannot_be_read_is_nobody(tmp_path: Path, text: str) -> None:
    path = tmp_path / "people.json"
    path.write_text(text, "utf-8")
    assert load_people(path) == People()
    assert load_people(tmp_path / "none.json") == People()


def test_load_people__passes_over_what_is_no_person(tmp_path: Path) -> None:
    path = tmp_path / "people.json"
    path.write_text(json.dumps({"known": [1, {"name": 2}, {"name": "李芳"}]}), "utf-8")
    assert load_people(path) == People((Known("李芳"),))


def test_save_people__a_disk_that_refuses__error(tmp_path: Path) -> None:
    (tmp_path / "config").write_text("in the way", "utf-8")
    with pytest.raises(OSError, match="config"):
        save_people(tmp_path / "config" / "people.json", TWO)
