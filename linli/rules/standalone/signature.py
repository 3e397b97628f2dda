"""Signatures: Ed25519 (RFC 8032, 5.1), verification only."""

from __future__ import annotations

import hashlib

P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
BASE_Y = 4 * pow(5, P - 2, P) % P
Point = tuple[int, int, int, int]


def x_of(y: int, sign: int) -> int | None:
    """The x of a point of the curve, or None where there is none."""
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * pow(2, (P - 1) // 4, P) % P
    if (x * x - square) % P or (x == 0 and sign):
        return None
    return x if x & 1 == sign else P - x


def point_of(raw: bytes) -> Point | None:
    """The point that 32 bytes stand for."""
    number = int.from_bytes(raw, "little")
    y, sign = number & (2**255 - 1), number >> 255
    x = x_of(y, sign) if len(raw) == 32 and y < P else None
    return None if x is None else (x, y, 1, x * y % P)


def added(p: Point, q: Point) -> Point:
    """The sum of two points."""
    a, b = (p[1] - p[0]) * (q[1] - q[0]) % P, (p[1] + p[0]) * (q[1] + q[0]) % P
    c, d = 2 * p[3] * q[3] * D % P, 2 * p[2] * q[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def times(factor: int, p: Point) -> Point:
    """A point so many times."""
    found: Point = (0, 1, 1, 0)
    while factor:
        found = added(found, p) if factor & 1 else found
        p, factor = added(p, p), factor >> 1
    return found


def signed(public_key: bytes, message: bytes, signature: bytes) -> bool:
    """Whether the Ed25519 signature is the key's over the message."""
    key, r = point_of(public_key), point_of(signature[:32])
    s = int.from_bytes(signature[32:], "little")
    if key is None or r is None or len(signature) != 64 or s >= L:
        return False
    k = int.from_bytes(hashlib.sha512(signature[:32] + public_key + message).digest(), "little") % L
    base_x = x_of(BASE_Y, 0)
    assert base_x is not None
    left, right = times(s, (base_x, BASE_Y, 1, base_x * BASE_Y % P)), added(r, times(k, key))
    same_x = (left[0] * right[2] - right[0] * left[2]) % P == 0
    return same_x and (left[1] * right[2] - right[1] * left[2]) % P == 0
