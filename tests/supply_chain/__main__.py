"""make supply-chain: licences, secrets, a bill of materials, and known weaknesses of packages.

Ends with 1 where something is found, and with 3 where nothing is found but the advisories could
not be asked for: that is no pass.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.supply_chain.licences import LOCKS, ROOT, allowed, licences

SBOM = ROOT / "build/sbom.json"
FOUND, UNKNOWN = 1, 3
_BIN = Path(sys.executable).parent
#: Hashes are what locks, vectors and stored data are made of.
_HASHES = r"^(requirements/.*\.txt|tests/audit/vectors/.*|tests/vectors/data/.*|examples/data/.*)$"
#: The name of a test may be as long as a token.
_PASSED_OVER = ("--exclude-files", _HASHES, "--exclude-lines", "^def test_")
#: Entropy alone says of every hash in a test that it is a secret.
_LOUD = ("HexHighEntropyString", "Base64HighEntropyString")
_SECONDS = 900


def main() -> int:
    """Each part says what it found; the worst of them is the exit code."""
    parts = (_licences, _secrets, _sbom, _advisories)
    codes = [part() for part in parts]
    code = FOUND if FOUND in codes else max(codes)
    ends = {
        0: "nothing found",
        FOUND: "SOMETHING IS FOUND",
        UNKNOWN: "NOT KNOWN in part, see above",
    }
    print(f"supply-chain: {ends[code]}")
    return code


def _run(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(_BIN / words[0]), *words[1:]],
        cwd=ROOT,
        check=False,
        capture_output=True,
        text=True,
        timeout=_SECONDS,
    )


def _licences() -> int:
    found = licences()
    wrong = {name: text for name, text in found.items() if not allowed(text)}
    for text in sorted(set(found.values())):
        print(f"  {text}: {', '.join(name for name, one in found.items() if one == text)}")
    print(f"licences: {len(found)} packages, not allowed: {wrong or 'none'}", flush=True)
    return FOUND if wrong else 0


def _secrets() -> int:
    files = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True, text=True
    ).stdout.split("\0")
    quiet = [word for name in _LOUD for word in ("--disable-plugin", name)]
    done = _run("detect-secrets", "scan", *quiet, *_PASSED_OVER, *filter(None, files))
    if done.returncode:
        print(f"secrets: the scan failed: {done.stderr[-500:]}")
        return FOUND
    results: dict[str, list[dict[str, Any]]] = json.loads(done.stdout)["results"]
    for path, many in results.items():
        print(*(f"  {path}:{one['line_number']}: {one['type']}" for one in many), sep="\n")
    print(f"secrets: {len(files) - 1} tracked files, found in {len(results)}", flush=True)
    return FOUND if results else 0


def _sbom() -> int:
    """What the server runs with, from its lock, with the licences beside it."""
    done = _run(
        *("cyclonedx-py", "requirements", str(LOCKS["runtime"]), "--of", "JSON"),
        *("--pyproject", "pyproject.toml", "--output-reproducible"),
    )
    if done.returncode:
        print(f"sbom: not made: {done.stderr[-500:]}")
        return FOUND
    made, known = json.loads(done.stdout), licences()
    for one in made["components"]:
        one["licenses"] = [{"expression": known.get(one["name"], "NOASSERTION")}]
    SBOM.parent.mkdir(exist_ok=True)
    SBOM.write_text(json.dumps(made, indent=1) + "\n", encoding="utf-8")
    print(f"sbom: {len(made['components'])} packages in {SBOM.relative_to(ROOT)}", flush=True)
    return 0


def _advisories() -> int:
    """Known weaknesses of what both locks pin, by the advisories of the Python index."""
    codes = []
    for name, lock in LOCKS.items():
        done = _run(
            *("pip-audit", "-r", str(lock), "--require-hashes", "--disable-pip"),
            *("--format", "json", "--progress-spinner", "off"),
        )
        codes.append(judged(name, done.stdout, done.stderr))
    return FOUND if FOUND in codes else max(codes)


def judged(name: str, output: str, errors: str) -> int:
    """What pip-audit's answer is worth: one about packages that it could not look up is no pass."""
    try:
        packages: list[dict[str, Any]] = json.loads(output)["dependencies"]
    except ValueError:
        last = (errors.strip().splitlines() or ["no answer"])[-1]
        print(f"advisories: {name}: NOT CHECKED, the advisories cannot be reached: {last[:300]}")
        return UNKNOWN
    weak = [one for one in packages if one.get("vulns")]
    for one in weak:
        print(f"  {one['name']} {one['version']}: {', '.join(v['id'] for v in one['vulns'])}")
    skipped = [one["name"] for one in packages if "skip_reason" in one]
    if skipped or not packages:
        print(
            f"advisories: {name}: NOT CHECKED for {len(skipped)} of {len(packages)} packages, of"
            " which this index has no advisories; run it where pypi.org is reached"
        )
    else:
        print(f"advisories: {name}: {len(packages)} packages, {len(weak)} with known weaknesses")
    if weak:
        return FOUND
    return UNKNOWN if skipped or not packages else 0


if __name__ == "__main__":
    sys.exit(main())
