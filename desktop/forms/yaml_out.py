"""A pack written as the YAML its author goes on with: one folder, complete in itself.

Nothing is shared with the common library here: what a pack took from it stands written
out, without the name of the concept it was, and its author may replace it by `uses`
again. What the loader fills in, the choices of a form that answers, is left to it.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from enum import Enum
from typing import TYPE_CHECKING
from typing import Final

import yaml

from desktop.forms.base import Model
from desktop.forms.model import Roster

if TYPE_CHECKING:
    from desktop.forms.layout import Layout
    from desktop.forms.model import Form
    from desktop.forms.model import Pack

_WIDTH: Final = 96
_ELSEWHERE: Final = (
    *("forms", "rules", "indicators", "parameters", "definitions", "code_lists"),
    "explanations",
    "layouts",
)


class _Dumper(yaml.SafeDumper):
    """Writes no anchors, which readers of packs refuse, and exact decimals."""

    def ignore_aliases(self, _data: object) -> bool:
        """Write each part out."""
        return True


def _decimal(dumper: yaml.SafeDumper, number: Decimal) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:float", format(number, "f"))


_Dumper.add_representer(Decimal, _decimal)


def pack_to_yaml(pack: Pack) -> dict[str, str]:
    """Write a pack as files by name, relative to its folder."""
    pack = _alone(pack)
    data = _plain(pack)
    head = {key: part for key, part in data.items() if key not in _ELSEWHERE}
    files = {"pack.yaml": _text(head)}
    files |= {f"forms/{form.id}.yaml": _text(_plain(form)) for form in pack.forms}
    files |= {
        f"{name}.yaml": _text(data[name]) for name in _ELSEWHERE[1:-1] if data.get(name)
    }
    return files | {
        f"layouts/{layout.form}.yaml": layout_to_yaml(layout) for layout in pack.layouts
    }


def layout_to_yaml(layout: Layout) -> str:
    """Write a layout as its author goes on with it: what it is for comes first."""
    data = _plain(layout)
    first = ("form", "template", "sha256")
    return _text({key: data[key] for key in (*first, *data)})


def _alone(pack: Pack) -> Pack:
    """Give a pack without what only the loader writes."""
    return pack.replaced(
        forms=tuple(_without_titles(form) for form in pack.forms),
        indicators=tuple(
            indicator.replaced(concept=None, differs=None)
            for indicator in pack.indicators
        ),
    )


def _without_titles(form: Form) -> Form:
    if not isinstance(form, Roster) or form.answers is None:
        return form
    key = form.answers.key
    return form.replaced(
        groups=tuple(
            group.replaced(
                fields=tuple(
                    field.replaced(choices=()) if field.id == key else field
                    for field in group.fields
                )
            )
            for group in form.groups
        )
    )


def _text(data: object) -> str:
    return yaml.dump(
        data, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=_WIDTH
    )


def _plain(part: Model) -> dict[str, object]:
    """Give what differs from the defaults, in the order of the model."""
    given, defaults = vars(part), part.__defaults__
    names = sorted(part.__names__, key=lambda name: name not in {"id", "kind"})
    return {
        name: _value(given[name])
        for name in names
        if name not in defaults or given[name] != defaults[name]
    }


def _value(value: object) -> object:
    match value:
        case Model():
            return _plain(value)
        case tuple():
            return [_value(item) for item in value]
        case Mapping():
            return {key: _value(item) for key, item in value.items()}
        case Enum():
            return value.value
        case Decimal() if value == value.to_integral_value():
            return int(value)
        case _:
            return value
