#!/usr/bin/env bash
# Runs export_oracle.py with the Python that has pandas and duckdb: $AML_PYTHON, or python3.
exec "${AML_PYTHON:-python3}" "$(dirname "$0")/export_oracle.py" "$@"
