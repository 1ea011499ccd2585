# A project with a script, a Makefile, data and two runs; env.sh is what a recorder gives to its program.
git init -q .
echo 'print("trained")' > train.py
printf 'model:\n\techo made > $(AML_OUTPUTS)/model\n' > Makefile
mkdir data
cp "$EXAMPLES"/penguins/* .
cp penguins_raw.csv data/
amlprep apply penguins.prep.yaml penguins_raw.csv -o penguins.csv
for rate in 0.1 0.2; do
  amlrun submit -q --param rate=$rate -- sh -c 'echo "loss=$AML_PARAM_RATE" >> "$AML_METRICS"' 2> submit.log
done
echo 'export AML_METRICS=$PWD/metrics.log AML_RUN_ID=$(amlhist ls -n 1 --ids)' > env.sh
