"""A clean place and a clean environment to run commands in; used by the three test programs of this folder."""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[2]
TIMEOUT_S = 120


class Sandbox:
    """A temporary folder that is home and working directory; gone when the `with` block ends."""

    def __init__(self, tools: Path, template: Path | None = None):
        self.folder = Path(tempfile.mkdtemp(prefix="aml-cli-"))
        self.work = self.folder / "work"
        if template is not None:
            shutil.copytree(template, self.work, symlinks=True)
        else:
            self.work.mkdir()
        # Nothing of the caller's settings may leak in: the environment is made from scratch.
        self.environment = {
            "PATH": f"{tools}:/usr/local/bin:/usr/bin:/bin",
            "HOME": str(self.folder),
            "TMPDIR": str(self.folder),
            "LC_ALL": "C.UTF-8",
            "TZ": "UTC",
            "TERM": "dumb",
            "EXAMPLES": str(SOURCE / "examples"),
        }
        # Sanitizers and the shared test material are the test run's business, not the caller's settings.
        for name in ("ASAN_OPTIONS", "UBSAN_OPTIONS", "LSAN_OPTIONS", "AML_SUITES", "AML_DATA"):
            if name in os.environ:
                self.environment[name] = os.environ[name]

    def __enter__(self):
        return self

    def __exit__(self, *_):
        shutil.rmtree(self.folder, ignore_errors=True)

    def run(self, arguments, *, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, more_environment=None,
            timeout_s=TIMEOUT_S):
        """Runs a list of words, or a shell snippet given as a string; output is bytes, status < 0 a signal."""
        if isinstance(arguments, str):
            arguments = ["bash", "-c", arguments]
        return subprocess.run(
            arguments, cwd=self.work, env=self.environment | (more_environment or {}), stdin=stdin, stdout=stdout,
            stderr=subprocess.PIPE, timeout=timeout_s, check=False)
