from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from desktop.intake.limits import LIMITS
from desktop.intake.refusal import RefusedError
from desktop.intake.xml_scan import Ignore
from desktop.intake.xml_scan import guarded_text
from desktop.intake.xml_scan import walk

if TYPE_CHECKING:
    from collections.abc import Mapping


class Heard(Ignore):
    def __init__(self) -> None:
        self.names: list[tuple[str, dict[str, str]]] = []

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        self.names.append((name, dict(attributes)))


def pieces(text: bytes, size: int) -> list[bytes]:
    return [text[at : at + size] for at in range(0, len(text), size)]


SAMPLE = (
    '<?xml version="1.0"?><!-- a < b --><a x="1 > 0"><![CDATA[<z>]]>'
    "<b>文字</b><?note <x?></a>"
)


@pytest.mark.parametrize("size", [1, 2, 7, 1000])
@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16"])
def test_guarded_text__gives_the_whole_text(size: int, codec: str) -> None:
    given = pieces(SAMPLE.encode(codec), size)

    assert "".join(guarded_text(given, LIMITS)) == SAMPLE


def test_walk__takes_namespaces_off() -> None:
    heard = Heard()
    text = b'<a xmlns:q="u" q:r="evil" r="A1" q:id="7"><q:b/></a>'

    count = walk([text], heard, LIMITS)

    assert count == 2
    assert heard.names == [("a", {"r": "A1", "id": "7"}), ("b", {})]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (b"<a>" * 9 + b"</a>" * 9, "nested_too_deep"),
        (
            b"<a " + b" ".join(b'a%d="1"' % n for n in range(9)) + b"/>",
            "token_too_long",
        ),
        (b"<a>" + b"<b/>" * 20 + b"</a>", "too_many_elements"),
        (b"<a " + b"b" * 300 + b"/>", "token_too_long"),
        (b"<a>" + b"b" * 900 + b"</a>", "token_too_long"),
        (b"<!-- " + b"b" * 900 + b"--><a/>", "token_too_long"),
        (b"<a/><!-- " + b"b" * 900, "token_too_long"),
        (b"<!DOCTYPE a><a/>", "dtd"),
        (b"<a>", "broken_xml"),
        (b"", "broken_xml"),
        (b"<a/><?x", "broken_xml"),
        (b"\xff<a/>", "odd_encoding"),
        (b"<a>" + b"c" * 600 + b"\xff</a>", "odd_encoding"),
        (b"<a/>\xe6\x96", "odd_encoding"),
        (b'<?xml version="1.0" encoding="gbk"?><a/>', "odd_encoding"),
    ],
)
def test_walk__refuses(text: bytes, code: str) -> None:
    few = replace(LIMITS, depth=5, attributes=5, elements=10, tag=200, gap=800)

    with pytest.raises(RefusedError) as refused:
        walk(pieces(text, 500), Ignore(), few)

    assert refused.value.code == f"intake.{code}"


def test_long_text__within_the_cap_is_no_token() -> None:
    few = replace(LIMITS, tag=10, gap=100)

    assert walk([b"<a>" + b"b" * 50 + b"</a>"], Ignore(), few) == 1
