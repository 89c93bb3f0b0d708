# SPDX-FileCopyrightText: 2026 IAM Console contributors
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash
# Namespaces, switch and cables. Nothing of the machine's own network is touched: every address, link and packet filter
# lives in a namespace of the lab. Needs $lab (the lab's name). Sourced by lab.

readonly vip=10.0.4.99
declare -Ar address_of=([n1]=10.0.4.20 [n2]=10.0.4.21 [gw]=10.0.4.1 [cl]=10.0.4.100)

space() { printf 'iamlab-%s-%s' "$lab" "$1"; }

# in_space PLACE COMMAND…: with that place's network and this machine's files.
in_space() {
    local place=$1
    shift
    ip netns exec "$(space "$place")" "$@"
}

# The last four bytes of a hardware address are the IPv4 address, so that the client's neighbour table can be read.
hardware_of() {
    local a b c d
    IFS=. read -r a b c d <<<"${address_of[$1]}"
    printf '02:00:%02x:%02x:%02x:%02x' "$a" "$b" "$c" "$d"
}

network_up() {
    local place
    for place in sw n1 n2 gw cl; do
        ip netns add "$(space $place)"
        ip -n "$(space $place)" link set lo up
    done
    ip -n "$(space sw)" link add br0 type bridge forward_delay 0 stp_state 0
    ip -n "$(space sw)" link set br0 up
    for place in n1 n2 gw cl; do
        ip -n "$(space sw)" link add "p$place" type veth peer name eth0 netns "$(space $place)"
        ip -n "$(space sw)" link set "p$place" master br0 up
        ip -n "$(space $place)" link set eth0 address "$(hardware_of $place)"
        place_address $place
    done
}

# The interface as the machine's own configuration makes it at its start.
place_address() {
    ip -n "$(space "$1")" link set eth0 up
    ip -n "$(space "$1")" addr replace "${address_of[$1]}/24" dev eth0
    [[ $1 == gw ]] || ip -n "$(space "$1")" route replace default via "${address_of[gw]}"
}

network_down() {
    local place
    for place in n1 n2 gw cl sw; do
        [[ ! -e /run/netns/$(space $place) ]] || ip netns del "$(space $place)"
    done
}

# Whether the kernel of a node has the VIP.
holds() { [[ $(ip -n "$(space "$1")" -4 -o addr show) == *" $vip/"* ]]; }

# The nodes that have it, in one word: "n1", "n1+n2" or "nobody".
holders() {
    local node found=
    for node in n1 n2; do
        if holds "$node"; then found+=${found:++}$node; fi
    done
    printf '%s' "${found:-nobody}"
}

# A cable on a dead switch: the carrier stays, nothing comes through.
black_hole() { bridge -n "$(space sw)" link set dev "p$1" state 0; }
# The two nodes do not hear each other; client and gateway see both.
part_nodes() {
    bridge -n "$(space sw)" link set dev pn1 isolated on
    bridge -n "$(space sw)" link set dev pn2 isolated on
}
# A port forwards again. Its link, if it was down, takes a moment to come up.
forwards() { bridge -n "$(space sw)" link set dev "p$1" state 3 2>/dev/null; }
# Everything as it was wired.
heal_network() {
    local node
    for node in n1 n2; do
        bridge -n "$(space sw)" link set dev p$node isolated off
        ip -n "$(space sw)" link set "p$node" up
        wait_for 5 forwards $node || die "the switch's port of $node does not come up"
        ip netns exec "$(space $node)" nft delete table inet lab 2>/dev/null || true
        place_address $node
    done
}
# deafen NODE: it does not hear the other's VRRP adverts.
deafen() {
    ip netns exec "$(space "$1")" nft -f - <<'TEXT'
table inet lab {
    chain deaf { type filter hook input priority -300; policy accept; ip protocol 112 drop; }
}
TEXT
}
