#!/usr/bin/env python3
"""amlprep apply needs less than 64 MiB however long its input is: apply_memory_test.py TOOLS-FOLDER [MEGABYTES]

Streams a made-up table of that size (32 unless given) through every kind of step, from a pipe and into a pipe, and
looks at the peak of resident memory. Also: rows with one enormous field stay within a few times that field.
"""

import resource
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

LIMIT_KB = 64 * 1024
LONG_FIELD_BYTES = 4 << 20

PACKAGE = """\
version: 1
source: {missing: [NA]}
steps:
  - trim: [name]
  - replace: {city: {Oslo: null}}
  - fill: {city: elsewhere}
  - cast: {price: number, day: date}
  - filter: price > 10
  - derive: {year: year(day), label: upper(name) ++ ' of ' ++ city, double: price * 2}
  - drop: [note]
"""


def block_of_rows() -> bytes:
    rows = []
    for i in range(20_000):
        price = "many" if i % 997 == 0 else f"{(i * 7919) % 100_000 / 100:.2f}"
        city = ("Berlin", "Oslo", "NA", "São Paulo")[i % 4]
        note = f'"a note, quoted\nover two lines {i}"' if i % 7 == 0 else "a plain note of some length"
        rows.append(f"{i},  name number {i % 313} ,{city},{price},20{i % 24:02d}-0{1 + i % 9}-1{i % 10},{note}\n")
    return "".join(rows).encode()


def feed(pipe, pieces) -> None:
    try:
        for piece in pieces:
            pipe.write(piece)
        pipe.close()
    except BrokenPipeError:
        pass  # the command ended early; its exit status says why


def count_lines(command: list[str], pieces) -> int:
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        feeder = threading.Thread(target=feed, args=(process.stdin, pieces))
        feeder.start()
        lines = sum(piece.count(b"\n") for piece in iter(lambda: process.stdout.read(1 << 20), b""))
        feeder.join()
    if process.returncode != 0:
        sys.exit(f"exit {process.returncode}")
    return lines


def main() -> int:
    amlprep = str(Path(sys.argv[1]) / "amlprep")
    megabytes = int(sys.argv[2]) if len(sys.argv) > 2 else 32
    header, block = b"id,name,city,price,day,note\n", block_of_rows()
    repeats = max(1, megabytes * 1_000_000 // len(block))
    with tempfile.TemporaryDirectory() as folder:
        package = Path(folder) / "p.prep.yaml"
        package.write_text(PACKAGE, encoding="utf-8")
        command = [amlprep, "apply", str(package)]
        lines = count_lines(command, (header if i == 0 else block for i in range(repeats + 1)))
        peak_kb = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
        print(f"{repeats * len(block) / 1e6:.0f} MB in, {lines} lines out, peak {peak_kb / 1024:.1f} MiB")
        expected = 1 + repeats * (count_lines(command, [header, block]) - 1)
        if lines != expected:
            sys.exit(f"{lines} lines, expected {expected}")
        if peak_kb >= LIMIT_KB:
            sys.exit(f"more than {LIMIT_KB // 1024} MiB")
        long_row = b"1,n,c,20.5,2020-01-01," + b"x" * LONG_FIELD_BYTES + b"\n"
        count_lines(command, (header if i == 0 else long_row for i in range(9)))
        peak_kb = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
        print(f"fields of {LONG_FIELD_BYTES >> 20} MiB: peak {peak_kb / 1024:.1f} MiB")
        return 0 if peak_kb < LIMIT_KB else 1


if __name__ == "__main__":
    sys.exit(main())
