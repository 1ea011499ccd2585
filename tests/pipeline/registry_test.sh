#!/usr/bin/env bash
# The image, against the real parts: pushed to docker-registry, copied by skopeo with equal digests, run by podman.
. "$(dirname "$0")/lib.sh"
for part in docker-registry skopeo podman curl python3; do need "$part"; done
penguin_project
amlprep apply penguins.prep.yaml penguins_raw.csv > penguins.csv
amlmodel register penguins "$(amlrun train --label species --learner fast_trees penguins.csv)"

port=$(free_port)
cat > registry.yml <<YML
version: 0.1
log: {level: error}
storage: {filesystem: {rootdirectory: $scratch/registry}, delete: {enabled: true}}
http: {addr: "127.0.0.1:$port"}
YML
docker-registry serve registry.yml > registry.log 2>&1 &
started+=($!)
await curl -sf "http://127.0.0.1:$port/v2/"

ref=localhost:$port/penguins:1
digest=$(amldeploy build penguins:1 -t "$ref")
check "a second build gives the same digest" "$(amldeploy build penguins:1 -t "$ref")" "$digest"
amldeploy push "$ref" > pushed.txt
check_match "push names the digest" "$(cat pushed.txt)" "*$digest*"
check "skopeo sees the same digest" "$(skopeo inspect --tls-verify=false "docker://$ref" --format '{{.Digest}}')" "$digest"
skopeo copy -q --src-tls-verify=false "docker://$ref" "oci:$scratch/copy:1"
check "and pulls the same manifest" "$(python3 -c 'import json,sys; print(json.load(open(sys.argv[1]))["manifests"][0]["digest"])' "$scratch/copy/index.json")" "$digest"

# Hosts with hybrid control groups or low limits need these.
cat > containers.conf <<'CONF'
[containers]
default_ulimits = ["nofile=4096:4096", "nproc=4096:4096"]
[engine]
runtime = "runc"
CONF
export CONTAINERS_CONF=$PWD/containers.conf
podman=(podman --root "$scratch/podman" --runroot "$scratch/podman-run" --storage-driver "${AML_PODMAN_STORAGE:-vfs}")
"${podman[@]}" pull -q --tls-verify=false "$ref" > /dev/null 2> podman.err || skip "podman cannot work here: $(tail -1 podman.err)"
"${podman[@]}" run --rm --network=none --entrypoint /nothing "$ref" > /dev/null 2> podman.err || true
grep -q 'nothing' podman.err || skip "podman cannot run containers here: $(tail -1 podman.err)"
served=$(free_port)
container=$("${podman[@]}" run -d --read-only --network=host "$ref" --host 127.0.0.1 --port "$served" --drain-ms 0)
stop_container() { "${podman[@]}" rm -f -t 1 "$container" > /dev/null 2>&1 || true; }
trap 'stop_container; clean_up' EXIT
await curl -sf "http://127.0.0.1:$served/healthz"
row=$(amlprep head -n 1 penguins.csv | amlprep convert --from csv --to jsonl -)
answer=$(curl -sS -H 'Content-Type: application/json' -d "$row" "http://127.0.0.1:$served/score")
check "the container answers" "$(python3 -c 'import json,sys; print(json.loads(sys.argv[1])["predictions"][0]["label"])' "$answer")" Adelie
check "it does not run as root" "$("${podman[@]}" inspect "$container" --format '{{.Config.User}}')" 10001:10001
"${podman[@]}" stop -t 10 "$container" > /dev/null
check "it ends cleanly on TERM" "$("${podman[@]}" inspect "$container" --format '{{.State.ExitCode}}')" 0
