#!/usr/bin/env bash
# Runs metrics_oracle.py with the Python that has scikit-learn: $AML_PYTHON, or python3.
exec "${AML_PYTHON:-python3}" "$(dirname "$0")/metrics_oracle.py" "$@"
