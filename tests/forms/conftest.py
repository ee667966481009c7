from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

FILES = {
    "common/elderly_care/eci.yaml": """\
kind: roster
id: eci
title: 养老机构调查表
domain: elderly_care
record: 每个养老机构一条
name: eci_name
code: credit_code
counted_when: status = '运营'
groups:
  - title: 基本情况
    fields:
      - {id: eci_name, kind: text, title: 机构名称, blank: required}
      - {id: credit_code, kind: credit_code, title: 统一社会信用代码}
      - {id: status, kind: choice, title: 运营状态, code_list: status, default: 运营}
      - {id: opened, kind: date, title: 开业日期, blank: expected}
  - title: 床位
    fields:
      - id: beds_total
        kind: integer
        title: 总床位数
        measure: 张
        minimum: 0
        blank: required
      - id: beds_nursing
        kind: integer
        title: 护理型床位数
        measure: 张
        minimum: 0
      - {id: nursing_share, kind: decimal, digits: 2, title: 护理型床位占比,
         measure: "%", computed: 100 * beds_nursing / beds_total}
      - {id: price, kind: decimal, digits: 2, title: 月收费,
         minimum: 0.5, maximum: 99999.99}
""",
    "common/elderly_care/rules.yaml": """\
- id: eci.nursing_within_total
  form: eci
  level: error
  check: beds_nursing <= beds_total
  says: 护理型床位数（{beds_nursing}）不能大于总床位数（{beds_total}）
  ours: 常识
- id: eci.price_ceiling
  form: eci
  level: warning
  check: price <= param.price_ceiling
  says: 月收费（{price}）高于上限（{param.price_ceiling}）
  ours: 常识
- id: cef.some
  form: cef
  level: error
  check: 1 = 1
  says: 无
  ours: 常识
- id: eci.beds_per_person
  form: eci
  level: info
  check: beds_total <= unit.pop_resident
  needs: [area]
  says: 床位数多于常住人口
  ours: 常识
""",
    "common/community/area.yaml": """\
kind: unit
id: area
title: 统计单元与人口表
domain: community
record: 每个单元一条
every_unit: true
groups:
  - title: 人口
    fields:
      - {id: code, kind: unit, title: 区划代码, binds: unit.code}
      - {id: pop_resident, kind: integer, title: 常住人口, measure: 人, minimum: 0}
""",
    "common/community/cef.yaml": """\
kind: roster
id: cef
title: 社区养老服务设施调查表
domain: elderly_care
record: 每处设施一条
name: cef_name
groups:
  - title: 基本情况
    fields:
      - {id: cef_name, kind: text, title: 设施名称}
""",
    "common/parameters.yaml": """\
- {id: price_ceiling, title: 普惠价格上限, value: 3000, measure: 元, ours: 示例}
- {id: never_used, title: 无人使用, value: 1, ours: 示例}
""",
    "common/code_lists.yaml": """\
- {id: status, title: 运营状态, choices: [运营, 停业, 筹建]}
- {id: unused, title: 无人使用, choices: [甲]}
""",
    "demo/pack.yaml": """\
id: demo
title: 示范县“一老一小”台账
version: 1.0.0
region: "210100"
period_kind: year
plan:
  title: 示范县方案
  file: plan.txt
  level: 县
  region: 示范县
  starts: 2021
  ends: 2025
report:
  title: 示范县台账
uses:
  forms:
    - elderly_care/eci
    - community/area
""",
    "demo/indicators.yaml": """\
- id: nursing_bed_share
  title: 护理型床位占比
  domain: elderly_care
  kind: ratio
  measure: "%"
  numerator: {title: 护理型床位数, value: SUM(eci.beds_nursing), measure: 张}
  denominator: {title: 总床位数, value: SUM(eci.beds_total), measure: 张}
  multiplier: 100
  source: {plan: demo, file: plan.txt, quote: 护理型床位占比不低于 55%}
  targets:
    - {operator: ">=", value: 55.10, year: 2025, year_basis: explicit, basis: numeric}
""",
}


class Packs:
    """A folder of packs to break on purpose."""

    def __init__(self, root: Path) -> None:
        self.root = root
        for name, text in FILES.items():
            self.write(name, text)

    def write(self, name: str, text: str) -> None:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def change(self, name: str, before: str, after: str) -> None:
        text = (self.root / name).read_text(encoding="utf-8")
        assert before in text
        self.write(name, text.replace(before, after, 1))


@pytest.fixture
def packs(tmp_path: Path) -> Packs:
    return Packs(tmp_path / "packs")
