"""The Merkle tree of RFC 6962 / RFC 9162: roots, a growing frontier, and proofs of both kinds.

A complete subtree is named (level, index): it covers leaves index * 2**level up to, and not
including, (index + 1) * 2**level. A database keeps complete subtrees only; all else is composed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

from ledger.errors import InvalidInput, Violation

HASH_SIZE: Final = 32
EMPTY_ROOT: Final = sha256(b"").digest()
_interior = sha256(b"\x01").copy

#: A complete subtree as stored: level (0 = leaves), index in its level, hash.
Node = tuple[int, int, bytes]
#: Looks up a complete subtree's hash by (level, index).
GetNode = Callable[[int, int], bytes]


def node_hash(left: bytes, right: bytes) -> bytes:
    """RFC 6962, 2.1: SHA-256(0x01 || left || right)."""
    return sha256(b"\x01" + left + right).digest()


def root(leaves: Sequence[bytes]) -> bytes:
    """The root over leaf hashes; a node without a sibling rises unchanged (RFC 6962, 2.1)."""
    return root_of(b"".join(leaves))


def root_of(leaves: bytes) -> bytes:
    """The root over leaf hashes that stand one after another."""
    row = leaves
    if not row:
        return EMPTY_ROOT
    while len(row) > HASH_SIZE:
        paired = len(row) - len(row) % (2 * HASH_SIZE)
        row = b"".join(_joined(row[:paired])) + row[paired:]
    return row


@dataclass(frozen=True, slots=True)
class Frontier:
    """All that is needed to go on growing a tree: one complete subtree per set bit of its size."""

    size: int = 0
    roots: tuple[bytes, ...] = ()  # the largest, and leftmost, first

    def __post_init__(self) -> None:
        if self.size < 0 or len(self.roots) != self.size.bit_count():
            raise _refused("roots", "one root for each set bit of the size")

    def append(self, leaf: bytes) -> tuple[Frontier, list[Node]]:
        """The frontier with one leaf more, and the interior nodes that it completed."""
        return self.extend((leaf,))

    def extend(self, leaves: Iterable[bytes]) -> tuple[Frontier, list[Node]]:
        """The frontier with these leaf hashes, and the interior nodes (level 1 up) completed."""
        row, waiting, level = list(leaves), list(self.roots), 0
        size = self.size + len(row)
        kept: list[bytes] = []
        nodes: list[Node] = []
        while row:
            if self.size >> level & 1:
                row.insert(0, waiting.pop())
            if len(row) % 2:
                kept.append(row.pop())
            row = _joined(b"".join(row))
            level += 1
            first = self.size >> level
            nodes.extend((level, first + i, value) for i, value in enumerate(row))
        return Frontier(size, (*waiting, *reversed(kept))), nodes

    def root(self) -> bytes:
        """The root of the tree so far."""
        return _fold(self.roots)


def frontier_at(get_node: GetNode, size: int) -> Frontier:
    """The frontier of the first `size` leaves, from stored nodes; its root() is the root then."""
    return Frontier(size, tuple(get_node(*node) for node in _subtrees(0, size)))


def inclusion_path(get_node: GetNode, index: int, size: int) -> list[bytes]:
    """RFC 6962, 2.1.1: the hashes that lead from leaf `index` to the root of `size` leaves."""
    if not 0 <= index < size:
        raise _refused("index", f"between 0 and {size - 1}")
    path: list[bytes] = []
    begin, end = 0, size
    while end - begin > 1:
        middle = begin + _split(end - begin)
        if index < middle:
            path.append(_range_root(get_node, middle, end))
            end = middle
        else:
            path.append(_range_root(get_node, begin, middle))
            begin = middle
    return path[::-1]


def path_among(leaves: Sequence[bytes], index: int) -> list[bytes]:
    """The inclusion path of a leaf where all leaf hashes are at hand."""
    _, nodes = Frontier().extend(leaves)
    known = {(0, n): leaf for n, leaf in enumerate(leaves)}
    known |= {(level, n): value for level, n, value in nodes}
    return inclusion_path(lambda level, n: known[level, n], index, len(leaves))


def consistency_path(get_node: GetNode, old: int, new: int) -> list[bytes]:
    """RFC 6962, 2.1.2: the hashes showing that the first `old` of `new` leaves are unchanged."""
    if not 0 <= old <= new:
        raise _refused("old", f"between 0 and {new}")
    path: list[bytes] = []
    begin, end = 0, new
    while old not in (0, end):
        middle = begin + _split(end - begin)
        if old <= middle:
            path.append(_range_root(get_node, middle, end))
            end = middle
        else:
            path.append(_range_root(get_node, begin, middle))
            begin = middle
    if begin:
        path.append(_range_root(get_node, begin, end))
    return path[::-1]


def verify_inclusion(
    leaf: bytes, index: int, size: int, path: Sequence[bytes], root: bytes
) -> bool:
    """RFC 9162, 2.1.3.2: whether `leaf` is leaf `index` of the tree with this size and root."""
    if not 0 <= index < size or not _are_hashes((leaf, root, *path)):
        return False
    position, last, value = index, size - 1, leaf
    for sibling in path:
        if last == 0:
            return False
        if position & 1 or position == last:
            value = node_hash(sibling, value)
            position, last = _rise(position, last)
        else:
            value = node_hash(value, sibling)
        position, last = position >> 1, last >> 1
    return last == 0 and value == root


def verify_consistency(
    old_size: int, old_root: bytes, new_size: int, new_root: bytes, path: Sequence[bytes]
) -> bool:
    """RFC 9162, 2.1.4.2: whether the tree of `new_size` only appends to that of `old_size`."""
    if not 0 <= old_size <= new_size or not _are_hashes((old_root, new_root, *path)):
        return False
    if old_size == new_size:
        return not path and old_root == new_root and (old_size > 0 or old_root == EMPTY_ROOT)
    if old_size == 0:
        return not path and old_root == EMPTY_ROOT
    steps = [old_root, *path] if old_size.bit_count() == 1 else list(path)
    return bool(steps) and _reaches_both(steps, old_size - 1, new_size - 1, old_root, new_root)


def _reaches_both(steps: list[bytes], old: int, new: int, old_root: bytes, new_root: bytes) -> bool:
    while old & 1:
        old, new = old >> 1, new >> 1
    old_value = new_value = steps[0]
    for sibling in steps[1:]:
        if new == 0:
            return False
        if old & 1 or old == new:
            old_value = node_hash(sibling, old_value)
            new_value = node_hash(sibling, new_value)
            old, new = _rise(old, new)
        else:
            new_value = node_hash(new_value, sibling)
        old, new = old >> 1, new >> 1
    return new == 0 and old_value == old_root and new_value == new_root


def _rise(position: int, last: int) -> tuple[int, int]:
    """Skips the levels at which the border node has no sibling."""
    while position and not position & 1:
        position, last = position >> 1, last >> 1
    return position, last


def _joined(row: bytes) -> list[bytes]:
    """The parents of nodes that stand one after another, two and two; a copied hash state each."""
    found = []
    for begin in range(0, len(row), 2 * HASH_SIZE):
        node = _interior()
        node.update(row[begin : begin + 2 * HASH_SIZE])
        found.append(node.digest())
    return found


def _fold(roots: Sequence[bytes]) -> bytes:
    """Complete subtrees, the largest first, as one root."""
    if not roots:
        return EMPTY_ROOT
    value = roots[-1]
    for left in roots[-2::-1]:
        value = node_hash(left, value)
    return value


def _split(size: int) -> int:
    """The largest power of two below `size`, for size > 1."""
    return 1 << ((size - 1).bit_length() - 1)


def _subtrees(begin: int, end: int) -> Iterator[tuple[int, int]]:
    """The complete subtrees that cover an aligned range, the largest first."""
    while begin < end:
        level = (end - begin).bit_length() - 1
        yield level, begin >> level
        begin += 1 << level


def _range_root(get_node: GetNode, begin: int, end: int) -> bytes:
    return _fold([get_node(*node) for node in _subtrees(begin, end)])


def _are_hashes(values: Iterable[bytes]) -> bool:
    return all(len(value) == HASH_SIZE for value in values)


def _refused(field: str, description: str) -> InvalidInput:
    return InvalidInput([Violation(field, description)])
