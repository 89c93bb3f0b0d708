# SPDX-FileCopyrightText: 2026 IAM Console contributors
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash
# Processes that the lab started, and waiting. Needs $dir. Sourced by lab.

# remember PID: it is ended by forget_all, unless its number has gone to another process by then.
remember() {
    local started
    started=$(started_of "$1") || return 0
    printf '%s %s\n' "$1" "$started" >>"$dir/processes"
}

# When a process began, in clock ticks since the machine did: a number is used again, this is not.
started_of() {
    local line
    line=$(cat "/proc/$1/stat" 2>/dev/null) || return 1
    line=${line##*) }
    # shellcheck disable=SC2086 # words
    set -- $line
    printf '%s' "${20}"
}

forget_all() {
    local process started
    [[ -e $dir/processes ]] || return 0
    while read -r process started; do
        [[ $(started_of "$process") == "$started" ]] || continue
        kill -KILL "$process" 2>/dev/null || true
        wait_for 5 is_gone "$process" "$started" || say "process $process does not end"
    done <"$dir/processes"
    rm -f "$dir/processes"
}
is_gone() {
    [[ $(started_of "$1") != "$2" ]] && return 0
    local line
    line=$(cat "/proc/$1/stat" 2>/dev/null) || return 0
    [[ ${line##*) } == Z* ]]
}

# end_process PID: asks it to end, and waits; nothing for an empty one.
end_process() {
    [[ ${1:-} ]] || return 0
    kill -TERM "$1" 2>/dev/null || true
    wait "$1" 2>/dev/null || true
}

# wait_for SECONDS COMMAND…: until the command is true; false when it did not come so far.
wait_for() {
    local limit=$1 end
    shift
    end=$((${EPOCHREALTIME/./} + limit * 1000000))
    until "$@"; do
        ((${EPOCHREALTIME/./} < end)) || return 1
        sleep 0.05
    done
}

# Milliseconds since 1970, with a fraction.
now_ms() {
    local now=${EPOCHREALTIME/./}
    printf '%s.%s' "${now%???}" "${now: -3}"
}
