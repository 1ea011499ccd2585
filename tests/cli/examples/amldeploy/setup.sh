# A registered model, the file it came from, a table to score, and an image archive.
cp "$EXAMPLES"/penguins/* .
amlprep apply penguins.prep.yaml penguins_raw.csv -o penguins.csv
head -n 20 penguins.csv > new.csv
amlrun train -q --label species --learner fast_trees penguins.csv > id 2> train.log
amlmodel register penguins "$(cat id)" > version
amlmodel export penguins:1 -o model.onnx
# Built with the sanitizers, the scorer cannot be static and images refuse it: a bare ELF header stands in.
{ printf '\177ELF\2\1\1\0\0\0\0\0\0\0\0\0\2\0\76\0'; head -c 44 /dev/zero; } > scorer
cat > env.sh <<'ENV'
if ldd "$(dirname "$(command -v amldeploy)")/../libexec/amltools/aml-scorer" > /dev/null 2>&1; then
  amldeploy() { if [[ $1 == build ]]; then command amldeploy "$@" --scorer scorer; else command amldeploy "$@"; fi; }
fi
ENV
. ./env.sh
amldeploy build penguins:1 -o archive.tar > digest
