# SPDX-License-Identifier: Apache-2.0
#
# Read (not run) by samples/run.sh and tests/run.sh: installs what is missing of cmake/debian-packages.txt and builds the
# release preset. Everything it says goes to standard error. Sets $top, the top folder.

top=$(cd "$(dirname "$0")/.." && pwd) || exit 1

# missing_of FIRST LAST: what is not installed of the lines of the list between two sed addresses.
missing_of() {
    for package in $(sed -n "$1,$2p" "$top/cmake/debian-packages.txt" | sed 's/#.*//'); do
        dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || printf ' %s' "$package"
    done
}

# install PACKAGE …
install() {
    as_root=
    if [ "$(id -u)" -ne 0 ]; then
        as_root=sudo
        command -v sudo >/dev/null 2>&1 || {
            echo "These packages are missing and you are neither root nor have sudo: $*" >&2
            return 1
        }
    fi
    echo "Installing: $*" >&2
    {
        $as_root apt-get update -q &&
            DEBIAN_FRONTEND=noninteractive $as_root apt-get install -q -y --no-install-recommends "$@"
    } >&2
}

install_missing() {
    command -v dpkg-query >/dev/null 2>&1 || {
        echo "This is no Debian system: please install what cmake/debian-packages.txt lists by hand." >&2
        return 0
    }
    missing=$(missing_of 1 '/left out where/')
    # shellcheck disable=SC2086
    [ -z "$missing" ] || install $missing
}

# What tests use if it is there.
install_wished() {
    command -v dpkg-query >/dev/null 2>&1 || return 0
    missing=$(missing_of '/left out where/' '$')
    # shellcheck disable=SC2086
    [ -z "$missing" ] || install $missing || echo "Going on without:$missing" >&2
}

# build PRESET [TARGET]
build() {
    (cd "$top" && cmake --preset "$1" && cmake --build "build/$1" --parallel "$(nproc)" --target "${2:-all}") >&2
}
