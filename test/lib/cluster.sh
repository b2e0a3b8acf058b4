# cluster.sh - a throw-away cluster on a private tree.  Needs the other three.
#
# A script that only wants a server with the extension at hand writes
#     . test/lib/cluster.sh; private_server "title of the run"
# and talks to it with psql: PATH, PGHOST, PGPORT, PGUSER are set, and
# everything is gone when the script ends.

. "$(dirname -- "${BASH_SOURCE[0]}")/base.sh"
. "$ROOT/test/lib/machine.sh"
. "$ROOT/test/lib/tree.sh"

# start_cluster FOLDER: cluster in FOLDER/data, socket in FOLDER/socket, no TCP port
start_cluster()
{
    local folder=$1
    as_server mkdir -p -m 700 "$folder/socket"
    as_server "$BIN/initdb" -D "$folder/data" -U postgres -A trust -E UTF8 --locale=C.UTF-8 --no-sync
    as_server tee -a "$folder/data/postgresql.conf" <<END
listen_addresses = ''
port = 5432
unix_socket_directories = '$folder/socket'
fsync = off
shared_buffers = 128MB
max_wal_size = 2GB
track_activity_query_size = 16kB
END
    as_server "$BIN/pg_ctl" -D "$folder/data" -l "$folder/log" -w start {LOCK}>&-
}

stop_cluster()
{
    [[ ! -f $1/data/postmaster.pid ]] || as_server "$BIN/pg_ctl" -D "$1/data" -m immediate -w stop
}

# use_cluster FOLDER: programs and connections of this script go there from now on
use_cluster()
{
    export PATH=$BIN:$PATH PGHOST=$1/socket PGPORT=5432 PGUSER=postgres PGDATABASE=postgres
    unset PGSERVICE PGHOSTADDR PGOPTIONS PGPASSFILE
}

private_server()
{
    take_turn
    need_packages "${BUILD_PACKAGES[@]}"
    choose_server_user
    make_run_folder
    step 'build with gcc' build gcc CC=gcc WERROR=-Werror with_llvm=no
    at_exit '[[ ! -L $ROOT/build/tree ]] || rm "$ROOT/build/tree"'
    step 'private tree' make_tree "$ROOT/build/tree"
    step 'install into the private tree' install_tree gcc "$ROOT/build/tree"
    BIN=$(tree_bin "$ROOT/build/tree")
    at_exit 'stop_cluster "$RUN" >/dev/null'
    step 'cluster' start_cluster "$RUN"
    use_cluster "$RUN"
}
