"""A department's form and a commitment in words that is judged in it."""

from __future__ import annotations

from typing import Any

ADM: dict[str, Any] = {
    "kind": "roster",
    "id": "adm",
    "title": "部门行政数据",
    "domain": "projects",
    "record": "一个指标一条",
    "name": "about",
    "answers": {"key": "about", "words": {"judgement": "stands"}},
    "groups": [
        {
            "title": "评定",
            "fields": [
                {
                    "id": "about",
                    "kind": "choice",
                    "title": "指标",
                    "choices": ["应保尽保", "其他"],
                },
                {
                    "id": "stands",
                    "kind": "choice",
                    "title": "完成情况",
                    "choices": ["已实现", "基本实现", "未实现", "不适用"],
                },
            ],
        }
    ],
}
PROMISE: dict[str, Any] = {
    "id": "promise",
    "title": "应保尽保",
    "domain": "housing",
    "kind": "coverage",
    "measure": "%",
    "multiplier": 100,
    "numerator": {"title": "已保障家庭"},
    "denominator": {"title": "申请家庭"},
    "qualitative": True,
    "judged_by": "adm",
    "targets": [{"year_basis": "none", "basis": "text_only", "text": "应保尽保"}],
    "ours": "演示",
}
