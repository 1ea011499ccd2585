# bash completion for amlprep; made by amlprep --generate bash
_amlprep() {
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
    profile:-n|profile:--limit) COMPREPLY=(); return ;;
    profile:--top) COMPREPLY=(); return ;;
    profile:--from) COMPREPLY=($(compgen -W 'csv tsv jsonl' -- "$cur")); return ;;
    profile:--separator) COMPREPLY=(); return ;;
    profile:--missing) COMPREPLY=(); return ;;
    profile:--ragged) COMPREPLY=($(compgen -W 'refuse pad' -- "$cur")); return ;;
    head:-n|head:--limit) COMPREPLY=(); return ;;
    head:--from) COMPREPLY=($(compgen -W 'csv tsv jsonl' -- "$cur")); return ;;
    head:--separator) COMPREPLY=(); return ;;
    head:--missing) COMPREPLY=(); return ;;
    head:--ragged) COMPREPLY=($(compgen -W 'refuse pad' -- "$cur")); return ;;
    head:--to) COMPREPLY=($(compgen -W 'csv tsv jsonl' -- "$cur")); return ;;
    head:--to-separator) COMPREPLY=(); return ;;
    head:--to-missing) COMPREPLY=(); return ;;
    head:-o|head:--output) compopt -o filenames; COMPREPLY=($(compgen -f -- "$cur")); return ;;
    convert:--from) COMPREPLY=($(compgen -W 'csv tsv jsonl' -- "$cur")); return ;;
    convert:--separator) COMPREPLY=(); return ;;
    convert:--missing) COMPREPLY=(); return ;;
    convert:--ragged) COMPREPLY=($(compgen -W 'refuse pad' -- "$cur")); return ;;
    convert:--to) COMPREPLY=($(compgen -W 'csv tsv jsonl' -- "$cur")); return ;;
    convert:--to-separator) COMPREPLY=(); return ;;
    convert:--to-missing) COMPREPLY=(); return ;;
    convert:-o|convert:--output) compopt -o filenames; COMPREPLY=($(compgen -f -- "$cur")); return ;;
    apply:--errors) COMPREPLY=($(compgen -W 'keep missing fail' -- "$cur")); return ;;
    apply:--rejects) compopt -o filenames; COMPREPLY=($(compgen -f -- "$cur")); return ;;
    apply:--memory) COMPREPLY=(); return ;;
    apply:--from) COMPREPLY=($(compgen -W 'csv tsv jsonl' -- "$cur")); return ;;
    apply:--separator) COMPREPLY=(); return ;;
    apply:--missing) COMPREPLY=(); return ;;
    apply:--ragged) COMPREPLY=($(compgen -W 'refuse pad' -- "$cur")); return ;;
    apply:--to) COMPREPLY=($(compgen -W 'csv tsv jsonl' -- "$cur")); return ;;
    apply:--to-separator) COMPREPLY=(); return ;;
    apply:--to-missing) COMPREPLY=(); return ;;
    apply:-o|apply:--output) compopt -o filenames; COMPREPLY=($(compgen -f -- "$cur")); return ;;
  esac
  case $command in
    '') flags='profile head convert apply -h --help -V --version -v --verbose -q --quiet -j --threads --seed --store --config -C --directory --color --no-progress --no-input --print-config' ;;
    profile)
      flags='-n --limit --top --from --separator --missing --ragged --no-header --json --tsv --ids -0 --null -h --help -V --version -v --verbose -q --quiet -j --threads --seed --store --config -C --directory --color --no-progress --no-input --print-config'
      [[ $cur == -* ]] || { compopt -o filenames; COMPREPLY=($(compgen -f -- "$cur")); return; } ;;
    head)
      flags='-n --limit --from --separator --missing --ragged --no-header --to --to-separator --to-missing --all-strings --json -o --output -f --force -h --help -V --version -v --verbose -q --quiet -j --threads --seed --store --config -C --directory --color --no-progress --no-input --print-config'
      [[ $cur == -* ]] || { compopt -o filenames; COMPREPLY=($(compgen -f -- "$cur")); return; } ;;
    convert)
      flags='--from --separator --missing --ragged --no-header --to --to-separator --to-missing --all-strings --json -o --output -f --force -h --help -V --version -v --verbose -q --quiet -j --threads --seed --store --config -C --directory --color --no-progress --no-input --print-config'
      [[ $cur == -* ]] || { compopt -o filenames; COMPREPLY=($(compgen -f -- "$cur")); return; } ;;
    apply)
      flags='--errors --rejects --memory --from --separator --missing --ragged --no-header --to --to-separator --to-missing --all-strings --json -o --output -f --force --dry-run -h --help -V --version -v --verbose -q --quiet -j --threads --seed --store --config -C --directory --color --no-progress --no-input --print-config'
      [[ $cur == -* ]] || { compopt -o filenames; COMPREPLY=($(compgen -f -- "$cur")); return; } ;;
  esac
  COMPREPLY=($(compgen -W "$flags" -- "$cur"))
}
complete -F _amlprep amlprep
