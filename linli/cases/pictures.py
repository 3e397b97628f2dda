"""What a photo is, found out from its bytes, and the copies that may be shown: upright, smaller, without any metadata. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageOps, UnidentifiedImageError

from linli.cases.refusals import refused

FORMATS = ("JPEG", "PNG", "WEBP")
MOST_BYTES = 10 * 1024 * 1024
MOST_PIXELS = 50_000_000
LONGEST, SMALL = 2000, 240
"""The longer side in pixels of the copy that is shown, and of the small one in lists."""

# Pillow refuses what unpacks to far more than its file lets expect; from this size on, before anything is unpacked.
Image.MAX_IMAGE_PIXELS = MOST_PIXELS
BOMBS = (Image.DecompressionBombError, Image.DecompressionBombWarning)


@dataclass(frozen=True, slots=True)
class Picture:
    """A photo as received: its true format and size in pixels, and two JPEG copies for showing."""

    format: str
    width: int
    height: int
    shown: bytes
    small: bytes


def fits(size: int) -> None:
    """Whether a file of so many bytes is looked at. Raises: Refused ``photo-too-large``."""
    if size > MOST_BYTES:
        raise refused("photo-too-large", size=-(-size // (1024 * 1024)))


def picture(data: bytes) -> Picture:
    """Look at the bytes, whatever the file is called. Raises: Refused ``photo-…`` with what to do."""
    fits(len(data))
    image = _opened(data)
    if image.width * image.height > MOST_PIXELS:
        raise refused("photo-too-many-pixels")
    found, width, height = str(image.format), image.width, image.height
    try:
        image.draft("RGB", (LONGEST, LONGEST))
        upright = _plain(ImageOps.exif_transpose(image))
    except (OSError, ValueError, SyntaxError, *BOMBS):
        raise refused("photo-broken") from None
    return Picture(found, width, height, _jpeg(upright, LONGEST), _jpeg(upright, SMALL))


def _opened(data: bytes) -> Image.Image:
    try:
        return Image.open(BytesIO(data), formats=FORMATS)
    except BOMBS:
        raise refused("photo-too-many-pixels") from None
    except UnidentifiedImageError:
        raise refused("photo-not-a-photo") from None
    except (OSError, ValueError, SyntaxError):
        raise refused("photo-broken") from None


def _plain(image: Image.Image) -> Image.Image:
    """The pixels alone, on white where they are transparent: no place, no time, no maker, no colour profile."""
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        layer = image.convert("RGBA")
        ground = Image.new("RGB", layer.size, "white")
        ground.paste(layer, mask=layer.getchannel("A"))
        return ground
    return image.convert("RGB")


def _jpeg(image: Image.Image, longest: int) -> bytes:
    copy, out = image.copy(), BytesIO()
    copy.thumbnail((longest, longest))
    copy.info.clear()
    copy.save(out, "JPEG", quality=82, optimize=True)
    return out.getvalue()
