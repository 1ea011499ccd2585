#!/usr/bin/env python3
"""A record that never ends is refused in bounded memory: endless_record_test.py TOOLS-FOLDER

An open quote, a line, an object, a string: each is fed through a pipe until amlprep gives up, which must be soon after
the limit of a record, with one clear line and exit status 6.
"""

import resource
import subprocess
import sys
from pathlib import Path

LIMIT_KB = 128 * 1024
FED_MAX = 256 << 20
CASES = [
    ("csv", b'a,b\n1,"', b"text, and\nmore\n" * 4096, "stdin:2:3: the quote is not closed within 16 MiB"),
    ("csv", b"a,b\n1,", b"x" * 65536, "stdin:2: the record is longer than 16 MiB"),
    ("tsv", b"a\tb\n1\t", b"x" * 65536, "stdin:2: the record is longer than 16 MiB"),
    ("lines", b"a\n", b"x" * 65536, "stdin:2: the record is longer than 16 MiB"),
    ("fixed", b"a  b\n1  2\n", b"x" * 65536, "stdin:3: the record is longer than 16 MiB"),
    ("jsonl", b'{"a":1}\n{"a":"', b"x" * 65536, "stdin:2: the record is longer than 16 MiB"),
    ("json", b'[{"a":1},\n{"a":[', b"[" * 65536, "stdin:2: the record is longer than 16 MiB"),
    ("json", b'[{"a":1},\n{"a":"', b"}]" * 32768, "stdin:2: the record is longer than 16 MiB"),
]


def check(tool: Path, form: str, head: bytes, piece: bytes, wanted: str) -> None:
    arguments = [str(tool), "convert", "--from", form, "-"]
    if form == "fixed":
        arguments[4:4] = ["--columns", "1,3"]
    with subprocess.Popen(arguments, bufsize=0, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL,
                          stderr=subprocess.PIPE) as process:
        fed = 0
        try:
            process.stdin.write(head)
            while fed < FED_MAX:
                process.stdin.write(piece)
                fed += len(piece)
            process.stdin.close()
        except BrokenPipeError:
            pass
        error = process.stderr.read().decode()
        status = process.wait()
    first = error.splitlines()[0] if error else ""
    assert first == f"amlprep: error: {wanted}", (form, error)
    assert status == 6, (form, status)
    assert fed < FED_MAX, f"{form}: all of {fed} bytes were read"


def main() -> None:
    tool = Path(sys.argv[1]) / "amlprep"
    for case in CASES:
        check(tool, *case)
    peak_kb = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    assert peak_kb < LIMIT_KB, f"{peak_kb} KiB at the peak, at most {LIMIT_KB}"
    print(f"{len(CASES)} endless records refused, {peak_kb} KiB at the peak")


main()
