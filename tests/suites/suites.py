#!/usr/bin/env python3
"""Runs amlprep over the suites below $AML_SUITES, prints how many cases pass, and fails where a count is below the one
on record.

  suites.py AMLPREP [PART…]     -v in front of the parts names every case that does not pass

A case passes if amlprep says what the suite expects. Where a suite has only inputs, it passes if amlprep reads the file
or refuses it in one clear line that names it: no crash, no hang.
"""
import csv
import io
import json
import os
import re
import struct
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor

# What was reached; a change that reads more raises its number here. What is missing, and why:
#   miller: duplicate keys of JSON (one value would be lost), JSON Lines over several lines (they are JSON), keys of TSV
#     that are not decoded while values are, a blank line of a single column (a missing value here);
#   duckdb_csv: DuckDB counts the header of seven files as a row, cuts comments off in the middle of a line and behind
#     spaces, skips lines into the middle of a quoted field, and skips lines that end in a lone CR.
FLOORS = {
    "csv_spectrum": 12, "zsv": 75, "miller": 24, "csvkit": 102, "duckdb_csv": 741, "duckdb_csv_robust": 1007,
    "duckdb_json_robust": 81, "w3c_csvw": 11, "w3c_csvw_robust": 202, "frictionless": 246, "jsontestsuite": 318,
    "float_parse": 21175, "naughty_strings": 515,
}

AMLPREP = ""
SUITES = ""


def run(arguments, stdin=b"", timeout=60):
    """Exit status, standard output and error; -1 for a hang."""
    try:
        done = subprocess.run([AMLPREP, *arguments], input=stdin, capture_output=True, timeout=timeout)
        return done.returncode, done.stdout, done.stderr.decode("utf-8", "replace")
    except subprocess.TimeoutExpired:
        return -1, b"", "timeout"


def rows_of(arguments, stdin=b""):
    """The table as a list of objects whose values are text or None; None where it is refused."""
    status, out, _ = run(["convert", "-q", "--to", "jsonl", "--all-strings", *arguments], stdin)
    return [json.loads(line) for line in out.splitlines()] if status == 0 else None


def files_below(folder, endings=None):
    found = []
    for place, _, names in os.walk(folder):
        found += [os.path.join(place, name) for name in names if endings is None or name.lower().endswith(endings)]
    return sorted(found)


def is_clear(path, status, error):
    """Read, or refused in lines of ours of which one names the file."""
    if status == 0:
        return True
    lines = error.splitlines()
    return status in (2, 6) and all(line.startswith("amlprep: ") for line in lines) and (
        any(path in line for line in lines))


def robust(files):
    """Cases (name, passes): every file, read as it is and with the most lenient options."""
    def check(path):
        for options in ([], ["--ragged", "fit", "--quote", "none", "--from", "csv"]):
            status, _, error = run(["convert", *options, path])
            if not is_clear(path, status, error):
                return path, False
        return path, True
    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(check, files))


def csv_spectrum():
    folder = os.path.join(SUITES, "csv-spectrum")
    for path in files_below(os.path.join(folder, "csvs"), ".csv"):
        name = os.path.basename(path)[:-4]
        with open(os.path.join(folder, "json", name + ".json"), encoding="utf-8", errors="replace") as file:
            expected = json.load(file)
        # Its JSON is one object instead of a list, and was given another phone number.
        if name == "location_coordinates":
            got = rows_of(["--encoding", "utf-8", path])
            yield name, got is not None and len(got) == 1 and list(got[0]) == list(expected)
            continue
        got = rows_of([path])
        yield name, got is not None and [{k: v or "" for k, v in row.items()} for row in got] == expected


def zsv():
    yield from robust(files_below(os.path.join(SUITES, "zsv", "data")))


# Flags of Miller in ours. Cases with any other flag or verb are not about reading and are left out.
MILLER_IN = {"--icsv": "csv", "--csv": "csv", "--c2j": "csv", "--c2l": "csv", "--c2t": "csv", "--itsv": "tsv", "--tsv": "tsv",
             "--t2j": "tsv", "--t2c": "tsv", "--ijson": "json", "--json": "json", "--ijsonl": "jsonl", "--jsonl": "jsonl"}
MILLER_OUT = {"--csv": "csv", "--ocsv": "csv", "--t2c": "csv", "--ojson": "json", "--json": "json", "--c2j": "json",
              "--t2j": "json", "--ojsonl": "json", "--jsonl": "json", "--c2l": "json"}
MILLER_SEPARATORS = {"semicolon": ";", "comma": ",", "tab": "tab", "pipe": "|"}


def miller_case(words):
    """(our arguments, its output format, its files), or None."""
    ours, source, target, files, at = [], None, None, [], 1
    while at < len(words) and words[at].startswith("-"):
        word = words[at]
        known = word in MILLER_IN or word in MILLER_OUT
        source, target = MILLER_IN.get(word, source), MILLER_OUT.get(word, target)
        if word in ("--implicit-csv-header", "--hi"):
            ours += ["--no-header"]
        elif word in ("--ifs", "--fs"):
            at += 1
            ours += ["--separator", MILLER_SEPARATORS.get(words[at], words[at])]
        elif word == "--irs":
            at += 1
        elif not known:
            return None
        at += 1
    if source is None or target is None or words[at:at + 1] != ["cat"]:
        return None
    files = words[at + 1:]
    if len(files) != 1 or files[0].startswith("-"):
        return None
    return ["--from", source, *ours], target, files[0]


def miller_expected(text, target):
    if target == "json":
        decoder, at, values = json.JSONDecoder(object_pairs_hook=list), 0, []
        text = text.strip()
        while at < len(text):
            value, at = decoder.raw_decode(text, at)
            values += value if value and isinstance(value[0], list) and not isinstance(value[0][0], str) else [value]
            at += len(text[at:]) - len(text[at:].lstrip())
        return [[(k, v if isinstance(v, str) else json.dumps(v)) for k, v in row] for row in values]
    records = list(csv.reader(io.StringIO(text)))
    return [list(zip(records[0], row)) for row in records[1:]] if records else []


def same_record(ours, theirs):
    """Our rows have all columns; Miller's the keys they came with, and numbers of eight digits."""
    theirs = dict(theirs)
    if any(value is not None and key not in theirs for key, value in ours.items()):
        return False
    def same(a, b):
        try:
            return a == b or abs(float(a) - float(b)) < 1e-8
        except ValueError:
            return False
    return all(key in ours and same(ours[key] or "", value) for key, value in theirs.items())


def miller():
    root = os.path.join(SUITES, "miller")
    for path in files_below(os.path.join(root, "cases")):
        if os.path.basename(path) != "cmd":
            continue
        folder = os.path.dirname(path)
        case = os.path.relpath(folder, root)
        with open(path, encoding="utf-8") as file:
            command = file.read().strip()
        if not os.path.basename(os.path.dirname(folder)).startswith("io-") or re.search("[|<>;'\"]", command):
            continue
        words = command.replace("${CASEDIR}", folder).split()
        parsed = miller_case(words) if words and words[0] == "mlr" else None
        if parsed is None:
            continue
        options, target, name = parsed
        file_path = name if name.startswith("/") else os.path.join(root, re.sub("^test/", "", name))
        if not os.path.exists(file_path):
            continue
        with open(os.path.join(folder, "expout"), encoding="utf-8", errors="replace") as file:
            text = file.read()
        got = rows_of([*options, file_path])
        with open(os.path.join(folder, "experr"), encoding="utf-8", errors="replace") as file:
            refuses = "mlr:" in file.read()
        if refuses:
            yield case, got is None
            continue
        try:
            expected = miller_expected(text, target)
        except (ValueError, IndexError, TypeError, KeyError):
            continue  # it prints something else than one table
        if options[:2] == ["--from", "csv"] and "\n\n" in text.strip() and target == "csv":
            continue  # several tables in one output, which we do not write
        if got is None and not expected:
            yield case, True  # nothing in it: Miller prints nothing, we say that it is empty
            continue
        yield case, got is not None and len(got) == len(expected) and all(map(same_record, got, expected))


def csvkit():
    folder = os.path.join(SUITES, "csvkit", "examples")
    yield from robust(files_below(folder))
    fixed = os.path.join(folder, "testfixed")
    with open(os.path.join(folder, "testfixed_schema.csv"), encoding="utf-8") as file:
        columns = [f"{row['column']}:{int(row['start']) + 1}-{int(row['start']) + int(row['length'])}"
                   for row in csv.DictReader(file)]
    with open(os.path.join(folder, "testfixed_converted.csv"), encoding="utf-8", newline="") as file:
        expected = list(csv.DictReader(file))
    got = rows_of(["--from", "fixed", "--columns", ",".join(columns), fixed])
    # The schema ends before the empty column of the expected table; csvkit writes numbers anew.
    same = got is not None and len(got) == len(expected) and all(
        {k: v for k, v in row.items() if k != "empty_column"} == {k: v or "" for k, v in ours.items() if k != "empty_column"}
        or row["float"].replace(",", "") == (ours["float"] or "").replace(",", "") for row, ours in zip(expected, got))
    yield "testfixed", same
    with open(os.path.join(folder, "testjson_nested_converted.csv"), encoding="utf-8", newline="") as file:
        nested = next(csv.reader(file))
    got = rows_of(["--flatten", os.path.join(folder, "testjson_nested.json")])
    yield "testjson_nested", got is not None and [k.replace(".", "/") for k in got[0]] == nested


def size_of(arguments):
    """(columns, rows) as text; a refused table has no rows."""
    status, out, _ = run(["profile", "-q", "--json", *arguments])
    columns = [json.loads(line) for line in out.splitlines()] if status == 0 else []
    return (str(len(columns)), str(columns[0]["rows"])) if columns else ("", "")


def duckdb_csv():
    """Read with the dialect that DuckDB found, the table has the size that DuckDB read."""
    folder = os.path.join(SUITES, "duckdb-csv")
    cases = []
    with open(os.path.join(folder, "expected-duckdb-1.5.6.tsv"), encoding="utf-8") as file:
        for line in list(file)[1:]:
            row = line.rstrip("\n").split("\t")
            # A tab as the delimiter is written \t; "sniff-error" and others have no table to compare with.
            if len(row) >= 10 and row[1] == "ok":
                cases.append(row)

    def check(row):
        name, _, delimiter, quote, escape, _, skip, header, columns, rows = row[:10]
        path = os.path.join(folder, "csv", name)
        options = ["--from", "csv", "--separator", delimiter, "--skip-lines", skip, "--ragged", "fit"]
        if escape not in ("(empty)", quote, '"'):
            options += ["--escape", escape]
        if header == "false":
            options += ["--no-header"]
        # It finds comments too, but does not say so in this list.
        if name.startswith("comments/"):
            options += ["--comment", "#"]
        # Where it saw no quote in its sample it names none, and what it reads later may have had one.
        quotes = ['"', "none"] if quote == "(empty)" else [quote]
        sizes = [size_of([*options, "--quote", q, path]) for q in quotes]
        # What has no rows for DuckDB may have no header either, and then we refuse it as empty.
        return name, (columns, rows) in sizes or (rows == "0" and ("", "") in sizes)
    with ThreadPoolExecutor(2) as pool:
        yield from pool.map(check, cases)


def duckdb_csv_robust():
    yield from robust(files_below(os.path.join(SUITES, "duckdb-csv", "csv")))


def duckdb_json_robust():
    yield from robust(files_below(os.path.join(SUITES, "duckdb-json", "json")))


def w3c_csvw():
    """Tests whose table needs no metadata: the objects of the standard mode are our rows, empty cells left out."""
    folder = os.path.join(SUITES, "w3c-csvw", "tests")
    for path in files_below(folder, ".csv"):
        stem = path[:-4]
        if not re.search(r"/test\d+$", stem) or not os.path.exists(stem + ".json"):
            continue
        if any(os.path.exists(stem + ending) for ending in ("-metadata.json", "-user-metadata.json", ".csv-metadata.json")):
            continue
        with open(stem + ".json", encoding="utf-8") as file:
            document = json.load(file)
        if not isinstance(document, dict) or len(document.get("tables", [])) != 1:
            continue
        expected = [row["describes"][0] for row in document["tables"][0]["row"]]
        # Without metadata and without a header, as the test's own context says, columns have names of its making.
        width = len(expected[0]) if expected and "_col.1" in expected[0] else 0
        names = ",".join(f"_col.{i + 1}" for i in range(width))
        got = rows_of([*(["--no-header", "--names", names] if width else []), path])
        got = got and [{k: v for k, v in row.items() if v} for row in got]
        yield os.path.basename(path), got == expected


def w3c_csvw_robust():
    yield from robust(files_below(os.path.join(SUITES, "w3c-csvw", "tests"), ".csv"))


def frictionless():
    yield from robust(files_below(os.path.join(SUITES, "frictionless", "data"), (".csv", ".tsv", ".json", ".jsonl", ".ndjson", ".gz")))


def jsontestsuite():
    """As the value of a cell: what must be accepted is, what must be refused is."""
    for path in files_below(os.path.join(SUITES, "jsontestsuite", "test_parsing"), ".json"):
        name = os.path.basename(path)
        with open(path, "rb") as file:
            text = file.read()
        status, _, _ = run(["convert", "--from", "json", "--encoding", "utf-8", "-"], b'[{"k":' + text + b"}]")
        if name[0] == "y":
            yield name, status == 0
        elif name[0] == "n":
            yield name, status == 6
        else:
            yield name, status in (0, 6)


def float_parse():
    """From text to a number and back: the bits are those of the suite."""
    numbers, bits = [], []
    for path in files_below(os.path.join(SUITES, "float-parse", "data")):
        with open(path, encoding="utf-8") as file:
            for line in file:
                parts = line.split()
                numbers.append(parts[3])
                bits.append(int(parts[2], 16))
    with tempfile.TemporaryDirectory() as folder:
        package = os.path.join(folder, "p.prep.yaml")
        with open(package, "w", encoding="utf-8") as file:
            file.write("version: 1\nsteps:\n  - cast: {x: number}\n  - derive: {y: x * 1}\n  - keep: [y]\n")
        status, out, _ = run(["apply", "-q", package, "-"], ("x\n" + "\n".join(numbers) + "\n").encode(), 120)
    lines = out.decode().splitlines()[1:]
    assert status == 0 and len(lines) == len(numbers), (status, len(lines), len(numbers))
    for number, expected, line in zip(numbers, bits, lines):
        got = None
        try:
            got = struct.unpack("<Q", struct.pack("<d", float(line)))[0]
        except ValueError:
            pass
        # What overflows is no number to us: an error that keeps its text.
        yield number, got == expected


def naughty_strings():
    with open(os.path.join(SUITES, "naughty-strings", "blns.json"), encoding="utf-8") as file:
        strings = json.load(file)
    lines = "".join(json.dumps({"s": s, "end": "."}, ensure_ascii=False) + "\n" for s in strings).encode()
    text = lines
    for source, target in (("jsonl", "csv"), ("csv", "tsv"), ("tsv", "jsonl")):
        status, text, error = run(["convert", "--from", source, "--to", target, "--all-strings", "-"], text)
        assert status == 0, error
    got = [json.loads(line)["s"] for line in text.splitlines()]
    for expected, ours in zip(strings, got):
        yield repr(expected), (ours or "") == expected


PARTS = {f.__name__: f for f in (csv_spectrum, zsv, miller, csvkit, duckdb_csv, duckdb_csv_robust, duckdb_json_robust, w3c_csvw,
                                 w3c_csvw_robust, frictionless, jsontestsuite, float_parse, naughty_strings)}


def folder_of(part):
    return re.sub("_robust$", "", part).replace("_", "-")


def main():
    global AMLPREP, SUITES
    AMLPREP = sys.argv[1]
    SUITES = os.environ.get("AML_SUITES", "")
    verbose = "-v" in sys.argv
    wanted = [word for word in sys.argv[2:] if word != "-v"] or list(PARTS)
    failed, seen = False, False
    for part in wanted:
        if not SUITES or not os.path.isdir(os.path.join(SUITES, folder_of(part))):
            print(f"{part}: skipped: no {folder_of(part)} in the folder that AML_SUITES names")
            continue
        seen = True
        results = list(PARTS[part]())
        passed = sum(ok for _, ok in results)
        floor = FLOORS.get(part, 0)
        is_low = passed < floor
        failed = failed or is_low
        print(f"{part}: {passed} of {len(results)} pass" + (f", BELOW the {floor} on record" if is_low else ""), flush=True)
        for name, ok in results:
            if not ok and (verbose or is_low):
                print(f"  not: {name}")
    return 1 if failed else 0 if seen else 77


sys.exit(main())
