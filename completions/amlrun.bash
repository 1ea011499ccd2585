# bash completion for amlrun; made by amlrun --generate bash
_amlrun() {
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
    new:--name) COMPREPLY=(); return ;;
    snapshot:--why) compopt -o filenames; COMPREPLY=($(compgen -f -- "$cur")); return ;;
    snapshot:--allow-secret) compopt -o filenames; COMPREPLY=($(compgen -f -- "$cur")); return ;;
    submit:--name) COMPREPLY=(); return ;;
    submit:--param) COMPREPLY=(); return ;;
    submit:--tag) COMPREPLY=(); return ;;
    submit:--input) compopt -o filenames; COMPREPLY=($(compgen -f -- "$cur")); return ;;
    submit:--timeout) COMPREPLY=(); return ;;
    submit:--id-fd) COMPREPLY=(); return ;;
    submit:--id-file) compopt -o filenames; COMPREPLY=($(compgen -f -- "$cur")); return ;;
    submit:--allow-secret) compopt -o filenames; COMPREPLY=($(compgen -f -- "$cur")); return ;;
    submit:--keep-work) COMPREPLY=($(compgen -W 'never changed always' -- "$cur")); return ;;
    train:-l|train:--label) COMPREPLY=($(compgen -W "$(amlrun --complete column "$cur" 2>/dev/null)" -- "$cur")); return ;;
    train:--learner) COMPREPLY=($(compgen -W 'fast_trees logistic_regression' -- "$cur")); return ;;
    train:--columns) COMPREPLY=($(compgen -W "$(amlrun --complete column "$cur" 2>/dev/null)" -- "$cur")); return ;;
    train:--drop) COMPREPLY=($(compgen -W "$(amlrun --complete column "$cur" 2>/dev/null)" -- "$cur")); return ;;
    train:--validation) COMPREPLY=(); return ;;
    train:--missing) COMPREPLY=(); return ;;
    train:--ragged) COMPREPLY=($(compgen -W 'refuse pad truncate fit reject' -- "$cur")); return ;;
    train:--name) COMPREPLY=(); return ;;
    train:--param) COMPREPLY=(); return ;;
    train:--tag) COMPREPLY=(); return ;;
    train:--input) compopt -o filenames; COMPREPLY=($(compgen -f -- "$cur")); return ;;
    train:--timeout) COMPREPLY=(); return ;;
    train:--id-fd) COMPREPLY=(); return ;;
    train:--id-file) compopt -o filenames; COMPREPLY=($(compgen -f -- "$cur")); return ;;
    train:--allow-secret) compopt -o filenames; COMPREPLY=($(compgen -f -- "$cur")); return ;;
    train:--keep-work) COMPREPLY=($(compgen -W 'never changed always' -- "$cur")); return ;;
    log:--step) COMPREPLY=(); return ;;
  esac
  case $command in
    '') flags='new snapshot submit train wait logs cancel adopt log -h --help -V --version -v --verbose -q --quiet -j --threads --seed --store --config -C --directory --color --no-progress --no-input --print-config' ;;
    new)
      flags='--name --json -h --help -V --version -v --verbose -q --quiet -j --threads --seed --store --config -C --directory --color --no-progress --no-input --print-config'
      [[ $cur == -* ]] || { compopt -o filenames; COMPREPLY=($(compgen -d -- "$cur")); return; } ;;
    snapshot)
      flags='-n --list --why --allow-secret --json --tsv --ids -0 --null -h --help -V --version -v --verbose -q --quiet -j --threads --seed --store --config -C --directory --color --no-progress --no-input --print-config'
      [[ $cur == -* ]] || { COMPREPLY=(); return; } ;;
    submit)
      flags='--name --param --tag --input --timeout --detach --id-fd --id-file --snapshot --no-snapshot --allow-secret --keep-work --json -0 --null -h --help -V --version -v --verbose -q --quiet -j --threads --seed --store --config -C --directory --color --no-progress --no-input --print-config'
      [[ $cur == -* ]] || { compopt -o filenames; COMPREPLY=($(compgen -c -f -- "$cur")); return; } ;;
    train)
      flags='-l --label --learner --columns --drop --validation --missing --ragged --name --param --tag --input --timeout --detach --id-fd --id-file --snapshot --no-snapshot --allow-secret --keep-work --json -0 --null -h --help -V --version -v --verbose -q --quiet -j --threads --seed --store --config -C --directory --color --no-progress --no-input --print-config'
      [[ $cur == -* ]] || { compopt -o filenames; COMPREPLY=($(compgen -f -- "$cur")); return; } ;;
    wait)
      flags='--json --tsv --ids -0 --null -h --help -V --version -v --verbose -q --quiet -j --threads --seed --store --config -C --directory --color --no-progress --no-input --print-config'
      [[ $cur == -* ]] || { COMPREPLY=($(compgen -W "$(amlrun --complete run "$cur" 2>/dev/null)" -- "$cur")); return; } ;;
    logs)
      flags='--follow --json -h --help -V --version -v --verbose -q --quiet -j --threads --seed --store --config -C --directory --color --no-progress --no-input --print-config'
      [[ $cur == -* ]] || { COMPREPLY=($(compgen -W "$(amlrun --complete run "$cur" 2>/dev/null)" -- "$cur")); return; } ;;
    cancel)
      flags='--json -0 --null -h --help -V --version -v --verbose -q --quiet -j --threads --seed --store --config -C --directory --color --no-progress --no-input --print-config'
      [[ $cur == -* ]] || { COMPREPLY=($(compgen -W "$(amlrun --complete run "$cur" 2>/dev/null)" -- "$cur")); return; } ;;
    adopt)
      flags='--json --tsv --ids -0 --null -h --help -V --version -v --verbose -q --quiet -j --threads --seed --store --config -C --directory --color --no-progress --no-input --print-config'
      [[ $cur == -* ]] || { COMPREPLY=($(compgen -W "$(amlrun --complete run "$cur" 2>/dev/null)" -- "$cur")); return; } ;;
    log)
      flags='--step --json -0 --null -h --help -V --version -v --verbose -q --quiet -j --threads --seed --store --config -C --directory --color --no-progress --no-input --print-config'
      [[ $cur == -* ]] || { COMPREPLY=(); return; } ;;
  esac
  COMPREPLY=($(compgen -W "$flags" -- "$cur"))
}
complete -F _amlrun amlrun
