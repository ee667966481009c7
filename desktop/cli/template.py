"""`taizhang template`: official .xlsx templates, filled or looked into."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from argparse import Namespace

    from desktop.cli.desk import Desk


def template(desk: Desk, options: Namespace) -> int:
    """Fill a template, or propose a layout for one."""
    match options.action:
        case "fill":
            from desktop.cli.template_fill import fill as chosen
        case _:
            from desktop.cli.template_inspect import inspect as chosen
    return chosen(desk, options)
