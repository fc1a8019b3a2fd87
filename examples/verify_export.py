"""Verifies exported histories, checkpoints and proofs: a second program, which shares no code.

For auditors: this file with signed_note.py and merkle_tree.py beside it, Python 3.11 or newer,
nothing to install; written from docs/audit-format.md. It trusts the key and checkpoints given.

    python verify_export.py history.jsonl --key verifier.key --checkpoint kept.txt
    python verify_export.py history.jsonl --key verifier.key --archive accruals.jsonl
    python verify_export.py proof.json --key verifier.key --checkpoint kept.txt
    python verify_export.py --key verifier.key --checkpoint one.txt --checkpoint other.txt

Exit code 0: nothing was found. 1: findings, each with its event where it concerns one.
"""

import argparse
import io
import json
import re
import sys
from collections import Counter
from datetime import date
from hashlib import sha256
from itertools import product
from pathlib import Path

from merkle_tree import EMPTY, Tree, consistent, included
from signed_note import read_note, unbase64

CHUNK, DEEPEST = 4096, 33
SPLIT = "SPLIT VIEW, evidence against the operator: its key signed"
# What a line is made of: its keys, and a pattern of its values' types as `form` writes them.
LETTERS = {str: "s", int: "i", bool: "b", type(None): "n"}
LINES = "lines of", r"(\[(\[ssi\])*\]|n)\[ii\]"
MANIFEST = "book checkpoint created_by filters format origin size version", r"sss\{.*\}ssii"
EVENT = (
    "actor approvals book booked_at entries kind lines_root number payload posting_date reason"
    " reference request_id reverses stripe subject v value_date",
    r"s\[s*\]si\[(\[issssi[sn][sn][in]\])*\]s[sn]i\{.*\}ssss[in]isis",
)


def opened(notes, key, tell):
    """The signed checkpoints, by size; those that cannot all be true are told."""
    found = set()
    for note in filter(None, notes):
        try:
            found.add(read_note(note, key))
        except ValueError as error:
            tell("", f"a checkpoint is refused: {error}")
    if len({origin for _, _, origin in found}) > 1:
        tell("", "the checkpoints are of several logs")
    for size, root, origin in found:
        if any((size, origin) == (p[0], p[2]) and root < p[1] for p in found):
            tell("", f"{SPLIT} two roots for the first {size} events of {origin}")
    return sorted(found)


def encoded(value):
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def form(value, depth=DEEPEST):
    """The types of a value, a letter each; a newline for what the format does not know."""
    if isinstance(value, dict) and depth and "".join(value).isascii():
        return "{" + "".join(form(each, depth - 1) for each in value.values()) + "}"
    if isinstance(value, list) and depth:
        return "[" + "".join(form(each, depth - 1) for each in value) + "]"
    return (
        "\n" if isinstance(value, int) and abs(value) >= 2**53 else LETTERS.get(type(value), "\n")
    )


def canonical(data, keys, pattern):
    """The object of canonical JSON, with these keys and types; else ValueError."""
    value = json.loads(data)
    if encoded(value) != data:
        raise ValueError("it is not canonical JSON")
    if not isinstance(value, dict) or [*value] != keys.split():
        raise ValueError("it has other keys")
    if not re.fullmatch(r"\{" + pattern + r"\}", form(value)):
        raise ValueError("it has values of other types")
    return value


def problems(event, book, stripe):
    """What an event breaks; `stripe` is its last number and time, and what it reversed so far."""
    entries, number, undone, sums = event["entries"], event["number"], event["reverses"], Counter()
    if (event["v"], event["book"]) != (1, book):
        yield "it is of another version or book"
    if number != stripe[0] + 1 or event["booked_at"] < stripe[1]:
        yield f"it does not follow event {stripe[0]} of its stripe in number and time"
    if undone is not None and (undone in stripe[2] or not 0 < undone < number):
        yield "what it reverses is no earlier event, or was reversed before"
    if any(amount <= 0 or side not in ("D", "C") for _, _, _, side, _, amount, *_ in entries):
        yield "an entry is no debit or credit above zero"
    for journal, _, _, side, currency, amount, *_ in entries:
        sums[journal, currency] += amount if side == "D" else -amount
    if any(sums.values()):
        yield "a journal does not balance"
    stripe[:2] = number, event["booked_at"]
    stripe[2].update({undone} - {None})
    for day in event["value_date"], event["posting_date"], *(entry[1] for entry in entries):
        if date.fromisoformat(day).isoformat() != day:
            yield f"{day} is no date"


class Export:
    """Takes the lines of an export; `tell(event, problem)` is told what is wrong."""

    def __init__(self, first, sizes, book, tell):
        self.tell, self.book, self.roots = tell, book, dict.fromkeys(sizes) | {0: EMPTY}
        self.tree, self.digest, self.sums, self.entries = Tree(), sha256(first), Counter(), 0
        self.name, self.stripes, self.chunk, self.owed, self.closed = "", {}, [], None, False
        self.given, self.missing = {}, {}

    def archive(self, line):
        """Takes a line of an archive file: the lines of a night that the export may lack."""
        content = canonical(line.removesuffix(b"\n"), *LINES)
        name, root = "-".join(map(str, content["of"])), lines_root(content["lines"])
        if not line.endswith(b"\n") or self.given.setdefault(name, root) != root:
            self.tell(name, "an archive's lines of it break off, or there are two of them")

    def read(self, line):
        take = {b'{"lines":': self.lines, b'{"leaves"': self.leaves, b'{"control': self.control}
        try:
            if self.closed or not line.endswith(b"\n"):
                self.tell("", "a line follows the control line, or has no end")
            take.get(line[:9], self.event)(line.removesuffix(b"\n"))
        except (ValueError, RecursionError) as error:
            self.tell(self.name, f"its line, or one after it: {error}")
        self.digest.update(line)

    def event(self, data):
        if self.owed or len(self.chunk) == CHUNK:
            self.tell(self.name, "after it, per-loan lines or leaf hashes are missing")
            self.owed, self.chunk = None, self.chunk[1 - CHUNK :]
        marks = re.search(rb'"stripe":(\d+),"s', data), re.search(rb'"number":(\d+),"p', data)
        self.name = "-".join(each[1].decode() for each in marks) if all(marks) else "?"
        self.chunk.append((self.name, self.tree.add(data)))
        if self.tree.size in self.roots:
            self.roots[self.tree.size] = self.tree.root()
        event = canonical(data, *EVENT)
        if event["lines_root"] is not None:
            self.owed = [event["stripe"], event["number"]], event["lines_root"]
            if self.given.pop(self.name, event["lines_root"]) != event["lines_root"]:
                self.tell(self.name, "its archived lines do not have the root that it recorded")
        self.night = event["value_date"] if event["kind"] == "day_closed" else ""
        span = [event["payload"].get(key) for key in ("since", "until")]
        if event["kind"] == "accruals_archived" and [*map(type, span)] == [str, str]:
            for name in [n for n, day in self.missing.items() if span[0] <= day <= span[1]]:
                del self.missing[name]
        for _, _, _, side, currency, amount, *_ in event["entries"]:
            self.entries += 1
            self.sums["debit" if side == "D" else "credit", currency] += amount
        stripe = self.stripes.setdefault(event["stripe"], [0, 0, set()])
        for problem in problems(event, self.book, stripe):
            self.tell(self.name, problem)

    def lines(self, data):
        owed, self.owed, content = self.owed, None, canonical(data, *LINES)
        root, night = lines_root(content["lines"]), owed and self.night
        if night and content["lines"] is None:
            root, self.missing[self.name] = owed[1], night
        if owed != (content["of"], root):
            raise ValueError("the per-loan lines do not have the root that the event recorded")

    def leaves(self, data):
        chunk, self.chunk = self.chunk, []
        text = unbase64(canonical(data, "leaves", "s")["leaves"])
        known = {text[i : i + 32] for i in range(0, len(text), 32)}
        for name in [name for name, leaf in chunk if leaf not in known]:
            self.tell(name, "its content is not what was recorded")
        if b"".join(leaf for _, leaf in chunk) != text:
            raise ValueError("the listed leaf hashes are not those of the events")

    def control(self, data):
        self.closed, sums = True, {"credit": {}, "debit": {}}
        for (side, currency), amount in self.sums.items():
            sums[side][currency] = str(amount)
        counted = {"entries": self.entries, "events": self.tree.size}
        found = sums | counted | {"sha256": self.digest.hexdigest()}
        if self.owed or self.chunk or data != encoded({"control": found}):
            raise ValueError("the control line does not fit the lines before it")


def lines_root(lines):
    tree = Tree()
    for line in lines or ():
        tree.add(encoded(line))
    return tree.root().hex() if lines is not None else None


def verify_export(first, lines, key, notes, tell, archives=()):
    manifest = canonical(first.removesuffix(b"\n"), *MANIFEST)
    if [manifest[k] for k in ("format", "version", "filters")] != ["loanledger.export", 1, {}]:
        tell("", "it is an export of another format or version, or filtered")
    points = opened([manifest["checkpoint"], *notes], key, tell)
    export = Export(first, {size for size, _, _ in points}, manifest["book"], tell)
    for line in archives:
        export.archive(line)
    for line in lines:
        export.read(line)
    for name in export.missing:
        tell(name, "its per-loan lines are missing, and no later event says they are archived")
    for name in export.given:
        tell(name, "an archive gives lines of it, and it is no bulk event of the export")
    count, proven = export.tree.size, [n for n, root, _ in points if export.roots[n] == root]
    for size, root, origin in points:
        if origin != manifest["origin"]:
            tell("", f"a checkpoint is of another log, {origin}")
        elif export.roots[size] != root:
            tell("", f"the first {size} of {count} events do not have the signed root")
            if any(size <= other for other in proven):
                tell("", f"{SPLIT} this history, and another one of its first {size} events")
    if not (export.closed and count == manifest["size"] == max([-1, *proven])):
        tell("", "it breaks off, or no checkpoint that fits covers all of it")
    return f"{count:,} events, {export.entries:,} entries, nothing altered"


def verify_proof(proof, key, notes, tell):
    inside = [proof.get(name) for name in ("note", "old_note", "new_note")]
    points, path = opened([*inside, *notes], key, tell), [unbase64(h, 32) for h in proof["path"]]
    sizes = [int(proof[name]) for name in ("size", "old_size", "new_size") if name in proof]
    roots = [[root for size, root, _ in points if size == wanted] for wanted in sizes]
    if not all(roots):
        tell("", f"signed checkpoints of {sizes} events are needed")
    if "index" in proof:
        data, index, size = unbase64(proof["canonical"]), int(proof["index"]), sizes[0]
        event, leaf = canonical(data, *EVENT), sha256(b"\0" + data).digest()
        name = f"{event['stripe']}-{event['number']}"
        if not all(included(leaf, index, size, path, root) for root in roots[0]):
            tell(name, f"it is not proven to be leaf {index} of {size}")
        shown = f"event {name} is leaf {index} of {size}"
        for line in proof.get("lines", ()):
            data, path = unbase64(line["canonical"]), [unbase64(h, 32) for h in line["path"]]
            index, size = int(line["index"]), int(line["size"])
            if encoded(json.loads(data)) != data:
                raise ValueError("a line is not canonical JSON")
            root, leaf = event["lines_root"], sha256(b"\0" + data).digest()
            if not (root and included(leaf, index, size, path, bytes.fromhex(root))):
                tell(name, "a line is not proven to be one of its own")
            shown += f"; its line {data.decode()}"
        return shown
    old, new = sizes
    if not all(consistent(old, one, new, other, path) for one, other in product(*roots)):
        tell("", f"{SPLIT} {old} and {new} events, and the proof does not join the two histories")
    return f"the first {old} of {new} events are as they were"


def lines_of(names):
    for name in names:
        with open(name, "rb") as file:
            yield from file


def verify(file, key, notes, tell, archives=()):
    """Tells of all that is wrong, and returns in words what was shown if nothing is."""
    with open(file, "rb") if file else io.BytesIO() as lines:
        first = next(lines, b"")
        if first.startswith(b'{"book":'):
            return verify_export(first, lines, key, notes, tell, archives)
        if first:
            proofs = json.loads(first + lines.read())
            proofs = proofs if isinstance(proofs, list) else [proofs]
            return "\n".join(verify_proof(each, key, notes, tell) for each in proofs)
    return f"{len(opened(notes, key, tell))} checkpoints, none against another"


def main():
    parser = argparse.ArgumentParser(description="Verifies an export, a proof, or checkpoints.")
    parser.add_argument("file", nargs="?", help="an export, or a proof as JSON")
    parser.add_argument("--key", required=True, help="the verifier key, or a file with it")
    parser.add_argument("--checkpoint", action="append", default=[], help="a file")
    parser.add_argument("--archive", action="append", default=[], help="a month of old lines")
    given, found = parser.parse_args(), []

    def tell(event, problem):
        found.append(event)
        print(f"event {event or '-'}: {problem}")

    try:
        key = given.key if "+" in given.key else Path(given.key).read_text("utf-8")
        notes = [Path(name).read_text("utf-8") for name in given.checkpoint]
        shown = verify(given.file, key, notes, tell, lines_of(given.archive))
    except (OSError, ValueError, TypeError, LookupError, RecursionError) as error:
        tell("", f"it cannot be read: {error!r}")
    print(f"{len(found)} findings" if found else f"verified: {shown}")
    sys.exit(bool(found))


if __name__ == "__main__":
    main()
