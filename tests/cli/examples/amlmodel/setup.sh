# A registered model with an alias, the file it came from, and tables to score.
cp "$EXAMPLES"/penguins/* .
cp penguins.prep.yaml p.prep.yaml
cp penguins_raw.csv raw.csv
amlprep apply penguins.prep.yaml penguins_raw.csv -o penguins.csv
head -n 20 penguins.csv > new.csv
cp penguins.csv test.csv
amlrun train -q --label species --learner fast_trees penguins.csv > id 2> train.log
amlmodel register penguins "$(cat id)" > version
amlmodel alias penguins:1 production
amlmodel export penguins:1 -o model.onnx
