"""Run the prep packages of amltools from Python, and read whatever amlprep reads, as pandas tables.

    import aml.prep
    frame = aml.prep.run("churn.prep.yaml", source="churn.csv")
    frame = aml.prep.run("churn.prep.yaml", source=frame_of_mine, errors="missing")
    frame = aml.prep.read("book.xlsx", sheet="Sales", range="A1:F100")

Both start the installed ``amlprep`` and take its output as a stream of Arrow batches, with the types that the package's
steps gave the columns. Without pyarrow the rows come as JSON: the same values, but dates are text. Needs pandas.
"""

import csv
import io
import json
import os
import subprocess
import tempfile
import threading

__all__ = ["run", "read", "PrepError"]


class PrepError(Exception):
    """What amlprep said when it could not do it, and its exit code as aml(7) lists them."""

    def __init__(self, message, exit_code, hint=""):
        super().__init__(message + ("\nhint: " + hint if hint else ""))
        self.message = message
        self.exit_code = exit_code
        self.hint = hint


def run(package, source=None, program="amlprep", **flags):
    """The table that the steps of ``package`` (a path) make of ``source``: a path, a list of paths, a DataFrame, or
    None for the source that the package names. ``flags`` are those of ``amlprep apply``: ``skip_lines=2`` is
    ``--skip-lines 2``, True stands for a flag without a value, a list repeats it."""
    return _table([program, "apply"], [os.fspath(package)], source, flags)


def read(source, program="amlprep", **flags):
    """The table in ``source``, by the flags of ``amlprep convert``: a file of any kind it reads, or a list of them.
    ``read("odbc:DSN=sales", query="select …")`` asks a data base."""
    return _table([program, "convert"], [], source, flags)


def _table(command, arguments, source, flags):
    paths, text = _as_input(source)
    if text is not None:
        flags = dict({"from": "csv", "separator": ","}, **flags)
    arguments = _as_arguments(flags) + ["--json", "--no-progress", "--"] + arguments + paths
    try:
        import pyarrow.ipc
    except ImportError:
        return _table_of_json(command, arguments, text)
    with _Process(command + ["--to", "arrow"] + arguments, text) as process:
        try:
            frame = pyarrow.ipc.open_stream(process.output).read_pandas()
        except (pyarrow.ArrowInvalid, OSError, EOFError) as error:
            process.fail(error)
    return frame


def _table_of_json(command, arguments, text):
    import pandas

    with _Process(command + ["--to", "jsonl", "--all-strings"] + arguments, text) as process:
        rows = [json.loads(line) for line in process.output]
    if rows:
        return pandas.DataFrame(rows)
    with _Process(command + ["--to", "csv"] + arguments, text) as process:  # no row, no names
        names = next(csv.reader(io.StringIO(process.output.read().decode("utf-8"), newline="")))
    return pandas.DataFrame(columns=names)


def _as_input(source):
    """The arguments that name the source, and what goes to standard input."""
    if source is None:
        return [], None
    if isinstance(source, (str, os.PathLike)):
        return [os.fspath(source)], None
    if isinstance(source, (list, tuple)):
        return [os.fspath(path) for path in source], None
    if hasattr(source, "to_csv"):
        return ["-"], _csv_of(source).encode("utf-8")
    raise TypeError("source is a path, a list of paths, a DataFrame or None, not " + type(source).__name__)


def _csv_of(frame):
    """As to_csv, but an empty text is quoted, which tells it from a missing one."""
    lines = [",".join(_quoted(str(name)) for name in frame.columns)]
    cells = [_cells(frame.iloc[:, i]) for i in range(len(frame.columns))]
    lines.extend(map(",".join, zip(*cells)))
    return "\n".join(lines) + "\n"


def _cells(column):
    return ["" if is_missing else _quoted(_text(value)) for value, is_missing in zip(column, column.isna())]


def _text(value):
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def _quoted(text):
    if text and not any(byte in text for byte in ',"\r\n'):
        return text
    return '"' + text.replace('"', '""') + '"'


def _as_arguments(flags):
    arguments = []
    for name, value in flags.items():
        flag = "--" + name.replace("_", "-")
        values = value if isinstance(value, (list, tuple)) else [value]
        for item in values:
            if item is True:
                arguments.append(flag)
            elif item is not False and item is not None:
                arguments.extend([flag, str(item)])
    return arguments


class _Process:
    """A running amlprep: its output as a stream, its complaints as a PrepError at the end."""

    def __init__(self, command, text):
        self._errors = tempfile.TemporaryFile()
        stdin = subprocess.PIPE if text is not None else subprocess.DEVNULL
        try:
            self._child = subprocess.Popen(command, stdin=stdin, stdout=subprocess.PIPE, stderr=self._errors)
        except FileNotFoundError:
            self._errors.close()
            raise PrepError("cannot start '%s': it is not installed" % command[0], 127,
                            "install amltools, or say program='/path/to/amlprep'") from None
        self.output = self._child.stdout
        self._feeder = threading.Thread(target=self._feed, args=(text,), daemon=True)
        self._feeder.start()

    def __enter__(self):
        return self

    def __exit__(self, kind, error, trace):
        try:
            if kind is None:
                self._finish()
            else:
                self._child.kill()
        finally:
            self.output.close()
            self._child.wait()
            self._feeder.join()
            self._errors.close()

    def _feed(self, text):
        if text is None:
            return
        try:
            with self._child.stdin as stdin:
                stdin.write(text)
        except BrokenPipeError:
            pass  # amlprep says why it stopped

    def _finish(self):
        while self.output.read(1 << 16):
            pass
        if self._child.wait() != 0:
            self._raise()

    def fail(self, error):
        """The stream is no table: amlprep says why, or else it is `error`."""
        self._finish()
        raise error

    def _raise(self):
        self._errors.seek(0)
        lines = self._errors.read().decode("utf-8", "replace").splitlines()
        for line in reversed(lines):
            try:
                said = json.loads(line)
                raise PrepError(said["message"], self._child.returncode, said.get("hint", "")) from None
            except (ValueError, KeyError, TypeError):
                continue
        raise PrepError("\n".join(lines) or "amlprep stopped without a word", self._child.returncode)
