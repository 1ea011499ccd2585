#!/usr/bin/env python3
"""What `amlprep export` writes, run: pandas and DuckDB beside `amlprep apply`. export_oracle.py TOOLS-FOLDER

Each case is a package and a table. The exported code must give the same columns, rows and order as apply does with
--errors missing; numbers are compared as numbers. PySpark code is only compiled: a cluster is not started for this.
"""
import csv
import math
import subprocess
import sys
import tempfile
from pathlib import Path

try:
    import pandas  # noqa: F401
except ImportError as error:
    print(f"skipped: {error}; set AML_PYTHON to a Python with pandas and duckdb")
    sys.exit(77)
try:
    import duckdb
except ImportError:
    duckdb = None

TABLE = """name,city,n,x,ok,day,note
Ann,Graz,1,1.5,true,2024-01-31,a-b
bob, Oslo ,2,,no,2024-02-29,NA
Cem,Graz,x,2.5e1,yes,2023-02-29,x-y-z
Dea,Łódź,,-3,,2024-03-01,
Ann,Graz,7,0.25,false,,q
Eva,Cork,3.0,abc,1,2022-12-25,say "hi"
Finn,Graz,4,10,0,2024-01-01,it's
"""

CASES = {
    "columns": "  - rename: {name: who, city: name}\n  - drop: [note]\n  - keep: [who, name, n]\n",
    "swap": "  - rename: {name: city, city: name}\n",
    "cast": "  - cast: {n: integer, x: number, ok: boolean, day: date}\n",
    "filter": "  - cast: {n: integer, x: number}\n  - filter: n >= 2 and (x > 0 or is_missing(x)) and not (city == 'Cork')\n",
    "in": "  - cast: {n: integer}\n  - filter: city in ('Graz', 'Cork') and n not in (4, 7)\n",
    "fill": "  - cast: {ok: boolean}\n  - derive: {k: length(note)}\n  - fill: {ok: false, note: none, k: 0}\n",
    "replace": "  - replace: {city: {Graz: G, Cork: null}, note: {NA: null, it's: its}}\n",
    "trim": "  - trim: [city]\n  - filter: city == 'Oslo'\n",
    "text": "  - derive:\n      a: lower(name) ++ '/' ++ upper(city)\n      b: length(city)\n      c: before(note, '-')\n"
            "      d: replace(note, '-', \"'\")\n      e: contains(name, 'n')\n      f: starts_with(name, 'A')\n      g: ends_with(name, 'm')\n",
    "numbers": "  - cast: {n: integer, x: number}\n  - derive:\n      a: n + 1\n      b: n * x\n      c: x / n\n      d: -x\n      e: abs(x)\n"
               "      f: x / (n - n)\n      g: n - 0.5\n",
    "if": "  - cast: {n: integer, ok: boolean}\n  - derive:\n      a: if(n > 2, 'big', 'small')\n      b: if(ok, n, 0)\n      c: coalesce(note, name)\n"
          "      d: if(n == 1, missing, city)\n",
    "dates": "  - cast: {day: date}\n  - derive: {y: year(day), m: month(day), d: day(day), w: weekday(day)}\n",
    "take": "  - take: 3\n  - duplicate: {name: again}\n",
    "distinct": "  - distinct: [name, city]\n",
    "distinct-all": "  - keep: [name, city]\n  - distinct: all\n",
    "sort": "  - cast: {n: integer}\n  - sort: [city, {n: descending}]\n",
    "summarize": "  - cast: {n: integer, x: number}\n  - summarize:\n      by: [city]\n      columns: {rows: count, n: count(n), s: sum(n), m: mean(x), lo: min(n), "
                 "hi: max(x), v: variance(x), d: sd(x), f: first(name), l: last(name), u: distinct(name), q: 'quantile(n, 0.25)', z: median(x)}\n",
    "summarize-all": "  - cast: {n: integer}\n  - summarize:\n      columns: {rows: count, s: sum(n)}\n",
    "constant": "  - filter: 'true'\n",
}


def run(command, **options):
    return subprocess.run(command, check=True, capture_output=True, text=True, **options).stdout


def read(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def cell(text):
    if text in ("True", "False"):
        return text.lower()
    try:
        return float(text)
    except ValueError:
        return text


def same(left, right):
    left, right = cell(left), cell(right)
    if isinstance(left, float) and isinstance(right, float):
        return math.isclose(left, right, rel_tol=1e-12, abs_tol=1e-12)
    # "yes" that apply passes on as it was read.
    words = {"yes": "true", "no": "false"}
    return words.get(left, left) == words.get(right, right) or {left, right} in ({1.0, "true"}, {0.0, "false"})


def differences(want, got):
    if len(want) != len(got):
        return f"{len(got)} rows, not {len(want)}"
    for number, (left, right) in enumerate(zip(want, got)):
        if len(left) != len(right) or not all(map(same, left, right)):
            return f"row {number}: {right}, not {left}"
    return None


def run_sql(code, table, out):
    connection = duckdb.connect()
    connection.execute(f"CREATE VIEW input AS SELECT * FROM read_csv('{table}', all_varchar = true, header = true, delim = ',', "
                       "quote = '\"', nullstr = ['', 'NA'])")
    cursor = connection.execute(code)
    with open(out, "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([column[0] for column in cursor.description])
        writer.writerows(["" if value is None else value for value in row] for row in cursor.fetchall())


def check(tool, folder, name, steps):
    package, table, out = folder / f"{name}.prep.yaml", folder / "table.csv", folder / "out.csv"
    package.write_text(f"version: 1\nsource: {{missing: [NA]}}\nsteps:\n{steps}", encoding="utf-8")
    table.write_text(TABLE, encoding="utf-8")
    run([tool, "apply", "-q", "--errors", "missing", package, table, "-f", "-o", folder / "want.csv"])
    want = read(folder / "want.csv")
    failures = []
    program = folder / "program.py"
    program.write_text(run([tool, "export", "--to", "pandas", package]), encoding="utf-8")
    run([sys.executable, program, table, out])
    failures.append(("pandas", differences(want, read(out))))
    if duckdb:
        run_sql(run([tool, "export", "--to", "sql", package]), table, out)
        failures.append(("sql", differences(want, read(out))))
    spark = subprocess.run([tool, "export", "--to", "pyspark", package], capture_output=True, text=True, check=False)
    compile(spark.stdout, "spark.py", "exec")
    return [f"{name}, {target}: {text}" for target, text in failures if text]


def main():
    tool = Path(sys.argv[1]) / "amlprep"
    failures = []
    with tempfile.TemporaryDirectory() as folder:
        for name, steps in CASES.items():
            try:
                failures += check(tool, Path(folder), name, steps)
            except subprocess.CalledProcessError as error:
                failures.append(f"{name}: {error.cmd[1:3]}: {error.stderr[-600:]}")
            except Exception as error:  # DuckDB's, of many kinds
                failures.append(f"{name}: {type(error).__name__}: {error}")
    print("\n".join(failures))
    skipped = "" if duckdb else "; sql skipped: no duckdb in AML_PYTHON"
    print(f"export: {len(CASES)} packages, {len(failures)} failures{skipped}")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
