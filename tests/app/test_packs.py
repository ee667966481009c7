from __future__ import annotations

from pathlib import Path

from desktop.app.packs import open_pack
from desktop.app.packs import pack_ids
from desktop.app.packs import sound_packs
from desktop.forms.model import Pack

PACKS = Path(__file__).parents[2] / "resources" / "packs"


def test_packs__that_came_with_the_program() -> None:
    assert {"changning", "liaoning"} <= set(pack_ids(PACKS))
    assert "common" not in pack_ids(PACKS)
    assert [pack.id for pack in sound_packs(PACKS)] == list(pack_ids(PACKS))


def test_packs__a_faulty_one_is_left_out(tmp_path: Path) -> None:
    (tmp_path / "bad").mkdir()
    (tmp_path / "bad" / "pack.yaml").write_text("id: bad\n", encoding="utf-8")
    assert pack_ids(tmp_path) == ("bad",)
    assert sound_packs(tmp_path) == ()
    assert not isinstance(open_pack(tmp_path, "bad"), Pack)
