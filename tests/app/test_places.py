from __future__ import annotations

from pathlib import Path

from desktop.app.places import Places


def test_places__all_resources_are_there() -> None:
    root = Path(__file__).parents[2] / "resources"
    places = Places(root, Path("settings.json"), Path("documents"), ("python",))
    assert places.regions.is_file()
    folders = (places.packs, places.fonts, places.locale, places.samples)
    for folder in (*folders, places.handbook):
        assert folder.is_dir()


def test_places__what_is_the_persons_stands_together() -> None:
    places = Places(Path("res"), Path("conf") / "settings.json", Path("docs"), ())
    assert places.people.parent == places.known_packs.parent == Path("conf")
    assert places.compiled_binding.parent == places.settings.parent
