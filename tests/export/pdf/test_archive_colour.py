from __future__ import annotations

from io import BytesIO

from PIL import Image
from PIL import ImageCms

from desktop.export.pdf.archive_colour import HEAD
from desktop.export.pdf.archive_colour import srgb_profile


def test_srgb_profile__is_whole_and_of_version_2() -> None:
    profile = srgb_profile()

    assert int.from_bytes(profile[:4]) == len(profile)
    assert profile[8] == 2
    assert profile[36:40] == b"acsp"
    assert len(profile) > HEAD


def test_srgb_profile__means_the_colours_of_srgb() -> None:
    ours = ImageCms.ImageCmsProfile(BytesIO(srgb_profile()))
    known = ImageCms.createProfile("sRGB")
    colours = bytes(range(256)) * 9
    picture = Image.frombytes("RGB", (256, 3), colours)

    change = ImageCms.buildTransform(ours, known, "RGB", "RGB")
    seen = ImageCms.applyTransform(picture, change)

    assert seen is not None
    pairs = zip(colours, seen.tobytes(), strict=True)
    assert max(abs(ours - known) for ours, known in pairs) <= 1
    assert ImageCms.getProfileDescription(ours).strip() == "sRGB IEC61966-2.1"
