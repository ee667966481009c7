"""Mail drafts (.eml): any mail program opens one, ready to be looked at and sent.

Nothing is sent from here. `X-Unsent: 1` makes Outlook and others open the file as a
draft. A name that is not ASCII is written both ways that are in use: RFC 2231 in
Content-Disposition, and RFC 2047 in Content-Type for programs that look there alone.
"""

from __future__ import annotations

import re
from email import policy
from email.encoders import encode_base64
from email.generator import BytesGenerator
from email.header import Header
from email.mime.base import MIMEBase
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from email.parser import BytesParser
from hashlib import sha256
from io import BytesIO
from typing import TYPE_CHECKING
from typing import Final

from desktop.core.frozen import frozen
from desktop.core.messages import Message
from desktop.core.messages import message
from desktop.export.safe_file import write_safely

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Sequence
    from pathlib import Path

LARGEST: Final = 20 << 20
"""What most mail servers here take, with everything in the mail."""
LEAST: Final = 100 << 10
"""Less would not hold the smallest workbook."""
_LINE: Final = 76
_ENVELOPE: Final = 4096
"""Bytes of heads and body beside the attachments."""
_KINDS: Final[Mapping[str, tuple[str, str]]] = {
    ".xlsx": (
        "application",
        "vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
    ".pdf": ("application", "pdf"),
}
_UNKNOWN: Final = ("application", "octet-stream")
_SIZE: Final = re.compile(r"(\d+)(KB|MB|K|M)?", re.IGNORECASE)


@frozen
class Draft:
    """A mail: its words, and the files that go with it by the names they get."""

    subject: str
    body: str
    files: tuple[tuple[str, Path], ...]


def mailed(size: int) -> int:
    """Give how many bytes a file takes in a mail: letters for bytes, in short lines."""
    letters = -(-size // 3) * 4
    return letters + 2 * -(-letters // _LINE) + 512


def fits(sizes: Sequence[int], limit: int) -> bool:
    """Tell whether files go into one mail."""
    return _ENVELOPE + sum(map(mailed, sizes)) <= limit


def size_of(text: str) -> int | Message:
    """Read what somebody wrote for the largest mail: `20MB`, `500KB`, bytes."""
    found = _SIZE.fullmatch(text.strip())
    unit = (found[2] or "").upper()[:1] if found else ""
    size = int(found[1]) * {"": 1, "K": 1 << 10, "M": 1 << 20}[unit] if found else 0
    if size < LEAST:
        return message("carrying.unfit_size", text=text, least="100KB")
    return size


def drafted(draft: Draft) -> bytes:
    """Write a draft; the same draft gives the same bytes."""
    mail = MIMEMultipart(boundary=_boundary(draft))
    mail["Subject"] = Header(draft.subject, "utf-8", header_name="Subject").encode()
    mail["X-Unsent"] = "1"
    mail.attach(MIMEText(draft.body, "plain", "utf-8"))
    for name, path in draft.files:
        mail.attach(_attachment(name, path))
    written = BytesIO()
    BytesGenerator(
        written, mangle_from_=False, policy=policy.compat32.clone(linesep="\r\n")
    ).flatten(mail)
    return written.getvalue()


def _boundary(draft: Draft) -> str:
    names = "\n".join(name for name, _ in draft.files)
    about = f"{draft.subject}\n{draft.body}\n{names}"
    return f"=_taizhang_{sha256(about.encode('utf-8', 'replace')).hexdigest()[:32]}"


def _attachment(name: str, path: Path) -> MIMEBase:
    kind, subkind = _KINDS.get(path.suffix.lower(), _UNKNOWN)
    if name.isascii():
        part = MIMEBase(kind, subkind, name=name)
        part.add_header("Content-Disposition", "attachment", filename=name)
    else:
        # One encoded word after the other, as mail programs here write them.
        word = Header(name, "utf-8", maxlinelen=_LINE - 8).encode(linesep="")
        part = MIMEBase(kind, subkind)
        part.replace_header("Content-Type", f'{kind}/{subkind}; name="{word}"')
        said = ("utf-8", "", name)
        part.add_header("Content-Disposition", "attachment", filename=said)
    part.set_payload(path.read_bytes())
    encode_base64(part)
    return part


def write_draft(draft: Draft, path: Path) -> None:
    """Write a draft as a file, proved by reading it as a mail program does.

    Raises:
        ExportError: It could not be written; an old one is as it was.
    """
    data = drafted(draft)
    write_safely(
        path, lambda part: _put(part, data), lambda part: _fault(part, draft, path.name)
    )


def _put(part: Path, data: bytes) -> None:
    part.write_bytes(data)


def _fault(part: Path, draft: Draft, name: str) -> Message | None:
    with part.open("rb") as file:
        mail = BytesParser(policy=policy.default).parse(file)
    found = [
        (each.get_filename(), each.get_content()) for each in mail.iter_attachments()
    ]
    meant = [(name, path.read_bytes()) for name, path in draft.files]
    if found == meant:
        return None
    return message("carrying.draft_damaged", file=name)
