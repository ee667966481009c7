from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING

from desktop.app.templates.filling import FOLDER
from desktop.app.templates.filling import Done
from desktop.app.templates.filling import Template
from desktop.app.templates.filling import fill_template
from desktop.app.templates.filling import find_template
from desktop.app.templates.filling import layout_for
from desktop.app.templates.filling import read_layout
from desktop.app.templates.filling import read_template
from desktop.core.messages import Message
from desktop.core.messages import message
from desktop.export.template.book import Book
from desktop.intake import limits
from tests.app.templates.test_pages import contents
from tests.app.templates.test_pages import record
from tests.export.template_books import packed
from tests.export.template_books import roster_parts
from tests.export.template_books import stress
from tests.forms.layouts import LAYOUT
from tests.forms.layouts import layout
from tests.forms.layouts import with_layouts
from tests.small import small_pack

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_read_template__buttons_are_no_reason_to_refuse(tmp_path: Path) -> None:
    path = tmp_path / "表.xlsx"
    path.write_bytes(stress())
    found = read_template(path)
    assert isinstance(found, Template)
    assert found.book.file == "表.xlsx"


def test_read_template__error_too_large(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    few = replace(limits.LIMITS, file_bytes=1024 * 1024)
    monkeypatch.setattr("desktop.app.templates.filling.LIMITS", few)
    path = tmp_path / "表.xlsx"
    path.write_bytes(bytes(1024 * 1024 + 1))
    assert read_template(path) == (
        message("template.refused", file="表.xlsx"),
        message("intake.file_too_large", file="表.xlsx", limit=1),
    )


def test_find_template__the_very_file_goes_before_one_of_its_name(
    tmp_path: Path,
) -> None:
    wanted = layout(sha256=hashlib.sha256(b"right").hexdigest())
    (tmp_path / FOLDER).mkdir()
    first, second = tmp_path / FOLDER / "花名册.xlsx", tmp_path / "花名册.xlsx"
    looked = f"{tmp_path / FOLDER}、{tmp_path}"
    said = message("template.not_found", file="花名册.xlsx", folders=looked)
    assert find_template(wanted, [tmp_path]) == said
    first.write_bytes(b"wrong")
    assert find_template(wanted, [tmp_path]) == first
    second.write_bytes(b"right")
    assert find_template(wanted, [tmp_path]) == second


def test_fill_template__a_unit_without_a_record_of_its_own(tmp_path: Path) -> None:
    template = Template(Book("册.xlsx", packed(roster_parts())), "0" * 64)
    asked = layout(rows=None, fields={"pop_60plus": "D5"}, sums={}, totals={})
    held = contents(record(1), form="area")
    done = fill_template(template, asked, held, tmp_path)
    assert isinstance(done, Done)
    assert (done.records, done.copies, done.same_template) == (0, 0, True)
    form, unit = held.form.title, held.unit_name
    said = {"form": form, "unit": unit, "period": held.period.title}
    assert done.remarks == (message("template.unit_has_no_record", **said),)


def test_layout_for__a_form_that_has_one(tmp_path: Path) -> None:
    pack = with_layouts(LAYOUT)
    assert layout_for(pack, pack.form_by_id["eci"]) == layout()
    assert isinstance(layout_for(pack, pack.form_by_id["area"]), Message)
    assert isinstance(read_layout(tmp_path / "x.yaml", small_pack()), Message)
