"""What a PDF says of itself, twice and alike: in its Info dictionary and as XMP.

The XMP is written by hand: PDF/A-1 wants the plain form, with each property an element
and each namespace declared where it is used, which libraries do not write.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from typing import Final
from xml.sax.saxutils import escape

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

_UNSAYABLE: Final = re.compile("[^\t\n -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters XML cannot hold."""
_PADDING: Final = 512
"""Room in which others may write more, as the specification of XMP asks."""
_BEGIN: Final = (
    '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n'
    '<x:xmpmeta xmlns:x="adobe:ns:meta/">\n'
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">\n'
)
_END: Final = f'</rdf:RDF>\n</x:xmpmeta>\n{" " * _PADDING}\n<?xpacket end="w"?>'
_PDFAID: Final = "http://www.aiim.org/pdfa/ns/id/"


@dataclass(frozen=True, slots=True)
class Description:
    """What a PDF says of itself; without `made` it says nothing of when."""

    title: str
    author: str
    subject: str
    keywords: str
    creator: str
    producer: str
    made: datetime | None = None

    def info(self) -> dict[str, str]:
        """Give the entries of the Info dictionary; an empty one would be a fault."""
        said = {
            "Title": self.title,
            "Author": self.author,
            "Subject": self.subject,
            "Keywords": self.keywords,
            "Creator": self.creator,
            "Producer": self.producer,
        }
        if self.made is not None:
            zone = self._zone()
            # PDF writes +08'00' for XMP's +08:00.
            marked = zone.replace(":", "'") + "'" * (len(zone) > 1)
            day = f"D:{self.made:%Y%m%d%H%M%S}{marked}"
            said["CreationDate"] = said["ModDate"] = day
        return {name: sayable(text) for name, text in said.items() if text}

    def xmp(self, part: str, level: str) -> bytes:
        """Write the XMP packet that claims a part and level of PDF/A."""
        return "".join((_BEGIN, *self._blocks(part, level), _END)).encode()

    def _blocks(self, part: str, level: str) -> tuple[str, ...]:
        when = "" if self.made is None else f"{self.made:%Y-%m-%dT%H:%M:%S}"
        when += self._zone() if when else ""
        return (
            _block("pdfaid", _PDFAID, {"part": part, "conformance": level}),
            _block(
                "dc",
                "http://purl.org/dc/elements/1.1/",
                {
                    "format": "application/pdf",
                    "language": "<rdf:Bag><rdf:li>zh-CN</rdf:li></rdf:Bag>",
                    "title": _spoken(self.title),
                    "creator": _one(self.author),
                    "description": _spoken(self.subject),
                },
            ),
            _block(
                "pdf",
                "http://ns.adobe.com/pdf/1.3/",
                {
                    "Keywords": _safe(self.keywords),
                    "Producer": _safe(self.producer),
                },
            ),
            _block(
                "xmp",
                "http://ns.adobe.com/xap/1.0/",
                {
                    "CreatorTool": _safe(self.creator),
                    "CreateDate": when,
                    "ModifyDate": when,
                },
            ),
        )

    def _zone(self) -> str:
        """Write the zone of the time; nothing for a time of which it is not known."""
        shift = self.made.utcoffset() if self.made is not None else None
        if shift is None:
            return ""
        if not shift:
            return "Z"
        minutes = int(shift.total_seconds()) // 60
        sign = "-" if minutes < 0 else "+"
        return f"{sign}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"


def sayable(text: str) -> str:
    """Replace what XML cannot hold, so that both places can say the same."""
    return _UNSAYABLE.sub("\ufffd", text)


def _block(prefix: str, space: str, said: Mapping[str, str]) -> str:
    lines = [f'<rdf:Description rdf:about="" xmlns:{prefix}="{space}">\n']
    for name, text in said.items():
        if text:
            lines.append(f"<{prefix}:{name}>{text}</{prefix}:{name}>\n")
    return "".join((*lines, "</rdf:Description>\n"))


def _safe(text: str) -> str:
    return escape(sayable(text))


def _spoken(text: str) -> str:
    """Write a text that may stand there in several languages."""
    words = _safe(text)
    one = f'<rdf:Alt><rdf:li xml:lang="x-default">{words}</rdf:li></rdf:Alt>'
    return one if words else ""


def _one(text: str) -> str:
    words = _safe(text)
    return f"<rdf:Seq><rdf:li>{words}</rdf:li></rdf:Seq>" if words else ""
