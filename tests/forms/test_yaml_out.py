from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import pytest

from desktop.forms.load import load_pack
from desktop.forms.model import Pack
from desktop.forms.written import pack_to_json
from desktop.forms.yaml_out import pack_to_yaml

pytestmark = pytest.mark.unmeasured

PACKS = Path(__file__).parents[2] / "resources" / "packs"


@pytest.mark.parametrize("pack_id", ["changning", "jilin", "mianyang"])
def test_pack_to_yaml__is_read_back_as_it_was(pack_id: str, tmp_path: Path) -> None:
    pack = load_pack(PACKS, pack_id)
    assert isinstance(pack, Pack), pack
    for name, text in pack_to_yaml(pack).items():
        file = tmp_path / pack_id / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")

    again = load_pack(tmp_path, pack_id)

    assert isinstance(again, Pack), again
    # Files have no order but that of their names.
    assert pack_to_json(again) == pack_to_json(
        pack.replaced(
            forms=tuple(sorted(pack.forms, key=lambda form: form.id)),
            indicators=tuple(
                each.replaced(concept=None, differs=None) for each in pack.indicators
            ),
        )
    )


def test_pack_to_yaml__reads_like_written_by_hand() -> None:
    pack = load_pack(PACKS, "changning")
    assert isinstance(pack, Pack), pack
    files = pack_to_yaml(pack)

    assert files["pack.yaml"].startswith("id: changning\ntitle:")
    assert "region: '310105'" in files["pack.yaml"]
    assert files["indicators.yaml"].startswith("- id:")
    assert "definitions.yaml" not in files or pack.definitions
    assert not re.search(r"[&*]id\d", "".join(files.values()))
    assert any(
        isinstance(target.value, Decimal)
        for indicator in pack.indicators
        for target in indicator.targets
    )
