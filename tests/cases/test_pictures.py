"""A photo is what its bytes are; what is shown of it tells no place."""

from io import BytesIO

import pytest
from PIL import Image

from linli.cases import uploads
from linli.cases.pictures import MOST_BYTES, picture
from linli.rules.refusal import Refused


def made(kind: str = "JPEG", size: tuple[int, int] = (400, 200), exif: Image.Exif | None = None) -> bytes:
    out = BytesIO()
    Image.new("RGB", size, "teal").save(out, kind, **({"exif": exif} if exif else {}))
    return out.getvalue()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_three_formats_are_taken_by_content(kind: str) -> None:
    assert picture(made(kind)).format == kind


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "photo-not-a-photo"),
        (made("GIF"), "photo-not-a-photo"),
        (made()[:400], "photo-broken"),
        (bytes(MOST_BYTES + 1), "photo-too-large"),
        (made("PNG", (10_000, 5_001)), "photo-too-many-pixels"),
        (b"", "photo-not-a-photo"),
    ],
)
def test_everything_else_is_refused_in_words(data: bytes, code: str) -> None:
    with pytest.raises(Refused) as refused:
        picture(data)
    assert refused.value.code == code


def test_the_copy_stands_upright_and_holds_no_metadata() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by a quarter
    exif.get_ifd(0x8825)[2] = (37.0, 47.0, 12.0)  # a latitude
    found = picture(made(exif=exif))
    for copy in (found.shown, found.small):
        image = Image.open(BytesIO(copy))
        assert image.height > image.width
        assert not image.getexif()
        assert b"Exif" not in copy


class _Claims:
    """A file that says it is huge; reading it is an accident."""

    size = 20 * 1024**3

    def read(self, length: int, /) -> bytes:
        raise AssertionError(f"{length} bytes of it were asked for")


def test_what_is_too_large_is_refused_unread() -> None:
    with pytest.raises(Refused, match="photo-too-large"):
        uploads.read(_Claims())
