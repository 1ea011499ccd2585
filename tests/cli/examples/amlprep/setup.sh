# The files of the penguins story.
cp "$EXAMPLES"/penguins/* .
amlprep check --infer penguins_raw.csv > penguins.schema.yaml
amlprep profile --json penguins_raw.csv > may.profile.jsonl
cat > iris.dprep <<'EOF'
{"activities": [{"id": "p", "blocks": [
  {"type": "Microsoft.DPrep.ColumnRenameBlock", "arguments": {"columnId": "a", "newColumnId": "b"}}]}]}
EOF
# Features that are learned from one table and applied to another.
cp penguins_raw.csv train.csv
cp penguins_raw.csv test.csv
cat > features.prep.yaml <<'YAML'
version: 1
source: {missing: [NA]}
steps:
  - cast: {Body Mass (g): number}
  - impute: {columns: {Body Mass (g): median}, by: [Species]}
  - encode: {columns: {Island: one_hot}}
YAML
# What amlprep learn makes of one example.
cat > kind.prep.yaml <<'YAML'
version: 1
steps:
  - derive_by_example:
      from: [Species]
      into: kind
      examples:
        - {input: [Adelie Penguin (Pygoscelis adeliae)], output: Adelie}
      program: |
        slice(Species, start, past(nonspace))
YAML
