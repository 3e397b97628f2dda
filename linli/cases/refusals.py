"""Why a photo is refused: codes with a sentence that says what to do instead. Same exception as a refused act."""

from __future__ import annotations

from linli.rules.refusal import Refused
from linli.rules.text import T

PHOTO_CODES: dict[str, T] = {
    "photo-missing": T("没有收到照片，请再选一次", "No photo arrived; please choose it again"),
    "photo-too-many": T(
        "照片太多了，请先把这件事送出", "Too many photos at once; please send this report first"
    ),
    "photo-too-large": T(
        "照片太大（{size} MB），请选 10 MB 以下的，或让我们帮您压缩",
        "This photo is too large ({size} MB). Choose one under 10 MB, or let us make it smaller",
    ),
    "photo-too-many-pixels": T(
        "照片的尺寸太大（超过 5000 万像素），请用手机拍一张普通照片",
        "This picture has too many pixels (over 50 million). An ordinary photo from a phone will do",
    ),
    "photo-not-a-photo": T(
        "这个文件不是照片，请选 JPEG、PNG 或 WebP 格式的照片",
        "This file is not a photo. Please choose a JPEG, PNG or WebP picture",
    ),
    "photo-broken": T(
        "这张照片打不开，文件可能没有传完整，请重新选一张",
        "This photo cannot be opened; the file may be incomplete. Please choose it again, or another one",
    ),
}


def refused(code: str, /, **values: object) -> Refused:
    """A ``Refused`` with one of these codes, its sentence filled with ``values``."""
    return Refused(code, PHOTO_CODES[code].format(**values))
