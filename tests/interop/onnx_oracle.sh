#!/usr/bin/env bash
# Runs onnx_oracle.py with the Python that has onnxruntime: $AML_PYTHON, or python3.
exec "${AML_PYTHON:-python3}" "$(dirname "$0")/onnx_oracle.py" "$@"
