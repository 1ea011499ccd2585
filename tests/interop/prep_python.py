"""aml.prep against the built amlprep. Arguments: amlprep, the folder of the Python package. Skips (77) without pandas;
run by AML_PYTHON when that is set, so that pyarrow is there."""
import os
import subprocess
import sys
import tempfile
from pathlib import Path

if os.environ.get("AML_PYTHON") and sys.executable != os.environ["AML_PYTHON"] and "AML_PREP_CHILD" not in os.environ:
    os.environ["AML_PREP_CHILD"] = "1"
    sys.exit(subprocess.call([os.environ["AML_PYTHON"], "-B", *sys.argv]))

try:
    import pandas
except ImportError:
    print("skipped: no pandas")
    sys.exit(77)

AMLPREP = sys.argv[1]
sys.path.insert(0, sys.argv[2])
import aml.prep

PACKAGE = "version: 1\nsteps:\n  - cast: {n: integer, x: number, d: date}\n  - derive: {twice: n * 2}\n"
TABLE = 'id,n,x,d,s\n007,1,0.5,2024-02-29,é\n008,,1e300,,"a,""b"\n'


def error_of(work):
    try:
        work()
    except aml.prep.PrepError as error:
        return error
    raise AssertionError("no error")


def check_run(has_arrow):
    frame = aml.prep.run("p.prep.yaml", source="t.csv", program=AMLPREP)
    assert list(frame.columns) == ["id", "n", "x", "d", "s", "twice"], frame.columns
    assert list(frame["id"]) == ["007", "008"]
    assert frame["n"][0] == 1 and pandas.isna(frame["n"][1])
    assert list(frame["x"]) == [0.5, 1e300]
    assert str(frame["d"][0])[:10] == "2024-02-29" and pandas.isna(frame["d"][1])
    assert list(frame["s"]) == ["é", 'a,"b']
    assert frame["twice"][0] == 2
    mine = pandas.DataFrame({"id": ["a"], "n": [3], "x": [None], "d": [None], "s": [""]})
    again = aml.prep.run(Path("p.prep.yaml"), source=mine, program=AMLPREP)
    assert again["twice"][0] == 6 and again["s"][0] == "" and pandas.isna(again["x"][0])
    large = pandas.DataFrame({"id": range(100000), "n": 1, "x": 2.0, "d": "2024-01-01", "s": "text"})
    assert aml.prep.run("p.prep.yaml", source=large, program=AMLPREP)["twice"].sum() == 200000
    empty = aml.prep.run("p.prep.yaml", source=mine[:0], program=AMLPREP)
    assert list(empty.columns) == list(frame.columns) and len(empty) == 0
    both = aml.prep.read(["t.csv", "t.csv"], program=AMLPREP, names="a,b,c,d,e")
    assert list(both["a"]) == ["007", "008"] * 2
    if has_arrow:
        assert frame["x"].dtype == "float64"


def check_errors():
    missing = error_of(lambda: aml.prep.run("p.prep.yaml", source="nowhere.csv", program=AMLPREP))
    assert missing.exit_code == 4 and missing.message.startswith("cannot open 'nowhere.csv'"), missing
    wrong = error_of(lambda: aml.prep.read("t.csv", program=AMLPREP, skip_lines="many"))
    assert wrong.exit_code == 2 and "many" in wrong.message, wrong
    columns = error_of(lambda: aml.prep.run("p.prep.yaml", source=pandas.DataFrame({"other": [1]}), program=AMLPREP))
    assert columns.exit_code == 6 and "'n'" in columns.message, (columns.exit_code, columns.message)
    absent = error_of(lambda: aml.prep.read("t.csv", program="/nowhere/amlprep"))
    assert absent.exit_code == 127 and "not installed" in absent.message
    try:
        aml.prep.read(7, program=AMLPREP)
        raise AssertionError("a number is no source")
    except TypeError as error:
        assert "not int" in str(error)


def main():
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        Path("p.prep.yaml").write_text(PACKAGE)
        Path("t.csv").write_text(TABLE)
        try:
            import pyarrow
            check_run(has_arrow=True)
            sys.modules["pyarrow.ipc"] = None  # from now on as if it were not there
        except ImportError:
            print("skipped: the way through Arrow, no pyarrow")
        check_run(has_arrow=False)
        check_errors()
        os.chdir("/")


main()
