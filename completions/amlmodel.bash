# bash completion for amlmodel; made by amlmodel --generate bash
_amlmodel() {
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
    predict:--from) COMPREPLY=($(compgen -W 'csv tsv jsonl' -- "$cur")); return ;;
    predict:--missing) COMPREPLY=(); return ;;
    predict:--ragged) COMPREPLY=($(compgen -W 'refuse pad truncate fit reject' -- "$cur")); return ;;
    predict:--input-columns) COMPREPLY=($(compgen -W "$(amlmodel --complete column "$cur" 2>/dev/null)" -- "$cur")); return ;;
    predict:--to) COMPREPLY=($(compgen -W 'csv tsv jsonl' -- "$cur")); return ;;
    predict:-o|predict:--output) compopt -o filenames; COMPREPLY=($(compgen -f -- "$cur")); return ;;
    evaluate:--from) COMPREPLY=($(compgen -W 'csv tsv jsonl' -- "$cur")); return ;;
    evaluate:--missing) COMPREPLY=(); return ;;
    evaluate:--ragged) COMPREPLY=($(compgen -W 'refuse pad truncate fit reject' -- "$cur")); return ;;
    evaluate:--input-columns) COMPREPLY=($(compgen -W "$(amlmodel --complete column "$cur" 2>/dev/null)" -- "$cur")); return ;;
    evaluate:--label) COMPREPLY=($(compgen -W "$(amlmodel --complete column "$cur" 2>/dev/null)" -- "$cur")); return ;;
    export:-o|export:--output) compopt -o filenames; COMPREPLY=($(compgen -f -- "$cur")); return ;;
  esac
  case $command in
    '') flags='register ls show alias lineage predict evaluate export verify -h --help -V --version -v --verbose -q --quiet -j --threads --seed --store --config -C --directory --color --no-progress --no-input --print-config' ;;
    register)
      flags='-f --force --json -0 --null -h --help -V --version -v --verbose -q --quiet -j --threads --seed --store --config -C --directory --color --no-progress --no-input --print-config'
      [[ $cur == -* ]] || { COMPREPLY=($(compgen -W "$(amlmodel --complete run "$cur" 2>/dev/null)" -- "$cur")); return; } ;;
    ls)
      flags='--json --tsv --ids -0 --null -h --help -V --version -v --verbose -q --quiet -j --threads --seed --store --config -C --directory --color --no-progress --no-input --print-config'
      [[ $cur == -* ]] || { COMPREPLY=($(compgen -W "$(amlmodel --complete model "$cur" 2>/dev/null)" -- "$cur")); return; } ;;
    show)
      flags='--json --tsv --ids -0 --null -h --help -V --version -v --verbose -q --quiet -j --threads --seed --store --config -C --directory --color --no-progress --no-input --print-config'
      [[ $cur == -* ]] || { COMPREPLY=($(compgen -W "$(amlmodel --complete model "$cur" 2>/dev/null)" -- "$cur")); return; } ;;
    alias)
      flags='--remove --json -0 --null -h --help -V --version -v --verbose -q --quiet -j --threads --seed --store --config -C --directory --color --no-progress --no-input --print-config'
      [[ $cur == -* ]] || { COMPREPLY=(); return; } ;;
    lineage)
      flags='--json --tsv --ids -0 --null -h --help -V --version -v --verbose -q --quiet -j --threads --seed --store --config -C --directory --color --no-progress --no-input --print-config'
      [[ $cur == -* ]] || { COMPREPLY=($(compgen -W "$(amlmodel --complete model "$cur" 2>/dev/null)" -- "$cur")); return; } ;;
    predict)
      flags='--from --missing --ragged --input-columns --to --only-predictions --json -o --output -f --force -h --help -V --version -v --verbose -q --quiet -j --threads --seed --store --config -C --directory --color --no-progress --no-input --print-config'
      [[ $cur == -* ]] || { compopt -o filenames; COMPREPLY=($(compgen -f -- "$cur")); return; } ;;
    evaluate)
      flags='--from --missing --ragged --input-columns --label --json --tsv --ids -0 --null -h --help -V --version -v --verbose -q --quiet -j --threads --seed --store --config -C --directory --color --no-progress --no-input --print-config'
      [[ $cur == -* ]] || { compopt -o filenames; COMPREPLY=($(compgen -f -- "$cur")); return; } ;;
    export)
      flags='--json -o --output -f --force -h --help -V --version -v --verbose -q --quiet -j --threads --seed --store --config -C --directory --color --no-progress --no-input --print-config'
      [[ $cur == -* ]] || { COMPREPLY=($(compgen -W "$(amlmodel --complete model "$cur" 2>/dev/null)" -- "$cur")); return; } ;;
    verify)
      flags='--json --tsv --ids -0 --null -h --help -V --version -v --verbose -q --quiet -j --threads --seed --store --config -C --directory --color --no-progress --no-input --print-config'
      [[ $cur == -* ]] || { COMPREPLY=($(compgen -W "$(amlmodel --complete model "$cur" 2>/dev/null)" -- "$cur")); return; } ;;
  esac
  COMPREPLY=($(compgen -W "$flags" -- "$cur"))
}
complete -F _amlmodel amlmodel
