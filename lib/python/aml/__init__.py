"""Log metrics, parameters and outputs of a run of amltools.

    import aml
    aml.log(loss=0.3, step=1)
    aml.param(layers=3)
    torch.save(model, aml.output("model.bin"))

Inside a run (started by ``amlrun submit``) lines are appended to the run's own files; outside of one every call does
nothing, so that a script works either way. Nothing here can block or fail the program: what cannot be written is
dropped, and said once on stderr. One file, no dependency, Python 3.6 or newer.

``aml.prep`` runs prep packages; it is imported by itself.
"""

import json
import math
import os
import sys
import time

__all__ = ["log", "param", "output", "params", "run_id", "is_tracked"]

_warned = False


def is_tracked():
    """Whether the program runs inside a run."""
    return bool(os.environ.get("AML_RUN_ID"))


def run_id():
    """The id of the run, or None outside of one."""
    return os.environ.get("AML_RUN_ID") or None


def params():
    """The parameters the run was given, as a dict of strings."""
    try:
        with open(os.environ["AML_PARAMS"], encoding="utf-8") as file:
            return json.load(file)
    except (KeyError, OSError, ValueError):
        return {}


def log(*, step=None, **metrics):
    """Append one point per keyword, all at `step` (counted up when not given).

    Numbers of any library are fine as long as float() takes them; other values are kept as JSON.
    """
    now_ms = int(time.time() * 1000)
    words, lines = [], []
    for name, value in metrics.items():
        _check_name(name)
        if isinstance(value, (list, tuple, dict)):  # JSON with spaces inside needs the tab-separated form
            text = json.dumps(value, default=str)
            lines.append("%d\t%d\t%s\t%s\n" % (now_ms, step or 0, _escape(name), text))
        else:
            words.append("%s=%s" % (name, _value(value)))
    if words:
        if step is not None:
            words.append("step=%d" % step)
        lines.append("%s ts=%d\n" % (" ".join(words), now_ms))
    if lines:
        _append(os.environ.get("AML_METRICS"), "".join(lines))


def param(**values):
    """Record parameters the run was not started with. The first value of a name counts."""
    directory = os.environ.get("AML_RUN_DIR")
    for name, value in values.items():
        line = "%s\t%s\n" % (_escape(name), _escape(str(value)))
        _append(directory and os.path.join(directory, "params.tsv"), line)


def output(path):
    """The place to write an output file to: below $AML_OUTPUTS inside a run, `path` itself outside of one.

    Folders on the way are made.
    """
    target = os.path.join(os.environ.get("AML_OUTPUTS") or "", path)
    folder = os.path.dirname(target)
    if folder:
        os.makedirs(folder, exist_ok=True)
    return target


def _escape(text):
    pairs = (("\\", "\\\\"), ("\t", "\\t"), ("\n", "\\n"), ("\r", "\\r"), ("\0", "\\0"))
    for raw, escaped in pairs:
        text = text.replace(raw, escaped)
    return text


def _check_name(name):
    if not name or name in ("step", "ts") or any(c in name for c in " =\t\n\r\0"):
        raise ValueError("%r cannot name a metric" % name)


def _value(value):
    if not isinstance(value, (str, bytes, bool)):
        try:
            number = float(value)
            return repr(number) if math.isfinite(number) else str(number)
        except (TypeError, ValueError):
            pass
    return json.dumps(str(value))


def _append(path, line):
    """One write(2) on a file opened for appending: lines of several processes do not mix."""
    global _warned
    if not path:
        return
    try:
        fd = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            os.write(fd, line.encode("utf-8", "replace"))
        finally:
            os.close(fd)
    except OSError as error:
        if not _warned:
            _warned = True
            print("aml: cannot log: %s" % error, file=sys.stderr)
