"""A pack as one file that can be handed on: its canonical JSON, with its digest.

    {"digest":"<SHA-256 of the pack's JSON>","format":"taizhang-pack-1","pack":{…}}

The digest finds damage and slips of hand-editing; it does not say who wrote the pack.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from typing import Final

from desktop.core.messages import message
from desktop.forms.load import MAX_JSON
from desktop.forms.load import pack_from_json
from desktop.forms.problems import problem
from desktop.forms.written import digest
from desktop.forms.written import pack_to_json

if TYPE_CHECKING:
    from desktop.forms.model import Pack
    from desktop.forms.problems import Problem

SUFFIX: Final = ".taizhangpack"
FORMAT: Final = "taizhang-pack-1"
MAX_BYTES: Final = 4 * MAX_JSON
"""What a file may have: no character takes more in UTF-8."""
_KEYS: Final = frozenset({"digest", "format", "pack"})


def written_whole(pack: Pack) -> str:
    """Write a pack as the text of one file."""
    head = f'{{"digest":"{digest(pack)}","format":"{FORMAT}","pack":'
    return f"{head}{pack_to_json(pack)}}}\n"


def read_whole(data: bytes) -> Pack | tuple[Problem, ...]:
    """Read a pack from the bytes of one file, which may come from anyone.

    The result is well formed, not yet sensible: `lint_pack` says that.
    """
    if len(data) > MAX_BYTES:
        return _refused("forms.json_too_big", size=len(data), limit=MAX_BYTES)
    try:
        document = json.loads(data.decode("utf-8-sig"), parse_constant=_no_number)
    except (ValueError, RecursionError) as fault:
        return _refused("forms.json_invalid", reason=str(fault))
    if not isinstance(document, dict) or document.keys() != _KEYS:
        return _refused("forms.no_pack_file")
    if document["format"] != FORMAT:
        return _refused("forms.other_format", format=str(document["format"])[:40])
    pack = pack_from_json(json.dumps(document["pack"], ensure_ascii=False))
    if not isinstance(pack, tuple) and digest(pack) != document["digest"]:
        return _refused("forms.pack_damaged")
    return pack


def _refused(code: str, **params: str | int) -> tuple[Problem, ...]:
    return (problem(message(code, **params)),)


def _no_number(word: str) -> object:
    """Refuse NaN and Infinity, which JSON does not have."""
    raise ValueError(word)
