from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from desktop.forms.one_file import written_whole
from tests.cli.desks import typed
from tests.export.template_books import STRESS_SHEET
from tests.export.template_books import packed
from tests.export.template_books import roster_parts
from tests.export.template_books import stress
from tests.export.template_books import stress_parts
from tests.export.template_books import worksheet
from tests.small import make_ledger
from tests.small import opened
from tests.small import pack_data
from tests.small import pack_of
from tests.small import put

if TYPE_CHECKING:
    from pathlib import Path


def pack_file(folder: Path, fields: int | None = None) -> Path:
    data = pack_data()
    if fields is not None:
        roster = data["forms"][0]
        group = {"title": "全部", "fields": roster["groups"][0]["fields"][:fields]}
        area = data["forms"][1]
        plain = {
            key: roster[key] for key in roster if key not in {"code", "counted_when"}
        }
        data = {**data, "forms": [{**plain, "groups": [group]}, area]}
        data |= {"rules": [], "indicators": []}
    path = folder / "small.taizhangpack"
    path.write_text(written_whole(pack_of(data)), "utf-8")
    return path


def test_inspect__what_stands_on_each_sheet(tmp_path: Path) -> None:
    (tmp_path / "表.xlsx").write_bytes(stress())
    done = typed(tmp_path, "template", "inspect", tmp_path / "表.xlsx")
    assert done.code == 0
    lines = done.out.splitlines()
    assert lines[0].startswith("表.xlsx  sha256 ")
    assert lines[1] == "综合表: 9 rows, 4 columns, 2 formulas"
    assert "  A4  床位总数" in lines
    assert "字典: 2 rows, 2 columns, 1 formulas" in lines


def test_inspect__its_proposal_fills_the_template(tmp_path: Path) -> None:
    (tmp_path / "花名册.xlsx").write_bytes(packed(roster_parts()))
    pack = pack_file(tmp_path)
    words = ("--pack", pack, "--form", "eci")
    done = typed(tmp_path, "template", "inspect", tmp_path / "花名册.xlsx", *words)
    assert done.code == 1
    assert "# not found: status (运营状态)\n" in done.out
    (tmp_path / "eci.yaml").write_text(done.out, "utf-8")
    ledger = make_ledger(tmp_path)
    with opened(ledger) as book:
        put(book, "甲院", beds_total=5)
    made = typed(
        *(tmp_path, "template", "fill", ledger, "--form", "eci", "--to", tmp_path),
        *("--layout", tmp_path / "eci.yaml"),
    )
    assert made.code == 0, made.err


def test_inspect__every_field_found(tmp_path: Path) -> None:
    (tmp_path / "花名册.xlsx").write_bytes(packed(roster_parts()))
    words = ("--pack", pack_file(tmp_path, 1), "--form", "eci")
    done = typed(tmp_path, "template", "inspect", tmp_path / "花名册.xlsx", *words)
    assert done.code == 0, done.err
    assert "1 of 1 fields were found" in done.out


@pytest.mark.parametrize("word", ["--pack", "--form"])
def test_inspect__error_one_without_the_other(tmp_path: Path, word: str) -> None:
    done = typed(tmp_path, "template", "inspect", "x.xlsx", word, "changning")
    assert done.code == 2
    assert "--pack and --form go together." in done.err


def test_inspect__error_no_template_there(tmp_path: Path) -> None:
    done = typed(tmp_path, "template", "inspect", tmp_path / "x.xlsx")
    assert done.code == 2
    assert "The template x.xlsx cannot be opened." in done.err


def test_inspect__error_an_odd_part(tmp_path: Path) -> None:
    parts = {**stress_parts(), STRESS_SHEET: worksheet("<!-- x -->")}
    (tmp_path / "x.xlsx").write_bytes(packed(parts))
    done = typed(tmp_path, "template", "inspect", tmp_path / "x.xlsx")
    assert done.code == 2
    assert f"the part {STRESS_SHEET} is written in an unusual way" in done.err
