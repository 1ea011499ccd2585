"""Runs transform(df) of a Python file over a table: CSV on stdin, CSV on stdout.

Started by amlprep for a `script` step as: python3 -c THIS FILE.py TYPES, where TYPES is a JSON object of column names
and their types. Cells that are errors reach transform as missing.
"""
import json
import runpy
import sys


def fail(message):
    sys.exit(message)


def load_frame(pandas, types):
    # Everything is read as text first, so that 007 stays 007, and then only what has a type gets one.
    frame = pandas.read_csv(sys.stdin, dtype=str, keep_default_na=False, na_values=[""])
    for name, kind in types.items():
        if kind == "integer":
            frame[name] = pandas.to_numeric(frame[name], errors="coerce").astype("Int64")
        elif kind == "number":
            frame[name] = pandas.to_numeric(frame[name], errors="coerce")
        elif kind == "boolean":
            frame[name] = frame[name].str.lower().map(
                {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}).astype("boolean")
        elif kind in ("date", "timestamp"):
            frame[name] = pandas.to_datetime(frame[name], errors="coerce", utc=kind == "timestamp")
    return frame


def main():
    path, types = sys.argv[1], json.loads(sys.argv[2])
    try:
        import pandas
    except ImportError:
        fail(f"{sys.executable} has no pandas: install it, or name another interpreter in the step")
    transform = runpy.run_path(path).get("transform")
    if not callable(transform):
        fail(f"{path} has no function transform(df)")
    result = transform(load_frame(pandas, types))
    if not isinstance(result, pandas.DataFrame):
        fail(f"transform of {path} returned {type(result).__name__}, not a DataFrame")
    for name in result.columns:
        if str(result[name].dtype).startswith("datetime64"):
            is_day = types.get(name) == "date"
            result[name] = result[name].dt.strftime("%Y-%m-%d" if is_day else "%Y-%m-%dT%H:%M:%S.%fZ")
    result.to_csv(sys.stdout, index=False)


main()
