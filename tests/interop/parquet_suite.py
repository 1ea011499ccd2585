"""The files of parquet-testing through `amlprep convert`, beside what DuckDB read: every value that both can say. Files
that are broken end in one line, never in a crash. Argument: amlprep. Skips (77) without the suite or the plugin."""
import json
import math
import os
import re
import subprocess
import sys
from pathlib import Path

NOT_COMPARED = ("variant", "shredded_variant")  # a type that has no columns here
TOLERANCE = 1e-6  # DuckDB widens a float's bits, amlprep its digits


def as_bytes(text):
    """DuckDB's blobs: printable ASCII, other bytes as \\xHH."""
    return re.sub(rb"\\x([0-9A-Fa-f]{2})", lambda found: bytes([int(found[1], 16)]), text.encode())


def plain(value):
    """Text that spells the same value in both: times without zone, numbers as numbers, nested values parsed."""
    if isinstance(value, str):
        if value[:1] in "[{":
            try:
                return plain(json.loads(value))
            except ValueError:
                pass
        moment = re.fullmatch(r"(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)(\.\d+)?(Z|\+00)?", value)
        if moment:
            return f"{moment[1]} {moment[2]}{(moment[3] or '').rstrip('0').rstrip('.')}"
        try:
            return float(value)
        except ValueError:
            return value
    if isinstance(value, dict):
        if set(value) == {"key", "value"}:
            return {str(value["key"]): plain(value["value"])}
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list):
        items = [plain(item) for item in value]
        return items
    if isinstance(value, bool) or value is None:
        return value
    return float(value) if isinstance(value, int) else value


def is_equal(ours, theirs):
    if isinstance(ours, float) and isinstance(theirs, float):
        return math.isclose(ours, theirs, rel_tol=TOLERANCE) or (math.isnan(ours) and math.isnan(theirs))
    if isinstance(ours, list) and isinstance(theirs, list):
        return len(ours) == len(theirs) and all(map(is_equal, ours, theirs))
    if isinstance(ours, dict) and isinstance(theirs, dict):
        return ours.keys() == theirs.keys() and all(is_equal(ours[key], theirs[key]) for key in ours)
    if isinstance(ours, str) and isinstance(theirs, str) and ours != theirs:
        blob = as_bytes(theirs)
        return blob.decode("utf-8", "replace") == ours or blob.hex() == ours
    if isinstance(ours, float) and isinstance(theirs, str):  # a number that was text
        return plain(as_bytes(theirs).decode("utf-8", "replace")) == ours
    return ours == theirs


def is_same_blob(ours, theirs):
    return isinstance(ours, str) and isinstance(theirs, str) and as_bytes(theirs).hex() == ours


def compare(ours, theirs):
    """Cells that are equal, and all."""
    equal = total = 0
    for mine, other in zip(ours, theirs):
        # Names are made unique, so the order counts.
        for a, b in zip(mine.values(), other.values()):
            total += 1
            equal += is_same_blob(a, b) or is_equal(plain(a), plain(b))
    if len(ours) != len(theirs):
        total += abs(len(ours) - len(theirs))
    return equal, total


def main():
    amlprep, suite = sys.argv[1], Path(os.environ.get("AML_SUITES", "/nonexistent")) / "parquet-testing"
    if not suite.is_dir():
        print("skipped: no parquet-testing in the folder that AML_SUITES names")
        return 77
    probe = subprocess.run([amlprep, "convert", suite / "data" / "alltypes_plain.parquet"], capture_output=True, text=True)
    if "no plugin for parquet" in probe.stderr:
        print("skipped: the parquet plugin is not built")
        return 77
    expected_folder = next(suite.glob("expected-duckdb-*"))
    read = refused = in_full = equal = total = 0
    failures = []
    for path in sorted(suite.rglob("*.parquet")):
        name = path.relative_to(suite).as_posix()
        done = subprocess.run([amlprep, "convert", "--to", "jsonl", path], capture_output=True, timeout=60)
        if done.returncode not in (0, 6):
            failures.append(f"{name}: exit {done.returncode}: {done.stderr[:200]!r}")
        if done.returncode != 0:
            refused += 1
            print(f"refused {name}: {done.stderr.decode().splitlines()[0]}")
            continue
        read += 1
        expected = expected_folder / (name.replace("/", "__") + ".jsonl")
        if not expected.exists() or name.startswith(NOT_COMPARED):
            continue
        ours = [json.loads(line) for line in done.stdout.splitlines()]
        theirs = [json.loads(line) for line in expected.read_text().splitlines()]
        good, cells = compare(ours, theirs)
        equal, total = equal + good, total + cells
        in_full += good == cells
        if good != cells:
            print(f"differs {name}: {good} of {cells} cells equal")
    print(f"parquet-testing: {read} files read, {refused} refused; {in_full} equal in full, {equal} of {total} cells")
    if total and equal < 0.97 * total:
        failures.append("too few cells are equal")
    print("\n".join(failures))
    return 1 if failures else 0


sys.exit(main())
