from __future__ import annotations

from desktop.app.compiled import CompiledPack
from tests.small import small_pack


def test_compiled__each_part_once() -> None:
    compiled = CompiledPack(small_pack())
    assert compiled.audit is compiled.audit
    assert compiled.figures is compiled.figures
    assert [source.id for source in compiled.schema.sources] == ["eci", "area"]
    assert len(compiled.figures.indicators) == 2
