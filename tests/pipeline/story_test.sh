#!/usr/bin/env bash
# The README's story, station by station, checked: raw table to answered request.
. "$(dirname "$0")/lib.sh"
penguin_project

amlprep profile --json penguins_raw.csv > profile.jsonl
check "profile sees every column" "$(wc -l < profile.jsonl)" 17
amlprep apply penguins.prep.yaml penguins_raw.csv > penguins.csv
cat penguins_raw.csv | amlprep apply penguins.prep.yaml - | cmp - penguins.csv || fail "file and pipe differ"
ok "apply gives the same bytes from a file and from a pipe"
check "the label is clean" "$(amlprep convert --to jsonl penguins.csv | grep -o '"species":"[A-Za-z]*"' | sort -u | tr '\n' ' ')" \
  '"species":"Adelie" "species":"Chinstrap" "species":"Gentoo" '
amlprep convert --to jsonl penguins.csv | amlprep convert --from jsonl --to csv - | cmp - penguins.csv || fail "CSV to JSON Lines and back differs"
ok "CSV to JSON Lines and back is the same file"

id=$(amlrun train --label species --learner fast_trees penguins.csv)
check "train prints one full run id" "$(grep -cE '^[0-9a-f]{32}$' <<< "$id")" 1
second=$(amlrun train --label species --learner logistic_regression penguins.csv)
check "same data, same model" "$(amlhist outputs "$id" | grep -c model.onnx)" 1

cat > my.py <<'PY'
import os
with open(os.environ["AML_METRICS"], "a") as metrics:
    for step in range(3):
        print(f"accuracy={0.1 * step} step={step}", file=metrics)
print("hello from", os.environ["AML_RUN_ID"])
PY
amlrun submit -- python3 my.py > hello.txt 2> submit.err
check_match "submit leaves stdout to the program" "$(cat hello.txt)" "hello from ????????????????????????????????"
check_status 3 amlrun submit -- sh -c 'echo accuracy=0.4 >> "$AML_METRICS"; exit 3'

check "ls shows all runs" "$(amlhist ls --ids | wc -l)" 4
check "show takes @1" "$(amlhist show @1 --json | python3 -c 'import json,sys; print(json.load(sys.stdin)["state"])')" failed
best=$(amlhist best --metric accuracy --ids)
[[ $best == "$id" || $best == "$second" ]] || fail "best is neither trained run: $best"
ok "best by accuracy is a trained run"

check "register prints the version" "$(amlmodel register penguins "$id")" penguins:1
check "the next one counts on" "$(amlmodel register penguins "$second")" penguins:2
accuracy=$(amlmodel evaluate penguins:1 penguins.csv --label species --json | python3 -c 'import json,sys; print(json.load(sys.stdin)["accuracy"] > 0.95)')
check "the model is better than 95 % on its own data" "$accuracy" True
amlmodel predict penguins:1 penguins.csv > scored.csv
check "every row is scored" "$(wc -l < scored.csv)" "$(wc -l < penguins.csv)"
amlmodel lineage penguins:1 > lineage.txt
grep -q "$(cut -c1-8 <<< "$id")\|$id" lineage.txt || fail "lineage does not name the run"
grep -q "$(sha256sum penguins.csv | cut -c1-12)" lineage.txt || fail "lineage does not name the data's digest"
ok "lineage walks back to run and data"

amldeploy serve penguins:1 --port 0 --port-file port 2> serve.err &
started+=($!)
await test -s port
url=http://127.0.0.1:$(cat port)
row=$(amlprep head -n 1 penguins.csv | amlprep convert --from csv --to jsonl -)
answer=$(curl -sS -d "$row" "$url/score")
check "the service answers the label" "$(python3 -c 'import json,sys; print(json.loads(sys.argv[1])["predictions"][0]["label"])' "$answer")" Adelie
check "health" "$(curl -sS "$url/healthz")" ok
curl -sS "$url/metrics" > metrics.txt
grep -q 'aml_requests_total{route="/score",code="200"} 1' metrics.txt || fail "the request was not counted"
if command -v promtool >/dev/null; then promtool check metrics < metrics.txt || fail "promtool refuses /metrics"; fi
ok "metrics"
amldeploy score "$url" penguins.csv > remote.csv
python3 - scored.csv remote.csv <<'PY' || fail "predict and service differ"
import csv, sys
local, remote = (list(csv.DictReader(open(name))) for name in sys.argv[1:])
assert len(local) == len(remote) > 300
for a, b in zip(local, remote):
    for key in b:
        assert a[key] == b[key], (key, a[key], b[key])
PY
ok "the service and amlmodel predict agree on every row"
kill -TERM "${started[-1]}"
wait "${started[-1]}" || true
check "the store is sound" "$(amlhist verify >/dev/null && echo sound)" sound
