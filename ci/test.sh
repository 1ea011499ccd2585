#!/usr/bin/env bash
# Builds everything and runs all tests, setting up what is missing first: the project's one test command.
#
#   ci/test.sh            all of it
#   ci/test.sh quick      the release build and its tests only
set -eu
cd "$(dirname "$0")/.."
mode=${1:-all}
jobs=${AML_JOBS:-$(nproc)}
build=${AML_BUILD_DIR:-$PWD/build}

step() { printf '\n== %s (%ds)\n' "$*" "$SECONDS"; }

step "packages"
ci/install-deps --tests

# Oracles from PyPI. Tests that need one skip, by name, when AML_PYTHON has it not.
step "python oracles"
export AML_PYTHON=$build/venv/bin/python3
if [[ ! -f $build/venv/complete ]]; then
  mkdir -p "$build"
  if python3 -m venv "$build/venv" && "$AML_PYTHON" -m pip install -q -r ci/python-oracles.txt; then
    touch "$build/venv/complete"
  else
    echo "skipped: the Python oracles of ci/python-oracles.txt cannot be installed; tests against them will skip"
  fi
fi

# Test material others made, if it lies beside the checkout.
[[ -d ../shared/suites ]] && export AML_SUITES=${AML_SUITES:-$(cd ../shared/suites && pwd)}
[[ -d ../shared/data ]] && export AML_DATA=${AML_DATA:-$(cd ../shared/data && pwd)}

step "source checks"
ci/check-layers
ci/check-size
ci/check-words
git ls-files -- '*.cpp' '*.h' | xargs clang-format --dry-run --Werror

run_suite() {  # name, targets, cmake arguments
  local name=$1 targets=$2
  shift 2
  step "$name: build"
  cmake -S . -B "$build/$name" -G Ninja -DAML_WERROR=ON "$@" >/dev/null
  # shellcheck disable=SC2086
  cmake --build "$build/$name" -j "$jobs" --target $targets -- --quiet
  step "$name: tests"
  (cd "$build/$name" && ctest --output-on-failure -j "$jobs" "${ctest_arguments[@]}")
}

ctest_arguments=(--timeout 600)
run_suite release all -DCMAKE_BUILD_TYPE=Release
step "generated files"
ci/check-generated "$build/release/bin"
[[ $mode == all ]] || exit 0

# The same tests under AddressSanitizer and UndefinedBehaviorSanitizer, by the other compiler and without the shared
# headers. The fuzz targets above bring sanitizers of their own.
ctest_arguments=(--timeout 1200 -E '^fuzz\.')
export ASAN_OPTIONS=detect_leaks=1 UBSAN_OPTIONS=print_stacktrace=1
run_suite clang-sanitize all -DCMAKE_CXX_COMPILER=clang++ -DCMAKE_BUILD_TYPE= -DAML_SANITIZE=ON
step "done"
