#!/usr/bin/env python3
"""amlprep beside Miller, DuckDB and Polars: the same job on the same file, one thread each, runs taken in turns.

    prep_peers.py BUILD/bin [--megabytes 350] [--rounds 3] [--folder FOLDER] [JOB…]

Makes the file in FOLDER once (mixed CSV: 15 % of the cells quoted, some with line ends) and prints, for each job, the
median CPU seconds and the largest memory of each tool as a Markdown table. Peers that are not installed are named.
"""
import argparse
import os
import pathlib
import random
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile

COLUMNS = ["id", "day", "city", "price", "quantity", "note", "flag", "ratio"]
CITIES = ["Lisboa", "São Paulo", "Zürich", "Oslo", "Kraków", "Reykjavík", "Graz", "Nice", "Cork", "Bergen"]


def record(random_source, number):
    note = random_source.choice(["", "ok", "see above", 'said "no"', "a, b", "two\nlines", "plain words here"])
    cells = [str(number), f"2024-{number % 12 + 1:02d}-{number % 28 + 1:02d}", random_source.choice(CITIES),
             f"{random_source.random() * 1000:.2f}", str(random_source.randrange(100)), note,
             random_source.choice(["true", "false"]), repr(random_source.random())]
    quoted = random_source.randrange(8)
    return ",".join('"' + cell.replace('"', '""') + '"' if place == quoted or any(c in cell for c in ',"\n') else cell
                    for place, cell in enumerate(cells)) + "\n"


def make_file(path, megabytes):
    """Writes blocks of 20,000 different records over and over, each block with ids of its own."""
    source = random.Random(1)
    with open(path, "w", encoding="utf-8", newline="") as out:
        out.write(",".join(COLUMNS) + "\n")
        number = 0
        while out.tell() < megabytes * 1_000_000:
            out.write("".join(record(source, number + i) for i in range(20_000)))
            number += 20_000


def packages(folder):
    """One amlprep package per job that needs steps."""
    steps = {
        "count": "  - summarize: {columns: {rows: count}}\n",
        "select": "  - keep: [id, city, price, flag]\n",
        "filter": "  - cast: {price: number}\n  - filter: price > 900\n",
        "sort": "  - sort: [city, day]\n",
        "group": "  - cast: {price: number}\n  - summarize:\n      by: [city, flag]\n      columns: {total: sum(price), rows: count}\n",
    }
    for name, text in steps.items():
        (folder / f"{name}.prep.yaml").write_text("version: 1\nsteps:\n" + text)


DUCKDB = """
import duckdb, sys
duckdb.sql("SET threads=1")
table = f"read_csv('{sys.argv[1]}', header=true, delim=',', quote='\\"', {sys.argv[3]})"
duckdb.sql(f"COPY ({sys.argv[4].replace('TABLE', table)}) TO '{sys.argv[2]}' (HEADER)")
"""
POLARS = """
import polars as pl, sys
t = pl.scan_csv(sys.argv[1], infer_schema=False)
eval(sys.argv[3]).sink_csv(sys.argv[2])
"""


def commands(job, tools, folder, data):
    """What each tool runs for a job: (name, command, environment)."""
    out = str(folder / "out.csv")
    prep = str(pathlib.Path(tools) / "amlprep")
    applied = [prep, "apply", "-q", "-j", "1", "-f", str(folder / f"{job}.prep.yaml"), data, "-o", out]
    ours = {"copy": [prep, "convert", "-j", "1", "-f", data, "-o", out], "profile": [prep, "profile", data, "--json"]}
    yield "amlprep", ours.get(job, applied), {}
    miller = {"count": ["count"], "copy": ["cat"], "select": ["cut", "-f", "id,city,price,flag"], "filter": ["filter", "$price > 900"],
              "sort": ["sort", "-f", "city,day"], "profile": ["summary"],
              "group": ["stats1", "-a", "sum,count", "-f", "price", "-g", "city,flag"]}[job]
    if shutil.which("mlr"):
        yield "Miller", ["sh", "-c", 'exec "$@" > "$OUT"', "sh", "mlr", "--csv", *miller, data], {"OUT": out, "GOMAXPROCS": "1"}
    query = {"count": "SELECT count(*) FROM TABLE", "copy": "SELECT * FROM TABLE", "select": "SELECT id, city, price, flag FROM TABLE",
             "filter": "SELECT * FROM TABLE WHERE CAST(price AS DOUBLE) > 900",
             "sort": "SELECT * FROM TABLE ORDER BY city, day", "profile": "SUMMARIZE SELECT * FROM TABLE",
             "group": "SELECT city, flag, sum(CAST(price AS DOUBLE)), count(*) FROM TABLE GROUP BY ALL"}[job]
    typing = "all_varchar=false" if job == "profile" else "all_varchar=true"
    yield "DuckDB", [sys.executable, "-c", DUCKDB, data, out, typing, query], {"IMPORT": "duckdb"}
    lazy = {"count": "t.select(pl.len())", "copy": "t", "select": "t.select('id', 'city', 'price', 'flag')",
            "filter": "t.filter(pl.col('price').cast(pl.Float64) > 900)", "sort": "t.sort('city', 'day')",
            "group": "t.group_by('city', 'flag').agg(pl.col('price').cast(pl.Float64).sum(), pl.len())"}
    if job in lazy:
        yield "Polars", [sys.executable, "-c", POLARS, data, out, lazy[job]], {"IMPORT": "polars", "POLARS_MAX_THREADS": "1"}


def importable(module):
    return subprocess.run([sys.executable, "-c", f"import {module}"], capture_output=True, check=False).returncode == 0


def run_once(command, environment):
    """CPU seconds and peak memory in MB of one run, or the last line of what went wrong."""
    process = subprocess.Popen(command, env={**os.environ, **environment}, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    error = process.stderr.read().decode(errors="replace")
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        return (error.strip().splitlines() or ["failed"])[0]
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def compare(job, tools, folder, data, rounds):
    contenders = [(name, command, env) for name, command, env in commands(job, tools, folder, data)
                  if "IMPORT" not in env or importable(env["IMPORT"])]
    seconds, memory, failed = {}, {}, {}
    for _ in range(rounds):
        for name, command, environment in contenders:
            result = run_once(command, environment)
            if isinstance(result, str):
                failed[name] = result
                continue
            seconds.setdefault(name, []).append(result[0])
            memory[name] = max(memory.get(name, 0), result[1])
    ours = statistics.median(seconds.get("amlprep", [float("nan")]))
    for name, _, _ in contenders:
        if name in failed:
            print(f"| {job} | {name} | {failed[name][:60]} | | |", flush=True)
        else:
            median = statistics.median(seconds[name])
            print(f"| {job} | {name} | {median:.2f} | {median / ours:.1f} | {memory[name]:.0f} |", flush=True)


def main():
    jobs = ["count", "copy", "select", "filter", "group", "sort", "profile"]
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("tools", help="the folder of the built tools")
    parser.add_argument("jobs", nargs="*", metavar="JOB", help=", ".join(jobs))
    parser.add_argument("--megabytes", type=int, default=350)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--folder", type=pathlib.Path, default=pathlib.Path(tempfile.gettempdir()) / "amlprep-bench")
    arguments = parser.parse_args()
    arguments.folder.mkdir(parents=True, exist_ok=True)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    data = arguments.folder / f"mixed-{arguments.megabytes}.csv"
    if not data.exists():
        make_file(data, arguments.megabytes)
    packages(arguments.folder)
    for module in ("duckdb", "polars"):
        if not importable(module):
            print(f"without {module}: not installed for {sys.executable}", file=sys.stderr)
    print("| job | tool | CPU s | times amlprep | memory MB |\n|---|---|--:|--:|--:|")
    for job in arguments.jobs or jobs:
        compare(job, arguments.tools, arguments.folder, str(data), arguments.rounds)


if __name__ == "__main__":
    main()
