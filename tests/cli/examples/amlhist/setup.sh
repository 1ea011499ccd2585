# A project with runs of both kinds: two trained models and one program that fails.
cp "$EXAMPLES"/penguins/* .
amlprep apply penguins.prep.yaml penguins_raw.csv -o penguins.csv
for rate in 0.1 0.3; do
  amlrun train -q --label species --learner logistic_regression penguins.csv > id 2> train.log
done
amlrun submit -q -- sh -c 'echo "loss=0.5 step=1" >> "$AML_METRICS"; exit 3' 2> submit.log || true
amlhist tag "$(cat id)" note=first
amlrun train -q --label species --learner fast_trees penguins.csv > id 2> train.log
