from __future__ import annotations

import re
from gettext import translation
from pathlib import Path

import pytest

from desktop.core.catalogue import CATALOGUE

LOCALE = Path(__file__).parents[2] / "resources" / "locale"
PACKAGES = frozenset(
    (
        "app",
        "archive",
        "batch",
        "board",
        "carrying",
        "cli",
        "collection",
        "exchange",
        "export",
        "expr",
        "forms",
        "handing",
        "intake",
        "keys",
        "manifest",
        "rules",
        "seal",
        "sign",
        "slips",
        "store",
        "template",
        "units",
        "verify",
    )
)
"""What a code begins with."""
PLACEHOLDER = re.compile(r"\{[^{}]*\}")


@pytest.mark.unmeasured
@pytest.mark.parametrize("code", CATALOGUE)
def test_catalogue__codes_name_their_package_and_values_have_names(code: str) -> None:
    assert code.partition(".")[0] in PACKAGES
    names = PLACEHOLDER.findall(CATALOGUE[code])
    assert all(re.fullmatch(r"\{[a-z_]+\}", name) for name in names)


def test_catalogue__every_message_is_said_in_chinese_with_its_values() -> None:
    chinese = translation("taizhang", LOCALE, ["zh_CN"])
    for code, template in CATALOGUE.items():
        said = chinese.gettext(template)
        assert re.search(r"[\u4e00-\u9fff]", said), code
        assert sorted(PLACEHOLDER.findall(said)) == sorted(
            PLACEHOLDER.findall(template)
        ), code
