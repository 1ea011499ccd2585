# A project with runs of both kinds: two trained models, a program that fails, and last one that leaves files.
cp "$EXAMPLES"/penguins/* .
amlprep apply penguins.prep.yaml penguins_raw.csv -o penguins.csv
for learner in logistic_regression fast_trees; do
  amlrun train -q --label species --learner $learner penguins.csv > id 2> train.log
done
amlhist tag "$(cat id)" note=first
amlrun submit -q -- sh -c 'exit 3' 2> submit.log || true
amlrun submit -q -- sh -c 'echo "loss=0.5 step=1" >> "$AML_METRICS"; echo "{}" > "$AML_OUTPUTS/model.json"' 2> submit.log
