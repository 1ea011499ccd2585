#!/usr/bin/env bash
# Runs prep_oracle.py with the Python that has pandas: $AML_PYTHON, or python3.
exec "${AML_PYTHON:-python3}" "$(dirname "$0")/prep_oracle.py" "$@"
