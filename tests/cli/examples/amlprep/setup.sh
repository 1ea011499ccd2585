# The files of the penguins story.
cp "$EXAMPLES"/penguins/* .
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
