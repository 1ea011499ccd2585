#!/usr/bin/env python3
"""Runs the examples of a tool's command table, as jq does with its manual: examples.py TOOLS-FOLDER TOOL

tests/cli/examples/TOOL/setup.sh makes what the examples speak of (files, a store with runs, a model): it runs once
in an empty folder, and each example gets a fresh copy of that folder. If it leaves a file env.sh there, each example
starts by reading it. tests/cli/examples/TOOL/skip names the examples that cannot run here, one per line: the start
of the example, a tab, and the reason. Everything else must exit 0 (or 141, where `| head` stops it), unless the file
tests/cli/examples/TOOL/status names another status in the same way, such as the 1 of a diff that found something.
"""

import json
import subprocess
import sys
import time
from pathlib import Path

from sandbox import Sandbox

FIXTURES = Path(__file__).resolve().parent / "examples"
EXAMPLE_S = 60


def read_table(path: Path) -> list[tuple[str, str]]:
    """Lines of "start of an example TAB text"."""
    if not path.exists():
        return []
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    return [tuple(line.split("\t", 1)) for line in lines]


def find_line(example: str, table: list[tuple[str, str]], used: set[str]) -> str | None:
    for start, text in table:
        if example.startswith(start):
            used.add(start)
            return text
    return None


def run_example(tools: Path, template: Path, example: str, status: int) -> str | None:
    """What went wrong, or nothing."""
    snippet = f"set -o pipefail\n[ ! -f env.sh ] || . ./env.sh\n{example}\n"
    with Sandbox(tools, template) as sandbox:
        try:
            done = sandbox.run(snippet, timeout_s=EXAMPLE_S)
        except subprocess.TimeoutExpired:
            return f"still runs after {EXAMPLE_S} s"
        # 141: pipefail saw a writer stopped by `| head`, as it should be.
        if done.returncode == status or (status == 0 and done.returncode == 141):
            return None
        return f"exit {done.returncode}: {done.stderr.decode('utf-8', 'backslashreplace').strip()}"


def main() -> int:
    tools, tool = Path(sys.argv[1]).resolve(), sys.argv[2]
    fixture = FIXTURES / tool
    setup = fixture / "setup.sh"
    skips, statuses, used = read_table(fixture / "skip"), read_table(fixture / "status"), set()
    ran = skipped = failed = 0
    started = time.monotonic()
    with Sandbox(tools) as sandbox:
        table = sandbox.run([tool, "--generate", "commands"]).stdout.decode()
        commands = [json.loads(line) for line in table.splitlines()]
        examples = [example["command"] for command in commands if not command["hidden"]
                    for example in command["examples"]]
        if setup.exists():
            made = sandbox.run(["bash", "-eu", str(setup)])
            if made.returncode != 0:
                print(f"FAIL {setup}: {made.stderr.decode()}")
                return 1
        for example in examples:
            reason = find_line(example, skips, used) if setup.exists() else f"no {tool}/setup.sh"
            if reason is not None:
                skipped += 1
                print(f"skip {example}: {reason}")
                continue
            ran += 1
            status = int(find_line(example, statuses, used) or 0)
            if (problem := run_example(tools, sandbox.work, example, status)) is not None:
                failed += 1
                print(f"FAIL {example}: {problem}")
    for start, _ in skips + statuses:
        if start not in used:
            failed += 1
            print(f"FAIL {fixture}: no example starts with '{start}'")
    print(f"{tool}: {ran} examples run, {skipped} skipped, {failed} failures, {time.monotonic() - started:.1f} s")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
