from __future__ import annotations

import io
import zipfile

from desktop.export.template.zip import copied
from desktop.export.template.zip import read_archive


def zipped() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, method in (
            ("a.xml", zipfile.ZIP_STORED),
            ("画/b.xml", zipfile.ZIP_DEFLATED),
            ("c.bin", zipfile.ZIP_DEFLATED),
        ):
            info = zipfile.ZipInfo(name, (2024, 2, 29, 13, 59, 58))
            archive.writestr(info, name.encode() * 50, method)
    return out.getvalue()


def in_old_code_page() -> bytes:
    """Zip a part whose name is written in the old code page of DOS."""
    return zipped().replace(b"c.bin", b"c\x81bin")


def test_copied__parts_as_they_were_but_for_the_changed_ones() -> None:
    archive = read_archive(zipped())
    new = b"".join(
        copied(archive, {"a.xml": b"x", "d.xml": b"y"}, frozenset({"c.bin"}))
    )
    with zipfile.ZipFile(io.BytesIO(new)) as made:
        assert made.testzip() is None
        assert made.namelist() == ["a.xml", "画/b.xml", "d.xml"]
        assert made.read("a.xml") == b"x"
        assert made.read("d.xml") == b"y"
        assert made.getinfo("画/b.xml").date_time == (2024, 2, 29, 13, 59, 58)
    assert read_archive(new).packed("画/b.xml") == archive.packed("画/b.xml")
    assert archive.read("a.xml") == b"a.xml" * 50


def test_copied__a_name_of_the_old_code_page() -> None:
    archive = read_archive(in_old_code_page())
    made = read_archive(b"".join(copied(archive, {}, frozenset())))
    assert list(made.entries) == list(archive.entries)
    assert "cübin" in made.entries
