from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from desktop.cli.desk import CannotRunError
from desktop.cli.named_pack import pack_of
from tests.cli.desks import RESOURCES
from tests.cli.desks import make_desk
from tests.cli.desks import typed

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.unmeasured


def test_pack_of__by_id_folder_or_file(tmp_path: Path) -> None:
    desk, folder = make_desk(tmp_path), RESOURCES / "packs" / "liaoning"
    path = tmp_path / "a.taizhangpack"
    typed(tmp_path, "pack", "build", folder, "-o", path)

    pack = pack_of(desk, "liaoning")
    assert pack_of(desk, str(folder)) == pack
    assert pack_of(desk, str(path)) == pack


@pytest.mark.parametrize("wanted", ["mars", "."])
def test_pack_of__error_none_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, wanted: str
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(CannotRunError) as refused:
        pack_of(make_desk(tmp_path), wanted)
    assert refused.value.message.code == "cli.unknown-pack"
