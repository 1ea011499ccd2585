#!/usr/bin/env python3
"""Runs golden cases: golden.py [--update] TOOLS-FOLDER CASE-FOLDER…

A case is a folder with
  cmd             a shell snippet, run by bash in an empty folder that holds copies of the case's other files and of
                  those in the folder `shared` beside it
  expout, experr  what it must print, after normalisation; a missing file stands for nothing at all
  status          its exit status, 0 if missing
  needs           programs it cannot do without, one per line; the case is skipped where one is missing
  normalize.sed   replacements of this case alone, made by `sed -E` after those below

Normalised before the comparison: the folder, ids of 32 and digests of 64 hex digits (numbered by their first
appearance, also where only the first 8 to 12 digits are shown), times, durations and loopback ports.
"""

import difflib
import re
import shutil
import subprocess
import sys
from pathlib import Path

from sandbox import Sandbox

OWN_FILES = {"cmd", "expout", "experr", "status", "needs", "normalize.sed"}
SKIPPED = 77


class Normalizer:
    """Keeps the numbers of ids over both outputs of a case, so that equal ids get equal names."""

    def __init__(self, sandbox: Sandbox, case: Path):
        self.folders = [str(sandbox.work), str(sandbox.folder)]
        self.script = case / "normalize.sed"
        self.names: dict[str, str] = {}

    def name_of(self, kind: str, digits: str) -> str:
        count = sum(1 for name in self.names.values() if name.startswith(kind))
        return "<" + self.names.setdefault(digits, f"{kind}{count + 1}") + ">"

    def short_name(self, match) -> str:
        for digits, name in self.names.items():
            if digits.startswith(match[0]):
                return f"<{name}:{len(match[0])}>"
        return match[0]

    def __call__(self, text: str) -> str:
        for folder in self.folders:
            text = text.replace(folder, "<DIR>")
        text = re.sub(r"\b[0-9a-f]{64}\b", lambda match: self.name_of("DIGEST", match[0]), text)
        text = re.sub(r"\b[0-9a-f]{32}\b", lambda match: self.name_of("ID", match[0]), text)
        text = re.sub(r"\b[0-9a-f]{8,12}\b", self.short_name, text)
        text = re.sub(r"\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z", "<TIME>", text)
        text = re.sub(r"\b\d+ ms\b|\b\d+\.\d s\b", "<DURATION>", text)
        text = re.sub(r"\b(127\.0\.0\.1|localhost):\d{4,5}\b", r"\1:<PORT>", text)
        if self.script.exists():
            text = subprocess.run(["sed", "-E", "-f", str(self.script)], input=text, text=True, capture_output=True,
                                  check=True).stdout
        return text


def read(path: Path, fallback: str) -> str:
    return path.read_text(encoding="utf-8") if path.exists() else fallback


def write(path: Path, text: str, when_missing: str) -> None:
    if text != when_missing:
        path.write_text(text, encoding="utf-8")
    elif path.exists():
        path.unlink()


def run_case(tools: Path, case: Path) -> dict[str, str]:
    with Sandbox(tools) as sandbox:
        shared = case.parent / "shared"
        for path in [*(shared.iterdir() if shared.is_dir() else []), *case.iterdir()]:
            if path.name in OWN_FILES:
                continue
            if path.is_dir():
                shutil.copytree(path, sandbox.work / path.name)
            else:
                shutil.copy(path, sandbox.work / path.name)
        done = sandbox.run((case / "cmd").read_text(encoding="utf-8"))
        normalize = Normalizer(sandbox, case)
        status = done.returncode if done.returncode >= 0 else 128 - done.returncode
        return {
            "expout": normalize(done.stdout.decode("utf-8", "backslashreplace")),
            "experr": normalize(done.stderr.decode("utf-8", "backslashreplace")),
            "status": f"{status}\n",
        }


FALLBACKS = {"expout": "", "experr": "", "status": "0\n"}


def differences(case: Path, got: dict[str, str]) -> str:
    text = ""
    for name, fallback in FALLBACKS.items():
        wanted = read(case / name, fallback)
        lines = difflib.unified_diff(wanted.splitlines(True), got[name].splitlines(True), f"{name} wanted",
                                     f"{name} got")
        text += "".join(line if line.endswith("\n") else line + "\n" for line in lines)
    return text


def missing_program(case: Path) -> str | None:
    return next((name for name in read(case / "needs", "").split() if shutil.which(name) is None), None)


def main() -> int:
    arguments = sys.argv[1:]
    update = "--update" in arguments
    tools, *cases = [Path(argument).resolve() for argument in arguments if argument != "--update"]
    failed = skipped = False
    for case in cases:
        if case.name == "shared":
            continue
        name = f"{case.parent.name}/{case.name}"
        if (program := missing_program(case)) is not None:
            print(f"skip {name}: {program} is not installed")
            skipped = True
            continue
        try:
            got = run_case(tools, case)
        except subprocess.TimeoutExpired as expired:
            print(f"FAIL {name}: still runs after {expired.timeout:.0f} s")
            failed = True
            continue
        if update:
            for file, fallback in FALLBACKS.items():
                write(case / file, got[file], fallback)
        elif difference := differences(case, got):
            print(f"FAIL {name}\n{difference}")
            failed = True
    if failed:
        return 1
    return SKIPPED if skipped and len(cases) == 1 else 0


if __name__ == "__main__":
    sys.exit(main())
