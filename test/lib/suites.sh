# suites.sh - the suites of test/run.  Each prints what it found and adds lines
# "passed failed skipped" to $RUN/count.  One line of TAP, one file of
# pg_regress and one isolation spec count as one test.  Needs cluster.sh.

count() { echo "$@" >>"$RUN/count"; }

# check TITLE COMMAND [ARGUMENT...]: one test; its output is shown when it fails
check()
{
    local title=$1 began=$EPOCHREALTIME status=0 log
    shift
    log=$(mktemp "$RUN/check-XXXXXX")
    ( set -e; "$@" ) >"$log" 2>&1 &
    wait "$!" || status=$?
    if ((status == 0)); then
        count 1 0 0
        printf '  ok      %-72s %8s\n' "$title" "$(elapsed "$began")"
    else
        count 0 1 0
        printf '  FAILED  %-72s %8s\n' "$title" "$(elapsed "$began")"
        cat "$log"
    fi
}

# tap TITLE COMMAND [ARGUMENT...]: a program that prints TAP
tap()
{
    local title=$1 began=$EPOCHREALTIME status=0 log passed failed skipped word=ok
    local regress_log=$RUN/t/$1/tmp_check/log/regress_log_$1
    shift
    log=$(mktemp "$RUN/tap-XXXXXX")
    "$@" >"$log" 2>&1 || status=$?
    read -r passed failed skipped < <(awk -v "status=$status" -f "$ROOT/test/lib/tally.awk" "$log")
    count "$passed" "$failed" "$skipped"
    if ((failed > 0)); then
        word=FAILED
    elif ((passed == 0)); then
        word=skipped
    fi
    {
        printf '  %-7s %-58s %4d passed %8s\n' "$word" "$title" "$passed" "$(elapsed "$began")"
        if ((failed > 0)); then
            printf '    exit status %d, %d failed\n' "$status" "$failed"
            tail -n 200 "$log"
            # what a TAP file that died has to say is in its own log only
            if ! grep -q '^1\.\.' "$log"; then
                grep -m 3 'ERROR: ' "$regress_log" || true
                tail -n 60 "$regress_log" || true
            fi 2>/dev/null
        else
            sed -n 's/^\(ok.*\|1\.\.0.*\)# *\([Ss][Kk][Ii][Pp]\)/    \2/p' "$log" | sort | uniq -c |
                sed 's/^ *1 /    /'
            sed -n 's/^# shown: /    /p' "$log"
        fi
    } >"$log.report"
    cat "$log.report"
}

# each WIDTH FUNCTION ITEM...: so many at a time; one that breaks off has failed
each()
{
    local width=$1 task=$2 item running=0
    shift 2
    for item; do
        ( set -e; "$task" "$item"; touch "$RUN/$task-$item-done" ) &
        if ((++running > width - 1)); then
            wait -n || true     # two that end at once count as one: then nothing is left to wait for
        fi
    done
    wait
    for item; do
        if [[ ! -e $RUN/$task-$item-done ]]; then
            count 0 1 0
            printf '  FAILED  %s broke off\n' "$item"
        fi
    done
}

# wanted NAME: whether ONLY (a list of names; empty means all) contains it
wanted() { [[ -z ${ONLY:-} || " $ONLY " == *" $1 "* ]]; }

# names FOLDER SUFFIX: wanted files, without folder and suffix
names()
{
    local file
    for file in "$ROOT/$1"/*"$2"; do
        file=${file##*/}
        if [[ $file != '*'* ]] && wanted "${file%"$2"}"; then
            printf '%s\n' "${file%"$2"}"
        fi
    done
}

suite_build()
{
    local cc
    for cc in gcc clang; do
        check "module with $cc, warnings are errors" build "$cc" "CC=$(compiler "$cc")" \
            WERROR=-Werror with_llvm=no
    done
    check 'plain make and make install, with bitcode' build_plain
    check 'make clean leaves the sources alone' clean_plain
}

compiler() { [[ $1 == clang ]] && echo "$CLANG" || echo "$1"; }

# what a user does: no variable of ours
build_plain()
{
    copy_sources "$ROOT/build/plain"
    cd "$ROOT/build/plain"
    make -j2 "PG_CONFIG=$PG_CONFIG"
    # bitcode that may be fused would make results depend on the processor
    if grep -rl fmuladd src --include='*.bc'; then
        return 1
    fi
    make "PG_CONFIG=$PG_CONFIG" "DESTDIR=$RUN/plain" install
    cd "$RUN/plain"
    test -f ".$("$PG_CONFIG" --pkglibdir)/inefficient_land.so"
    test -f ".$("$PG_CONFIG" --pkglibdir)/bitcode/inefficient_land.index.bc"
    test -f ".$("$PG_CONFIG" --sharedir)/extension/inefficient_land.control"
    ls ".$("$PG_CONFIG" --sharedir)/extension/"inefficient_land--*.sql
}

# make clean takes away everything that make made (in a copy, so that the next
# run need not compile all of it again)
clean_plain()
{
    rm -rf -- "$ROOT/build/clean"
    cp -rp "$ROOT/build/plain" "$ROOT/build/clean"
    cd "$ROOT/build/clean"
    make "PG_CONFIG=$PG_CONFIG" clean
    (cd "$ROOT" && list_sources -print) | sort >"$RUN/sources"
    find . -type f | sed 's|^\./||' | sort | diff "$RUN/sources" -
    rm -rf -- "$ROOT/build/clean"
}

suite_unit()
{
    cd "$ROOT"
    check 'src/core as plain C11, sanitized, warnings are errors' \
        make -s -k -j2 -f test/lib/core.mk unit
    each 2 run_unit $(names test/unit .c)
}

run_unit() { tap "$1" "build/sanitized/unit/$1"; }

suite_fuzz()
{
    cd "$ROOT"
    check 'fuzz targets compile' make -s -k -j2 -f test/lib/core.mk fuzz "FUZZ_CC=$CLANG"
    each 2 run_fuzz $(names test/fuzz .c)
}

# New finds stay in the folder of the run; the seeds beside the target are read only.
# FUZZ_RUNS inputs, where it is set, else FUZZ_SECONDS.
run_fuzz()
{
    local found=$RUN/corpus/$1 seeds=() title="$1 for ${FUZZ_SECONDS:-4} s"
    local limit=-max_total_time=${FUZZ_SECONDS:-4}
    if [[ -n ${FUZZ_RUNS:-} ]]; then
        title="$1, $FUZZ_RUNS inputs" limit=-runs=$FUZZ_RUNS
    fi
    mkdir -p "$found"
    if [[ -d test/fuzz/seed/${1%_fuzz} ]]; then
        seeds=("test/fuzz/seed/${1%_fuzz}")
    fi
    check "$title" "build/sanitized/fuzz/$1" "-seed=${FUZZ_SEED:-1}" -timeout=10 \
        "$limit" -print_final_stats=1 "-artifact_prefix=build/" "$found" "${seeds[@]}"
}

suite_lint()
{
    local name
    cd "$ROOT"
    for name in $(names test/lint .sh); do
        check "$(sed -n '2s/^# //p' "test/lint/$name.sh")" bash "test/lint/$name.sh"
    done
}

# pg_regress and the isolation tester print "test NAME ... ok TIME"; what they
# never came to print has failed as well.
run_pg_regress()
{
    local program=$1 expected status=0 log out=$ROOT/build/$2 passed failed name
    shift 2
    log=$(mktemp "$RUN/regress-XXXXXX")
    rm -rf -- "$out"
    mkdir -p "$out"
    # a test without expected output shall fail, not end the whole suite
    mkdir -p "$out/expected"
    find "$ROOT/expected" -name '*.out' -exec ln -s {} "$out/expected/" \;
    for name; do
        [[ $name == -* ]] || touch -a "$out/expected/$name.out"
    done
    "$(dirname "$("$PG_CONFIG" --pgxs)")/../test/$program" --inputdir="$ROOT/test" \
        --outputdir="$out" --bindir="$("$PG_CONFIG" --bindir)" --no-locale --encoding=UTF8 \
        --dbname="regression_${out##*/}" "$@" >"$log" 2>&1 || status=$?
    expected=$(printf '%s\n' "$@" | grep -vc '^--')
    passed=$(grep -c '^test .*\.\.\. ok ' "$log" || true)
    failed=$((expected - passed))
    if ((status != 0 && failed == 0)); then
        failed=1
    fi
    count "$passed" "$failed" 0
    grep '^test ' "$log" | sed 's/^test /  /' || true
    if ((failed > 0)); then
        cat "$log" "$out/regression.diffs" 2>/dev/null || true
    fi
}

suite_regress()
{
    local topics
    topics=$(ONLY=${ONLY:+install $ONLY} names test/sql .sql | sed '/^install$/d')
    run_pg_regress regress/pg_regress regress install $topics
}

suite_isolation()
{
    local specs
    specs=$(names test/specs .spec)
    if [[ -n $specs ]]; then
        psql -Xqc 'CREATE DATABASE regression_isolation TEMPLATE il_template'
        run_pg_regress isolation/pg_isolation_regress isolation --use-existing $specs
    fi
}

# A database with the extension, for suites that want copies of it.
prepare_template()
{
    if [[ $SERVER_USER != postgres ]]; then
        createuser --superuser "$SERVER_USER"
    fi
    psql -Xqc 'CREATE DATABASE il_template'
    PGOPTIONS='-c client_min_messages=warning' psql -Xqd il_template \
        -c 'CREATE EXTENSION inefficient_land CASCADE'
}

# TAP tests start servers and so run as the server's user.  Where that user
# cannot enter the checkout, or the data beside it, they run on a copy.
stage_checkout()
{
    STAGE=$ROOT
    if ! as_server test -r "$ROOT/test/run"; then
        STAGE=$RUN/checkout
        mkdir "$STAGE"
        tar -C "$ROOT" --exclude=./build/tree --exclude=./.git -cf - . | tar -C "$STAGE" -xf -
        chmod -R go+rX "$STAGE"
    fi
    DATA=${INEFFICIENT_LAND_DATA:-$ROOT/../shared/data}
    if [[ -d $DATA ]] && ! as_server test -r "$DATA/README.md"; then
        cp -r "$DATA" "$RUN/data-copy"
        chmod -R go+rX "$RUN/data-copy"
        DATA=$RUN/data-copy
    fi
    as_server mkdir -p "$RUN/ports"
}

run_perl()
{
    local source
    source=$(dirname "$("$PG_CONFIG" --pgxs)")/../test
    as_server mkdir -p "$RUN/t/$1"
    AS_SERVER_IN=$STAGE tap "$1" as_server env \
        PATH="$BIN:/usr/local/bin:/usr/bin:/bin" \
        PERL5LIB="$source/perl:$STAGE/test/lib" \
        LANG=C.UTF-8 PG_REGRESS="$source/regress/pg_regress" \
        TESTDIR="$RUN/t/$1" PG_TEST_PORT_DIR="$RUN/ports" \
        IL_HOST="$PGHOST" IL_PORT="$PGPORT" INEFFICIENT_LAND_DATA="$DATA" \
        timeout --foreground -k 20 "${TEST_TIMEOUT:-300}" perl -w "test/t/$1.pl"
}

suite_tap()
{
    stage_checkout
    each 2 run_perl $(names test/t .pl)
}
