from __future__ import annotations

from desktop.cli.parser import read
from desktop.cli.words import understood
from desktop.core.catalogue import CATALOGUE
from desktop.core.words import Words


def test_understood__submit() -> None:
    typed = "submit a.taizhang --to stick --mail x.eml --split 5MB --slip --no-pdf"
    found = vars(read(understood(Words(CATALOGUE)), typed.split()))
    assert (found["command"], found["ledger"]) == ("submit", "a.taizhang")
    assert (found["to"], found["mail"], found["split"]) == ("stick", "x.eml", "5MB")
    assert (found["slip"], found["no_pdf"]) == (True, True)
    assert (found["seal"], found["without_rosters"]) == (False, False)
