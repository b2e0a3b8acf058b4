# tree.sh - building in a folder apart, and the private tree: a PostgreSQL of
# our own made of copied binaries and of links to the machine's lib and share.
# Needs base.sh and machine.sh.

# list_sources ACTION: what make needs, from the top folder
list_sources()
{
    find Makefile inefficient_land.control src sql/*/ -type f \
        \( -name '*.[ch]' -o -name '*.sql' -o -name Makefile -o -name '*.control' \) "$@"
}

# copy_sources FOLDER: a copy of it, with its times, so that make sees what changed
copy_sources()
{
    local to=$1 object
    mkdir -p "$to"
    find "$to" \( -name '*.[ch]' -o -path '*/sql/*/*.sql' \) -delete
    cd "$ROOT"
    list_sources -print0 | xargs -0 cp -p --parents -t "$to"
    find "$to/src" \( -name '*.o' -o -name '*.bc' \) -print0 | while read -r -d '' object; do
        [[ -f ${object%.*}.c ]] || rm -- "$object"
    done
}

# build FOLDER MAKE-ARGUMENT...: the module, in a folder below build/
build()
{
    local to=$ROOT/build/$1
    shift
    copy_sources "$to"
    rm -f -- "$to/inefficient_land.so"
    make -s -C "$to" -j2 "PG_CONFIG=$PG_CONFIG" "$@"
}

# make_tree LINK: fills the private tree afresh.  The server finds its share and
# lib folders relative to its binary, so the binaries are copied.  Where the
# server's user cannot enter the checkout, the tree lies in the folder of the
# run, and LINK points to it.
make_tree()
{
    local link=$1 place=$1 bin share lib
    bin=$("$PG_CONFIG" --bindir) share=$("$PG_CONFIG" --sharedir)
    lib=$("$PG_CONFIG" --pkglibdir)
    rm -rf -- "$link"
    mkdir -p "${link%/*}"
    if ! as_server test -x "${link%/*}/"; then
        place=$RUN/tree
        ln -s "$place" "$link"
    fi
    mkdir -p "$place$bin" "$place$share" "$place$lib"
    cp -r "$bin/." "$place$bin/"
    cp -rs "$lib/." "$place$lib/"
    cp -rs "$share/." "$place$share/"
    # a copy of ours that the machine already has must not shine through
    find "$place" -name 'inefficient_land*' -prune -exec rm -rf {} +
    chmod -R go+rX "$place"
}

# install_tree FOLDER LINK: installs the build of that folder into that tree; by
# way of a link, because the makefiles of PostgreSQL put the path into single quotes
install_tree()
{
    ln -sfn "$2" "$RUN/destination"
    make -s -C "$ROOT/build/$1" "PG_CONFIG=$PG_CONFIG" with_llvm=no "DESTDIR=$RUN/destination" install
}

# tree_bin LINK: where the programs of a tree are
tree_bin() { printf '%s%s\n' "$(readlink -f -- "$1")" "$("$PG_CONFIG" --bindir)"; }
