"""Which words the command line understands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.cli.parser import Parser

if TYPE_CHECKING:
    from argparse import _SubParsersAction

    from desktop.core.words import Words


def understood(say: Words) -> Parser:
    """Build the parser of all commands, its help in the reader's language."""
    top = Parser(
        prog="taizhang",
        say=say,
        description=say(
            "Ledgers of 民生 surveys, offline. Without a command the window opens; "
            "with a ledger file, the window opens on it."
        ),
        epilog=say("Help for one command: taizhang COMMAND --help"),
    )
    top.options.add_argument(
        "--version", action="store_true", help=say("show the version")
    )
    commands = top.add_subparsers(
        title=say("commands"), dest="command", metavar="COMMAND", required=True
    )
    _new(commands, say)
    _import(commands, say)
    _check(commands, say)
    _indicators(commands, say)
    _compare(commands, say)
    _rollup(commands, say)
    _definitions(commands, say)
    _export(commands, say)
    _batch(commands, say)
    _template(commands, say)
    _collect(commands, say)
    _verify(commands, say)
    _submit(commands, say)
    _receive(commands, say)
    _undo(commands, say)
    _period(commands, say)
    _units(commands, say)
    _upgrade(commands, say)
    _pack(commands, say)
    _doctor(commands, say)
    _demo(commands, say)
    return top


def _new(commands: _SubParsersAction[Parser], say: Words) -> None:
    new = _command(commands, "new", say, say("make a ledger"))
    _add_ledger(new)
    _add(new, "--pack", "PACK", say("a pack's id, folder or file"), needed=True)
    _add(new, "--unit", "UNIT", say("code or name of the unit"), needed=True)
    _add(new, "--period", "PERIOD", say("such as 2025 or 2025Q3"), needed=True)
    _add_json(new)


def _import(commands: _SubParsersAction[Parser], say: Words) -> None:
    bring = _command(commands, "import", say, say("bring in a table"))
    _add_ledger(bring)
    bring.arguments.add_argument(
        "file", metavar="FILE", help=say("an .xlsx or .csv file")
    )
    _add(bring, "--form", "FORM", say("the form, such as eci"), needed=True)
    _add_period(bring)
    _add(bring, "--sheet", "SHEET", say("the sheet, if there are several"))
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
    _switch(bring, "--dry-run", say("only show the plan"))
    _add_json(bring)


def _check(commands: _SubParsersAction[Parser], say: Words) -> None:
    check = _command(commands, "check", say, say("audit a ledger"))
    _add_ledger(check)
    _add_period(check)
    _switch(check, "--all", say("list every finding"))
    _add(check, "--xlsx", "FILE", say("write the findings as a workbook (or .csv)"))
    _add_json(check)


def _indicators(commands: _SubParsersAction[Parser], say: Words) -> None:
    figures = _command(commands, "indicators", say, say("compute the indicators"))
    _add_ledger(figures)
    _add_period(figures)
    _add(figures, "--unit", "UNIT", say("a unit below the ledger's"))
    _add_json(figures)


def _compare(commands: _SubParsersAction[Parser], say: Words) -> None:
    beside = _command(commands, "compare", say, say("hold it against other packs"))
    _add_ledger(beside)
    beside.options.add_argument(
        "--pack",
        action="append",
        required=True,
        metavar="PACK",
        help=say("another reporting system; may be given several times"),
    )
    _add_period(beside)
    _add(beside, "--unit", "UNIT", say("a unit below the ledger's"))
    _add_json(beside)


def _definitions(commands: _SubParsersAction[Parser], say: Words) -> None:
    chosen = _command(commands, "definitions", say, say("show or choose definitions"))
    _add_ledger(chosen)
    _add_period(chosen)
    chosen.options.add_argument(
        "--set",
        action="append",
        default=[],
        metavar="NAME=OPTION",
        help=say("choose for the period; without OPTION as the pack has it"),
    )
    _add_json(chosen)


def _rollup(commands: _SubParsersAction[Parser], say: Words) -> None:
    roll = _command(commands, "rollup", say, say("add a form up over the units"))
    _add_ledger(roll)
    _add(roll, "--form", "FORM", say("the form, such as eci"), needed=True)
    _add_period(roll)
    _add(roll, "--unit", "UNIT", say("a unit below the ledger's"))
    roll.options.add_argument(
        "--scope",
        choices=("full", "node"),
        default="full",
        help=say("full: everything below; node: only the units directly below"),
    )
    _switch(roll, "--deep", say("a line for the units of every level"))
    _add_scale(roll)
    _add(roll, "--xlsx", "FILE", say("write it as a workbook"))
    _add_json(roll)


def _period(commands: _SubParsersAction[Parser], say: Words) -> None:
    period = _command(commands, "period", say, say("show or add reporting periods"))
    _add_ledger(period)
    _add(period, "--add", "PERIOD", say("a period to add, such as 2026"))
    _add(period, "--from", "PERIOD", say("take rosters over from this period"))
    _add_json(period)


def _add_scale(to: Parser) -> None:
    _add(to, "--scale", "SCALE", to.say("print in 个, 百, 千, 万, 百万 or 亿"))
    _add(to, "--digits", "DIGITS", to.say("decimals of scaled numbers, 0 to 4"))


def _export(commands: _SubParsersAction[Parser], say: Words) -> None:
    export = _command(commands, "export", say, say("write workbook and PDF"))
    _add_ledger(export)
    _add_period(export)
    _add(export, "--to", "FOLDER", say("folder for the files"), default=".")
    _switch(export, "--xlsx", say("the workbook only"))
    _switch(export, "--pdf", say("the PDF only"))
    _switch(export, "--csv", say("a CSV file of each form"))
    _switch(export, "--data-package", say("the records as a data package"))
    _switch(export, "--by-unit", say("with tables by unit"))
    _switch(export, "--screen", say("a PDF for the screen: no page lies turned"))
    _switch(export, "--attach", say("a PDF/A-3 with the data as an attached file"))
    _add_scale(export)
    _add_json(export)


def _batch(commands: _SubParsersAction[Parser], say: Words) -> None:
    many = _command(commands, "batch", say, say("write the reports of many units"))
    _add_ledger(many)
    _add(many, "--out", "FOLDER", say("folder for the files"), needed=True)
    _add_period(many)
    _add(
        many,
        "--level",
        "LEVEL",
        say("units of a level, such as 街道"),
        default="all",
    )
    _add(many, "--below", "UNIT", say("only units below this one"))
    many.options.add_argument(
        "--unit",
        action="append",
        default=[],
        metavar="UNIT",
        help=say("a unit by name or code; may be given several times"),
    )
    _add(many, "--forms", "FORM,FORM", say("only these forms"))
    _add(
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
        _switch(many, name, text)
    _add_json(many)


def _template(commands: _SubParsersAction[Parser], say: Words) -> None:
    template = _command(commands, "template", say, say("official .xlsx templates"))
    actions = template.add_subparsers(
        title=say("commands"), dest="action", metavar="COMMAND", required=True
    )
    fill = _command(actions, "fill", say, say("fill a template with a form"))
    _add_ledger(fill)
    _add(fill, "--form", "FORM", say("the form, such as eci"), needed=True)
    _add_period(fill)
    _add(fill, "--unit", "UNIT", say("a unit below the ledger's"))
    _add(fill, "--template", "FILE", say("the template, if it is not found by itself"))
    _add(fill, "--layout", "FILE", say("a layout that is not in the pack"))
    _add(fill, "--to", "FOLDER", say("folder for the files"), default=".")
    _add(fill, "--date", "DATE", say("the day of reporting; else today"))
    fill.options.add_argument(
        "--signer",
        action="append",
        default=[],
        metavar="LABEL=NAME",
        help=say("who signs, such as 填表人=张三; may be given several times"),
    )
    _add_json(fill)
    inspect = _command(actions, "inspect", say, say("propose a layout for a template"))
    inspect.arguments.add_argument("file", metavar="FILE", help=say("an .xlsx file"))
    _add(inspect, "--pack", "PACK", say("a pack's id, folder or file"))
    _add(inspect, "--form", "FORM", say("the form, such as eci"))


def _collect(commands: _SubParsersAction[Parser], say: Words) -> None:
    collect = _command(
        commands, "collect", say, say("workbooks that facilities fill in")
    )
    actions = collect.add_subparsers(
        title=say("commands"), dest="action", metavar="COMMAND", required=True
    )
    make = _command(actions, "make", say, say("write workbooks to hand out"))
    _add_ledger(make)
    _add(make, "--form", "FORM", say("the form, such as eci"), needed=True)
    _add_period(make)
    _add(make, "--unit", "UNIT", say("a unit below the ledger's"))
    make.options.add_argument(
        "--split",
        choices=("one", "unit", "facility"),
        default="one",
        help=say("one file, one a unit, or one a facility"),
    )
    _add(make, "--rows", "COUNT", say("empty rows below the known"), default="20")
    _switch(make, "--blank", say("only who they are, without what is known"))
    _add(make, "--out", "FOLDER", say("folder for the files"), default=".")
    _add_json(make)
    read = _command(actions, "read", say, say("look through what came back"))
    _add_ledger(read)
    read.arguments.add_argument(
        "files", nargs="+", metavar="FILES", help=say("workbooks that came back")
    )
    _add_period(read)
    _add(read, "--annotate", "FOLDER", say("folder for copies with comments"))
    _switch(read, "--apply", say("take the good rows in"))
    _add_json(read)


def _verify(commands: _SubParsersAction[Parser], say: Words) -> None:
    verify = _command(commands, "verify", say, say("has a file of ours been altered?"))
    verify.arguments.add_argument(
        "files",
        nargs="+",
        metavar="FILE",
        help=say("PDFs and workbooks of ours, and the ledger if it is at hand"),
    )
    _add(verify, "--csv", "FILE", say("write what was found as a table"))
    _add_json(verify)


def _submit(commands: _SubParsersAction[Parser], say: Words) -> None:
    submit = _command(commands, "submit", say, say("make the file to hand in"))
    _add_ledger(submit)
    _add_period(submit)
    _add(submit, "--out", "FOLDER", say("folder for the files"), needed=True)
    _switch(submit, "--pdf", say("a PDF beside it"))
    _add_json(submit)


def _receive(commands: _SubParsersAction[Parser], say: Words) -> None:
    for name, does in (
        ("preview", say("say what was handed in, without taking it")),
        ("receive", say("take what was handed in")),
    ):
        command = _command(commands, name, say, does)
        _add_ledger(command)
        command.arguments.add_argument(
            "files",
            nargs="+",
            metavar="FILES",
            help=say("submissions, or folders of them"),
        )
        if name == "receive":
            _switch(command, "--all-new", say("take all that are new"))
            _switch(command, "--all-updates", say("take all that are updates"))
            pairs = (
                ("--decide", "FILE=HOW", say("merge, replace or skip a file")),
                ("--choose", "PLACE=SIDE", say("ours, theirs, or a listed number")),
            )
            for option, shape, text in pairs:
                command.options.add_argument(
                    option, action="append", default=[], metavar=shape, help=text
                )
        _add_json(command)


def _undo(commands: _SubParsersAction[Parser], say: Words) -> None:
    undo = _command(commands, "undo", say, say("take back what was received"))
    _add_ledger(undo)
    undo.arguments.add_argument(
        "package",
        nargs="?",
        metavar="PACKAGE",
        help=say("the package's number or file; without it they are listed"),
    )
    _switch(undo, "--redo", say("let it count again"))
    _switch(undo, "--dry-run", say("only show the plan"))
    _add_json(undo)


def _units(commands: _SubParsersAction[Parser], say: Words) -> None:
    units = _command(commands, "units", say, say("show or change the units"))
    _add_ledger(units)
    _add(units, "--period", "PERIOD", say("from which period a change holds"))
    pairs = (
        ("--add", "CODE=NAME", say("add a unit; CODE may be new:CODE-ABOVE")),
        ("--zone", "CODE=NAME", say("add a unit that is no division, such as a zone")),
        ("--rename", "CODE=NAME", say("give a unit another name")),
        ("--move", "CODE=CODE", say("put a unit under another one")),
        ("--merge", "CODE=CODE", say("let a unit end in another one")),
    )
    for name, shape, text in pairs:
        units.options.add_argument(
            name, action="append", default=[], metavar=shape, help=text
        )
    _add(units, "--list", "FILE", say("take over a table of units"))
    _switch(units, "--dry-run", say("only show the plan"))
    _add_json(units)


def _upgrade(commands: _SubParsersAction[Parser], say: Words) -> None:
    does = say("go on under a newer version of the pack")
    newer = _command(commands, "upgrade", say, does)
    _add_ledger(newer)
    _add(newer, "--pack", "PACK", say("a pack's id, folder or file"), needed=True)
    _add(newer, "--period", "PERIOD", say("from which period on; else the latest"))
    _switch(newer, "--dry-run", say("only show the plan"))
    _add_json(newer)


def _pack(commands: _SubParsersAction[Parser], say: Words) -> None:
    pack = _command(commands, "pack", say, say("for pack authors"))
    actions = pack.add_subparsers(
        title=say("commands"), dest="action", metavar="COMMAND", required=True
    )
    lint = _command(actions, "lint", say, say("report every fault of packs"))
    lint.arguments.add_argument(
        "packs", nargs="+", metavar="PACK", help=say("folders or files of packs")
    )
    show = _command(actions, "show", say, say("tell in words what a pack asks for"))
    _add_pack(show)
    _add_json(show)
    compare = _command(actions, "diff", say, say("tell how two packs differ"))
    for name in ("old", "new"):
        compare.arguments.add_argument(
            name, metavar=name.upper(), help=say("a pack's id, folder or file")
        )
    _add_json(compare)
    new = _command(actions, "new", say, say("write a small pack to begin with"))
    new.arguments.add_argument(
        "folder", metavar="FOLDER", help=say("a new folder; its name is the pack's id")
    )
    build = _command(actions, "build", say, say("write a pack as one file"))
    _add_pack(build)
    build.options.add_argument("-o", "--out", metavar="FILE", help=say("the file"))
    book = _command(actions, "export-xlsx", say, say("write a pack as a workbook"))
    _add_pack(book)
    book.options.add_argument("-o", "--out", metavar="FILE", help=say("the file"))
    read = _command(
        actions, "import-xlsx", say, say("make a pack of a workbook or an XLSForm")
    )
    read.arguments.add_argument("file", metavar="FILE", help=say("an .xlsx file"))
    read.arguments.add_argument(
        "folder", metavar="FOLDER", help=say("a new folder; its name is the pack's id")
    )
    schema = _command(actions, "schema", say, say("write JSON Schemas for editors"))
    _add(schema, "--to", "FOLDER", say("folder for the files"), default=".")


def _add_pack(to: Parser) -> None:
    to.arguments.add_argument(
        "pack", metavar="PACK", help=to.say("a pack's id, folder or file")
    )


def _doctor(commands: _SubParsersAction[Parser], say: Words) -> None:
    _add_ledger(_command(commands, "doctor", say, say("prove that a ledger is whole")))


def _demo(commands: _SubParsersAction[Parser], say: Words) -> None:
    demo = _command(commands, "demo", say, say("the whole road on real input"))
    _add(demo, "--out", "FOLDER", say("folder for the files"), default="out")
    _switch(demo, "--no-window", say("do not open the window at the end"))


def _command(
    commands: _SubParsersAction[Parser], name: str, say: Words, does: str
) -> Parser:
    return commands.add_parser(name, say=say, help=does, description=does)


def _add_ledger(to: Parser) -> None:
    to.arguments.add_argument(
        "ledger", metavar="LEDGER", help=to.say("the ledger file")
    )


def _add_period(to: Parser) -> None:
    _add(to, "--period", "PERIOD", to.say("a period of it; by default the latest"))


def _add_json(to: Parser) -> None:
    _switch(to, "--json", to.say("answer in JSON"))


def _switch(to: Parser, name: str, text: str) -> None:
    to.options.add_argument(name, action="store_true", help=text)


def _add(
    to: Parser,
    name: str,
    shape: str,
    text: str,
    *,
    needed: bool = False,
    default: str | None = None,
) -> None:
    to.options.add_argument(
        name, metavar=shape, help=text, required=needed, default=default
    )
