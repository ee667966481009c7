from __future__ import annotations

import re
from gettext import translation

import pytest

from desktop.__main__ import COMMANDS
from desktop.app.collection.collecting import Split
from desktop.app.handover.receiving.receiving import Wish
from desktop.cli.parser import HelpWantedError
from desktop.cli.parser import read
from desktop.cli.words import understood
from desktop.core.catalogue import CATALOGUE
from desktop.core.words import Words
from tests.cli.desks import RESOURCES


def helped(*words: str) -> str:
    chinese = translation("taizhang", RESOURCES / "locale", ["zh_CN"])
    with pytest.raises(HelpWantedError) as raised:
        read(understood(Words(CATALOGUE, chinese)), [*words, "--help"])
    return str(raised.value)


ACTIONS = ("lint", "show", "diff", "new", "build", "schema")
"""What `taizhang pack` does."""
TEMPLATE_ACTIONS = ("fill", "inspect")
"""What `taizhang template` does."""
SIDES = ("ours", "theirs")
"""Whose value `taizhang receive` may take."""
COLLECT_ACTIONS = ("make", "read")
"""What `taizhang collect` does."""


@pytest.mark.unmeasured
@pytest.mark.parametrize(
    "command",
    [
        "",
        *COMMANDS,
        *(f"pack {action}" for action in ACTIONS),
        *(f"template {action}" for action in TEMPLATE_ACTIONS),
        *(f"collect {action}" for action in COLLECT_ACTIONS),
    ],
)
def test_understood__help_is_chinese_throughout(command: str) -> None:
    text = helped(*command.split())
    assert text.startswith("用法：taizhang")
    spoken = re.sub(r"taizhang \S+|--?[\w-]+|[A-Z][A-Za-z]*(=[A-Z]+)?", "", text)
    assert not set(re.findall(r"[a-z]{2,}", spoken)) - {
        *COMMANDS,
        *ACTIONS,
        *TEMPLATE_ACTIONS,
        *COLLECT_ACTIONS,
        *(split.value for split in Split),
        *(wish.value for wish in Wish),
        *SIDES,
        "taizhang",
        "eci",
        "full",
        "node",
        "all",
        "id",
        "xlsx",
        "csv",
        "liaoning",
    }


def test_understood__knows_the_commands_the_start_knows() -> None:
    text = helped()
    assert all(re.search(rf"^    {name}\b", text, re.MULTILINE) for name in COMMANDS)
