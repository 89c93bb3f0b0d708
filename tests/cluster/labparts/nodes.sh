# SPDX-FileCopyrightText: 2026 IAM Console contributors
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash
# The nodes: each is a set of namespaces of its own (network, files, processes), with the rendered files where they
# belong, so that they are used as they are. Needs $lab, $dir (the lab's folder), $parts, $bin (where the built
# programs are). Sourced by lab.

# node_boot NODE: the first process of a machine; everything else there is started beside it.
node_boot() {
    local node=$1 outside
    : >"$dir/$node/boot.log"
    rm -f "$dir/$node/run/lab-booted"
    setsid ip netns exec "$(space "$node")" unshare --mount --pid --uts --fork --kill-child --mount-proc \
        bash "$parts/boot.sh" "$dir/$node" "$node" </dev/null >>"$dir/$node/boot.log" 2>&1 &
    outside=$!
    remember "$outside"
    disown "$outside"
    printf '%s\n' "$outside" >"$dir/$node/outside"
    wait_for 10 test -e "$dir/$node/run/lab-booted" || die "$node does not come up: $(cat "$dir/$node/boot.log")"
    pgrep -P "$outside" >"$dir/$node/init"
    in_node "$node" nft --file /etc/nftables.d/iam.nft || die "the packet filter of $node is refused"
}

# Every process of the machine ends at the same moment.
node_kill() {
    kill -KILL "$(<"$dir/$1/outside")" 2>/dev/null || true
    wait_for 10 node_is_dead "$1" || die "$1 does not end"
}
node_is_dead() { [[ ! -s $dir/$1/init || ! -e /proc/$(<"$dir/$1/init") ]]; }

# in_node NODE COMMAND…: as root on that machine.
in_node() {
    local node=$1
    shift
    nsenter --target "$(<"$dir/$node/init")" --mount --uts --net --pid "$@"
}

# The units, in the order of starting. n1 has the database and Redis as well.
services_of() {
    [[ $1 != n1 ]] || printf 'mariadb redis-server '
    printf 'iam-server iam-agent nginx keepalived'
}

# state NODE UNIT → "active", "failed", "inactive", …
service_state() {
    local state=inactive
    [[ ! -e $dir/$1/run/units/$2 ]] || read -r state _ <"$dir/$1/run/units/$2"
    printf '%s' "$state"
}
service_is() { [[ $(service_state "$1" "$2") == "$3" ]]; }

# The main process of a unit, as the node numbers it; 0 when it does not run.
service_main() {
    local main=0
    [[ ! -e $dir/$1/run/units/$2 ]] || read -r _ _ main <"$dir/$1/run/units/$2"
    printf '%s' "$main"
}
service_supervisor() {
    local supervisor=0
    [[ ! -e $dir/$1/run/units/$2 ]] || read -r _ supervisor _ <"$dir/$1/run/units/$2"
    printf '%s' "$supervisor"
}

service_is_settled() { [[ $(service_state "$1" "$2") =~ ^(active|failed|inactive)$ ]]; }
service_has_ended() { [[ $(service_state "$1" "$2") =~ ^(failed|inactive)$ ]]; }

# Like systemctl start, stop, restart, reload.
service_start() {
    local node=$1 unit=$2
    ! service_is "$node" "$unit" active || return 0
    printf 'activating 0 0\n' >"$dir/$node/run/units/$unit"
    in_node "$node" setsid --fork /run/lab-bin/lab_unit "$unit" "/run/units/$unit" </dev/null >>"$dir/$node/log/$unit.log" 2>&1
    wait_for 20 service_is_settled "$node" "$unit" && service_is "$node" "$unit" active ||
        die "$unit does not start on $node: $(tail -n 5 "$dir/$node/log/$unit.log")"
}
service_signal_supervisor() {
    local supervisor
    supervisor=$(service_supervisor "$1" "$2")
    ((supervisor > 0)) || return 0
    in_node "$1" kill "-$3" "$supervisor" 2>/dev/null || true
}
service_stop() {
    ! service_has_ended "$1" "$2" || return 0
    service_signal_supervisor "$1" "$2" TERM
    wait_for 30 service_has_ended "$1" "$2" || die "$2 does not stop on $1"
}
service_restart() {
    service_stop "$1" "$2"
    service_start "$1" "$2"
}
service_reload() { service_signal_supervisor "$1" "$2" HUP; }

# service_signal NODE UNIT SIGNAL main|children|all: straight to the processes, behind the supervisor's back.
service_signal() {
    local main processes
    main=$(service_main "$1" "$2")
    ((main > 0)) || return 0
    # shellcheck disable=SC2016 # $1 and $2 are the inner shell's
    processes=$(in_node "$1" bash -c 'pgrep -P "$1" | tr "\n" " "' _ "$main")
    case $4 in
    main) processes=$main ;;
    children) ;;
    all)
        # A main process that sees its children die may start others, and children that see it die may end in good order.
        [[ $3 != KILL ]] || in_node "$1" kill -STOP "$main"
        processes+=" $main"
        ;;
    esac
    # shellcheck disable=SC2086 # several numbers
    [[ -z ${processes// /} ]] || in_node "$1" kill "-$3" $processes
}

# Files of a unit's own that only the lab adds: where its words go, and what the lab wants to read there.
drop_in() { # NODE UNIT NAME <TEXT
    mkdir -p "$dir/$1/etc/systemd/system/$2.service.d"
    cat >"$dir/$1/etc/systemd/system/$2.service.d/$3.conf"
}
drop_out() { rm -f "$dir/$1/etc/systemd/system/$2.service.d/$3.conf"; }
