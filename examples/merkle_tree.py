"""The Merkle tree of RFC 6962, for verify_export.py: roots, and proofs of both kinds."""

from hashlib import sha256

EMPTY = sha256(b"").digest()


def node(left, right):
    return sha256(b"\x01" + left + right).digest()


def climbed(index, size, path, whole):
    """[root up to the index, root of all] by a path whose last hash is the other half of the tree.

    It begins at the leaf, or with `whole` at a complete subtree that ends with the index.
    """
    if not path:
        return [b"", b""]
    value = path.pop()
    if size == 1 or (whole and index == size - 1):
        return [value, value]
    half = 1 << (size - 1).bit_length() - 1
    if index < half:
        before, after = climbed(index, half, path, whole)
        return [before, node(after, value)]
    return [node(value, found) for found in climbed(index - half, size - half, path, whole)]


def included(leaf, index, size, path, root):
    """Whether the leaf stands at the index in the tree of that size and root."""
    rest = [leaf, *path]
    fits = 0 <= index < size and {*map(len, rest)} == {32}
    return fits and climbed(index, size, rest, False)[1] == root and not rest


def consistent(old, old_root, new, new_root, path):
    """Whether the tree of the new size only adds to that of the old one."""
    if old == 0:
        return not path and old_root == EMPTY and (new > 0 or new_root == EMPTY)
    rest = [old_root, *path] if old in (new, 1 << old.bit_length() - 1) else [*path]
    fits = 0 < old <= new and {*map(len, rest)} == {32}
    return fits and climbed(old - 1, new, rest, True) == [old_root, new_root] and not rest


class Tree:
    """Grows by a leaf at a time; holds one hash for each bit of its size."""

    def __init__(self):
        self.size, self.stack = 0, []

    def add(self, data):
        self.size, leaf = self.size + 1, sha256(b"\0" + data).digest()
        self.stack.append(leaf)
        for _ in range((self.size & -self.size).bit_length() - 1):
            self.stack[-2:] = [node(*self.stack[-2:])]
        return leaf

    def root(self):
        *rest, found = self.stack or [EMPTY]
        while rest:
            found = node(rest.pop(), found)
        return found
