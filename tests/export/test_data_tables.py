"""Single points of the data tables; whole ledgers are in tests/app/test_data_export."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from desktop.export.data_tables import Column
from desktop.export.data_tables import DataTable
from desktop.export.data_tables import Package
from desktop.export.data_tables import write_csv
from desktop.export.data_tables import write_package
from desktop.export.safe_file import ExportError
from desktop.forms.fields import IntegerField

NUMBER = IntegerField(id="n", kind="integer", title="数", minimum=-5, maximum=9)


@pytest.mark.parametrize("text", ["=A1", "+1", "-1", "@x", "\tx", "\rx"])
def test_csv__texts_that_would_be_formulas(tmp_path: Path, text: str) -> None:
    columns = (Column("t", "文"), Column("n", "数", NUMBER))
    path = tmp_path / "a.csv"
    write_csv(DataTable("a", "表", columns, ((text, "-5"),)), path)
    content = path.read_bytes().decode("utf-8-sig")
    assert f"'{text}" in content
    assert "'-5" not in content


def test_csv__what_cannot_be_read_back_is_not_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.csv"
    path.write_text("old")
    monkeypatch.setattr(Path, "read_bytes", lambda _: b"other")
    with pytest.raises(ExportError) as refused:
        write_csv(DataTable("a", "表", (Column("t", "文"),), (("x",),)), path)
    assert refused.value.message.code == "export.damaged"
    assert path.read_text() == "old"


def test_package__fields_say_what_they_mean(tmp_path: Path) -> None:
    told = NUMBER.replaced(explanation="有几个", measure="个")
    columns = (Column("n", "数", told), Column("m", "数", NUMBER))
    table = DataTable("a", "表", columns, (("1", "2"),))
    path = tmp_path / "a.zip"
    write_package(Package("a", "甲", "方案", {}), (table,), path)
    with zipfile.ZipFile(path) as found:
        described = json.loads(found.read("datapackage.json"))
    first, second = described["resources"][0]["schema"]["fields"]
    assert (first["description"], first["unit"]) == ("有几个", "个")
    assert second == {
        "name": "m",
        "title": "数",
        "type": "integer",
        "constraints": {"minimum": "-5", "maximum": "9"},
    }
