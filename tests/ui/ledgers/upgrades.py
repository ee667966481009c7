"""A newer version of the real pack of 长宁, made by bending it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from typing import Any

from desktop.forms.load import load_pack
from desktop.forms.load import pack_from_json
from desktop.forms.model import Pack
from desktop.forms.one_file import written_whole
from desktop.forms.written import pack_to_json
from tests.ui.desks import RESOURCES

if TYPE_CHECKING:
    from pathlib import Path


def newer_changning(version: str = "2.0.0") -> Pack:
    """Ask for the credit code and a fax, rename the telephone, and drop the address."""
    old = load_pack(RESOURCES / "packs", "changning")
    assert isinstance(old, Pack)
    data: dict[str, Any] = json.loads(pack_to_json(old))
    (eci,) = (form for form in data["forms"] if form["id"] == "eci")
    identity = eci["groups"][0]
    by_id = {field["id"]: field for field in identity["fields"]}
    by_id["telephone"] |= {"id": "public_telephone", "formerly": "telephone"}
    by_id["credit_code"] |= {"blank": "required"}
    fax = {"id": "fax", "kind": "telephone", "title": "传真"}
    kept = [field for field in identity["fields"] if field["id"] != "address"]
    identity["fields"] = [*kept, fax]
    data["rules"] = [
        rule for rule in data["rules"] if rule["id"] != "eci.inclusive_within_total"
    ]
    (new_beds,) = (
        each for each in data["indicators"] if each["id"] == "elderly_beds_new"
    )
    new_beds["targets"][0]["value"] = "1200"
    pack = pack_from_json(json.dumps({**data, "version": version}, ensure_ascii=False))
    assert isinstance(pack, Pack), pack
    return pack


def write_pack(folder: Path, pack: Pack) -> Path:
    """Write a pack as one file."""
    path = folder / f"{pack.id}-{pack.version}.taizhangpack"
    path.write_text(written_whole(pack), encoding="utf-8")
    return path
