"""`taizhang pack export-xlsx` and `import-xlsx`: packs in a workbook."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from desktop.app.files.importing import read_file
from desktop.app.packs.books import PackFromBook
from desktop.app.packs.books import pack_of_book
from desktop.cli.desk import DONE
from desktop.cli.desk import FOUND
from desktop.cli.desk import CannotRunError
from desktop.cli.named_pack import pack_of
from desktop.cli.named_pack import tell_faults
from desktop.cli.pack_write import new_folder
from desktop.cli.pack_write import write_texts
from desktop.core.messages import Message
from desktop.export.xlsx.pack_book import write_pack_book
from desktop.forms.sheets import sheets_of
from desktop.forms.yaml_out import pack_to_yaml

if TYPE_CHECKING:
    from argparse import Namespace

    from desktop.cli.desk import Desk


def export_book(desk: Desk, options: Namespace) -> int:
    """Write a pack as a workbook, a sheet a kind of part."""
    pack = pack_of(desk, options.pack)
    path = Path(options.out or f"{pack.id}-{pack.version}.xlsx")
    write_pack_book(path.absolute(), sheets_of(pack))
    desk.tell("Wrote {path}.", path=str(path))
    return DONE


def import_book(desk: Desk, options: Namespace) -> int:
    """Make a pack's folder of a workbook, or of an XLSForm."""
    folder = new_folder(options.folder)
    source = read_file(Path(options.file), desk.places.reader)
    if isinstance(source, Message):
        raise CannotRunError(source)
    found = pack_of_book(source, folder.name, desk.person.clock().year)
    if not isinstance(found, PackFromBook):
        tell_faults(desk, source.file, found)
        desk.tell("Nothing was written: the pack has faults.")
        return FOUND
    pack = found.pack.replaced(id=folder.name)
    texts = pack_to_yaml(pack)
    write_texts(folder, texts)
    for said in found.left:
        desk.told(said)
    for name in texts:
        desk.line(str(folder / name))
    desk.tell("Change it, then: taizhang pack lint {folder}", folder=str(folder))
    return FOUND if found.left else DONE
