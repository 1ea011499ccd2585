#!/usr/bin/env bash
# From a raw table to an answered request: installs what is missing, builds the five tools, and runs the whole line on
# the Palmer penguins. Needs Debian 12, and root or sudo if packages are missing. About five minutes on two cores.
set -eu
cd "$(dirname "$0")/.."
top=$PWD
build=$top/build/quickstart
jobs=${AML_JOBS:-$(nproc)}

say() { printf '\n\033[1m%s\033[0m\n' "$*"; }
[[ -t 1 ]] || say() { printf '\n%s\n' "$*"; }
show() { printf '$ %s\n' "$*"; }

say "1. Packages and build"
ci/install-deps
cmake -S . -B "$build" -G Ninja -DCMAKE_BUILD_TYPE=Release -DAML_TESTS=OFF >/dev/null
cmake --build "$build" -j "$jobs" -- --quiet
export PATH=$build/bin:$PATH

# A project of its own, thrown away by the next run.
project=$build/penguins
rm -rf "$project"
mkdir -p "$project"
cp examples/penguins/penguins_raw.csv examples/penguins/penguins.prep.yaml "$project"
cd "$project"
amlrun new . >/dev/null

say "2. What is in the raw table?"
show "amlprep profile penguins_raw.csv"
amlprep profile penguins_raw.csv | head -n 24
echo "  …"

say "3. Get it into shape"
show "amlprep apply penguins.prep.yaml penguins_raw.csv > penguins.csv"
amlprep apply penguins.prep.yaml penguins_raw.csv > penguins.csv
show "amlprep head -n 3 penguins.csv"
amlprep head -n 3 penguins.csv

say "4. Train, tracked"
show "id=\$(amlrun train --label species --learner fast_trees penguins.csv)"
id=$(amlrun train --label species --learner fast_trees penguins.csv)
show "amlrun train --label species --learner logistic_regression penguins.csv"
amlrun train --label species --learner logistic_regression penguins.csv >/dev/null
show "amlrun submit -- sh -c 'echo accuracy=0.5 step=1 >> \"\$AML_METRICS\"'"
amlrun submit -- sh -c 'echo accuracy=0.5 step=1 >> "$AML_METRICS"'

say "5. What did I run, and which was best?"
show "amlhist ls"
amlhist ls
show "amlhist best --metric accuracy"
amlhist best --metric accuracy

say "6. Register the model and ask where it comes from"
show "amlmodel register penguins \"\$id\""
amlmodel register penguins "$id"
show "amlmodel evaluate penguins:1 penguins.csv --label species"
amlmodel evaluate penguins:1 penguins.csv --label species
show "amlmodel lineage penguins:1"
amlmodel lineage penguins:1

say "7. An image for any container engine, without one"
show "amldeploy build penguins:1 -t localhost:5000/penguins:1 -o penguins-image.tar"
amldeploy build penguins:1 -t localhost:5000/penguins:1 -o penguins-image.tar
ls -l penguins-image.tar

say "8. Serve it and ask"
show "amldeploy serve penguins:1 --port 0 --port-file port &"
amldeploy serve penguins:1 --port 0 --port-file port &
server=$!
trap 'kill "$server" 2>/dev/null || true' EXIT
for _ in $(seq 100); do [[ -s port ]] && break; sleep 0.05; done
url=http://127.0.0.1:$(cat port)
show "amlprep head -n 1 penguins.csv | amldeploy score $url -"
prediction=$(amlprep head -n 1 penguins.csv | amldeploy score "$url" -)
echo "$prediction"
kill "$server"
wait "$server" 2>/dev/null || true
trap - EXIT
[[ $prediction == *Adelie* ]] || { echo "quickstart: expected an Adelie penguin" >&2; exit 1; }

say "Done in ${SECONDS} seconds. What to try next"
cat <<TEXT
  export PATH=$build/bin:\$PATH
  cd $project
  amlhist show @1                        # the newest run, in full
  amlmodel predict penguins:1 penguins.csv | head
  amldeploy serve penguins:1 --port 8080 # then: curl -d '{…}' localhost:8080/score
  podman load -i penguins-image.tar      # with a container engine
  man -l $top/man/amlprep.1
TEXT
