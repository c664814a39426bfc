# SPDX-License-Identifier: Apache-2.0
#
# Read (not run) by samples/run.sh and tests/run.sh: installs what is missing of cmake/debian-packages.txt and builds the
# release preset. Everything it says goes to standard error. Sets $top, the top folder.

top=$(cd "$(dirname "$0")/.." && pwd) || exit 1

install_missing() {
    command -v dpkg-query >/dev/null 2>&1 || {
        echo "This is no Debian system: please install what cmake/debian-packages.txt lists by hand." >&2
        return 0
    }
    missing=
    for package in $(sed 's/#.*//' "$top/cmake/debian-packages.txt"); do
        dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing="$missing $package"
    done
    [ -n "$missing" ] || return 0
    as_root=
    if [ "$(id -u)" -ne 0 ]; then
        as_root=sudo
        command -v sudo >/dev/null 2>&1 || {
            echo "These packages are missing and you are neither root nor have sudo:$missing" >&2
            return 1
        }
    fi
    echo "Installing:$missing" >&2
    # shellcheck disable=SC2086
    {
        $as_root apt-get update -q &&
            DEBIAN_FRONTEND=noninteractive $as_root apt-get install -q -y --no-install-recommends $missing
    } >&2
}

# build PRESET [TARGET]
build() {
    (cd "$top" && cmake --preset "$1" && cmake --build "build/$1" --parallel "$(nproc)" --target "${2:-all}") >&2
}
