"""A layout that does not come with its pack, read and held against its form."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.forms.layout import Layout
from desktop.forms.lint_layouts import lint_layouts
from desktop.forms.problems import Problem
from desktop.forms.problems import errors
from desktop.forms.problems import in_order
from desktop.forms.source_map import SourceMap
from desktop.forms.validate import validate
from desktop.forms.yaml_text import List
from desktop.forms.yaml_text import Mapping
from desktop.forms.yaml_text import read_yaml

if TYPE_CHECKING:
    from desktop.forms.model import Pack


def layout_of(data: bytes, name: str, pack: Pack) -> Layout | tuple[Problem, ...]:
    """Read the text of a layout for a form of a pack; `name` is what problems say."""
    node = read_yaml(data, name)
    if isinstance(node, tuple):
        return node
    layout = validate(Layout, node)
    if not isinstance(layout, Layout):
        return layout
    whole = Mapping({"layouts": List((node,), node.place)}, {}, node.place)
    said = lint_layouts(pack.replaced(layouts=(layout,)))
    problems = in_order([each.problem(SourceMap(whole)) for each in said])
    return errors(problems) or layout
