"""Packages for a successor and for the archive, for tests."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from gettext import translation
from typing import TYPE_CHECKING

from desktop.app.handover.keeping.archiving import Made
from desktop.app.handover.keeping.archiving import Maker
from desktop.app.handover.keeping.archiving import Wish
from desktop.app.handover.keeping.archiving import copied
from desktop.app.handover.keeping.archiving import make_package
from desktop.app.handover.keeping.archiving import note_given
from desktop.core.catalogue import CATALOGUE
from desktop.core.words import Words
from desktop.exchange.handing import Purpose
from desktop.exchange.sealing import LEAST_COST
from tests.cli.desks import RESOURCES
from tests.exchange.townships import opened
from tests.small import person

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from desktop.app.person import Person
    from desktop.app.progress import Progress
    from desktop.app.progress import Watcher

SAY = Words(CATALOGUE, translation("taizhang", RESOURCES / "locale", ["zh_CN"]))
SUCCESSOR: Person = replace(person(), who="王明")
PHRASE = "a long word"


def going_on(_: Progress) -> bool:
    return True


def maker(watch: Watcher = going_on) -> Maker:
    return Maker(person(), RESOURCES / "fonts", SAY, watch, LEAST_COST)


def make(
    path: Path, wish: Wish, watch: Watcher = going_on, *, note: bool = True
) -> Made:
    with opened(path) as ledger:
        copy = copied(ledger, wish.folder.parent / "copies", watch)
        made = make_package(copy, path, wish, maker(watch))
        if note:
            note_given(ledger, made)
    return made


def handover(folder: Path, note: str = "", password: str = "") -> Wish:
    return Wish(Purpose.HANDOVER, folder, "王明", note, password)


def archive(folder: Path, key_password: str | None = None) -> Wish:
    return Wish(Purpose.ARCHIVE, folder, key_password=key_password)


def rezipped(path: Path, name: str, change: Callable[[bytes], bytes]) -> Path:
    """Write a package anew with one of its files changed."""
    other = path.with_name("other.zip")
    with zipfile.ZipFile(path) as given, zipfile.ZipFile(other, "w") as made:
        for each in given.namelist():
            data = given.read(each)
            made.writestr(each, change(data) if each == name else data)
    return other


def stopping_after(count: int) -> tuple[Watcher, list[str]]:
    heard: list[str] = []

    def watch(progress: Progress) -> bool:
        heard.append(progress.doing.code)
        return len(heard) <= count

    return watch, heard
