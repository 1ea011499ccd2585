#!/usr/bin/env python3
"""Holds every command of a tool to the conventions of aml(7): conformance.py TOOLS-FOLDER TOOL

The list of commands comes from the tool itself, so that a new command is covered the day it appears.
"""

import json
import os
import pty
import re
import resource
import subprocess
import sys
import unicodedata
from pathlib import Path

from sandbox import Sandbox

HELP_LINES, HELP_COLUMNS = 24, 79
DOCUMENTED = set(range(0, 9)) | {-2, -13, -15, 125}
QUICK_S = 20
START_UP_MS = 10  # of processor time, the best of many: other tests run beside this one
# Commands that wait for requests when called without arguments; never started bare.
SERVERS = {("amldeploy", "serve"), ("amlhist", "serve"), ("aml-probe", "endless")}


class Report:
    def __init__(self, tool: str):
        self.tool, self.checks, self.failures = tool, 0, 0

    def check(self, good: bool, command: str, what: str, seen: object = "") -> None:
        self.checks += 1
        if not good:
            self.failures += 1
            print(f"FAIL {self.tool} {command}: {what}", repr(seen) if seen != "" else "")


def columns(line: str) -> int:
    wide = sum(1 for c in line if unicodedata.east_asian_width(c) in "WF")
    return len(line) + wide


def misspelled(name: str) -> str:
    return name[:-2] + name[-1] + name[-2] if name[-1] != name[-2] else name + "x"


def run_on_terminal(sandbox: Sandbox, words: list[str]) -> tuple[int, bytes]:
    """Runs with all three descriptors on a pseudo-terminal."""
    primary, secondary = pty.openpty()
    try:
        process = subprocess.Popen(words, cwd=sandbox.work, env=sandbox.environment | {"TERM": "xterm"},
                                   stdin=secondary, stdout=secondary, stderr=secondary, start_new_session=True)
        os.close(secondary)
        output = b""
        try:
            while piece := os.read(primary, 65536):
                output += piece
        except OSError:
            pass  # the last holder of the other side is gone
        return process.wait(QUICK_S), output
    finally:
        os.close(primary)


def run_without_reader(sandbox: Sandbox, words: list[str]) -> subprocess.CompletedProcess:
    read_end, write_end = os.pipe()
    os.close(read_end)
    try:
        return sandbox.run(words, stdout=write_end, timeout_s=QUICK_S)
    finally:
        os.close(write_end)


def run_to_full_disk(sandbox: Sandbox, words: list[str]) -> subprocess.CompletedProcess:
    with open("/dev/full", "wb") as full:
        return sandbox.run(words, stdout=full, timeout_s=QUICK_S)


def check_short_help(report: Report, sandbox: Sandbox, words: list[str], name: str) -> None:
    done = sandbox.run(words + ["-h"])
    lines = done.stdout.decode().splitlines()
    report.check(done.returncode == 0 and done.stderr == b"", name, "-h exits 0 without talk", done)
    report.check(len(lines) <= HELP_LINES, name, f"-h has {len(lines)} lines")
    too_wide = [line for line in lines if columns(line) > HELP_COLUMNS]
    report.check(not too_wide, name, "-h has lines that are too wide", too_wide)
    report.check(lines[0].startswith(" ".join(words) + ": "), name, "-h starts with the name", lines[0])
    status, on_terminal = run_on_terminal(sandbox, words + ["-h"])
    report.check(status == 0 and on_terminal.replace(b"\r\n", b"\n") == done.stdout, name,
                 "-h is the same on a terminal")


def check_full_help(report: Report, sandbox: Sandbox, words: list[str], command: dict) -> None:
    name = command["name"]
    done = sandbox.run(words + ["--help"])
    text = done.stdout.decode()
    report.check(done.returncode == 0, name, "--help exits 0", done)
    for title in ("Usage:", "Examples:", "Common:", "Exit codes", "See also:"):
        report.check(f"\n{title}" in text, name, f"--help has '{title}'")
    for flag in command["flags"]:
        wanted = flag["name"] or "-" + flag["letter"]
        report.check(wanted in text, name, f"--help has {wanted}")
    examples = {example["command"] for example in command["examples"]}
    report.check(len(examples) > 0, name, "has an example")
    too_wide = [line for line in text.splitlines() if columns(line) > HELP_COLUMNS and line.strip() not in examples]
    report.check(not too_wide, name, "--help has lines that are too wide", too_wide)


def check_mistakes(report: Report, sandbox: Sandbox, words: list[str], command: dict) -> None:
    name = command["name"]
    for flag in [flag["name"] for flag in command["flags"] if len(flag["name"]) > 4]:
        wrong = "--" + misspelled(flag)
        done = sandbox.run(words + [wrong], timeout_s=QUICK_S)
        hint = b"did you mean '--"
        report.check(done.returncode == 2 and done.stdout == b"" and hint in done.stderr, name,
                     f"{wrong} is refused with a suggestion", done)
    done = sandbox.run(words + ["--seed", "1", "--seed=2"])
    report.check(done.returncode == 2 and b"--seed is given 2 times" in done.stderr, name, "refuses a flag twice", done)
    done = sandbox.run(words + ["--json", "--no-such-flag-at-all"])
    last = done.stderr.decode().splitlines()[-1]
    error = json.loads(last) if last.startswith("{") else {}
    report.check(error.get("type") == "error" and error.get("code") == done.returncode == 2, name,
                 "--json errors are JSON", last)


def check_streams(report: Report, sandbox: Sandbox, words: list[str], name: str) -> None:
    for flag in ("-h", "--help", "-V"):
        full = run_to_full_disk(sandbox, words + [flag])
        report.check(full.returncode == 7 and b"No space left" in full.stderr, name, f"{flag} to a full disk", full)
        pipe = run_without_reader(sandbox, words + [flag])
        report.check(pipe.returncode == -13 and pipe.stderr == b"", name, f"{flag} without a reader", pipe)


def check_color(report: Report, sandbox: Sandbox, words: list[str], name: str) -> None:
    wrong = words + ["--no-such-flag-at-all"]
    forced = sandbox.run(wrong, more_environment={"FORCE_COLOR": "1"})
    refused = sandbox.run(wrong, more_environment={"FORCE_COLOR": "1", "NO_COLOR": "1"})
    report.check(b"\x1b[" in forced.stderr, name, "FORCE_COLOR colours", forced)
    report.check(b"\x1b" not in refused.stderr, name, "NO_COLOR is obeyed", refused)


def check_bare(report: Report, sandbox: Sandbox, words: list[str], command: dict) -> None:
    """Without arguments: ends by itself with a documented status, from /dev/null and on a terminal alike."""
    name = command["name"]
    if (words[0], name) in SERVERS:
        return
    done = sandbox.run(words, timeout_s=QUICK_S)
    report.check(done.returncode in DOCUMENTED and b"internal error" not in done.stderr, name, "without arguments", done)
    if done.returncode != 0:
        report.check(done.stderr != b"", name, "says why it fails", done)
    elif done.stdout:
        full = run_to_full_disk(sandbox, words)
        report.check(full.returncode == 7, name, "to a full disk", full)
        pipe = run_without_reader(sandbox, words)
        report.check(pipe.returncode == -13 and pipe.stderr == b"", name, "without a reader", pipe)
    status, output = run_on_terminal(sandbox, words)
    report.check(status in DOCUMENTED and b"internal error" not in output, name, "bare on a terminal", (status, output))


def check_startup(report: Report, sandbox: Sandbox, tools: Path, tool: str) -> None:
    if b"__asan_init" in (tools / tool).read_bytes():
        return  # a sanitizer's own start takes longer

    def processor_s() -> float:
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        return used.ru_utime + used.ru_stime

    def once() -> float:
        before = processor_s()
        sandbox.run([tool, "-V"])
        return processor_s() - before

    best_ms = min(once() for _ in range(20)) * 1000
    report.check(best_ms < START_UP_MS, "", "starts quickly", f"{best_ms:.1f} ms")


def check_command(report: Report, sandbox: Sandbox, tool: str, command: dict) -> None:
    words = [tool, command["name"]]
    check_short_help(report, sandbox, words, command["name"])
    if not command["hidden"]:
        check_full_help(report, sandbox, words, command)
    check_mistakes(report, sandbox, words, command)
    check_streams(report, sandbox, words, command["name"])
    check_color(report, sandbox, words, command["name"])
    if not command["hidden"]:
        check_bare(report, sandbox, words, command)


def check_tool(report: Report, sandbox: Sandbox, tool: str, commands: list[dict]) -> None:
    check_short_help(report, sandbox, [tool], "")
    check_streams(report, sandbox, [tool], "")
    bare = sandbox.run([tool])
    report.check(bare.returncode == 2 and bare.stdout == b"" and b"Usage:" in bare.stderr, "", "without a command", bare)
    version = sandbox.run([tool, "-V"])
    report.check(re.fullmatch(rf"{tool} \d+\.\d+\.\d+\n", version.stdout.decode()) is not None, "", "-V", version)
    for command in commands:
        if command["hidden"] or len(command["name"]) < 3:
            continue
        wrong = sandbox.run([tool, misspelled(command["name"])])
        report.check(wrong.returncode == 2 and b"did you mean '" in wrong.stderr, command["name"],
                     "a misspelled command is refused with a suggestion", wrong)
    completion = sandbox.run([tool, "--complete", "run", ""], timeout_s=5)
    report.check(completion.returncode == 0 and completion.stderr == b"", "", "--complete never fails", completion)


def main() -> int:
    tools, tool = Path(sys.argv[1]).resolve(), sys.argv[2]
    report = Report(tool)
    with Sandbox(tools) as sandbox:
        table = sandbox.run([tool, "--generate", "commands"])
        commands = [json.loads(line) for line in table.stdout.decode().splitlines()]
        check_tool(report, sandbox, tool, commands)
        check_startup(report, sandbox, tools, tool)
        for command in commands:
            check_command(report, sandbox, tool, command)
    print(f"{tool}: {len(commands)} commands, {report.checks} checks, {report.failures} failures")
    return 1 if report.failures else 0


if __name__ == "__main__":
    sys.exit(main())
