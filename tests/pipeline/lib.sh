# Shared by the pipeline tests: a scratch folder, checks that say what they saw, and clean-up of everything started.
# Sourced with AML_BIN (the folder of the five tools) and AML_SOURCE (the checkout) set.
set -eu
export PATH=$AML_BIN:$PATH
unset AML_STORE AML_RUN_ID AML_METRICS AML_OUTPUTS AML_PARAMS 2>/dev/null || true
export XDG_CONFIG_HOME=/nonexistent XDG_CACHE_HOME

scratch=$(mktemp -d "${TMPDIR:-/tmp}/aml-pipeline-XXXXXX")
XDG_CACHE_HOME=$scratch/cache
started=()
clean_up() {
  for pid in "${started[@]}"; do kill "$pid" 2>/dev/null || true; done
  for pid in "${started[@]}"; do wait "$pid" 2>/dev/null || true; done
  rm -rf "$scratch"
}
trap clean_up EXIT
cd "$scratch"

fail() { printf 'not ok: %s\n' "$*" >&2; exit 1; }
ok() { printf 'ok: %s\n' "$*"; }
skip() { printf 'skipped: %s\n' "$*"; exit 77; }
need() { command -v "$1" >/dev/null || skip "$1 is not installed"; }

# check WHAT ACTUAL EXPECTED
check() { [[ $2 == "$3" ]] || fail "$1: got '$2', expected '$3'"; ok "$1"; }
# check_match WHAT ACTUAL PATTERN (a glob)
check_match() { [[ $2 == $3 ]] || fail "$1: got '$2', expected to match '$3'"; ok "$1"; }
# check_status EXPECTED COMMAND…; leaves its stderr in ./err
check_status() {
  local expected=$1 status=0
  shift
  "$@" >out 2>err || status=$?
  [[ $status -eq $expected ]] || { cat err >&2; fail "status of '$*': got $status, expected $expected"; }
  ok "'$*' ends with $expected"
}
# Waits, by polling a condition, for at most 20 seconds.
await() {
  local i
  for i in $(seq 400); do if "$@" 2>/dev/null; then return 0; fi; read -rt 0.05 <> <(:) || true; done
  fail "timed out waiting for: $*"
}
free_port() { python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }

# A penguin project in ./penguins with raw data and prep package.
penguin_project() {
  mkdir penguins
  cp "$AML_SOURCE"/examples/penguins/penguins_raw.csv "$AML_SOURCE"/examples/penguins/penguins.prep.yaml penguins/
  cd penguins
  amlrun new . >/dev/null
}
