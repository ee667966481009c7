from __future__ import annotations

import re
from typing import get_args

from desktop.core import layout
from desktop.forms.base import Name

NAMES = [
    value
    for key, value in vars(layout).items()
    if key.isupper() and isinstance(value, str)
]


def test_layout__no_form_or_field_can_take_a_name_of_ours() -> None:
    pattern = get_args(Name)[1].pattern

    assert len(NAMES) == 8
    assert len(set(NAMES)) == len(NAMES)
    assert all(name.startswith("_") for name in NAMES)
    assert not any(re.match(pattern, name) for name in NAMES)
