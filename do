#!/bin/sh
# The front door. POSIX sh, so that a bare machine can run it.
set -eu
from=$PWD
cd "$(dirname "$0")"

usage() {
    cat <<'END'
usage: ./do COMMAND

  demo                  install what is missing, build, and show the stories in examples/
  build                 install what is missing and build build/dossier
  check                 every test, with gcc and with clang's sanitizers; ends with "N passed, N failed"
  score [--data FOLDER] score the built dossier on sample reports and corpora (../shared)
  score-language [--data FOLDER]
                        score sentences, tokens, tags, syntax and names on corpora (../shared/corpora)
  score-stories [--data FOLDER]
                        score stories as they come in, past only, and in other orders (../shared/corpora)
  models FOLDER         rebuild every model in models/ from a folder of corpora (language/, pages/): the same bytes come out
  bench [--small | --large]
                        speed and memory beside Debian's similarity-tester; reports that come in one after the other
                        (20,000; --large: a million)
  soak [MINUTES]        long fuzzing (each target so many minutes, 10 if not given) and big generated sets
  golden-update         write the expected files of the golden tests anew; read the difference before you commit it
  format                format the C files with clang-format
  help                  this text
END
}

say() { printf '%s\n' "$*" >&2; }
die() {
    say "do: $*"
    exit 1
}

# --- what is installed from Debian ------------------------------------------------------------------------------------

TO_BUILD='gcc libc6-dev meson ninja-build pkg-config libsqlite3-dev libjansson-dev zlib1g-dev libzstd-dev
libxxhash-dev libxml2-dev libstemmer-dev libutf8proc-dev libuchardet-dev nettle-dev'
TO_CHECK='libcmocka-dev clang libclang-rt-14-dev clang-format python3'
TO_BENCH='similarity-tester time python3 util-linux'

installed() {
    [ "$(dpkg-query -W -f='${db:Status-Status}' "$1" 2>/dev/null)" = installed ]
}

# need WHY PACKAGE...: installs those that are missing; says what and why first.
need() {
    why=$1
    shift
    command -v dpkg-query >/dev/null 2>&1 ||
        die "this is no Debian. Install the counterparts of these packages, then run meson by hand: $*"
    missing=
    for package in "$@"; do
        installed "$package" || missing="$missing $package"
    done
    [ -n "$missing" ] || return 0
    as_root=
    if [ "$(id -u)" -ne 0 ]; then
        command -v sudo >/dev/null 2>&1 ||
            die "these packages are missing$missing. Install them as root: apt-get install$missing"
        as_root=sudo
    fi
    say "Missing Debian packages, needed to $why:$missing"
    say "Installing them${as_root:+ with sudo}."
    # shellcheck disable=SC2086 # a list of words
    $as_root env DEBIAN_FRONTEND=noninteractive apt-get update -q >&2 || die 'apt-get update failed'
    # shellcheck disable=SC2086
    $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends $missing >&2 ||
        die "apt-get could not install$missing"
}

# --- building ---------------------------------------------------------------------------------------------------------

# configure FOLDER OPTION...: a folder that meson made before is only brought up to date.
configure() {
    folder=$1
    shift
    if [ -f "$folder/build.ninja" ] && meson setup --reconfigure "$folder" "$@" >"$folder/setup.log" 2>&1; then
        return 0
    fi
    rm -rf "$folder"
    mkdir -p "$folder"
    if ! meson setup "$folder" "$@" >"$folder/setup.log" 2>&1; then
        cat "$folder/setup.log" >&2
        die "meson could not set up $folder"
    fi
}

# compile FOLDER TARGET...: quiet where all is well.
compile() {
    folder=$1
    if ! ninja -C "$@" >"$folder/build.log" 2>&1; then
        grep -v '^\[[0-9]*/[0-9]*\] ' "$folder/build.log" >&2
        die "the build in $folder failed; all of it: $folder/build.log"
    fi
}

build() {
    # shellcheck disable=SC2086
    need 'build dossier' $TO_BUILD
    say 'Building build/dossier ...'
    CC=gcc configure build --buildtype=release
    compile build src/cli/dossier
    ln -sf src/cli/dossier build/dossier
}

demo() {
    build
    exec build/dossier brief examples/reports
}

# --- tests ------------------------------------------------------------------------------------------------------------

# suites FOLDER: builds everything there and runs all tests; the counts come from meson's log.
suites() {
    compile "$1"
    meson test -C "$1" --no-rebuild --timeout-multiplier 5 --num-processes "$(nproc)" >"$1/test.log" 2>&1 || :
    python3 test/tools/count "$1/meson-logs/testlog.json" || :
}

check() {
    # shellcheck disable=SC2086
    need 'build and test dossier' $TO_BUILD $TO_CHECK
    results=$(mktemp)
    trap 'rm -f "$results"' EXIT
    say 'Layout of the C files (clang-format) ...'
    sh test/tools/format >>"$results" || :
    say 'gcc, optimised: build and test ...'
    CC=gcc configure build --buildtype=release
    suites build >>"$results"
    ln -sf src/cli/dossier build/dossier
    say 'clang, AddressSanitizer and UndefinedBehaviorSanitizer: build and test ...'
    CC=clang configure build-sanitize --buildtype=debug --optimization=1 -Db_sanitize=address,undefined \
        -Db_lundef=false -Darena_checked=true
    suites build-sanitize >>"$results"
    grep -v '^[0-9]* passed, [0-9]* failed$' "$results" || :
    awk '/^[0-9]+ passed, [0-9]+ failed$/ { passed += $1; failed += $3; parts++ }
         END { if (parts != 3) failed++; printf "%d passed, %d failed\n", passed, failed; exit !(passed > 0 && failed == 0) }' \
        "$results"
}

golden_update() {
    build
    # shellcheck disable=SC2086
    need 'run the golden tests' $TO_CHECK
    python3 test/golden/run --update build/dossier test/golden
}

format() {
    # shellcheck disable=SC2086
    need 'format and check' $TO_CHECK
    sh test/tools/format --write
}

# --- measuring --------------------------------------------------------------------------------------------------------

score() {
    data=../shared
    if [ "${1-}" = --data ]; then
        [ $# -eq 2 ] || die 'score: --data takes a folder'
        case $2 in
        /*) data=$2 ;;
        *) data=$from/$2 ;;
        esac
    elif [ $# -gt 0 ]; then
        die "score: unknown argument $1; the only one is --data FOLDER"
    fi
    [ -d "$data" ] ||
        die "score: there is no folder $data. Give one that has score/, gold/, seeds/ and corpora/: ./do score --data FOLDER"
    # shellcheck disable=SC2086
    need 'score' python3
    build
    scored=0
    samples=$(mktemp -d)
    trap 'rm -rf "$samples"' EXIT
    if [ -f "$data/score/score.py" ] && [ -d "$data/gold" ] && [ -d "$data/seeds" ]; then
        say "Sample reports of $data/seeds, against $data/gold:"
        build/dossier extract "$data"/seeds/*.txt >"$samples/extract.jsonl" || say "do: extract ended with status $?"
        build/dossier brief --json "$data"/seeds/*.txt >"$samples/brief.jsonl" || say "do: brief ended with status $?"
        python3 "$data/score/score.py" "$data/gold" "$samples/extract.jsonl" "$samples/brief.jsonl" || die 'score.py failed'
        scored=1
    else
        say "do: no sample reports scored: $data lacks score/score.py, gold/ or seeds/"
    fi
    if [ -f "$data/score/score_sets.py" ] && [ -d "$data/corpora" ]; then
        say "Corpora of $data/corpora:"
        for set in stories copies times quotes events names pages; do
            python3 "$data/score/score_sets.py" build/dossier "$data/corpora" "$set" || say "do: the set $set could not be scored"
        done
        for cases in "$data"/corpora/numbers/*.jsonl; do
            [ ! -f "$cases" ] || python3 test/eval/numbers build/dossier "$cases" || say "do: the cases $cases could not be scored"
        done
        python3 test/eval/pages build/dossier "$data/corpora/pages" || say "do: the way back from pages to their bytes is broken"
        scored=1
    else
        say "do: no corpora scored: $data lacks score/score_sets.py or corpora/"
    fi
    [ $scored = 1 ] || die "score: nothing to score in $data"
}

score_language() {
    data=../shared/corpora
    if [ "${1-}" = --data ]; then
        [ $# -eq 2 ] || die 'score-language: --data takes a folder'
        case $2 in
        /*) data=$2 ;;
        *) data=$from/$2 ;;
        esac
    elif [ $# -gt 0 ]; then
        die "score-language: unknown argument $1; the only one is --data FOLDER"
    fi
    [ -d "$data/language" ] ||
        die "score-language: there is no folder $data/language. Give one like it: ./do score-language --data FOLDER"
    # shellcheck disable=SC2086
    need 'score' $TO_CHECK
    build
    compile build test/eval/print_tokens
    python3 test/eval/language --parts build/test/eval/print_tokens build/dossier "$data"
    compile build test/eval/name_pairs test/eval/print_references
    say "Spellings of one name, and who is who inside reports (names given):"
    pairs=$data/language/name-pairs-wd_russian_80.tsv
    if [ -f "$pairs" ]; then
        # The table in data/ was learnt from these pairs: what is measured is one that saw the other half of the names.
        half=$(mktemp -d)
        mkdir "$half/names"
        cp data/names/keys.tsv "$half/names/"
        build/train/train_spellings "$pairs" "$half/names/spellings.tsv" 0 >/dev/null
        build/test/eval/name_pairs "$pairs" "$half" 1
        rm -r "$half"
    fi
    python3 test/eval/references build/test/eval/print_references data models/en.syntax train/news/en
}

score_stories() {
    data=../shared/corpora
    if [ "${1-}" = --data ]; then
        [ $# -eq 2 ] || die 'score-stories: --data takes a folder'
        case $2 in
        /*) data=$2 ;;
        *) data=$from/$2 ;;
        esac
    elif [ $# -gt 0 ]; then
        die "score-stories: unknown argument $1; the only one is --data FOLDER"
    fi
    [ -d "$data/stories" ] || die "score-stories: there is no folder $data/stories. Give one like it: ./do score-stories --data FOLDER"
    build
    compile build test/eval/score_stream
    build/test/eval/score_stream "$data"/stories/*.jsonl
}

# models FOLDER: each as the card beside it says. What a model is made from comes before it: lists, then syntax, then names.
models() {
    [ $# -eq 1 ] || die 'models: give the folder of the corpora: ./do models FOLDER'
    case $1 in
    /*) corpora=$1 ;;
    *) corpora=$from/$1 ;;
    esac
    for needed in language/ud-ewt-train.conllu language/ud-ewt-dev.conllu language/gum-free-train.conllu pages/fundus-evaluation \
        pages/readability language/ner-wikigold.conll language/name-pairs-wd_russian_80.tsv; do
        [ -e "$corpora/$needed" ] || die "models: $corpora lacks $needed; models/*.md say what each model is made from"
    done
    # shellcheck disable=SC2086
    need 'build and train' $TO_BUILD $TO_CHECK
    build
    compile build train/train_background train/train_page train/train_syntax train/train_names train/train_spellings \
        train/train_attributions
    trained=$(mktemp -d)
    trap 'rm -rf "$trained"' EXIT
    say 'Background counts ...'
    build/train/train_background "$corpora/language/ud-ewt-train.conllu" "$corpora/language/gum-free-train.conllu" \
        >"$trained/background-en.tsv" || die 'train_background failed'
    say 'Pages ...'
    python3 train/pages.py "$corpora/pages" "$trained/pages" >/dev/null || die 'train/pages.py failed'
    build/train/train_page data "$trained/pages/list.tsv" "$trained/page.tsv" || die 'train_page failed'
    say 'Spellings of names ...'
    build/train/train_spellings "$corpora/language/name-pairs-wd_russian_80.tsv" "$trained/spellings.tsv" || die 'train_spellings failed'
    say 'Syntax (minutes) ...'
    build/train/train_syntax "$corpora/language" "$trained/en.syntax" || die 'train_syntax failed'
    say 'Names (minutes) ...'
    build/train/train_names "$corpora/language" data train/news/en "$trained/en.names" || die 'train_names failed'
    if [ -e "$corpora/quotes/polnear-train.jsonl" ]; then
        mv "$trained/en.syntax" "$trained/en.names" models/
        say 'Attributions ...'
        build/train/train_attributions data models "$corpora/quotes/polnear-train.jsonl" "$corpora/quotes/polnear-dev.jsonl" \
            "$trained/weights.c" || die 'train_attributions failed'
        mv "$trained/weights.c" src/annotate/gen/attribution_weights.c
        cp models/en.syntax models/en.names "$trained/"
    else
        say "do: the weights of attributions stay: there is no $corpora/quotes"
    fi
    mv "$trained/background-en.tsv" "$trained/page.tsv" "$trained/en.syntax" "$trained/en.names" models/
    mv "$trained/spellings.tsv" data/names/spellings.tsv
    if [ -e "$corpora/quotes/polnear-train.jsonl" ]; then
        say 'Speakers of quotations ...'
        compile build train/train_said
        build/train/train_said "$corpora/quotes/polnear-train.jsonl" data "$trained/said_weights.c" || die 'train_said failed'
        mv "$trained/said_weights.c" src/annotate/gen/said_weights.c
    fi
    say 'models/, data/names/spellings.tsv and src/annotate/gen/ are rebuilt; `git status` shows which of them changed.'
}

bench() {
    # shellcheck disable=SC2086
    need 'measure' $TO_BENCH
    build
    compile build bench/generate
    reports=20000
    case ${1-} in
    --large)
        reports=1000000
        shift
        ;;
    --small) reports=5000 ;;
    esac
    python3 bench/run build/dossier build/bench/generate "$@"
    compile build bench/fill bench/one_more
    filled=$(mktemp -d)
    trap 'rm -rf "$filled"' EXIT
    say "$reports reports that come in one after the other ..."
    build/bench/fill "$filled/store" "$reports"
    build/bench/one_more "$filled/store" examples/reports/*.txt
    if [ -d ../shared/corpora/pages ]; then
        compile build bench/parse_pages
        python3 bench/pages build/dossier build/bench/parse_pages ../shared/corpora/pages
    else
        say 'do: no pages timed: there is no folder ../shared/corpora/pages'
    fi
}

soak() {
    minutes=${1-10}
    # shellcheck disable=SC2086
    need 'build and fuzz dossier' $TO_BUILD $TO_CHECK
    build
    CC=clang configure build-fuzz --buildtype=debug --optimization=1 -Db_sanitize=address,undefined -Db_lundef=false \
        -Darena_checked=true -Dfuzz=true -Dc_args=-fsanitize=fuzzer-no-link
    compile build-fuzz
    sh test/fuzz/soak build-fuzz/test/fuzz test/fuzz/corpus "$minutes"
    compile build bench/generate
    python3 bench/soak build/dossier build/bench/generate
    python3 bench/kills build/dossier build/bench/generate
}

command=${1-help}
[ $# -eq 0 ] || shift
case $command in
demo) demo ;;
build) build ;;
check) check ;;
score) score "$@" ;;
score-language) score_language "$@" ;;
score-stories) score_stories "$@" ;;
models) models "$@" ;;
bench) bench "$@" ;;
soak) soak "$@" ;;
golden-update) golden_update ;;
format) format ;;
help | -h | --help) usage ;;
*)
    usage >&2
    exit 2
    ;;
esac
