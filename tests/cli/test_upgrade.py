from __future__ import annotations

from copy import deepcopy
from pathlib import Path
from typing import Any

from desktop.forms.one_file import written_whole
from tests.cli.desks import typed
from tests.small import ECI
from tests.small import make_ledger
from tests.small import opened
from tests.small import pack_data
from tests.small import pack_of
from tests.small import put
from tests.small import small_pack


def newer(**of_name: Any) -> dict[str, Any]:  # noqa: ANN401 - it is JSON
    """Give the small pack with more asked of a home's code, and less of its name."""
    basic, beds = deepcopy(ECI["groups"])
    name, code, *others = basic["fields"]
    fields = [{**name, **of_name}, {**code, "blank": "required"}, *others]
    groups = [{**basic, "fields": fields}, beds]
    data = pack_data()
    forms = [{**ECI, "groups": groups}, *data["forms"][1:]]
    return {**data, "version": "1.1.0", "forms": forms}


def newer_pack(folder: Path, **of_name: Any) -> Path:  # noqa: ANN401 - it is JSON
    """Write it as one file."""
    path = folder / "small-1.1.0.taizhangpack"
    path.write_text(written_whole(pack_of(newer(**of_name))), "utf-8")
    return path


def test_upgrade__shown_and_then_done(tmp_path: Path) -> None:
    path, pack = make_ledger(tmp_path), newer_pack(tmp_path)
    with opened(path) as ledger:
        put(ledger, "甲院")
    words = ("upgrade", path, "--pack", pack)

    shown = typed(tmp_path, *words, "--dry-run")

    assert shown.code == 1, shown.err
    assert "would go by 1.1.0 instead of 1.0.0; nothing was changed" in shown.out
    assert "field eci.code 机构编号  if blank：— → required" not in shown.out
    assert "field eci.code 机构编号  if blank：optional → required" in shown.out
    assert "not filled in: 机构编号" in shown.out
    with opened(path) as ledger:
        assert ledger.pack().version == "1.0.0"

    done = typed(tmp_path, *words)

    assert done.code == 1
    assert "go by 1.1.0 now, instead of 1.0.0" in done.out
    [copy] = tmp_path.glob("长宁区-*.taizhang")
    assert f"The ledger as it was: {copy}" in done.out
    with opened(path) as ledger:
        assert ledger.pack().version == "1.1.0"
        assert ledger.doctor().problems == ()
    again = typed(tmp_path, *words)
    assert again.code == 2
    assert "under version 1.1.0" in again.err


def test_upgrade__that_cannot_be__error(tmp_path: Path) -> None:
    """A number cannot become a day under its own id."""
    path = make_ledger(tmp_path)
    data = newer()
    data["forms"][0]["groups"][1]["fields"][2] = {
        "id": "price",
        "kind": "date",
        "title": "月收费",
    }
    data["rules"] = []
    pack = tmp_path / "newer.taizhangpack"
    pack.write_text(written_whole(pack_of(data)), "utf-8")
    words = ("--pack", pack, "--period", "2025", "--json")

    answer = typed(tmp_path, "upgrade", path, *words)

    assert answer.code == 2
    assert answer.out == ""
    assert "of another kind (date, not decimal(2))" in answer.err


def test_upgrade__years_before_keep_their_words(tmp_path: Path) -> None:
    path = make_ledger(tmp_path)
    data = newer()
    status = data["forms"][0]["groups"][0]["fields"][2]
    words = {"choices": ["在营", "停业"], "value_aliases": {"运营": "在营"}}
    data["forms"][0]["groups"][0]["fields"][2] = {**status, **words, "default": "在营"}
    data["forms"][0]["counted_when"] = "status = '在营'"
    data["rules"] = []
    pack = tmp_path / "newer.taizhangpack"
    pack.write_text(written_whole(pack_of(data)), "utf-8")
    assert typed(tmp_path, "period", path, "--add", "2026", "--from", "2025").code == 0

    shown = typed(tmp_path, "upgrade", path, "--pack", pack, "--dry-run")
    answer = typed(tmp_path, "upgrade", path, "--pack", pack, "--json")

    assert (shown.code, answer.code) == (0, 0), answer.err
    assert "Earlier periods keep the words 运营." in shown.out
    (remark,) = answer.facts["remarks"]
    assert remark in shown.out
    assert answer.facts["applied"]
    assert Path(answer.facts["copy"]).is_file()
    assert answer.facts["periods"] == ["2026"]
    assert typed(tmp_path, "period", path).code == 0
    told = typed(tmp_path, "upgrade", path, "--pack", pack, "--period", "2025")
    assert told.code == 0
    assert "Renamed:" in told.out
    assert "Earlier periods" not in told.out


def test_diff__in_words(tmp_path: Path) -> None:
    old = tmp_path / "old.taizhangpack"
    old.write_text(written_whole(small_pack()), "utf-8")

    same = typed(tmp_path, "pack", "diff", old, old)
    assert (same.code, same.err) == (0, "")
    assert same.out.splitlines()[1:] == ["Nothing differs."]

    data = newer()
    fields = data["forms"][0]["groups"][1]["fields"]
    fields[1] = {**fields[1], "kind": "decimal", "digits": 1}
    fields[2] = {**fields[2], "digits": 1}
    new = tmp_path / "new.taizhangpack"
    new.write_text(written_whole(pack_of(data)), "utf-8")

    answer = typed(tmp_path, "pack", "diff", old, new)

    assert answer.code == 1
    assert "kind：whole number → decimal number" in answer.out
    assert "decimals：— → 1" in answer.out
    assert "Field price (月收费) of form eci is of another kind" in answer.out
    assert typed(tmp_path, "pack", "diff", new, old, "--json").code == 1
