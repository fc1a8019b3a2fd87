"""Signed notes (c2sp.org/signed-note) and Ed25519 (RFC 8032, 5.1): verification only.

In integers and affine coordinates: about fifty milliseconds a signature. Only public values are
worked on, so time may tell of them.
"""

import base64
import re
from hashlib import sha256, sha512

P, L = 2**255 - 19, 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P


def verified(public, message, signature):
    """Whether the signature over the message is the key's; other encodings of one are refused."""
    r, s = signature[:32], int.from_bytes(signature[32:], "little")
    try:
        key, point = decoded(public), decoded(r)
    except ValueError:
        return False
    k = int.from_bytes(sha512(r + public + message).digest(), "little") % L
    return len(signature) == 64 and s < L and times(s, BASE) == added(point, times(k, key))


def decoded(data):
    """The point (x, y) of its one encoding (5.1.3); else ValueError."""
    number = int.from_bytes(data, "little")
    sign, y = number >> 255, number & (1 << 255) - 1
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(square, (P + 3) // 8, P)
    if x * x % P != square:
        x = x * pow(2, (P - 1) // 4, P) % P
    if len(data) != 32 or y >= P or x * x % P != square or (sign and not x):
        raise ValueError("not the encoding of a point")
    return (x if x & 1 == sign else P - x), y


def added(one, other):
    """The sum of two points: the addition of a twisted Edwards curve is complete."""
    (a, b), (c, d) = one, other
    e = D * a * b * c * d
    return (a * d + b * c) * pow(1 + e, -1, P) % P, (b * d + a * c) * pow(1 - e, -1, P) % P


def times(factor, point):
    """A point added to itself."""
    found = 0, 1
    for bit in f"{factor:b}":
        found = added(found, found)
        found = added(found, point) if bit == "1" else found
    return found


BASE = decoded(b"\x58" + b"\x66" * 31)


def unbase64(text, size=None):
    data = base64.b64decode(text, validate=True)
    if base64.b64encode(data).decode() != text or size not in (None, len(data)):
        raise ValueError("not base64, or of another length")
    return data


def read_note(text, key):
    """(size, root, origin) of a checkpoint that the key signed; else ValueError."""
    signer, _, rest = key.strip().partition("+")
    material = unbase64(rest[9:], 33)
    key_id = sha256(signer.encode() + b"\n" + material).digest()[:4]
    if not signer or material[0] != 1 or rest[:9] != f"{key_id.hex()}+":
        raise ValueError("the verifier key is not readable")
    body, _, tail = text.rpartition("\n\n")
    lines = [line.split(" ") for line in tail.removesuffix("\n").split("\n")]
    if re.search(r"[\x00-\x09\x0b-\x1f]|[^\n]\Z", text) or {*map(len, lines)} != {3}:
        raise ValueError("it is no signed note")
    blobs = [unbase64(blob) for dash, name, blob in lines if (dash, name) == ("\u2014", signer)]
    ours = [blob[4:] for blob in blobs if blob[:4] == key_id]
    if not ours or not all(verified(material[1:], body.encode() + b"\n", each) for each in ours):
        raise ValueError("it is not signed by this key")
    origin, size, root, *_ = (*body.split("\n"), "", "")
    if not origin or not re.fullmatch("0|[1-9][0-9]{0,18}", size):
        raise ValueError("it is no checkpoint")
    return int(size), unbase64(root, 32), origin
