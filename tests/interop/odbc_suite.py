"""Queries through ODBC against a SQLite file and a PostgreSQL server started here. Argument: amlprep. What is missing is
named; 77 when nothing could be tried."""
import glob
import os
import shutil
import socket
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path

AMLPREP = sys.argv[1]
failures = []


def convert(connection, query, *flags):
    done = subprocess.run([AMLPREP, "convert", "odbc:" + connection, "--query", query, *flags], capture_output=True, text=True)
    return done.returncode, done.stdout, done.stderr


def check(name, actual, expected):
    if actual != expected:
        failures.append(f"{name}: {actual!r} instead of {expected!r}")


def check_error(name, result, part):
    code, out, err = result
    if code != 6 or out or part not in err:
        failures.append(f"{name}: exit {code}, {err!r} without {part!r}")


def driver(pattern):
    found = glob.glob(f"/usr/lib/*/odbc/{pattern}") + glob.glob(f"/usr/lib/odbc/{pattern}")
    return found[0] if found else None


def try_sqlite(folder):
    library = driver("libsqlite3odbc.so")
    if library is None:
        print("skipped: SQLite, no driver libsqlite3odbc.so")
        return False
    base = sqlite3.connect(folder / "t.db")
    base.execute("create table t (a integer, b text, c real, d date)")
    long_text = "long é " * 3000
    base.executemany("insert into t values (?, ?, ?, ?)", [(1, "x,é", 0.5, "2024-01-01"), (None, None, None, None),
                                                           (9007199254740993, long_text, 1e300, "2024-02-29")])
    base.execute("create table many as with recursive n(i) as (select 1 union all select i + 1 from n where i < 10000) select i from n")
    base.execute("create table loose (a integer)")
    base.executemany("insert into loose values (?)", [(1,), ("no number",)])
    base.commit()
    connection = f"Driver={library};Database={folder / 't.db'}"
    code, out, err = convert(connection, "select * from t")
    check("sqlite rows", (code, out, err), (0, f'a,b,c,d\n1,"x,é",0.5,2024-01-01\n,,,\n9007199254740993,{long_text},1e+300,2024-02-29\n', ""))
    check("sqlite types", convert(connection, "select a, c from t", "--to", "jsonl")[1].splitlines()[0], '{"a":1,"c":0.5}')
    check("sqlite many", len(convert(connection, "select i from many")[1].splitlines()), 10001)
    check("sqlite none", convert(connection, "select a from t where a = 7")[:2], (0, "a\n"))
    check_error("sqlite syntax", convert(connection, "selekt"), "the query fails: ")
    check_error("sqlite loose", convert(connection, "select a from loose"), "row 2 holds 'no number'")
    check_error("sqlite no rows", convert(connection, "create table u (a)"), "the query gives no rows")
    return True


def try_postgres(folder):
    library = driver("psqlodbcw.so")
    programs = sorted(glob.glob("/usr/lib/postgresql/*/bin"))
    if library is None or not programs:
        print("skipped: PostgreSQL, no driver psqlodbcw.so or no server")
        return False
    as_user = []
    if os.geteuid() == 0:  # the server refuses to run as root
        as_user = ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"]
        shutil.chown(folder, "nobody", "nogroup")
    data = folder / "data"
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    run = lambda *command: subprocess.run([*as_user, *command], check=True, stdout=subprocess.DEVNULL, cwd=folder)
    run(f"{programs[-1]}/initdb", "-D", str(data), "-U", "test", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
    server = f"{programs[-1]}/pg_ctl"
    options = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c fsync=off"
    run(server, "-D", str(data), "-w", "-l", str(folder / "log"), "-o", options, "start")
    try:
        connection = f"Driver={library};Server=127.0.0.1;Port={port};Uid=test;Database=postgres"
        query = ("select * from (values (1::bigint, 'x é', 12.50::numeric(8,2), 0.1::float8, date '2024-02-29', "
                 "timestamp '2024-02-29 12:30:00.25', true), (null, null, null, null, null, null, null)) as t(a, b, c, d, e, f, g)")
        code, out, err = convert(connection, query)
        check("postgres rows", (code, out, err), (0, "a,b,c,d,e,f,g\n1,x é,12.50,0.1,2024-02-29,2024-02-29 12:30:00.25,1\n,,,,,,\n", ""))
        check("postgres many", len(convert(connection, "select i from generate_series(1, 10000) as s(i)")[1].splitlines()), 10001)
        check_error("postgres syntax", convert(connection, "select nothing from nowhere"), "nowhere")
        check_error("postgres password", convert(connection.replace("test", "nobody_known"), "select 1"), "cannot connect")
    finally:
        run(server, "-D", str(data), "-m", "immediate", "stop")
    return True


def main():
    probe = convert("DSN=of_no_data_base", "select 1")
    if "no plugin for odbc" in probe[2]:
        print("skipped: the odbc plugin is not built")
        return 77
    check_error("no data source", probe, "cannot connect: ")
    tried = []
    for attempt in (try_sqlite, try_postgres):
        with tempfile.TemporaryDirectory() as folder:
            tried.append(attempt(Path(folder)))
    print("\n".join(failures))
    return 1 if failures else 0 if any(tried) else 77


sys.exit(main())
