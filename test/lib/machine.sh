# machine.sh - the machine underneath: packages, the user for the server, and
# proof that the machine's own PostgreSQL is left alone.  Needs base.sh.

PG_MAJOR=15
PG_CONFIG=${PG_CONFIG:-/usr/lib/postgresql/$PG_MAJOR/bin/pg_config}

BUILD_PACKAGES=(postgresql-$PG_MAJOR postgresql-server-dev-$PG_MAJOR
    postgresql-$PG_MAJOR-postgis-3 postgresql-$PG_MAJOR-postgis-3-scripts
    libgeos-dev libproj-dev gcc libc6-dev make)
TEST_PACKAGES=("${BUILD_PACKAGES[@]}" clang-14 libclang-rt-14-dev perl libipc-run-perl python3
    gdal-bin fonts-noto-cjk)
DEMO_PACKAGES=("${BUILD_PACKAGES[@]}" gdal-bin fonts-noto-cjk)

installed() { [[ $(dpkg-query -W -f='${db:Status-Status}' "$1" 2>/dev/null) == installed ]]; }

as_root()
{
    if ((EUID == 0)); then
        "$@"
    else
        sudo -- "$@"
    fi
}

apt_install()
{
    as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -y --no-install-recommends install "$@"
}

# Debian creates and starts a cluster together with the server package; here
# nobody asked for one.  The switch is taken away again afterwards.
install_server_without_cluster()
{
    local switch=/etc/postgresql-common/createcluster.d/inefficient_land.conf
    apt_install postgresql-common
    as_root mkdir -p "${switch%/*}"
    echo 'create_main_cluster = false' | as_root tee "$switch" >/dev/null
    at_exit "as_root rm -f $switch"
    apt_install "$@"
    as_root rm -f "$switch"
}

install_packages()
{
    as_root apt-get -q update
    if installed "postgresql-$PG_MAJOR"; then
        apt_install "$@"
    else
        install_server_without_cluster "$@"
    fi
}

# need_packages PACKAGE...: asks apt only for what is missing
need_packages()
{
    local package missing=()
    for package; do
        installed "$package" || missing+=("$package")
    done
    if ((${#missing[@]} == 0)); then
        say 'all packages are there'
        return
    fi
    if ((EUID != 0)); then
        command -v sudo >/dev/null ||
            die "missing: ${missing[*]}; install them, or run this as root or with sudo"
        sudo -v                 # asks for the password while there is somebody to ask
    fi
    say "missing: ${missing[*]}"
    step 'installing them with apt' install_packages "${missing[@]}"
}

# initdb refuses root: as root the server runs as postgres, else as ourselves.
choose_server_user()
{
    SERVER_USER=$(id -un)
    if ((EUID == 0)); then
        SERVER_USER=postgres
        id -u postgres >/dev/null 2>&1 || SERVER_USER=nobody
    fi
}

# Called with sudo by the owner of the checkout: root was needed for apt alone,
# the rest is done as that user, whose files stay his own.
work_as_owner()
{
    local owner
    owner=$(stat -c %U -- "$ROOT")
    if ((EUID == 0)) && [[ $owner != root && $owner == "${SUDO_USER:-}" ]]; then
        exec setpriv "--reuid=$owner" "--regid=$(id -g "$owner")" --init-groups \
            -- env HOME="$(getent passwd "$owner" | cut -d: -f6)" USER="$owner" "$0" "$@"
    fi
}

# as_server COMMAND [ARGUMENT...]: as that user, in a folder it can enter
as_server()
(
    cd "${AS_SERVER_IN:-${RUN:-/}}"
    if ! [[ $SERVER_USER == "$(id -un)" ]]; then
        set -- setpriv "--reuid=$SERVER_USER" "--regid=$(id -g "$SERVER_USER")" --init-groups \
            -- env HOME="${RUN:-/}" USER="$SERVER_USER" "$@"
    fi
    exec "$@"
)

find_clang() { CLANG=$(command -v clang-14 || command -v clang) || die 'no clang found'; }

clusters() { pg_lsclusters --no-header 2>/dev/null || true; }

# The files of the machine's own PostgreSQL, to compare before and after.
system_files()
{
    find "$("$PG_CONFIG" --sharedir)/extension" "$("$PG_CONFIG" --pkglibdir)" -maxdepth 1 \
        -xtype f -exec sha256sum {} + | sort -k 2
}
