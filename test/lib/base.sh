# base.sh - what every command of the project shares: steps with their times,
# jobs, clean-up.  Source it from a bash script that has set -euo pipefail.

ROOT=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." && pwd)
RUN=                            # folder of this run, see make_run_folder
CLEANUP=()                      # commands for the way out, last one first

export LC_ALL=C.UTF-8 PGCLIENTENCODING=UTF8
unset MAKEFLAGS MFLAGS MAKELEVEL MAKEOVERRIDES CDPATH
set -m                          # each background job is a process group of its own

say() { printf '%s\n' "$*"; }
die() { printf '%s: %s\n' "${0##*/}" "$*" >&2; exit 1; }
at_exit() { CLEANUP+=("$1"); }

# seconds since a time taken from EPOCHREALTIME
elapsed()
{
    local now=$EPOCHREALTIME
    awk -v a="$1" -v b="$now" 'BEGIN { printf "%.1f s", b - a }'
}

# start COMMAND [ARGUMENT...]: runs it in the background; its number is in $!
start()
{
    ( set -e; "$@" ) </dev/null &
}

# step TITLE COMMAND [ARGUMENT...]: runs it, prints how long it took, and its
# output if it failed.  Never call it from a condition ("if", "||"): there bash
# makes -e void for everything inside, and a failure in the middle goes unseen.
step()
{
    local title=$1 began=$EPOCHREALTIME log status=0
    shift
    log=$(mktemp)
    start "$@" >"$log" 2>&1
    wait "$!" || status=$?
    printf '%-80s %8s\n' "$title" "$(elapsed "$began")"
    if ((status != 0)); then
        cat "$log"
    fi
    rm -f "$log"
    return "$status"
}

# At the end, however it comes: the last word of the script (a function
# last_word STATUS, whose status is then ours), jobs, clean-up.
finish()
{
    local status=$? i job
    trap '' INT TERM HUP
    set +e
    if declare -F last_word >/dev/null; then
        last_word "$status"
        status=$?
    fi
    for job in $(jobs -pr); do
        kill -TERM -- "-$job" 2>/dev/null
    done
    wait
    for ((i = ${#CLEANUP[@]} - 1; i >= 0; i--)); do
        eval "${CLEANUP[i]}"
    done
    exit "$status"
}

trap finish EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM

# Two runs in one checkout take turns.  Background servers must not inherit
# the lock: start them with {LOCK}>&-.
take_turn()
{
    mkdir -p "$ROOT/build"
    exec {LOCK}>"$ROOT/build/lock"
    if ! flock -n "$LOCK"; then
        say "waiting for another run in this checkout"
        flock "$LOCK"
    fi
}

# A folder of this run alone, owned by the user who runs the server.  It lies
# in /tmp whatever TMPDIR says, because a socket's path may have 107 bytes.
make_run_folder()
{
    RUN=$(mktemp -d "${IL_TMP:-/tmp}/il-XXXXXX")
    at_exit 'rm -rf -- "$RUN"'
    if [[ $SERVER_USER != "$(id -un)" ]]; then
        chown "$SERVER_USER:" "$RUN"
    fi
}
