from __future__ import annotations

from email import message_from_bytes
from email import policy
from email.header import decode_header
from email.header import make_header
from email.utils import collapse_rfc2231_value
from typing import TYPE_CHECKING

import pytest

from desktop.app.handover.sending import mailing
from desktop.app.handover.sending.mailing import LARGEST
from desktop.app.handover.sending.mailing import LEAST
from desktop.app.handover.sending.mailing import Draft
from desktop.app.handover.sending.mailing import drafted
from desktop.app.handover.sending.mailing import fits
from desktop.app.handover.sending.mailing import mailed
from desktop.app.handover.sending.mailing import size_of
from desktop.app.handover.sending.mailing import write_draft
from desktop.core.messages import Message
from desktop.export.safe_file import ExportError

if TYPE_CHECKING:
    from email.message import EmailMessage
    from pathlib import Path

LONG = (
    "上海市长宁区华阳路街道-2025年养老托育残疾人殡葬上报材料-310105001-2025-r0012.xlsx"
)


@pytest.fixture
def draft(tmp_path: Path) -> Draft:
    book, pdf, sealed = (tmp_path / f"a{end}" for end in (".xlsx", ".pdf", ".tzx"))
    book.write_bytes(bytes(range(256)) * 400)
    pdf.write_bytes(b"%PDF-\r\nFrom here on\r\n.\r\n")
    sealed.write_bytes(b"")
    files = ((LONG, book), ("report.pdf", pdf), ("华阳路.tzx", sealed))
    body = "华阳路街道上报材料，请查收。\nFrom 第二行 = 符号\n"
    return Draft("【养老】华阳路街道 2025年：上报 第 12 版", body, files)


def read(data: bytes) -> EmailMessage:
    return message_from_bytes(data, policy=policy.default)


def test_draft__is_read_as_it_was_meant(draft: Draft) -> None:
    data = drafted(draft)
    mail = read(data)

    assert mail["Subject"] == draft.subject
    assert mail["X-Unsent"] == "1"
    assert "Date" not in mail
    body = mail.get_body()
    assert body is not None
    assert body.get_content() == draft.body
    attachments = list(mail.iter_attachments())
    assert [each.get_filename() for each in attachments] == [
        name for name, _ in draft.files
    ]
    assert [each.get_content() for each in attachments] == [
        path.read_bytes() for _, path in draft.files
    ]
    assert [each.get_content_type() for each in attachments][1:] == [
        "application/pdf",
        "application/octet-stream",
    ]
    assert drafted(draft) == data
    assert data.isascii()
    assert b"\n" not in data.replace(b"\r\n", b"")
    assert max(map(len, data.split(b"\r\n"))) < 998


def test_draft__names_are_found_in_either_place(draft: Draft) -> None:
    """As old programs read them: one looks only here, one only there."""
    mail = message_from_bytes(drafted(draft), policy=policy.compat32)
    part = list(mail.walk())[2]

    word = part.get_param("name")
    assert str(make_header(decode_header(str(word)))) == LONG
    other = part.get_param("filename", header="Content-Disposition")
    assert isinstance(other, tuple)
    assert collapse_rfc2231_value(other) == LONG
    assert "filename*=utf-8''" in part["Content-Disposition"]


def test_mailed__is_what_it_takes(draft: Draft) -> None:
    size = len(drafted(draft))
    sizes = [path.stat().st_size for _, path in draft.files]

    assert fits(sizes, size + 6000)
    assert not fits(sizes, size)
    assert mailed(0) < mailed(1000) < 2000
    assert not fits([LARGEST * 3 // 4], LARGEST)


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("20MB", 20 << 20),
        (" 500kb ", 500 << 10),
        ("2m", 2 << 20),
        ("300000", 300_000),
        ("100K", LEAST),
    ],
)
def test_size__ok(text: str, size: int) -> None:
    assert size_of(text) == size


@pytest.mark.parametrize("text", ["", "much", "20 apples", "99KB", "-3MB", "1GB"])
def test_size__error(text: str) -> None:
    said = size_of(text)

    assert isinstance(said, Message)
    assert said.code == "carrying.unfit_size"


def test_write__ok(draft: Draft, tmp_path: Path) -> None:
    path = tmp_path / "out.eml"

    write_draft(draft, path)

    assert path.read_bytes() == drafted(draft)


def test_write__what_reads_back_wrong_is_not_kept(
    draft: Draft, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "out.eml"
    whole = drafted(draft)
    monkeypatch.setattr(
        mailing, "drafted", lambda _: whole.replace(b"AAECAwQ", b"AAECAwX")
    )

    with pytest.raises(ExportError) as caught:
        write_draft(draft, path)

    assert caught.value.message.code == "carrying.draft_damaged"
    assert not path.exists()
