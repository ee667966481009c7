"""Which words are understood of commands that read and write files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.cli.options import add
from desktop.cli.options import add_json
from desktop.cli.options import add_ledger
from desktop.cli.options import add_period
from desktop.cli.options import add_scale
from desktop.cli.options import add_switch
from desktop.cli.options import command
from desktop.cli.passwords import add_password

if TYPE_CHECKING:
    from argparse import _SubParsersAction

    from desktop.cli.parser import Parser
    from desktop.core.words import Words


def understand_import(commands: _SubParsersAction[Parser], say: Words) -> None:
    """Understand `taizhang import`."""
    bring = command(commands, "import", say, say("bring in a table"))
    add_ledger(bring)
    bring.arguments.add_argument(
        "file", metavar="FILE", help=say("an .xlsx or .csv file")
    )
    add(bring, "--form", "FORM", say("the form, such as eci"), needed=True)
    add_period(bring)
    add(bring, "--sheet", "SHEET", say("the sheet, if there are several"))
    pairs = (
        ("--column", "HEAD=FIELD", say("which field a column carries")),
        ("--where", "COLUMN=TEXT", say("only rows whose column has that text")),
        ("--set", "FIELD=VALUE", say("for cells the table leaves blank")),
        ("--place", "TEXT=CODE", say("which unit a text of the unit column means")),
    )
    for name, shape, text in pairs:
        bring.options.add_argument(
            name, action="append", default=[], metavar=shape, help=text
        )
    add_switch(bring, "--dry-run", say("only show the plan"))
    add_json(bring)


def understand_export(commands: _SubParsersAction[Parser], say: Words) -> None:
    """Understand `taizhang export`."""
    export = command(commands, "export", say, say("write workbook and PDF"))
    add_ledger(export)
    add_period(export)
    add(export, "--to", "FOLDER", say("folder for the files"), default=".")
    add_switch(export, "--xlsx", say("the workbook only"))
    add_switch(export, "--pdf", say("the PDF only"))
    add_switch(export, "--csv", say("a CSV file of each form"))
    add_switch(export, "--data-package", say("the records as a data package"))
    add_switch(export, "--by-unit", say("with tables by unit"))
    add_switch(export, "--screen", say("a PDF for the screen: no page lies turned"))
    add_switch(export, "--attach", say("a PDF/A-3 with the data as an attached file"))
    add_scale(export)
    add_json(export)


def understand_batch(commands: _SubParsersAction[Parser], say: Words) -> None:
    """Understand `taizhang batch`."""
    many = command(commands, "batch", say, say("write the reports of many units"))
    add_ledger(many)
    add(many, "--out", "FOLDER", say("folder for the files"), needed=True)
    add_period(many)
    add(
        many,
        "--level",
        "LEVEL",
        say("units of a level, such as 街道"),
        default="all",
    )
    add(many, "--below", "UNIT", say("only units below this one"))
    many.options.add_argument(
        "--unit",
        action="append",
        default=[],
        metavar="UNIT",
        help=say("a unit by name or code; may be given several times"),
    )
    add(many, "--forms", "FORM,FORM", say("only these forms"))
    add(
        many,
        "--pattern",
        "PATTERN",
        say(
            "names of the files, put together from {words}",
            words="{单位}、{代码}、{报告期}、{制度}、{表}",
        ),
        default="{code}-{unit}-{period}-{pack}",
    )
    for name, text in (
        ("--xlsx", say("a workbook of each unit")),
        ("--pdf", say("a PDF of each unit")),
        ("--merged", say("one PDF of all units, with bookmarks")),
        (
            "--tables-only",
            say("the forms only, without indicators, findings and notes"),
        ),
        ("--screen", say("pages that lie across are not turned")),
        ("--attach", say("a PDF/A-3 with the data as an attached file")),
        ("--anew", say("make files again that are there already")),
        ("--dry-run", say("only show the plan")),
    ):
        add_switch(many, name, text)
    add_json(many)


def understand_template(commands: _SubParsersAction[Parser], say: Words) -> None:
    """Understand `taizhang template`."""
    template = command(commands, "template", say, say("official .xlsx templates"))
    actions = template.add_subparsers(
        title=say("commands"), dest="action", metavar="COMMAND", required=True
    )
    fill = command(actions, "fill", say, say("fill a template with a form"))
    add_ledger(fill)
    add(fill, "--form", "FORM", say("the form, such as eci"), needed=True)
    add_period(fill)
    add(fill, "--unit", "UNIT", say("a unit below the ledger's"))
    add(fill, "--template", "FILE", say("the template, if it is not found by itself"))
    add(fill, "--layout", "FILE", say("a layout that is not in the pack"))
    add(fill, "--to", "FOLDER", say("folder for the files"), default=".")
    add(fill, "--date", "DATE", say("the day of reporting; else today"))
    fill.options.add_argument(
        "--signer",
        action="append",
        default=[],
        metavar="LABEL=NAME",
        help=say("who signs, such as 填表人=张三; may be given several times"),
    )
    add_json(fill)
    inspect = command(actions, "inspect", say, say("propose a layout for a template"))
    inspect.arguments.add_argument("file", metavar="FILE", help=say("an .xlsx file"))
    add(inspect, "--pack", "PACK", say("a pack's id, folder or file"))
    add(inspect, "--form", "FORM", say("the form, such as eci"))


def understand_collect(commands: _SubParsersAction[Parser], say: Words) -> None:
    """Understand `taizhang collect`."""
    collect = command(
        commands, "collect", say, say("workbooks that facilities fill in")
    )
    actions = collect.add_subparsers(
        title=say("commands"), dest="action", metavar="COMMAND", required=True
    )
    make = command(actions, "make", say, say("write workbooks to hand out"))
    add_ledger(make)
    add(make, "--form", "FORM", say("the form, such as eci"), needed=True)
    add_period(make)
    add(make, "--unit", "UNIT", say("a unit below the ledger's"))
    make.options.add_argument(
        "--split",
        choices=("one", "unit", "facility"),
        default="one",
        help=say("one file, one a unit, or one a facility"),
    )
    add(make, "--rows", "COUNT", say("empty rows below the known"), default="20")
    add_switch(make, "--blank", say("only who they are, without what is known"))
    add(make, "--out", "FOLDER", say("folder for the files"), default=".")
    add_json(make)
    read = command(actions, "read", say, say("look through what came back"))
    add_ledger(read)
    read.arguments.add_argument(
        "files", nargs="+", metavar="FILES", help=say("workbooks that came back")
    )
    add_period(read)
    add(read, "--annotate", "FOLDER", say("folder for copies with comments"))
    add_switch(read, "--apply", say("take the good rows in"))
    add_json(read)


def understand_verify(commands: _SubParsersAction[Parser], say: Words) -> None:
    """Understand `taizhang verify`."""
    verify = command(commands, "verify", say, say("has a file of ours been altered?"))
    verify.arguments.add_argument(
        "files",
        nargs="+",
        metavar="FILE",
        help=say("PDFs and workbooks of ours, and the ledger if it is at hand"),
    )
    add(verify, "--csv", "FILE", say("write what was found as a table"))
    add_json(verify)


def understand_receive(commands: _SubParsersAction[Parser], say: Words) -> None:
    """Understand `taizhang preview` and `taizhang receive`."""
    for name, does in (
        ("preview", say("say what was handed in, without taking it")),
        ("receive", say("take what was handed in")),
    ):
        made = command(commands, name, say, does)
        add_ledger(made)
        made.arguments.add_argument(
            "files",
            nargs="+",
            metavar="FILES",
            help=say("submissions, or folders of them"),
        )
        add_period(made)
        add_password(made)
        pairs = [
            ("--accept", "FILE=CELL", say("an edited cell that is taken over, or all")),
            ("--unit", "FILE=CODE", say("whose a file is that was typed by hand")),
        ]
        if name == "receive":
            add_switch(made, "--all-new", say("take all that are new"))
            add_switch(made, "--all-updates", say("take all that are updates"))
            pairs += [
                ("--decide", "FILE=HOW", say("merge, replace or skip a file")),
                ("--choose", "PLACE=SIDE", say("ours, theirs, or a listed number")),
            ]
        for option, shape, text in pairs:
            made.options.add_argument(
                option, action="append", default=[], metavar=shape, help=text
            )
        add_json(made)


def understand_undo(commands: _SubParsersAction[Parser], say: Words) -> None:
    """Understand `taizhang undo`."""
    undo = command(commands, "undo", say, say("take back what was received"))
    add_ledger(undo)
    undo.arguments.add_argument(
        "package",
        nargs="?",
        metavar="PACKAGE",
        help=say("the package's number or file; without it they are listed"),
    )
    add_switch(undo, "--redo", say("let it count again"))
    add_switch(undo, "--dry-run", say("only show the plan"))
    add_json(undo)
