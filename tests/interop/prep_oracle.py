#!/usr/bin/env python3
"""Holds the steps of amlprep against pandas on tables made by chance: prep_oracle.py AMLPREP

Covers impute, scale, encode, pivot, window, dates in zones, and the script step that runs pandas itself. Exits 77,
saying what is missing, without the oracle.
"""
import io
import subprocess
import sys
import tempfile
from pathlib import Path
from zoneinfo import ZoneInfo

try:
    import numpy as np
    import pandas as pd
except ImportError as error:
    print(f"skipped: {error}; set AML_PYTHON to a Python with pandas")
    sys.exit(77)

AMLPREP = sys.argv[1]
TOLERANCE = 1e-12
ROWS = 5000
failures = []


def apply(folder, steps, frame, verb="apply"):
    """The table after the steps, as text; `verb` fit gives the package instead."""
    frame.to_csv(folder / "in.csv", index=False)
    (folder / "p.prep.yaml").write_text("version: 1\nsteps:\n" + steps)
    done = subprocess.run([AMLPREP, verb, folder / "p.prep.yaml", folder / "in.csv"], capture_output=True, text=True)
    if done.returncode != 0:
        failures.append(f"{steps}: {done.stderr}")
        return pd.DataFrame()
    if verb == "fit":
        return done.stdout
    return pd.read_csv(io.StringIO(done.stdout))


def compare(what, ours, theirs):
    ours, theirs = np.asarray(ours, dtype=float), np.asarray(theirs, dtype=float)
    same = ours.shape == theirs.shape and np.allclose(ours, theirs, rtol=TOLERANCE, atol=TOLERANCE, equal_nan=True)
    print(f"{'ok' if same else 'FAIL'} {what}: {theirs.size} values")
    if not same:
        failures.append(what)


def make_table(seed):
    random = np.random.default_rng(seed)
    frame = pd.DataFrame({
        "group": random.choice(["a", "b", "c", "d"], ROWS),
        "name": random.choice(["q1", "q2", "q3"], ROWS),
        "time": random.permutation(ROWS),
        "x": np.round(random.normal(50, 20, ROWS), 3),
        "n": random.integers(-100, 100, ROWS).astype(float)})
    frame.loc[random.random(ROWS) < 0.1, "x"] = np.nan
    frame.loc[random.random(ROWS) < 0.1, "n"] = np.nan
    frame["n"] = frame["n"].astype("Int64")
    return frame


CAST = "  - cast: {time: integer, x: number, n: integer}\n"


def check_learned(folder, frame):
    for method in ("mean", "median", "min", "max"):
        ours = apply(folder, CAST + f"  - impute: {{columns: {{x: {method}}}, by: [group]}}\n", frame)
        theirs = frame["x"].fillna(frame.groupby("group")["x"].transform(method))
        compare(f"impute {method} by group", ours["x"], theirs)
    ours = apply(folder, CAST + "  - impute: {columns: {n: mode}}\n", frame)
    compare("impute mode", ours["n"], frame["n"].fillna(frame["n"].mode()[0]).astype(float))
    ours = apply(folder, CAST + "  - scale: {columns: {x: z_score, n: min_max, time: robust}}\n", frame)
    n = frame["n"].astype(float)
    compare("z_score", ours["x"], (frame["x"] - frame["x"].mean()) / frame["x"].std(ddof=0))
    compare("min_max", ours["n"], (n - n.min()) / (n.max() - n.min()))
    spread = frame["time"].quantile(0.75) - frame["time"].quantile(0.25)
    compare("robust", ours["time"], (frame["time"] - frame["time"].median()) / spread)
    ours = apply(folder, CAST + "  - encode: {columns: {name: label, x: {quantiles: 5}, n: {bins: 7}}}\n", frame)
    compare("label", ours["name"], frame["name"].astype("category").cat.codes)
    compare("quantile bins", ours["x"], pd.qcut(frame["x"], 5, labels=False))
    edges = np.linspace(n.min(), n.max(), 8)
    compare("bins of one width", ours["n"], pd.cut(n, edges, labels=False, include_lowest=True))
    fitted = apply(folder, CAST + "  - encode: {columns: {name: one_hot}}\n", frame, "fit")
    ours = apply(folder, fitted.split("steps:\n", 1)[1], frame)
    compare("one_hot", ours[["name_q1", "name_q2", "name_q3"]], pd.get_dummies(frame["name"]))


def check_pivot(folder, frame):
    for function in ("sum", "mean", "max", "count"):
        steps = CAST + f"  - pivot: {{by: [group], name: name, value: x, with: {function}, values: [q1, q2, q3]}}\n"
        ours = apply(folder, steps + "  - sort: [group]\n", frame)
        theirs = frame.pivot_table(index="group", columns="name", values="x", aggfunc=function)
        compare(f"pivot {function}", ours[["q1", "q2", "q3"]], theirs)


def check_windows(folder, frame):
    columns = ("{back: lag(x), ahead: 'lead(n, 3)', total: sum(x), least: min(n), seen: count(x), week: 'mean(x, 7)', "
               "high: 'max(n, 3)', rank: rank, number: row_number}")
    ours = apply(folder, CAST + f"  - window: {{by: [group], order: [time], columns: {columns}}}\n", frame)
    frame = frame.assign(n=frame["n"].astype(float))
    ordered = frame.sort_values("time")
    groups = ordered.groupby("group")
    theirs = {
        "back": groups["x"].shift(1), "ahead": groups["n"].shift(-3),
        "total": groups["x"].transform(lambda x: x.expanding(1).sum()),
        "least": groups["n"].transform(lambda n: n.expanding(1).min()),
        "seen": groups["x"].transform(lambda x: x.notna().cumsum()),
        "week": groups["x"].transform(lambda x: x.rolling(7, min_periods=1).mean()),
        "high": groups["n"].transform(lambda n: n.rolling(3, min_periods=1).max()),
        "rank": groups["time"].rank(), "number": groups.cumcount() + 1}
    for name, values in theirs.items():
        compare(f"window {name}", ours[name], values.reindex(frame.index))


def check_zones(folder):
    random = np.random.default_rng(3)
    seconds = random.integers(-(2 ** 31), 2 ** 32 - 1, ROWS)
    for zone in ("Europe/Berlin", "America/New_York", "Asia/Kathmandu", "Australia/Lord_Howe", "America/Sao_Paulo"):
        steps = (f"  - derive:\n      t: from_unix(integer(s))\n      shown: format(t, '%F %T', '{zone}')\n"
                 f"      back: unix_time(timestamp(shown, '%F %T', '{zone}', 'later'))\n"
                 f"      week: iso_week(t, '{zone}')\n      day: day_of_year(t, '{zone}')\n")
        ours = apply(folder, steps, pd.DataFrame({"s": seconds}))
        times = pd.to_datetime(pd.Series(seconds), unit="s", utc=True).dt.tz_convert(ZoneInfo(zone))
        wrong = (ours["shown"] != times.dt.strftime("%Y-%m-%d %H:%M:%S")).sum()
        compare(f"clocks in {zone}", [wrong], [0])
        compare(f"weeks in {zone}", ours["week"], times.dt.isocalendar().week)
        compare(f"days in {zone}", ours["day"], times.dt.day_of_year)
        # A time that clocks show twice comes back as the later one.
        compare(f"instants in {zone}", [((ours["back"] - seconds) % 1800 != 0).sum()], [0])


def check_script(folder, frame):
    (folder / "f.py").write_text("def transform(df):\n    df['x'] = df['x'] * 2\n    df['n'] = df['n'].fillna(7)\n    return df\n")
    ours = apply(folder, CAST + f"  - script: {{python: f.py, interpreter: {sys.executable}}}\n", frame)
    compare("script x", ours["x"], frame["x"] * 2)
    compare("script n", ours["n"], frame["n"].fillna(7).astype(float))


def main():
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for seed in (1, 2):
            frame = make_table(seed)
            check_learned(folder, frame)
            check_pivot(folder, frame)
            check_windows(folder, frame)
        check_zones(folder)
        check_script(folder, make_table(1))
    for failure in failures:
        print(failure)
    return 1 if failures else 0


sys.exit(main())
