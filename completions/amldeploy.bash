# bash completion for amldeploy; made by amldeploy --generate bash
_amldeploy() {
  local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]} command='' flags='' i
  COMPREPLY=()
  for ((i = 1; i < COMP_CWORD; i++)); do
    case ${COMP_WORDS[i]} in
    -j|--threads|--seed|--store|--config|-C|--directory|--color) i=$((i + 1)) ;;
    -*) ;;
    *) command=${COMP_WORDS[i]}; break ;;
    esac
  done
  case $prev in
    -j|--threads) COMPREPLY=(); return ;;
    --seed) COMPREPLY=(); return ;;
    --store) compopt -o filenames; COMPREPLY=($(compgen -d -- "$cur")); return ;;
    --config) compopt -o filenames; COMPREPLY=($(compgen -f -- "$cur")); return ;;
    -C|--directory) compopt -o filenames; COMPREPLY=($(compgen -d -- "$cur")); return ;;
    --color) COMPREPLY=($(compgen -W 'auto always never' -- "$cur")); return ;;
  esac
  case $command:$prev in
    build:-t|build:--tag) COMPREPLY=(); return ;;
    build:-o|build:--output) compopt -o filenames; COMPREPLY=($(compgen -f -- "$cur")); return ;;
    build:--scorer) compopt -o filenames; COMPREPLY=($(compgen -f -- "$cur")); return ;;
    pull:--from) compopt -o filenames; COMPREPLY=($(compgen -f -- "$cur")); return ;;
    serve:-p|serve:--port) COMPREPLY=(); return ;;
    serve:--host) COMPREPLY=(); return ;;
    serve:--port-file) compopt -o filenames; COMPREPLY=($(compgen -f -- "$cur")); return ;;
    serve:--drain) COMPREPLY=(); return ;;
    serve:--grace) COMPREPLY=(); return ;;
    score:--from) COMPREPLY=($(compgen -W 'csv tsv jsonl' -- "$cur")); return ;;
    score:--to) COMPREPLY=($(compgen -W 'csv tsv jsonl' -- "$cur")); return ;;
    score:--timeout) COMPREPLY=(); return ;;
    score:-o|score:--output) compopt -o filenames; COMPREPLY=($(compgen -f -- "$cur")); return ;;
  esac
  case $command in
    '') flags='build push pull serve score -h --help -V --version -v --verbose -q --quiet -j --threads --seed --store --config -C --directory --color --no-progress --no-input --print-config' ;;
    build)
      flags='-t --tag -o --output -f --force --scorer --json -0 --null -h --help -V --version -v --verbose -q --quiet -j --threads --seed --store --config -C --directory --color --no-progress --no-input --print-config'
      [[ $cur == -* ]] || { COMPREPLY=($(compgen -W "$(amldeploy --complete model "$cur" 2>/dev/null)" -- "$cur")); return; } ;;
    push)
      flags='--plain-http --json -0 --null -h --help -V --version -v --verbose -q --quiet -j --threads --seed --store --config -C --directory --color --no-progress --no-input --print-config'
      [[ $cur == -* ]] || { COMPREPLY=(); return; } ;;
    pull)
      flags='--from --plain-http --json -0 --null -h --help -V --version -v --verbose -q --quiet -j --threads --seed --store --config -C --directory --color --no-progress --no-input --print-config'
      [[ $cur == -* ]] || { COMPREPLY=(); return; } ;;
    serve)
      flags='-p --port --host --port-file --drain --grace --json -h --help -V --version -v --verbose -q --quiet -j --threads --seed --store --config -C --directory --color --no-progress --no-input --print-config'
      [[ $cur == -* ]] || { COMPREPLY=($(compgen -W "$(amldeploy --complete model "$cur" 2>/dev/null)" -- "$cur")); return; } ;;
    score)
      flags='--from --to --timeout --plain-http --json -o --output -f --force -h --help -V --version -v --verbose -q --quiet -j --threads --seed --store --config -C --directory --color --no-progress --no-input --print-config'
      [[ $cur == -* ]] || { compopt -o filenames; COMPREPLY=($(compgen -f -- "$cur")); return; } ;;
  esac
  COMPREPLY=($(compgen -W "$flags" -- "$cur"))
}
complete -F _amldeploy amldeploy
