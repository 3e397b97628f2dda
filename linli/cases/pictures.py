"""What a photo is, found out from its bytes, and the copies that may be shown: upright, smaller, without any metadata. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageOps, UnidentifiedImageError

from linli.rules.refusal import Refused
from linli.rules.text import T

FORMATS = ("JPEG", "PNG", "WEBP")
MOST_BYTES = 10 * 1024 * 1024
MOST_PIXELS = 50_000_000
LONGEST, SMALL = 2000, 240
"""The longer side in pixels of the copy that is shown, and of the small one in lists."""

# Pillow refuses what unpacks to far more than its file lets expect; from this size on, before anything is unpacked.
Image.MAX_IMAGE_PIXELS = MOST_PIXELS
BOMBS = (Image.DecompressionBombError, Image.DecompressionBombWarning)

TOO_LARGE = T(
    "照片太大（{size} MB），请选 10 MB 以下的，或让我们帮您压缩",
    "This photo is too large ({size} MB). Choose one under 10 MB, or let us make it smaller",
)
TOO_MANY_PIXELS = T(
    "照片的尺寸太大（超过 5000 万像素），请用手机拍一张普通照片",
    "This picture has too many pixels (over 50 million). An ordinary photo from a phone will do",
)
NOT_A_PHOTO = T(
    "这个文件不是照片，请选 JPEG、PNG 或 WebP 格式的照片",
    "This file is not a photo. Please choose a JPEG, PNG or WebP picture",
)
BROKEN = T(
    "这张照片打不开，文件可能没有传完整，请重新选一张",
    "This photo cannot be opened; the file may be incomplete. Please choose it again, or another one",
)


@dataclass(frozen=True, slots=True)
class Picture:
    """A photo as received: its true format and size in pixels, and two JPEG copies for showing."""

    format: str
    width: int
    height: int
    shown: bytes
    small: bytes


def picture(data: bytes) -> Picture:
    """Look at the bytes, whatever the file is called. Raises: Refused ``photo-…`` with what to do."""
    if len(data) > MOST_BYTES:
        raise Refused("photo-too-large", TOO_LARGE.format(size=-(-len(data) // (1024 * 1024))))
    image = _opened(data)
    if image.width * image.height > MOST_PIXELS:
        raise Refused("photo-too-many-pixels", TOO_MANY_PIXELS)
    found, width, height = str(image.format), image.width, image.height
    try:
        image.draft("RGB", (LONGEST, LONGEST))
        upright = _plain(ImageOps.exif_transpose(image))
    except (OSError, ValueError, SyntaxError, *BOMBS):
        raise Refused("photo-broken", BROKEN) from None
    return Picture(found, width, height, _jpeg(upright, LONGEST), _jpeg(upright, SMALL))


def _opened(data: bytes) -> Image.Image:
    try:
        return Image.open(BytesIO(data), formats=FORMATS)
    except BOMBS:
        raise Refused("photo-too-many-pixels", TOO_MANY_PIXELS) from None
    except UnidentifiedImageError:
        raise Refused("photo-not-a-photo", NOT_A_PHOTO) from None
    except (OSError, ValueError, SyntaxError):
        raise Refused("photo-broken", BROKEN) from None


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
