"""Bugs in proofs, in commands that wait, and in the guards themselves."""

from __future__ import annotations

from tests.mutants.mutant import Mutant

_MERKLE = ("tests/audit/test_merkle.py",)
_CHECKPOINT = ("tests/audit/test_checkpoint.py",)
_VERIFY = ("tests/audit/test_verify.py", "tests/audit/test_verify_rules.py")
_HANDED = ("tests/server/test_handout.py",)
_LISTED = ("tests/client/test_bundle_checkpoints.py",)
_MODEL = ("tests/chaos/test_model.py",)
_SCHEMA = ("tests/server/test_schema.py",)
_CHECK = ("tests/server/test_verification.py",)

MUTANTS = (
    # Proofs
    Mutant(
        "nodes of the tree are hashed as leaves are",
        "ledger/audit/merkle.py",
        'return sha256(b"\\x01" + left + right).digest()\n\n\ndef root',
        'return sha256(b"\\x00" + left + right).digest()\n\n\ndef root',
        _MERKLE,
    ),
    Mutant(
        "a step of an inclusion proof is skipped",
        "ledger/audit/merkle.py",
        "return last == 0 and value == root",
        "return value == root or last != 0",
        _MERKLE,
    ),
    Mutant(
        "an inclusion proof is good for any index",
        "ledger/audit/merkle.py",
        "if position & 1 or position == last:",
        "if position & 1:",
        _MERKLE,
    ),
    Mutant(
        "a consistency proof does not look at the older root",
        "ledger/audit/merkle.py",
        "return new == 0 and old_value == old_root and new_value == new_root",
        "return new == 0 and new_value == new_root",
        _MERKLE,
    ),
    Mutant(
        "two trees of one size are consistent",
        "ledger/audit/merkle.py",
        "return not path and old_root == new_root and (old_size > 0 or old_root == EMPTY_ROOT)",
        "return not path",
        _MERKLE,
    ),
    Mutant(
        "a signature is not verified",
        "ledger/audit/checkpoint.py",
        "    for signature in ours:\n        _verify(key, signature, body)\n",
        "",
        _CHECKPOINT,
    ),
    Mutant(
        "a note that the key did not sign is opened",
        "ledger/audit/checkpoint.py",
        "    if not ours:\n",
        "    if False:\n",
        _CHECKPOINT,
    ),
    Mutant(
        "base64 has two spellings",
        "ledger/audit/checkpoint.py",
        "    if _encode(data) != text:\n",
        "    if False:\n",
        _CHECKPOINT,
    ),
    Mutant(
        "a checkpoint of another log is taken",
        "ledger/audit/verify.py",
        "if checkpoint.origin != manifest.origin:",
        "if False:",
        _VERIFY,
    ),
    Mutant(
        "the verifier does not compare the root",
        "ledger/audit/verify.py",
        "elif reader.computed.roots[size] == checkpoint.root:",
        "elif True:",
        _VERIFY,
    ),
    Mutant(
        "the verifier takes JSON that is not canonical",
        "ledger/audit/canonical.py",
        "if not problem and encode(event) != canonical:",
        "if False:",
        _VERIFY,
    ),
    Mutant(
        "the verifier does not look at per-loan lines",
        "ledger/audit/reader.py",
        'elif lines_root(found["lines"]) != owed.lines_root:',
        "elif False:",
        _VERIFY,
    ),
    Mutant(
        "the verifier does not miss an event at the end",
        "ledger/audit/reader.py",
        "if self.count != self.manifest.size:",
        "if False:",
        _VERIFY,
    ),
    Mutant(
        "a witness believes any history",
        "ledger/audit/witness.py",
        "if not verify_consistency(old.size, old.root, new.size, new.root, path):",
        "if False:",
        ("tests/audit/test_witness.py",),
    ),
    Mutant(
        "a bundle's list of checkpoints may have any roots",
        "ledger/audit/kept.py",
        "elif point is not None and point.root != self._frontier.root():",
        "elif False:",
        _LISTED,
    ),
    Mutant(
        "a bundle's list of checkpoints may lack the last one",
        "ledger/audit/kept.py",
        "if self._last != size:",
        "if False:",
        _LISTED,
    ),
    Mutant(
        "a handed out object is overwritten",
        "server/stores.py",
        'mode="create"',
        'mode="overwrite"',
        _HANDED,
    ),
    Mutant(
        "what a slower sealer kept later is not handed out",
        "server/handout.py",
        "self._after[suffix] = passed[0] - 1",
        "self._after[suffix] = size",
        _HANDED,
    ),
    Mutant(
        "a place that is away ends the hand-out",
        "server/handout.py",
        "        except StoreError as error:\n            log.warning",
        "        except Differs as error:\n            log.warning",
        _HANDED,
    ),
    Mutant(
        "a time stamp may tell any time",
        "ledger/audit/timestamps.py",
        "    if moment + APART < recorded:",
        "    if False:",
        ("tests/audit/test_timestamps.py",),
    ),
    Mutant(
        "a time stamp may be over any hash",
        "ledger/audit/timestamps.py",
        "        if info.message_imprint.hash_algorithm.dotted_string != _SHA256:",
        "        if False:",
        ("tests/audit/test_timestamps.py",),
    ),
    Mutant(
        "a bundle's time stamps are not held against its events",
        "ledger/audit/kept.py",
        "            require_after(moment, self._recorded)\n",
        "",
        _LISTED,
    ),
    Mutant(
        "a time stamp that does not hold is kept",
        "server/timestamps.py",
        "moment = self._ask.authority.moment(newest.note, token, request.nonce)",
        "moment = newest.sealed_at or 0",
        ("tests/server/test_timestamps.py",),
    ),
    Mutant(
        "a loan's line is proven whatever its path",
        "ledger/audit/proofs.py",
        "return canonical.decode() if proven else None",
        "return canonical.decode()",
        ("tests/server/test_line_proofs.py",),
    ),
    Mutant(
        "a restore leaves the database open to everybody",
        "server/restore.py",
        '    (cluster / "recovery.signal").touch()\n',
        '    (cluster / "recovery.signal").touch()\n'
        '    (cluster / "pg_hba.conf").write_text("local all all trust\\n", "utf-8")\n',
        ("tests/server/test_restored_access.py",),
    ),
    Mutant(
        "the second verifier takes any line of a loan",
        "examples/verify_export.py",
        "            if not (root and included(",
        "            if not (root or included(",
        ("tests/audit/test_line_proofs.py",),
    ),
    # Access
    # The guards themselves
    Mutant(
        "the full-book check does not compare states",
        "ledger/lending/verification.py",
        "    if stored == state:\n",
        "    if True:\n",
        _CHECK,
    ),
    Mutant(
        "the full-book check does not add up the loans of a control account",
        "ledger/lending/verification.py",
        "        if ledger != total:\n",
        "        if False:\n",
        _CHECK,
    ),
    # Upgrades and clocks
    Mutant(
        "an older schema is served",
        "server/furnishing.py",
        "if problem := lacking(found):",
        "if (problem := lacking(found)) is None:",
        _SCHEMA,
    ),
    Mutant(
        "a migration gives up at the first table in use",
        "server/migrate.py",
        "if not left:",
        "if left:",
        _SCHEMA,
    ),
    Mutant(
        "two migrations run at once",
        "migrations/env.py",
        "connection.execute(_ONE_AT_A_TIME)",
        "pass",
        _SCHEMA,
    ),
    Mutant(
        "a clock that is ahead refuses tokens",
        "server/tokens.py",
        '"verify_iat": False',
        '"verify_iat": True',
        ("tests/server/test_tokens.py",),
    ),
    Mutant(
        "the model does not count a command's events",
        "tests/chaos/model.py",
        'if len(own) != (command.state == "done"):',
        "if False:",
        _MODEL,
    ),
    Mutant(
        "the model takes events that nobody asked for",
        "tests/chaos/model.py",
        'yield from (f"{name}: nobody asked for it" for name in found)',
        "yield from ()",
        _MODEL,
    ),
    Mutant(
        "the model does not look at roots",
        "tests/chaos/model.py",
        "if known[size] != signed:",
        "if False:",
        _MODEL,
    ),
    Mutant(
        "the model does not add up loans",
        "tests/chaos/model.py",
        "if held[loan] != shown.get(loan, {}):",
        "if False:",
        _MODEL,
    ),
)
