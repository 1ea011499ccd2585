# bash completion for amlhist; made by amlhist --generate bash
_amlhist() {
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
    ls:--state) COMPREPLY=(); return ;;
    ls:--kind) COMPREPLY=(); return ;;
    ls:--name) COMPREPLY=(); return ;;
    ls:--since) COMPREPLY=(); return ;;
    ls:--filter) COMPREPLY=(); return ;;
    ls:-n|ls:--limit) COMPREPLY=(); return ;;
    ls:--sort) COMPREPLY=(); return ;;
    best:--state) COMPREPLY=(); return ;;
    best:--kind) COMPREPLY=(); return ;;
    best:--name) COMPREPLY=(); return ;;
    best:--since) COMPREPLY=(); return ;;
    best:--filter) COMPREPLY=(); return ;;
    best:--metric) COMPREPLY=(); return ;;
    best:--goal) COMPREPLY=($(compgen -W 'max min' -- "$cur")); return ;;
    metrics:-k|metrics:--key) COMPREPLY=(); return ;;
    outputs:--cat) COMPREPLY=(); return ;;
    outputs:--to) compopt -o filenames; COMPREPLY=($(compgen -d -- "$cur")); return ;;
    outputs:--only) COMPREPLY=(); return ;;
    tag:--remove) COMPREPLY=(); return ;;
    gc:--grace) COMPREPLY=(); return ;;
  esac
  case $command in
    '') flags='ls show best diff metrics outputs tag rm reconcile gc verify -h --help -V --version -v --verbose -q --quiet -j --threads --seed --store --config -C --directory --color --no-progress --no-input --print-config' ;;
    ls)
      flags='--state --kind --name --since --filter -n --limit --sort --json --tsv --ids -0 --null -h --help -V --version -v --verbose -q --quiet -j --threads --seed --store --config -C --directory --color --no-progress --no-input --print-config'
      [[ $cur == -* ]] || { COMPREPLY=(); return; } ;;
    show)
      flags='--json --tsv --ids -0 --null -h --help -V --version -v --verbose -q --quiet -j --threads --seed --store --config -C --directory --color --no-progress --no-input --print-config'
      [[ $cur == -* ]] || { COMPREPLY=($(compgen -W "$(amlhist --complete run "$cur" 2>/dev/null)" -- "$cur")); return; } ;;
    best)
      flags='--state --kind --name --since --filter --metric --goal --json --tsv --ids -0 --null -h --help -V --version -v --verbose -q --quiet -j --threads --seed --store --config -C --directory --color --no-progress --no-input --print-config'
      [[ $cur == -* ]] || { COMPREPLY=(); return; } ;;
    diff)
      flags='--json --tsv --ids -0 --null -h --help -V --version -v --verbose -q --quiet -j --threads --seed --store --config -C --directory --color --no-progress --no-input --print-config'
      [[ $cur == -* ]] || { COMPREPLY=($(compgen -W "$(amlhist --complete run "$cur" 2>/dev/null)" -- "$cur")); return; } ;;
    metrics)
      flags='-k --key --json --tsv --ids -0 --null -h --help -V --version -v --verbose -q --quiet -j --threads --seed --store --config -C --directory --color --no-progress --no-input --print-config'
      [[ $cur == -* ]] || { COMPREPLY=($(compgen -W "$(amlhist --complete run "$cur" 2>/dev/null)" -- "$cur")); return; } ;;
    outputs)
      flags='--cat --to --only -f --force --json --tsv --ids -0 --null -h --help -V --version -v --verbose -q --quiet -j --threads --seed --store --config -C --directory --color --no-progress --no-input --print-config'
      [[ $cur == -* ]] || { COMPREPLY=($(compgen -W "$(amlhist --complete run "$cur" 2>/dev/null)" -- "$cur")); return; } ;;
    tag)
      flags='--remove --json -0 --null -h --help -V --version -v --verbose -q --quiet -j --threads --seed --store --config -C --directory --color --no-progress --no-input --print-config'
      [[ $cur == -* ]] || { COMPREPLY=(); return; } ;;
    rm)
      flags='--json -0 --null --dry-run -h --help -V --version -v --verbose -q --quiet -j --threads --seed --store --config -C --directory --color --no-progress --no-input --print-config'
      [[ $cur == -* ]] || { COMPREPLY=($(compgen -W "$(amlhist --complete run "$cur" 2>/dev/null)" -- "$cur")); return; } ;;
    reconcile)
      flags='--json --tsv --ids -0 --null --dry-run -h --help -V --version -v --verbose -q --quiet -j --threads --seed --store --config -C --directory --color --no-progress --no-input --print-config'
      [[ $cur == -* ]] || { COMPREPLY=(); return; } ;;
    gc)
      flags='--grace --json --tsv --ids -0 --null --dry-run -h --help -V --version -v --verbose -q --quiet -j --threads --seed --store --config -C --directory --color --no-progress --no-input --print-config'
      [[ $cur == -* ]] || { COMPREPLY=(); return; } ;;
    verify)
      flags='--json --tsv --ids -0 --null -h --help -V --version -v --verbose -q --quiet -j --threads --seed --store --config -C --directory --color --no-progress --no-input --print-config'
      [[ $cur == -* ]] || { COMPREPLY=(); return; } ;;
  esac
  COMPREPLY=($(compgen -W "$flags" -- "$cur"))
}
complete -F _amlhist amlhist
