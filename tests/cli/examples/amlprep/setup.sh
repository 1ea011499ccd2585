# The files of the penguins story.
cp "$EXAMPLES"/penguins/* .
amlprep check --infer penguins_raw.csv > penguins.schema.yaml
amlprep profile --json penguins_raw.csv > may.profile.jsonl
cat > iris.dprep <<'EOF'
{"activities": [{"id": "p", "blocks": [
  {"type": "Microsoft.DPrep.ColumnRenameBlock", "arguments": {"columnId": "a", "newColumnId": "b"}}]}]}
EOF
