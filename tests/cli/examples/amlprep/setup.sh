# The files of the penguins story.
cp "$EXAMPLES"/penguins/* .
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
