#!/usr/bin/env bash
# Push and pull when things go wrong, against docker-registry: no registry, a login wanted, connections that break in
# the middle, kill -9, and images that other tools made or read.
. "$(dirname "$0")/lib.sh"
for part in docker-registry skopeo htpasswd curl python3; do need "$part"; done
penguin_project
amlprep apply penguins.prep.yaml penguins_raw.csv > penguins.csv
amlmodel register penguins "$(amlrun train --label species --learner fast_trees penguins.csv)" > /dev/null

# start_registry NAME [LINES…]: a registry of its own; its port goes to $port
start_registry() {
  local name=$1
  shift
  port=$(free_port)
  { printf '%s\n' "version: 0.1" "log: {level: error}" \
      "storage: {filesystem: {rootdirectory: $scratch/$name}}" "http: {addr: \"127.0.0.1:$port\"}" "$@"; } > "$name.yml"
  docker-registry serve "$name.yml" > "$name.log" 2>&1 &
  started+=($!)
  await curl -s -o /dev/null "http://127.0.0.1:$port/v2/"
}
# Every blob of a store has the digest it is called by.
check_blobs() {
  local blob
  for blob in "$1"/blobs/sha256/*; do
    [[ ! -e $blob ]] || [[ $(sha256sum < "$blob") == "${blob##*/}  -" ]] || fail "blob $blob is bad"
  done
}

# The least static executable with 24 MB of noise behind it, so that there is something to break.
{ printf '\177ELF\2\1\1\0\0\0\0\0\0\0\0\0\2\0\76\0'; head -c 44 /dev/zero; } > scorer
head -c 24000000 /dev/urandom >> scorer

down=localhost:$(free_port)/penguins:1
amldeploy build penguins:1 -t "$down" --scorer scorer > digest
digest=$(cat digest)
check_status 7 amldeploy push "$down"
check_match "a registry that is down is one line and a hint" "$(cat err)" \
  "amldeploy: error: cannot reach 'http://${down%/*}': Connection refused
amldeploy: hint: check that a server listens at ${down%/*}"
check "and nothing on stdout" "$(cat out)" ""
check_status 7 amldeploy pull "$down"

htpasswd -Bbn somebody secret > htpasswd
start_registry locked "auth: {htpasswd: {realm: tests, path: $PWD/htpasswd}}"
amldeploy build penguins:1 -t "localhost:$port/penguins:1" --scorer scorer > /dev/null
check_status 7 amldeploy push "localhost:$port/penguins:1"
check_match "a login that is wanted is said, with what to do" "$(cat err)" \
  "amldeploy: error: registry 'localhost:$port' wants a login to *, which is not supported yet
amldeploy: hint: use a registry with anonymous access, or save the image with 'amldeploy build -o image.tar'*"
check_status 7 amldeploy pull "localhost:$port/penguins:1"

start_registry open
ref=localhost:$port/penguins:1
check_status 4 amldeploy pull "$ref"
check_match "what is not there is named" "$(cat err)" "*$ref*404*"

# Connections that break: the scorer's layer goes through a proxy that cuts four of them after 5 MB.
"$AML_SOURCE/tests/pipeline/cutting_proxy.py" "$port" cutter 5000000 4 &
started+=($!)
await test -s cutter
through=localhost:$(cat cutter)/penguins:1
amldeploy build penguins:1 -t "$through" --scorer scorer > /dev/null
amldeploy push "$through" > pushed
check "a push survives four cut connections" "$(cat pushed)" "${through%:1}@$digest"
check "and the registry has it whole" "$(skopeo inspect --tls-verify=false "docker://$ref" --format '{{.Digest}}')" "$digest"

"$AML_SOURCE/tests/pipeline/cutting_proxy.py" "$port" second_cutter 5000000 4 &
started+=($!)
await test -s second_cutter
check "a pull survives four cut connections" \
  "$(amldeploy pull --store "$scratch/pulled" "localhost:$(cat second_cutter)/penguins:1")" "$digest"
check_blobs "$scratch/pulled"

# kill -9 at growing distances from the start: what is there is whole, and the next pull completes it.
for delay in 0.01 0.03 0.06 0.1 0.15 0.2 0.3; do
  rm -rf "$scratch/killed"
  amldeploy pull --store "$scratch/killed" "$ref" > /dev/null 2>&1 &
  victim=$!
  read -rt "$delay" <> <(:) || true
  kill -9 "$victim" 2>/dev/null || true
  wait "$victim" 2>/dev/null || true
  check_blobs "$scratch/killed"
  [[ ! -e $scratch/killed/blobs/sha256/${digest#sha256:} ]] || [[ $(ls "$scratch/killed/blobs/sha256" | wc -l) -eq 4 ]] ||
    fail "the manifest is there before its blobs"
done
ok "kill -9 of a pull leaves whole blobs only"
check "and the next pull completes it" "$(amldeploy pull --store "$scratch/killed" "$ref")" "$digest"

# Pushing again sends nothing; the saved file is read by others, and what others pushed by us.
amldeploy build penguins:1 -t "$ref" --scorer scorer -o penguins.tar > /dev/null
amldeploy push -v "$ref" > /dev/null 2> again
check "a second push finds everything there" "$(grep -c 'was there already' again)" 3
skopeo copy -q --dest-tls-verify=false oci-archive:penguins.tar "docker://localhost:$port/theirs:1"
check "skopeo sends our archive with our digest" \
  "$(skopeo inspect --tls-verify=false "docker://localhost:$port/theirs:1" --format '{{.Digest}}')" "$digest"
check "we pull what skopeo sent" "$(amldeploy pull --store "$scratch/theirs" "localhost:$port/theirs:1")" "$digest"
check "by its digest as well" "$(amldeploy pull --store "$scratch/theirs" "localhost:$port/theirs@$digest")" "$digest"
check "the archive is a docker archive too" \
  "$(skopeo inspect docker-archive:penguins.tar --config --format '{{.Config.User}}')" 10001:10001
check "our archive loads back" "$(amldeploy pull --store "$scratch/loaded" penguins:1 --from penguins.tar)" "$digest"
skopeo copy -q oci-archive:penguins.tar oci-archive:copied.tar
check "and skopeo's archive too" "$(amldeploy pull --store "$scratch/loaded" penguins:2 --from copied.tar)" "$digest"
cut_short=$(($(stat -c %s penguins.tar) / 2))
head -c "$cut_short" penguins.tar > cut.tar
check_status 6 amldeploy pull --store "$scratch/cut" penguins:1 --from cut.tar
check_blobs "$scratch/cut"

if command -v umoci > /dev/null; then
  skopeo copy -q oci-archive:penguins.tar "oci:$scratch/layout:1"
  umoci unpack --rootless --image "$scratch/layout:1" "$scratch/bundle" > /dev/null 2>&1 || fail "umoci cannot unpack it"
  cmp "$scratch/bundle/rootfs/usr/libexec/amltools/aml-scorer" scorer || fail "umoci unpacks another scorer"
  ok "umoci unpacks the layers"
fi
