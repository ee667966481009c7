"""A form through which departments answer, and rows that it answers, to be broken."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.forms.conftest import Packs

FORM = "common/projects/adm.yaml"
ROWS = "demo/indicators.yaml"
ADM = """\
kind: roster
id: adm
title: 部门上报表
domain: projects
record: 一个指标
name: indicator
answers:
  key: indicator
  number:
    numerator: SUM(adm.value) FILTER (WHERE adm.indicator = {title})
    preset: {way: 指标值}
  ratio:
    numerator: SUM(adm.upper) FILTER (WHERE adm.indicator = {title})
    denominator: SUM(adm.lower) FILTER (WHERE adm.indicator = {title})
    preset: {way: 分子和分母}
  words: {judgement: state, preset: {note: 定性}}
  tells: {measure: measure, over_100: over_100}
  rows: true
groups:
  - title: 指标
    fields:
      - {id: indicator, kind: choice, title: 指标, blank: required}
      - {id: measure, kind: text, title: 单位}
      - {id: note, kind: text, title: 备注, max_length: 5}
      - {id: over_100, kind: yes_no, title: 可以超过}
      - {id: way, kind: choice, title: 方式, choices: [指标值, 分子和分母]}
  - title: 数值
    fields:
      - {id: value, kind: decimal, digits: 2, title: 指标值}
      - {id: upper, kind: decimal, digits: 2, title: 分子}
      - {id: lower, kind: decimal, digits: 2, title: 分母}
  - title: 判断
    fields:
      - {id: state, kind: choice, title: 完成情况, choices: [已实现, 未实现, 不适用],
         not_applicable: false}
"""
ANSWERED = """\
- id: mortality
  title: 婴儿死亡人数
  domain: health
  kind: count
  numerator: {title: 死亡人数, measure: 人}
  answered_by: adm
  ours: 示例
- id: enrolment
  title: 学前教育'毛'入园率
  domain: education
  kind: ratio
  measure: "%"
  numerator: {title: 在园儿童, measure: 人}
  denominator: {title: 学龄儿童, measure: 人}
  multiplier: 100
  answered_by: adm
  ours: 示例
- id: all_covered
  title: 应保尽保
  domain: social_assistance
  kind: coverage
  numerator: {title: 应当保障的都已保障}
  qualitative: true
  judged_by: adm
  ours: 示例
"""


def ask(packs: Packs) -> None:
    """Let the demo pack ask departments."""
    packs.write(FORM, ADM)
    packs.write(ROWS, ANSWERED)
    packs.change("demo/pack.yaml", "- community/area", "- projects/adm")
