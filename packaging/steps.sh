# SPDX-FileCopyrightText: 2026 IAM Console contributors
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash
# The steps that packaging/run and packaging/test share. Sourced by them; needs `root` (the source tree).
: "${root:?}"

say() { printf '==> %s\n' "$*"; }
die() {
    printf '%s: %s\n' "${0##*/}" "$*" >&2
    exit 1
}

# The package names of the given lists (files in packaging/packages), one a line, each once.
package_names() {
    local list
    for list in "$@"; do
        sed -e 's/#.*//' -e 's/[[:space:]]*$//' -e '/^$/d' "$root/packaging/packages/$list"
    done | sort -u
}

# Those of the packages on standard input that are not installed.
missing_packages() {
    local name
    while read -r name; do
        [[ $(dpkg-query -W -f='${db:Status-Status}' "$name" 2>/dev/null) == installed ]] || printf '%s\n' "$name"
    done
}

# install_missing [--no-services] LIST…: installs what the lists name and the machine has not, asking for root
# rights for this step only. Says nothing long when there is nothing to do.
install_missing() {
    local options=() names missing=()
    if [[ $1 == --no-services ]]; then
        options=(--no-services)
        shift
    fi
    if ! command -v apt-get >/dev/null || ! command -v dpkg-query >/dev/null; then
        die "this needs Debian 12 (apt-get is not here). On another system install the equivalents of packaging/packages yourself and use the presets of CMakePresets.json."
    fi
    names=$(package_names "$@") || die "cannot read packaging/packages."
    mapfile -t missing < <(missing_packages <<<"$names")
    if ((${#missing[@]} == 0)); then
        say "All Debian packages are there."
        return
    fi
    say "Installing ${#missing[@]} Debian packages: ${missing[*]}"
    local as_root=()
    if ((EUID != 0)); then
        command -v sudo >/dev/null ||
            die "packages are missing and only root may install them. As root: apt-get install --no-install-recommends ${missing[*]}"
        say "Root rights are needed for this step only; sudo may ask for your password."
        as_root=(sudo)
    fi
    "${as_root[@]}" bash "$root/packaging/install-packages" "${options[@]}" "${missing[@]}" ||
        die "the Debian packages could not be installed; the reason is above. Nothing was built."
}

# How many compilers may run at once: one per core, and no more than the memory bears (about 1 GiB each).
build_jobs() {
    local cores memory
    cores=$(nproc)
    memory=$(awk '/^MemAvailable:/ { print int($2 / 1048576) }' /proc/meminfo)
    ((memory < cores)) && cores=$memory
    ((cores < 1)) && cores=1
    printf '%s\n' "$cores"
}

# build PRESET [TARGET…]: configures (again) and builds build/PRESET.
build() {
    local preset=$1 jobs targets=()
    shift
    (($# > 0)) && targets=(--target "$@")
    jobs=$(build_jobs)
    mkdir -p "$root/build" 2>/dev/null || true
    [[ -w $root/build ]] || die "cannot write to $root/build. Does it belong to another user?"
    # ccache wants a home; a bare machine may not give one.
    [[ -n ${HOME:-} && -w ${HOME:-} ]] || export CCACHE_DIR=${CCACHE_DIR:-$root/build/ccache}
    export NINJA_STATUS='[%f/%t %es] '
    cd "$root" || die "cannot enter $root."
    say "Configuring build/$preset"
    cmake --preset "$preset" --log-level=NOTICE || die "the configuration of build/$preset failed; the reason is above."
    say "Building with $jobs jobs (the first time takes minutes)"
    cmake --build --preset "$preset" --parallel "$jobs" "${targets[@]}" </dev/null ||
        die "the build failed; the first error above says why."
}
