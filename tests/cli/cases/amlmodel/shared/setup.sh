# A registered model of two classes from a run: `. ./setup.sh` at the start of a case. Its files are the case's own.
amlrun train -q --label species --learner logistic_regression flowers.csv > id 2> train.log || cat train.log >&2
amlmodel register flowers "$(cat id)" > version
amlmodel export flowers -o model.onnx
# The file that holds the graph, writable, so that a case can damage it.
model_blob=.aml/blobs/sha256/$(sha256sum model.onnx | cut -d ' ' -f 1)
chmod u+w "$model_blob"
