"""All message templates of the program, by code."""

from __future__ import annotations

from typing import Final

from desktop.core.messages import app
from desktop.core.messages import archive
from desktop.core.messages import batch
from desktop.core.messages import board
from desktop.core.messages import carrying
from desktop.core.messages import cli
from desktop.core.messages import collection
from desktop.core.messages import exchange
from desktop.core.messages import export
from desktop.core.messages import expr
from desktop.core.messages import forms
from desktop.core.messages import forms_entry
from desktop.core.messages import intake
from desktop.core.messages import keys
from desktop.core.messages import merge
from desktop.core.messages import rules
from desktop.core.messages import slips
from desktop.core.messages import store
from desktop.core.messages import template
from desktop.core.messages import units
from desktop.core.messages import verify

CATALOGUE: Final = merge(
    app.MESSAGES,
    archive.MESSAGES,
    batch.MESSAGES,
    board.MESSAGES,
    carrying.MESSAGES,
    cli.MESSAGES,
    collection.MESSAGES,
    exchange.MESSAGES,
    export.MESSAGES,
    expr.MESSAGES,
    forms.MESSAGES,
    forms_entry.MESSAGES,
    intake.MESSAGES,
    keys.MESSAGES,
    rules.MESSAGES,
    slips.MESSAGES,
    store.MESSAGES,
    template.MESSAGES,
    units.MESSAGES,
    verify.MESSAGES,
)
