"""How Chinese letters reach the window on Linux; Windows needs no help."""

from __future__ import annotations

import os
import sys
from typing import Final

VARIABLES: Final = ("QT_IM_MODULE", "QT_IM_MODULES")
"""The first names one way; the second, of newer desktops, several, tried in turn."""


def choose_input_method() -> None:
    """Let fcitx be reached the way it also understands.

    The wheels of Qt bring no fcitx plug-in; fcitx5 answers to ibus as well.
    """
    if sys.platform != "linux":
        return
    for variable in VARIABLES:
        wished = os.environ.get(variable, "").split(";")
        ways = ["ibus" if one.startswith("fcitx") else one for one in wished]
        if ways != wished:
            os.environ[variable] = ";".join(dict.fromkeys(ways))
