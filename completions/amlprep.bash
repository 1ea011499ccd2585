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
    profile:--x) COMPREPLY=(); return ;;
    profile:--y) COMPREPLY=(); return ;;
    profile:--against) compopt -o filenames; COMPREPLY=($(compgen -f -- "$cur")); return ;;
    profile:--html) compopt -o filenames; COMPREPLY=($(compgen -f -- "$cur")); return ;;
    profile:--from) COMPREPLY=($(compgen -W 'csv tsv jsonl json fixed lines excel parquet' -- "$cur")); return ;;
    profile:--separator) COMPREPLY=(); return ;;
    profile:--missing) COMPREPLY=(); return ;;
    profile:--ragged) COMPREPLY=($(compgen -W 'refuse pad truncate fit reject' -- "$cur")); return ;;
    profile:--names) COMPREPLY=(); return ;;
    profile:--columns) COMPREPLY=(); return ;;
    profile:--records) COMPREPLY=(); return ;;
    profile:--skip-lines) COMPREPLY=(); return ;;
    profile:--comment) COMPREPLY=(); return ;;
    profile:--quote) COMPREPLY=(); return ;;
    profile:--escape) COMPREPLY=(); return ;;
    profile:--encoding) COMPREPLY=(); return ;;
    profile:--decimal) COMPREPLY=($(compgen -W 'point comma' -- "$cur")); return ;;
    profile:--path-column) COMPREPLY=(); return ;;
    profile:--sheet) COMPREPLY=(); return ;;
    profile:--range) COMPREPLY=(); return ;;
    profile:--cells) COMPREPLY=($(compgen -W 'value displayed' -- "$cur")); return ;;
    profile:--query) COMPREPLY=(); return ;;
    head:-n|head:--limit) COMPREPLY=(); return ;;
    head:--from) COMPREPLY=($(compgen -W 'csv tsv jsonl json fixed lines excel parquet' -- "$cur")); return ;;
    head:--separator) COMPREPLY=(); return ;;
    head:--missing) COMPREPLY=(); return ;;
    head:--ragged) COMPREPLY=($(compgen -W 'refuse pad truncate fit reject' -- "$cur")); return ;;
    head:--names) COMPREPLY=(); return ;;
    head:--columns) COMPREPLY=(); return ;;
    head:--records) COMPREPLY=(); return ;;
    head:--skip-lines) COMPREPLY=(); return ;;
    head:--comment) COMPREPLY=(); return ;;
    head:--quote) COMPREPLY=(); return ;;
    head:--escape) COMPREPLY=(); return ;;
    head:--encoding) COMPREPLY=(); return ;;
    head:--decimal) COMPREPLY=($(compgen -W 'point comma' -- "$cur")); return ;;
    head:--path-column) COMPREPLY=(); return ;;
    head:--sheet) COMPREPLY=(); return ;;
    head:--range) COMPREPLY=(); return ;;
    head:--cells) COMPREPLY=($(compgen -W 'value displayed' -- "$cur")); return ;;
    head:--query) COMPREPLY=(); return ;;
    head:--to) COMPREPLY=($(compgen -W 'csv tsv jsonl markdown text parquet arrow' -- "$cur")); return ;;
    head:--to-separator) COMPREPLY=(); return ;;
    head:--to-missing) COMPREPLY=(); return ;;
    head:-o|head:--output) compopt -o filenames; COMPREPLY=($(compgen -f -- "$cur")); return ;;
    convert:--rejects) compopt -o filenames; COMPREPLY=($(compgen -f -- "$cur")); return ;;
    convert:--from) COMPREPLY=($(compgen -W 'csv tsv jsonl json fixed lines excel parquet' -- "$cur")); return ;;
    convert:--separator) COMPREPLY=(); return ;;
    convert:--missing) COMPREPLY=(); return ;;
    convert:--ragged) COMPREPLY=($(compgen -W 'refuse pad truncate fit reject' -- "$cur")); return ;;
    convert:--names) COMPREPLY=(); return ;;
    convert:--columns) COMPREPLY=(); return ;;
    convert:--records) COMPREPLY=(); return ;;
    convert:--skip-lines) COMPREPLY=(); return ;;
    convert:--comment) COMPREPLY=(); return ;;
    convert:--quote) COMPREPLY=(); return ;;
    convert:--escape) COMPREPLY=(); return ;;
    convert:--encoding) COMPREPLY=(); return ;;
    convert:--decimal) COMPREPLY=($(compgen -W 'point comma' -- "$cur")); return ;;
    convert:--path-column) COMPREPLY=(); return ;;
    convert:--sheet) COMPREPLY=(); return ;;
    convert:--range) COMPREPLY=(); return ;;
    convert:--cells) COMPREPLY=($(compgen -W 'value displayed' -- "$cur")); return ;;
    convert:--query) COMPREPLY=(); return ;;
    convert:--to) COMPREPLY=($(compgen -W 'csv tsv jsonl markdown text parquet arrow' -- "$cur")); return ;;
    convert:--to-separator) COMPREPLY=(); return ;;
    convert:--to-missing) COMPREPLY=(); return ;;
    convert:-o|convert:--output) compopt -o filenames; COMPREPLY=($(compgen -f -- "$cur")); return ;;
    apply:--errors) COMPREPLY=($(compgen -W 'keep missing fail' -- "$cur")); return ;;
    apply:--rejects) compopt -o filenames; COMPREPLY=($(compgen -f -- "$cur")); return ;;
    apply:--with) compopt -o filenames; COMPREPLY=($(compgen -f -- "$cur")); return ;;
    apply:--memory) COMPREPLY=(); return ;;
    apply:--from) COMPREPLY=($(compgen -W 'csv tsv jsonl json fixed lines excel parquet' -- "$cur")); return ;;
    apply:--separator) COMPREPLY=(); return ;;
    apply:--missing) COMPREPLY=(); return ;;
    apply:--ragged) COMPREPLY=($(compgen -W 'refuse pad truncate fit reject' -- "$cur")); return ;;
    apply:--names) COMPREPLY=(); return ;;
    apply:--columns) COMPREPLY=(); return ;;
    apply:--records) COMPREPLY=(); return ;;
    apply:--skip-lines) COMPREPLY=(); return ;;
    apply:--comment) COMPREPLY=(); return ;;
    apply:--quote) COMPREPLY=(); return ;;
    apply:--escape) COMPREPLY=(); return ;;
    apply:--encoding) COMPREPLY=(); return ;;
    apply:--decimal) COMPREPLY=($(compgen -W 'point comma' -- "$cur")); return ;;
    apply:--path-column) COMPREPLY=(); return ;;
    apply:--sheet) COMPREPLY=(); return ;;
    apply:--range) COMPREPLY=(); return ;;
    apply:--cells) COMPREPLY=($(compgen -W 'value displayed' -- "$cur")); return ;;
    apply:--query) COMPREPLY=(); return ;;
    apply:--to) COMPREPLY=($(compgen -W 'csv tsv jsonl markdown text parquet arrow' -- "$cur")); return ;;
    apply:--to-separator) COMPREPLY=(); return ;;
    apply:--to-missing) COMPREPLY=(); return ;;
    apply:-o|apply:--output) compopt -o filenames; COMPREPLY=($(compgen -f -- "$cur")); return ;;
    learn:-e|learn:--example) COMPREPLY=(); return ;;
    learn:--examples) compopt -o filenames; COMPREPLY=($(compgen -f -- "$cur")); return ;;
    learn:--from) COMPREPLY=(); return ;;
    learn:--to) COMPREPLY=(); return ;;
    learn:--append) compopt -o filenames; COMPREPLY=($(compgen -f -- "$cur")); return ;;
    learn:--separator) COMPREPLY=(); return ;;
    learn:--missing) COMPREPLY=(); return ;;
    learn:--ragged) COMPREPLY=($(compgen -W 'refuse pad truncate fit reject' -- "$cur")); return ;;
    learn:--names) COMPREPLY=(); return ;;
    learn:--columns) COMPREPLY=(); return ;;
    learn:--records) COMPREPLY=(); return ;;
    learn:--skip-lines) COMPREPLY=(); return ;;
    learn:--comment) COMPREPLY=(); return ;;
    learn:--quote) COMPREPLY=(); return ;;
    learn:--escape) COMPREPLY=(); return ;;
    learn:--encoding) COMPREPLY=(); return ;;
    learn:--decimal) COMPREPLY=($(compgen -W 'point comma' -- "$cur")); return ;;
    learn:--path-column) COMPREPLY=(); return ;;
    learn:--sheet) COMPREPLY=(); return ;;
    learn:--range) COMPREPLY=(); return ;;
    learn:--cells) COMPREPLY=($(compgen -W 'value displayed' -- "$cur")); return ;;
    learn:--query) COMPREPLY=(); return ;;
    split:--column) COMPREPLY=(); return ;;
    split:--append) compopt -o filenames; COMPREPLY=($(compgen -f -- "$cur")); return ;;
    split:--from) COMPREPLY=($(compgen -W 'csv tsv jsonl json fixed lines excel parquet' -- "$cur")); return ;;
    split:--separator) COMPREPLY=(); return ;;
    split:--missing) COMPREPLY=(); return ;;
    split:--ragged) COMPREPLY=($(compgen -W 'refuse pad truncate fit reject' -- "$cur")); return ;;
    split:--names) COMPREPLY=(); return ;;
    split:--columns) COMPREPLY=(); return ;;
    split:--records) COMPREPLY=(); return ;;
    split:--skip-lines) COMPREPLY=(); return ;;
    split:--comment) COMPREPLY=(); return ;;
    split:--quote) COMPREPLY=(); return ;;
    split:--escape) COMPREPLY=(); return ;;
    split:--encoding) COMPREPLY=(); return ;;
    split:--decimal) COMPREPLY=($(compgen -W 'point comma' -- "$cur")); return ;;
    split:--path-column) COMPREPLY=(); return ;;
    split:--sheet) COMPREPLY=(); return ;;
    split:--range) COMPREPLY=(); return ;;
    split:--cells) COMPREPLY=($(compgen -W 'value displayed' -- "$cur")); return ;;
    split:--query) COMPREPLY=(); return ;;
    split:-o|split:--output) compopt -o filenames; COMPREPLY=($(compgen -f -- "$cur")); return ;;
    explain:--from) COMPREPLY=($(compgen -W 'csv tsv jsonl json fixed lines excel parquet' -- "$cur")); return ;;
    explain:--separator) COMPREPLY=(); return ;;
    explain:--missing) COMPREPLY=(); return ;;
    explain:--ragged) COMPREPLY=($(compgen -W 'refuse pad truncate fit reject' -- "$cur")); return ;;
    explain:--names) COMPREPLY=(); return ;;
    explain:--columns) COMPREPLY=(); return ;;
    explain:--records) COMPREPLY=(); return ;;
    explain:--skip-lines) COMPREPLY=(); return ;;
    explain:--comment) COMPREPLY=(); return ;;
    explain:--quote) COMPREPLY=(); return ;;
    explain:--escape) COMPREPLY=(); return ;;
    explain:--encoding) COMPREPLY=(); return ;;
    explain:--decimal) COMPREPLY=($(compgen -W 'point comma' -- "$cur")); return ;;
    explain:--path-column) COMPREPLY=(); return ;;
    explain:--sheet) COMPREPLY=(); return ;;
    explain:--range) COMPREPLY=(); return ;;
    explain:--cells) COMPREPLY=($(compgen -W 'value displayed' -- "$cur")); return ;;
    explain:--query) COMPREPLY=(); return ;;
    fit:--memory) COMPREPLY=(); return ;;
    fit:--from) COMPREPLY=($(compgen -W 'csv tsv jsonl json fixed lines excel parquet' -- "$cur")); return ;;
    fit:--separator) COMPREPLY=(); return ;;
    fit:--missing) COMPREPLY=(); return ;;
    fit:--ragged) COMPREPLY=($(compgen -W 'refuse pad truncate fit reject' -- "$cur")); return ;;
    fit:--names) COMPREPLY=(); return ;;
    fit:--columns) COMPREPLY=(); return ;;
    fit:--records) COMPREPLY=(); return ;;
    fit:--skip-lines) COMPREPLY=(); return ;;
    fit:--comment) COMPREPLY=(); return ;;
    fit:--quote) COMPREPLY=(); return ;;
    fit:--escape) COMPREPLY=(); return ;;
    fit:--encoding) COMPREPLY=(); return ;;
    fit:--decimal) COMPREPLY=($(compgen -W 'point comma' -- "$cur")); return ;;
    fit:--path-column) COMPREPLY=(); return ;;
    fit:--sheet) COMPREPLY=(); return ;;
    fit:--range) COMPREPLY=(); return ;;
    fit:--cells) COMPREPLY=($(compgen -W 'value displayed' -- "$cur")); return ;;
    fit:--query) COMPREPLY=(); return ;;
    fit:-o|fit:--output) compopt -o filenames; COMPREPLY=($(compgen -f -- "$cur")); return ;;
    check:--drift) compopt -o filenames; COMPREPLY=($(compgen -f -- "$cur")); return ;;
    check:--psi) COMPREPLY=(); return ;;
    check:--js) COMPREPLY=(); return ;;
    check:--ks) COMPREPLY=(); return ;;
    check:--failures) COMPREPLY=(); return ;;
    check:--memory) COMPREPLY=(); return ;;
    check:--from) COMPREPLY=($(compgen -W 'csv tsv jsonl json fixed lines excel parquet' -- "$cur")); return ;;
    check:--separator) COMPREPLY=(); return ;;
    check:--missing) COMPREPLY=(); return ;;
    check:--ragged) COMPREPLY=($(compgen -W 'refuse pad truncate fit reject' -- "$cur")); return ;;
    check:--names) COMPREPLY=(); return ;;
    check:--columns) COMPREPLY=(); return ;;
    check:--records) COMPREPLY=(); return ;;
    check:--skip-lines) COMPREPLY=(); return ;;
    check:--comment) COMPREPLY=(); return ;;
    check:--quote) COMPREPLY=(); return ;;
    check:--escape) COMPREPLY=(); return ;;
    check:--encoding) COMPREPLY=(); return ;;
    check:--decimal) COMPREPLY=($(compgen -W 'point comma' -- "$cur")); return ;;
    check:--path-column) COMPREPLY=(); return ;;
    check:--sheet) COMPREPLY=(); return ;;
    check:--range) COMPREPLY=(); return ;;
    check:--cells) COMPREPLY=($(compgen -W 'value displayed' -- "$cur")); return ;;
    check:--query) COMPREPLY=(); return ;;
    sample:--first) COMPREPLY=(); return ;;
    sample:--rows) COMPREPLY=(); return ;;
    sample:--percent) COMPREPLY=(); return ;;
    sample:--by) COMPREPLY=(); return ;;
    sample:--memory) COMPREPLY=(); return ;;
    sample:--from) COMPREPLY=($(compgen -W 'csv tsv jsonl json fixed lines excel parquet' -- "$cur")); return ;;
    sample:--separator) COMPREPLY=(); return ;;
    sample:--missing) COMPREPLY=(); return ;;
    sample:--ragged) COMPREPLY=($(compgen -W 'refuse pad truncate fit reject' -- "$cur")); return ;;
    sample:--names) COMPREPLY=(); return ;;
    sample:--columns) COMPREPLY=(); return ;;
    sample:--records) COMPREPLY=(); return ;;
    sample:--skip-lines) COMPREPLY=(); return ;;
    sample:--comment) COMPREPLY=(); return ;;
    sample:--quote) COMPREPLY=(); return ;;
    sample:--escape) COMPREPLY=(); return ;;
    sample:--encoding) COMPREPLY=(); return ;;
    sample:--decimal) COMPREPLY=($(compgen -W 'point comma' -- "$cur")); return ;;
    sample:--path-column) COMPREPLY=(); return ;;
    sample:--sheet) COMPREPLY=(); return ;;
    sample:--range) COMPREPLY=(); return ;;
    sample:--cells) COMPREPLY=($(compgen -W 'value displayed' -- "$cur")); return ;;
    sample:--query) COMPREPLY=(); return ;;
    sample:--to) COMPREPLY=($(compgen -W 'csv tsv jsonl markdown text parquet arrow' -- "$cur")); return ;;
    sample:--to-separator) COMPREPLY=(); return ;;
    sample:--to-missing) COMPREPLY=(); return ;;
    sample:-o|sample:--output) compopt -o filenames; COMPREPLY=($(compgen -f -- "$cur")); return ;;
    partition:--into) COMPREPLY=(); return ;;
    partition:--files) COMPREPLY=(); return ;;
    partition:--by) COMPREPLY=(); return ;;
    partition:--time) COMPREPLY=(); return ;;
    partition:--from) COMPREPLY=($(compgen -W 'csv tsv jsonl json fixed lines excel parquet' -- "$cur")); return ;;
    partition:--separator) COMPREPLY=(); return ;;
    partition:--missing) COMPREPLY=(); return ;;
    partition:--ragged) COMPREPLY=($(compgen -W 'refuse pad truncate fit reject' -- "$cur")); return ;;
    partition:--names) COMPREPLY=(); return ;;
    partition:--columns) COMPREPLY=(); return ;;
    partition:--records) COMPREPLY=(); return ;;
    partition:--skip-lines) COMPREPLY=(); return ;;
    partition:--comment) COMPREPLY=(); return ;;
    partition:--quote) COMPREPLY=(); return ;;
    partition:--escape) COMPREPLY=(); return ;;
    partition:--encoding) COMPREPLY=(); return ;;
    partition:--decimal) COMPREPLY=($(compgen -W 'point comma' -- "$cur")); return ;;
    partition:--path-column) COMPREPLY=(); return ;;
    partition:--sheet) COMPREPLY=(); return ;;
    partition:--range) COMPREPLY=(); return ;;
    partition:--cells) COMPREPLY=($(compgen -W 'value displayed' -- "$cur")); return ;;
    partition:--query) COMPREPLY=(); return ;;
    partition:--to) COMPREPLY=($(compgen -W 'csv tsv jsonl markdown text parquet arrow' -- "$cur")); return ;;
    partition:--to-separator) COMPREPLY=(); return ;;
    partition:--to-missing) COMPREPLY=(); return ;;
    import:--dataflow) COMPREPLY=(); return ;;
    import:-o|import:--output) compopt -o filenames; COMPREPLY=($(compgen -f -- "$cur")); return ;;
    export:--to) COMPREPLY=($(compgen -W 'pandas sql pyspark' -- "$cur")); return ;;
    export:-o|export:--output) compopt -o filenames; COMPREPLY=($(compgen -f -- "$cur")); return ;;
  esac
  case $command in
    '') flags='profile head convert apply learn split explain fit check sample partition import export -h --help -V --version -v --verbose -q --quiet -j --threads --seed --store --config -C --directory --color --no-progress --no-input --print-config' ;;
    profile)
      flags='-n --limit --top --correlations --x --y --against --suggest --html -f --force --from --separator --missing --ragged --no-header --names --columns --records --flatten --skip-lines --comment --quote --escape --encoding --decimal --path-column --sheet --range --cells --query --json --tsv --ids -0 --null -h --help -V --version -v --verbose -q --quiet -j --threads --seed --store --config -C --directory --color --no-progress --no-input --print-config'
      [[ $cur == -* ]] || { compopt -o filenames; COMPREPLY=($(compgen -f -- "$cur")); return; } ;;
    head)
      flags='-n --limit --from --separator --missing --ragged --no-header --names --columns --records --flatten --skip-lines --comment --quote --escape --encoding --decimal --path-column --sheet --range --cells --query --to --to-separator --to-missing --all-strings --json -o --output -f --force -h --help -V --version -v --verbose -q --quiet -j --threads --seed --store --config -C --directory --color --no-progress --no-input --print-config'
      [[ $cur == -* ]] || { compopt -o filenames; COMPREPLY=($(compgen -f -- "$cur")); return; } ;;
    convert)
      flags='--rejects --from --separator --missing --ragged --no-header --names --columns --records --flatten --skip-lines --comment --quote --escape --encoding --decimal --path-column --sheet --range --cells --query --to --to-separator --to-missing --all-strings --json -o --output -f --force -h --help -V --version -v --verbose -q --quiet -j --threads --seed --store --config -C --directory --color --no-progress --no-input --print-config'
      [[ $cur == -* ]] || { compopt -o filenames; COMPREPLY=($(compgen -f -- "$cur")); return; } ;;
    apply)
      flags='--errors --rejects --with --memory --from --separator --missing --ragged --no-header --names --columns --records --flatten --skip-lines --comment --quote --escape --encoding --decimal --path-column --sheet --range --cells --query --to --to-separator --to-missing --all-strings --json -o --output -f --force --dry-run -h --help -V --version -v --verbose -q --quiet -j --threads --seed --store --config -C --directory --color --no-progress --no-input --print-config'
      [[ $cur == -* ]] || { compopt -o filenames; COMPREPLY=($(compgen -f -- "$cur")); return; } ;;
    learn)
      flags='-e --example --examples --from --to --append --suggest --separator --missing --ragged --no-header --names --columns --records --flatten --skip-lines --comment --quote --escape --encoding --decimal --path-column --sheet --range --cells --query --json --tsv --ids -0 --null -h --help -V --version -v --verbose -q --quiet -j --threads --seed --store --config -C --directory --color --no-progress --no-input --print-config'
      [[ $cur == -* ]] || { compopt -o filenames; COMPREPLY=($(compgen -f -- "$cur")); return; } ;;
    split)
      flags='--column --append --from --separator --missing --ragged --no-header --names --columns --records --flatten --skip-lines --comment --quote --escape --encoding --decimal --path-column --sheet --range --cells --query --json -o --output -f --force -h --help -V --version -v --verbose -q --quiet -j --threads --seed --store --config -C --directory --color --no-progress --no-input --print-config'
      [[ $cur == -* ]] || { compopt -o filenames; COMPREPLY=($(compgen -f -- "$cur")); return; } ;;
    explain)
      flags='--from --separator --missing --ragged --no-header --names --columns --records --flatten --skip-lines --comment --quote --escape --encoding --decimal --path-column --sheet --range --cells --query --json --tsv --ids -0 --null -h --help -V --version -v --verbose -q --quiet -j --threads --seed --store --config -C --directory --color --no-progress --no-input --print-config'
      [[ $cur == -* ]] || { compopt -o filenames; COMPREPLY=($(compgen -f -- "$cur")); return; } ;;
    fit)
      flags='--memory --from --separator --missing --ragged --no-header --names --columns --records --flatten --skip-lines --comment --quote --escape --encoding --decimal --path-column --sheet --range --cells --query --json -o --output -f --force -h --help -V --version -v --verbose -q --quiet -j --threads --seed --store --config -C --directory --color --no-progress --no-input --print-config'
      [[ $cur == -* ]] || { compopt -o filenames; COMPREPLY=($(compgen -f -- "$cur")); return; } ;;
    check)
      flags='--infer --drift --psi --js --ks --failures --memory --from --separator --missing --ragged --no-header --names --columns --records --flatten --skip-lines --comment --quote --escape --encoding --decimal --path-column --sheet --range --cells --query --json --tsv --ids -0 --null -h --help -V --version -v --verbose -q --quiet -j --threads --seed --store --config -C --directory --color --no-progress --no-input --print-config'
      [[ $cur == -* ]] || { compopt -o filenames; COMPREPLY=($(compgen -f -- "$cur")); return; } ;;
    sample)
      flags='--first --rows --percent --by --memory --from --separator --missing --ragged --no-header --names --columns --records --flatten --skip-lines --comment --quote --escape --encoding --decimal --path-column --sheet --range --cells --query --to --to-separator --to-missing --all-strings --json -o --output -f --force -h --help -V --version -v --verbose -q --quiet -j --threads --seed --store --config -C --directory --color --no-progress --no-input --print-config'
      [[ $cur == -* ]] || { compopt -o filenames; COMPREPLY=($(compgen -f -- "$cur")); return; } ;;
    partition)
      flags='--into --files --by --time -f --force --from --separator --missing --ragged --no-header --names --columns --records --flatten --skip-lines --comment --quote --escape --encoding --decimal --path-column --sheet --range --cells --query --to --to-separator --to-missing --all-strings --json --tsv --ids -0 --null -h --help -V --version -v --verbose -q --quiet -j --threads --seed --store --config -C --directory --color --no-progress --no-input --print-config'
      [[ $cur == -* ]] || { compopt -o filenames; COMPREPLY=($(compgen -f -- "$cur")); return; } ;;
    import)
      flags='--dataflow --json -o --output -f --force -h --help -V --version -v --verbose -q --quiet -j --threads --seed --store --config -C --directory --color --no-progress --no-input --print-config'
      [[ $cur == -* ]] || { compopt -o filenames; COMPREPLY=($(compgen -f -- "$cur")); return; } ;;
    export)
      flags='--to --json -o --output -f --force -h --help -V --version -v --verbose -q --quiet -j --threads --seed --store --config -C --directory --color --no-progress --no-input --print-config'
      [[ $cur == -* ]] || { compopt -o filenames; COMPREPLY=($(compgen -f -- "$cur")); return; } ;;
  esac
  COMPREPLY=($(compgen -W "$flags" -- "$cur"))
}
complete -F _amlprep amlprep
