"""Walking an XML part with every cap applied before the parser sees the text.

expat 2.5 needs quadratic time for a huge token (14.5 s measured for one file), so
lengths are checked on the decoded text first. Any DTD ends the file: without one there
are no entities to expand and nothing to fetch.
"""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING
from typing import Final
from typing import Protocol
from xml.parsers import expat

from desktop.intake.refusal import RefusedError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator
    from collections.abc import Mapping

    from desktop.intake.limits import Limits

_DECLARED: Final = re.compile(r"<\?xml[^>]*?encoding\s*=\s*[\"']([^\"']*)[\"']")
_SPECIAL: Final = re.compile(r"<!--|<!\[CDATA\[|<\?|<!")
_CLOSER: Final[Mapping[str, str]] = {"<!--": "-->", "<![CDATA[": "]]>", "<?": "?>"}
_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_NAMES: Final[Mapping[str, set[str]]] = {
    "utf-8": {"utf-8", "utf8"},
    "utf-16-le": {"utf-16", "utf-16le"},
    "utf-16-be": {"utf-16", "utf-16be"},
}


class Handler(Protocol):
    """Takes what a part holds; names come without their namespace."""

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """Take the beginning of an element."""

    def end(self, name: str) -> None:
        """Take the end of an element."""

    def text(self, text: str) -> None:
        """Take a piece of text."""


class Ignore:
    """A handler for parts that only have to be sound."""

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """Take no notice."""

    def end(self, name: str) -> None:
        """Take no notice."""

    def text(self, text: str) -> None:
        """Take no notice."""


def guarded_text(pieces: Iterable[bytes], limits: Limits) -> Iterator[str]:
    """Decode a part and check its tokens; what is yielded is fit for a parser.

    Raises:
        RefusedError: The encoding is not UTF-8 or UTF-16, is not what the part says
            it is, a token is too long, or there is a DTD.
    """
    waiting = ""
    for text in _decoded(pieces):
        waiting += text
        done = _checked(waiting, limits)
        yield waiting[:done]
        waiting = waiting[done:]
    if _checked(waiting + "<", limits) != len(waiting):
        raise RefusedError("broken_xml")
    yield waiting


def walk(pieces: Iterable[bytes], handler: Handler, limits: Limits) -> int:
    """Parse a part and tell the handler; gives the count of elements.

    Raises:
        RefusedError: The part is not sound XML or exceeds a limit.
    """
    counter = _Counter(handler, limits)
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = counter.start
    parser.EndElementHandler = counter.end
    parser.CharacterDataHandler = handler.text
    try:
        for text in guarded_text(pieces, limits):
            parser.Parse(text, False)  # noqa: FBT003 - expat takes it by place only
        parser.Parse("", True)  # noqa: FBT003
    except expat.ExpatError as error:
        raise RefusedError("broken_xml") from error
    return counter.elements


class _Counter:
    """Counts depth and elements and takes namespaces off the names."""

    __slots__ = ("_depth", "_handler", "_limits", "elements")

    def __init__(self, handler: Handler, limits: Limits) -> None:
        self._handler = handler
        self._limits = limits
        self._depth = 0
        self.elements = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        self.elements += 1
        if self._depth > self._limits.depth:
            raise RefusedError("nested_too_deep", limit=self._limits.depth)
        if len(attributes) > self._limits.attributes:
            raise RefusedError("token_too_long")
        if self.elements > self._limits.elements:
            raise RefusedError("too_many_elements", limit=self._limits.elements)
        if any(" " in key for key in attributes):
            attributes = _without_namespaces(attributes)
        self._handler.start(name.rpartition(" ")[2], attributes)

    def end(self, name: str) -> None:
        self._depth -= 1
        self._handler.end(name.rpartition(" ")[2])


def _without_namespaces(attributes: dict[str, str]) -> dict[str, str]:
    """Take namespaces off; a name that had none is the one the readers look at."""
    inside = {k.rpartition(" ")[2]: v for k, v in attributes.items() if " " in k}
    return {**inside, **{k: v for k, v in attributes.items() if " " not in k}}


def _decoded(pieces: Iterable[bytes]) -> Iterator[str]:
    """Decode strictly, by the byte order mark or as UTF-8; check the declaration."""
    decoder: codecs.IncrementalDecoder | None = None
    head = b""
    for piece in pieces:
        try:
            if decoder is not None:
                yield decoder.decode(piece)
                continue
            head += piece
            if len(head) < _ENOUGH:
                continue
            decoder, text = _begin(head)
        except UnicodeDecodeError as error:
            raise RefusedError("odd_encoding") from error
        yield text
    try:
        if decoder is None:
            decoder, text = _begin(head)
            yield text
        yield decoder.decode(b"", final=True)
    except UnicodeDecodeError as error:
        raise RefusedError("odd_encoding") from error


_ENOUGH: Final = 400
"""Bytes that hold a whole XML declaration, in UTF-16 too."""


def _begin(head: bytes) -> tuple[codecs.IncrementalDecoder, str]:
    encoding, skip = "utf-8", 0
    for bom, name in _BOMS:
        if head.startswith(bom):
            encoding, skip = name, len(bom)
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    text = decoder.decode(head[skip:])
    declared = _DECLARED.match(text)
    if declared and declared[1].lower() not in _NAMES[encoding]:
        raise RefusedError("odd_encoding")
    return decoder, text


def _checked(text: str, limits: Limits) -> int:
    """Check every token that is complete; gives how far the text is complete."""
    special = _SPECIAL.search(text)
    at = 0
    while special:
        _check_gaps(text[at : special.start()], limits)
        closer = _CLOSER.get(special[0])
        if closer is None:
            if len(text) - special.start() < len("<![CDATA["):
                return special.start()
            raise RefusedError("dtd")
        close = text.find(closer, special.end())
        if (close if close >= 0 else len(text)) - special.start() > limits.gap:
            raise RefusedError("token_too_long")
        if close < 0:
            return special.start()
        at = close + len(closer)
        special = _SPECIAL.search(text, at)
    _check_gaps(text[at:], limits)
    last = text.rfind("<", at)
    return last if last >= 0 else len(text)


def _check_gaps(text: str, limits: Limits) -> None:
    for gap in text.split("<")[1:]:
        if len(gap) <= limits.tag:
            continue
        if len(gap) > limits.gap or not 0 <= gap.find(">") <= limits.tag:
            raise RefusedError("token_too_long")
