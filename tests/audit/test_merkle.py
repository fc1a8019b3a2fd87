"""The tree against the published vectors, and against the RFC's own recursive definitions."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.audit import merkle
from ledger.audit.canonical import leaf_hash
from ledger.errors import InvalidInput

VECTORS = json.loads((Path(__file__).parent / "vectors" / "rfc6962.json").read_text())
PUBLISHED = [leaf_hash(bytes.fromhex(text)) for text in VECTORS["leaves"]]
MANY = tuple(leaf_hash(str(n).encode()) for n in range(200))
sizes = st.integers(1, 200)


@cache
def mth(begin: int, end: int) -> bytes:
    """RFC 6962, 2.1: MTH(D[begin:end]) by its recursive definition."""
    if begin == end:
        return sha256(b"").digest()
    if end - begin == 1:
        return MANY[begin]
    k = below(end - begin)
    return sha256(b"\x01" + mth(begin, begin + k) + mth(begin + k, end)).digest()


def below(n: int) -> int:
    """The largest power of two smaller than n."""
    k = 1
    while k * 2 < n:
        k *= 2
    return k


def path(m: int, begin: int, end: int) -> list[bytes]:
    """RFC 6962, 2.1.1: PATH(m, D[begin:end])."""
    if end - begin == 1:
        return []
    k = below(end - begin)
    if m < k:
        return [*path(m, begin, begin + k), mth(begin + k, end)]
    return [*path(m - k, begin + k, end), mth(begin, begin + k)]


def subproof(m: int, begin: int, end: int, whole: bool) -> list[bytes]:
    """RFC 6962, 2.1.2: SUBPROOF(m, D[begin:end], whole)."""
    if m == end - begin:
        return [] if whole else [mth(begin, end)]
    k = below(end - begin)
    if m <= k:
        return [*subproof(m, begin, begin + k, whole), mth(begin + k, end)]
    return [*subproof(m - k, begin + k, end, False), mth(begin, begin + k)]


def stored(leaves: tuple[bytes, ...]) -> tuple[Callable[[int, int], bytes], list[int]]:
    """The complete subtrees as a database would keep them, and a list that counts look-ups."""
    _, nodes = merkle.Frontier().extend(leaves)
    known = {(level, index): value for level, index, value in nodes}
    known |= {(0, index): value for index, value in enumerate(leaves)}
    asked: list[int] = []

    def get(level: int, index: int) -> bytes:
        asked.append(level)
        return known[level, index]

    return get, asked


def test_the_published_roots_are_met_at_every_size() -> None:
    frontier = merkle.Frontier()
    for size, expected in enumerate(VECTORS["roots"]):
        assert merkle.root(PUBLISHED[:size]).hex() == expected
        assert frontier.root().hex() == expected
        if size < len(PUBLISHED):
            frontier, _ = frontier.append(PUBLISHED[size])


@pytest.mark.parametrize("vector", VECTORS["inclusion"])
def test_the_published_inclusion_proofs_are_made_and_verified(vector: dict[str, Any]) -> None:
    index, size = vector["index"], vector["size"]
    get, _ = stored(tuple(PUBLISHED))
    proof = merkle.inclusion_path(get, index, size)
    root = bytes.fromhex(VECTORS["roots"][size])
    assert [value.hex() for value in proof] == vector["path"]
    assert merkle.verify_inclusion(PUBLISHED[index], index, size, proof, root)


@pytest.mark.parametrize("vector", VECTORS["consistency"])
def test_the_published_consistency_proofs_are_made_and_verified(vector: dict[str, Any]) -> None:
    old, new = vector["old"], vector["new"]
    get, _ = stored(tuple(PUBLISHED))
    proof = merkle.consistency_path(get, old, new)
    old_root, new_root = (bytes.fromhex(VECTORS["roots"][size]) for size in (old, new))
    assert [value.hex() for value in proof] == vector["path"]
    assert merkle.verify_consistency(old, old_root, new, new_root, proof)


def test_every_inclusion_proof_up_to_a_hundred_leaves_is_the_rfcs_and_verifies() -> None:
    get, _ = stored(MANY)
    for size in range(1, 101):
        for index in range(size):
            proof = merkle.inclusion_path(get, index, size)
            assert proof == path(index, 0, size)
            assert merkle.verify_inclusion(MANY[index], index, size, proof, mth(0, size))


def test_every_consistency_proof_up_to_a_hundred_leaves_is_the_rfcs_and_verifies() -> None:
    get, _ = stored(MANY)
    for new in range(1, 101):
        for old in range(1, new + 1):
            proof = merkle.consistency_path(get, old, new)
            assert proof == subproof(old, 0, new, True)
            assert merkle.verify_consistency(old, mth(0, old), new, mth(0, new), proof)


@given(sizes, st.data())
def test_an_inclusion_proof_holds_for_its_leaf_index_size_and_root_only(
    size: int, data: st.DataObject
) -> None:
    get, asked = stored(MANY)
    index = data.draw(st.integers(0, size - 1))
    proof, root, leaf = merkle.inclusion_path(get, index, size), mth(0, size), MANY[index]
    assert proof == path(index, 0, size)
    assert len(asked) <= 2 * size.bit_length()
    assert merkle.verify_inclusion(leaf, index, size, proof, root)
    wrong = data.draw(st.integers(0, 200).filter(lambda other: other != index))
    assert not merkle.verify_inclusion(leaf, wrong, size, proof, root)
    assert not merkle.verify_inclusion(mth(0, 0), index, size, proof, root)
    assert not merkle.verify_inclusion(leaf, index, size, proof, mth(0, 0))
    assert not merkle.verify_inclusion(leaf, index, size, [*proof, root], root)
    for broken in broken_paths(proof):
        assert not merkle.verify_inclusion(leaf, index, size, broken, root)


@given(sizes, st.data())
def test_a_consistency_proof_holds_for_its_sizes_and_roots_only(
    new: int, data: st.DataObject
) -> None:
    get, asked = stored(MANY)
    old = data.draw(st.integers(1, new))
    proof = merkle.consistency_path(get, old, new)
    roots = mth(0, old), mth(0, new)
    assert proof == subproof(old, 0, new, True)
    assert len(asked) <= 2 * new.bit_length()
    assert merkle.verify_consistency(old, roots[0], new, roots[1], proof)
    assert not merkle.verify_consistency(old, mth(0, 0), new, roots[1], proof)
    assert not merkle.verify_consistency(old, roots[0], new, mth(0, 0), proof)
    assert not merkle.verify_consistency(old, roots[0], new, roots[1], [*proof, roots[0]])
    for broken in broken_paths(proof):
        assert not merkle.verify_consistency(old, roots[0], new, roots[1], broken)


def broken_paths(proof: list[bytes]) -> list[list[bytes]]:
    """The proof cut short, with a flipped bit in each hash, and with a hash of another length."""
    if not proof:
        return []
    flipped = [
        [*proof[:i], bytes([value[0] ^ 8]) + value[1:], *proof[i + 1 :]]
        for i, value in enumerate(proof)
    ]
    return [*flipped, proof[:-1], proof[1:], [*proof[:-1], proof[-1] + b"\x00"]]


@given(st.lists(st.integers(0, 70), max_size=5))
def test_a_frontier_grown_in_any_chunks_has_the_root_and_the_nodes_of_the_whole(
    chunks: list[int],
) -> None:
    frontier, nodes, done = merkle.Frontier(), [], 0
    for chunk in chunks:
        leaves = MANY[done : done + chunk]
        frontier, completed = frontier.extend(leaves)
        nodes += completed
        done += len(leaves)
    assert frontier.size == done
    assert frontier.root() == mth(0, done) == merkle.root(MANY[:done])
    expected = {
        (level, index): mth(index << level, (index + 1) << level)
        for level in range(1, 9)
        for index in range(done >> level)
    }
    assert {(level, index): value for level, index, value in nodes} == expected
    assert len(nodes) == len(expected)


def test_leaves_appended_one_by_one_complete_the_same_nodes() -> None:
    frontier, nodes = merkle.Frontier(), []
    for leaf in MANY:
        frontier, completed = frontier.append(leaf)
        nodes += completed
    whole, at_once = merkle.Frontier().extend(MANY)
    assert (frontier, sorted(nodes)) == (whole, sorted(at_once))


def test_a_frontier_read_from_stored_nodes_is_the_one_that_grew() -> None:
    get, _ = stored(MANY)
    for size in range(201):
        grown, _ = merkle.Frontier().extend(MANY[:size])
        assert merkle.frontier_at(get, size) == grown
        assert grown.root() == mth(0, size)


def test_the_empty_tree_is_consistent_with_every_tree_and_no_other_root_is_empty() -> None:
    empty = mth(0, 0)
    assert merkle.verify_consistency(0, empty, 5, mth(0, 5), [])
    assert merkle.verify_consistency(0, empty, 0, empty, [])
    assert not merkle.verify_consistency(0, mth(0, 1), 5, mth(0, 5), [])
    assert not merkle.verify_consistency(0, mth(0, 1), 0, mth(0, 1), [])
    assert not merkle.verify_consistency(0, empty, 5, mth(0, 5), [empty])


def test_a_smaller_tree_is_no_successor() -> None:
    assert not merkle.verify_consistency(2, mth(0, 2), 1, mth(0, 1), [])


def test_proofs_of_what_is_not_in_the_tree_are_refused() -> None:
    get, _ = stored(MANY)
    for index, size in ((0, 0), (5, 5), (-1, 5)):
        with pytest.raises(InvalidInput):
            merkle.inclusion_path(get, index, size)
    with pytest.raises(InvalidInput):
        merkle.consistency_path(get, 6, 5)


def test_a_frontier_has_one_root_for_each_set_bit_of_its_size() -> None:
    with pytest.raises(InvalidInput):
        merkle.Frontier(3, (MANY[0],))
