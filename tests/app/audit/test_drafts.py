from __future__ import annotations

from desktop.app.audit.drafts import Draft
from desktop.app.audit.drafts import Topic
from desktop.core.findings import RecordId


def test_drafts__are_found_by_what_they_are_about() -> None:
    drafts = {Topic("eci", RecordId(1), "a"): Draft("", "还没写完", 4, focused=True)}
    assert drafts[Topic("eci", RecordId(1), "a")].text == "还没写完"
    assert Topic("eci", RecordId(2), "a") not in drafts
