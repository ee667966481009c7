from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from desktop.intake.annotate_parts import LONGEST
from desktop.intake.annotate_parts import Comment
from desktop.intake.annotate_parts import Elements
from desktop.intake.annotate_parts import comments_xml
from desktop.intake.annotate_parts import read_comments
from desktop.intake.annotate_parts import shapes_xml
from desktop.intake.refusal import RefusedError

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def test_comments__come_back_as_they_were() -> None:
    comments = [
        Comment("B2", "张三", "行一\n行二 <&> “引号”"),
        Comment("A10", "", "  空格  "),
    ]
    assert read_comments(comments_xml(comments)) == comments


SAID = some.text(some.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn"]))


@given(some.lists(some.tuples(SAID, SAID), max_size=4))
def test_comments__whatever_is_said(pairs: list[tuple[str, str]]) -> None:
    comments = [
        Comment(f"A{row}", author, text) for row, (author, text) in enumerate(pairs, 1)
    ]
    assert read_comments(comments_xml(comments)) == comments


def test_comments__in_the_order_of_the_sheet_and_not_too_long() -> None:
    made = comments_xml([Comment("B9", "甲", "x" * 3000), Comment("A9", "乙", "y\x01")])
    first, second = read_comments(made)
    assert (first.cell, first.text) == ("A9", "y")
    assert (second.author, len(second.text)) == ("甲", LONGEST)


def test_comments__with_runs_and_strange_places() -> None:
    content = (
        f'<x:comments xmlns:x="{MAIN}"><x:authors> <x:author>李</x:author></x:authors>'
        '<x:commentList><x:comment ref="C3" authorId="0"><x:text><x:r><x:rPr/><x:t>一'
        "</x:t></x:r><x:r><x:t>二</x:t></x:r></x:text></x:comment>"
        "<x:comment><x:text><x:t>无</x:t></x:text></x:comment></x:commentList>"
        "</x:comments>"
    ).encode()
    assert read_comments(content) == [
        Comment("C3", "李", "一二"),
        Comment("", "", "无"),
    ]


def test_comments__broken_xml() -> None:
    with pytest.raises(RefusedError):
        read_comments(b"<comments>")


def test_elements__places_in_bytes() -> None:
    content = "<a><b n='一'><c/></b><c x='1'/></a>".encode()
    elements = Elements.of(content)
    assert [each.name for each in elements.found] == ["a", "b", "c", "c"]
    assert content[elements.before(frozenset({"c"})) :] == b"<c x='1'/></a>"
    assert content[elements.before(frozenset({"d"})) :] == b"</a>"
    assert list(elements.named("b")) == [{"n": "一"}]


@pytest.mark.parametrize("content", [b"", b"<a>", b"<a/>", "<a></a>".encode("utf-16")])
def test_elements__what_nothing_can_be_put_into(content: bytes) -> None:
    with pytest.raises(RefusedError):
        Elements.of(content)


def test_shapes__a_box_beside_each_cell() -> None:
    made = shapes_xml([Comment("C3", "", "一\n" + "二" * 50)], whole=True).decode()
    assert "<x:Row>2</x:Row><x:Column>2</x:Column>" in made
    assert "height:80pt" in made
    assert made.startswith("<xml ")
    alone = shapes_xml([Comment("?", "", "")]).decode()
    assert alone.startswith("<v:shape ")
    assert "<x:Row>0</x:Row><x:Column>0</x:Column>" in alone
