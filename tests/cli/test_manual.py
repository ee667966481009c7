"""docs/command-line.md says what is: every option, and every key of every answer."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl import load_workbook

from desktop.__main__ import COMMANDS
from desktop.app.entry.edits import add_record
from desktop.app.handover.keeping.sealing import seal_file
from desktop.cli.parser import HelpWantedError
from desktop.cli.parser import read
from desktop.cli.words import understood
from desktop.core.catalogue import CATALOGUE
from desktop.core.words import Words
from desktop.exchange.keys import new_key
from desktop.exchange.sealing import LEAST_COST
from tests.app.handover.boards import handed_in
from tests.cli.desks import typed
from tests.cli.test_indicators import on_the_way
from tests.cli.test_upgrade import newer_pack
from tests.exchange.townships import EAST
from tests.exchange.townships import WEST
from tests.exchange.townships import Desks
from tests.exchange.townships import add
from tests.exchange.townships import area
from tests.exchange.townships import beds
from tests.exchange.townships import county_units
from tests.exchange.townships import put as put_cell
from tests.exchange.townships import street
from tests.exchange.townships import take
from tests.export.template_books import packed
from tests.export.template_books import roster_parts
from tests.forms.layouts import CONTINUED
from tests.forms.layouts import LAYOUT
from tests.forms.layouts import with_layouts
from tests.indicators.judged import ADM
from tests.indicators.judged import PROMISE
from tests.small import COUNTY
from tests.small import STREET
from tests.small import YEAR
from tests.small import choosing_pack
from tests.small import make_ledger
from tests.small import opened
from tests.small import pack_data
from tests.small import pack_of
from tests.small import put

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desktop.core.cells import Cell

MANUAL = Path(__file__).parents[2] / "docs" / "command-line.md"
FIGURE = "rows[].cells[].figure."
"""What the manual describes once, under `indicators`."""
PACK_ACTIONS = ("lint", "show", "diff", "new", "build", "schema")
TABLE = """\
街镇,机构名称,总床位数,护理型床位数,运营状态
华阳路街道,甲院,"1,000",40,停业
华阳街道,乙院,60,,歇业
天边镇,丙院,60,,
合计,,160,,
"""

DEFINITIONS = """\
- id: beds
  title: 床位包括哪些
  default: built
  options:
    - {id: built, title: 已建的, value: SUM(works.built), ours: 示例}
    - {id: planned, title: 计划的, value: SUM(works.planned), ours: 示例}
"""


def section(command: str) -> str:
    text = MANUAL.read_text("utf-8")
    return text.split(f"\n## {command}\n")[1].split("\n## ")[0]


def documented(command: str) -> set[str]:
    rows = re.findall(r"^\| (`.*?) \|", section(command), re.MULTILINE)
    return {key for row in rows for key in re.findall(r"`([^`]+)`", row)}


def keys(value: Any, path: str = "") -> Iterator[str]:  # noqa: ANN401 - it is JSON
    """Name the keys of JSON the way the manual does, down to values."""
    match value:
        case dict():
            for key, inner in value.items():
                name = "FIELD" if path == "totals" else key
                yield from keys(inner, f"{path}.{name}" if path else name)
        case [dict(), *_]:
            for inner in value:
                yield from keys(inner, f"{path}[]")
        case _:
            yield path


def judged_by_all(folder: Path) -> Path:
    """Make a ledger with a commitment that has been judged."""
    data = pack_data()
    data["forms"] = [*data["forms"], ADM]
    data["indicators"] = [{**PROMISE, "departments": ["住房城乡建设局"]}]
    path = make_ledger(folder, pack_of(data))
    with opened(path) as ledger:
        form = ledger.pack().form_by_id["adm"]
        cells: dict[str, Cell] = {"about": "应保尽保", "stands": "已实现"}
        ledger.apply(add_record(form, YEAR, COUNTY, "r", cells))
    return path


def filled_template(folder: Path) -> Any:  # noqa: ANN401 - it is JSON
    """Fill a template of another file than the layout's, with a sheet copied."""
    below = folder / "filled"
    below.mkdir()
    (below / "花名册.xlsx").write_bytes(packed(roster_parts()))
    path = make_ledger(below, with_layouts({**LAYOUT, "continued": [CONTINUED]}))
    with opened(path) as ledger:
        for place in range(7):
            put(ledger, f"{place}院", beds_total=place)
    words = ("--form", "eci", "--to", below, "--json")
    return typed(below, "template", "fill", path, *words).facts


def collected(folder: Path) -> list[Any]:
    """Hand a workbook out, and take it back with a fault, beside a file of nobody."""
    below = folder / "collected"
    below.mkdir()
    path = make_ledger(below)
    with opened(path) as ledger:
        put(ledger, "甲院", beds_total=1, beds_nursing=2)
    make = ("collect", "make", path, "--form", "eci", "--out", below, "--json")
    made = typed(below, *make).facts
    [file] = made["files"]
    names = (file, below / "无.xlsx", "--annotate", below, "--json")
    return [made, typed(below, "collect", "read", path, *names).facts]


def handed_over(folder: Path) -> dict[str, list[Any]]:
    """Hand in twice; in between both sides change a cell."""
    below = folder / "over"
    below.mkdir()
    desks = Desks(below)
    east, county = desks.new(street(EAST)), desks.new(*county_units())
    with opened(east) as ledger:
        add(ledger, "甲院", EAST, beds_total=10)
        add(ledger, "乙院", EAST, beds_total=10)
        add(ledger, "丙院", EAST)
    made = typed(below, "submit", east, "--to", below, "--no-pdf", "--json").facts
    [first] = made["files"]
    taken = typed(below, "receive", county, first, "--all-new", "--json").facts
    for path, number in ((east, 11), (county, 12)):
        with opened(path) as ledger:
            beds(ledger, "甲院", number)
    with opened(county) as ledger:
        beds(ledger, "乙院", 13)
        put_cell(ledger, area(COUNTY), "pop_60plus", 1000)
    again = typed(below, "submit", east, "--to", below, "--no-pdf", "--json").facts
    book = load_workbook(first)
    cells = [cell for row in book[book.sheetnames[1]] for cell in row]
    next(cell for cell in cells if cell.value == 10).value = "９９"
    book.save(first)
    typed_book = below / "华阳路街道.xlsx"
    save_typed(typed_book)
    files = (first, *again["files"], typed_book, "--json")
    look = typed(below, "preview", county, *files).facts
    waits = typed(below, "receive", county, *files).facts
    undone = [
        typed(below, "undo", county, "--json").facts,
        typed(below, "undo", county, EAST, "--json").facts,
    ]
    received = [taken, waits]
    return {"submit": [made], "receive": received, "preview": [look], "undo": undone}


def save_typed(path: Path) -> None:
    """Write a table as somebody types it who has no program: too many beds."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    heads = ("机构名称", "总床位数", "护理型床位数")
    for row in (heads, ("丁院", "２０００", 2500), ("戊院", "多", None)):
        sheet.append(list(row))
    book.save(path)


def with_keys(folder: Path) -> dict[str, list[Any]]:
    """Make a key, compare one twice, and give the ledger to a successor."""
    below = folder / "keys"
    below.mkdir()
    path = Desks(below).new(*county_units())
    pairs = [f"{EAST}={new_key().fingerprint}" for _ in range(2)]
    words = ("--make", "--check", pairs[0], "--replace", pairs[1], "--json")
    known = typed(below, "keys", path, *words).facts
    given = typed(below, "handover", path, below, "--to", "王明", "--json").facts
    kept = typed(below, "archive", path, below, "--json").facts
    looked = typed(below, "unpack", given["file"], "--json").facts
    sealed = seal_file(path, below / "a.xlsx.tzx", "a secret", cost=LEAST_COST)
    secret = below / "secret.txt"
    secret.write_text("a secret", encoding="utf-8")
    to = ("--to", below / "new", "--password-file", secret)
    unsealed = typed(below, "unseal", sealed, *to, "--json").facts
    return {
        "keys": [known],
        "handover": [given],
        "archive": [kept],
        "unpack": [looked],
        "unseal": [unsealed],
    }


def boarded(folder: Path) -> list[Any]:
    """Look at who has handed in: one street all, one its sums alone, and late."""
    below = folder / "board"
    below.mkdir()
    desks = Desks(below)
    east, west, county = (
        desks.new(street(EAST)),
        desks.new(street(WEST)),
        desks.new(*county_units()),
    )
    with opened(west) as ledger:
        add(ledger, "西院", WEST, beds_total=10)
    for path, forms in ((east, None), (west, frozenset({"area"}))):
        with opened(county) as ledger:
            take(ledger, handed_in(path, forms))
    words = ("board", county, "--deadline", "2026-01-01", "--json")
    return [
        typed(below, *words).facts,
        typed(below, *words, "--all-periods").facts,
        typed(below, *words, "--sums").facts,
    ]


def returned(folder: Path) -> dict[str, list[Any]]:
    """Send something back, take the receipt in, and ask at both ends."""
    below = folder / "returned"
    below.mkdir()
    desks = Desks(below)
    east, county = desks.new(street(EAST)), desks.new(*county_units())
    with opened(county) as ledger:
        take(ledger, handed_in(east, None))
    cell = f"area/{EAST}/pop_60plus=请核对"
    words = ("return", county, "--package", EAST, "--cell", cell, "--json")
    found = typed(below, *words).facts
    noted = typed(below, "receipt", county, "--all", "--out", below, "--json").facts
    (file,) = below.glob("*.tzr")
    came = typed(below, "receipt", east, "--take", file, "--json").facts
    return {"return": [found], "receipt": [noted, came]}


def answers(folder: Path) -> dict[str, list[Any]]:
    """Collect answers in which every key turns up."""
    path = make_ledger(folder)
    with opened(path) as ledger:
        put(ledger, "丁院", beds_total=40, beds_nursing=1)
        put(ledger, "戊院", beds_total=40, beds_nursing=100)
    found = at_the_desk(folder, path)
    with opened(path) as ledger:
        put(ledger, "己院", beds_total=400, beds_nursing=0)
    found["indicators"].append(typed(folder, "indicators", path, "--json").facts)
    [book] = folder.glob("*小制度.xlsx")
    found["verify"] = [typed(folder, "verify", book, path, "--json").facts]
    many = ("batch", path, "--out", folder / "batch", "--xlsx", "--json")
    found["batch"] = [
        typed(folder, *more).facts for more in (many, (*many, "--dry-run"))
    ]
    found |= {
        **handed_over(folder),
        **returned(folder),
        "board": boarded(folder),
        **with_keys(folder),
    }
    found["template"] = [filled_template(folder)]
    found["collect"] = collected(folder)
    about_packs(folder, path, found)
    for place, ledger_of in enumerate((on_the_way, judged_by_all)):
        below = folder / str(place)
        below.mkdir()
        asked = typed(folder, "indicators", ledger_of(below), "--json")
        found["indicators"].append(asked.facts)
    return found


def at_the_desk(folder: Path, path: Path) -> dict[str, list[Any]]:
    """Collect the answers of what is done to one ledger every day."""
    table = folder / "名单.csv"
    table.write_text(TABLE, "utf-8")
    made = folder / "new.taizhang"
    new = ("--pack", "changning", "--unit", "310105", "--period", "2025")
    lines: dict[str, list[Any]] = {
        "new": [made, *new],
        "import": [path, table, "--form", "eci", "--dry-run"],
        "check": [path],
        "indicators": [path],
        "compare": [path, "--pack", "liaoning"],
        "rollup": [path, "--form", "eci"],
        "export": [path, "--to", folder],
        "period": [path],
        "units": [path, "--rename", f"{STREET}=华阳街道"],
    }
    found = {
        name: [typed(folder, name, *lines[name], "--json").facts] for name in lines
    }
    table.write_text("街镇,机构名称\n华阳路街道,庚院\n", "utf-8")
    words = [str(word) for word in lines["import"]]
    found["import"].append(typed(folder, "import", *words, "--json").facts)
    return found


def about_packs(folder: Path, path: Path, found: dict[str, list[Any]]) -> None:
    """Collect the answers about packs, and about going on under another one."""
    mine = folder / "mine"
    assert typed(folder, "pack", "new", mine).code == 0
    (mine / "definitions.yaml").write_text(DEFINITIONS, "utf-8")
    chosen = folder / "chosen"
    chosen.mkdir()
    with_choices = make_ledger(chosen, choosing_pack())
    words_of = ("--set", "beds=closed_too", "--json")
    found["definitions"] = [typed(folder, "definitions", with_choices, *words_of).facts]
    newer = newer_pack(folder)
    found["pack"] = [
        typed(folder, "pack", "show", mine, "--json").facts,
        typed(folder, "pack", "diff", mine, newer, "--json").facts,
    ]
    found["upgrade"] = [
        typed(folder, "upgrade", path, "--pack", newer, "--dry-run", "--json").facts
    ]


def test_manual__has_exactly_the_keys_of_every_answer(tmp_path: Path) -> None:
    for command, found in answers(tmp_path).items():
        real = {key for answer in found for key in keys(answer)}
        real = {key for key in real if not key.startswith(FIGURE)}
        written = documented(command)
        assert leaves(written, real | written) == leaves(real, real | written), command


def leaves(some: set[str], every: set[str]) -> set[str]:
    """Leave out what only holds other keys: it is null or empty now and then."""
    return {
        key
        for key in some
        if not any(other.startswith((f"{key}.", f"{key}[]")) for other in every)
    }


@pytest.mark.unmeasured
@pytest.mark.parametrize(
    "command",
    [
        *COMMANDS,
        *(f"pack {action}" for action in PACK_ACTIONS),
        *("template fill", "template inspect", "collect make", "collect read"),
    ],
)
def test_manual__names_every_option(command: str) -> None:
    with pytest.raises(HelpWantedError) as asked:
        read(understood(Words(CATALOGUE)), [*command.split(), "--help"])
    options = set(re.findall(r"--[a-z-]+", str(asked.value))) - {"--help"}
    written = section(command.split(maxsplit=1)[0])
    assert {option for option in options if f"`{option}" not in written} == set()


def test_manual__has_a_section_for_every_command() -> None:
    heads = re.findall(r"^## ([a-z]+)$", MANUAL.read_text("utf-8"), re.MULTILINE)
    assert tuple(heads) == COMMANDS
