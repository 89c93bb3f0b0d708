# SPDX-FileCopyrightText: 2026 IAM Console contributors
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash
# The scenarios. In each, $a is the node that has the VIP at the beginning and $b the other one. A scenario does
# something, waits for what has to come of it, and leaves the mending of the rest to the next begin_with. Sourced by lab.

# Name → the most that is allowed. wrong_ms: a false "confirmed" may be shown for 2 s, asked for every 100 ms.
declare -A scenario_targets=()
recommended_order=()
target() { # NAME FIGURES
    scenario_targets[$1]="{${2:+$2,}\"wrong_ms\":2100}"
    recommended_order+=("$1")
}
readonly tutorial_order=(loadbalance keepalived-stopped nginx-stopped nginx-started-again)

scenarios_of() { # PROFILE
    if [[ $1 == tutorial ]]; then printf '%s\n' "${tutorial_order[@]}"; else printf '%s\n' "${recommended_order[@]}"; fi
}

# In the tutorial the course's words are the target: who has the VIP, and what stands in the log.
is_tutorial() { [[ $profile == tutorial ]]; }
notices_are() { # NODE "WORD WORD": the states that node was told in this run, and no others
    local lines
    lines=$(tail -n "+$(($(<"$record/$1.notices") + 1))" "$dir/$1/var-log/keepalived.log" 2>/dev/null |
        sed -nE 's/^\[[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9:]{8}\] (notify_[a-z]+)$/\1/p' | tr '\n' ' ')
    printf '%s: %s' "$1" "$lines"
    [[ $lines == "$2 " || $lines == "$2" ]]
}

# Where the machine is shared with others only states count, and that nothing failed: times get room.
relax_targets() {
    local name targets
    for name in "${!scenario_targets[@]}"; do
        targets=$(sed -E 's/"outage_ms":[1-9][0-9]*,?//; s/"(wrong|double_noticed)_ms":[0-9]+/"\1_ms":15000/g' \
            <<<"${scenario_targets[$name]}")
        scenario_targets[$name]=$targets
    done
}

# The tutorial has no figures to keep.
slow_targets() {
    local name
    for name in "${tutorial_order[@]}"; do
        scenario_targets[$name]=$(sed -E 's/"outage_ms":[1-9][0-9]*,?//' <<<"${scenario_targets[$name]}")
    done
}

# look_on SECONDS: so long nothing more may happen.
look_on() { sleep "$1"; }

# The number of times that a node of either became master, as keepalived wrote it down.
masters_made() { cat "$dir"/n[12]/log/keepalived.log | grep -c 'Entering MASTER STATE'; }
became_master_since() { (($(masters_made) > $1)); } # NUMBER

# Whether a unit's main process is another one than that, and runs.
runs_anew() { # NODE UNIT MAIN
    local state main
    read -r state _ main <"$dir/$1/run/units/$2"
    [[ $state == active && $main != "$3" ]]
}

# ---- the course's

target loadbalance '"failed":0,"outage_ms":0'
# Ten requests to each domain of each node's nginx, from one shell loop; each node's servers log five of them. Without
# shared memory of nginx's workers, as in the tutorial, it may be one more or less.
scenario_loadbalance() {
    local try node domain tag
    end_process "$load" # only the loop asks
    for ((try = 1; try <= ${loadbalance_tries:-20}; ++try)); do
        for node in n1 n2; do
            for domain in $api_domain $authz_domain; do
                tag=lab-$RANDOM$RANDOM-$try
                # shellcheck disable=SC2016
                in_space cl bash -c 'for i in 1 2 3 4 5 6 7 8 9 10; do
                    curl -s -m 2 -o /dev/null -H "Host: $1" -H "X-Request-ID: $3" "http://$2/healthz"; done' \
                    _ "$domain" "${address_of[$node]}" "$tag"
                if is_tutorial; then
                    check_soon 3 "$domain of $node, try $try: ten in all" split_is "$tag" '[3-7]'
                else
                    check_soon 3 "$domain of $node, try $try: 5 and 5" split_is "$tag" 5
                fi
            done
        done
    done
}
split_is() { # TAG COUNT
    local one two
    one=$(grep -c "requestID=$1\$" "$dir/n1/log/iam-server.log") || true
    two=$(grep -c "requestID=$1\$" "$dir/n2/log/iam-server.log") || true
    printf '%s and %s' "$one" "$two"
    # shellcheck disable=SC2053 # a pattern
    [[ $one == $2 && $((one + two)) == 10 ]]
}

# The last transition in the journal of $b has this cause.
journal_says() {
    local cause
    cause=$(api "$b" GET "/v1/cluster/events?from=$(<"$record/since")" | grep -o '"cause":"[a-z-][a-z-]*"' | tail -n 1)
    printf '%s' "$cause"
    [[ $cause == "\"cause\":\"$1\"" ]]
}

target keepalived-stopped '"outage_ms":250'
scenario_keepalived_stopped() {
    did_fault "keepalived stopped on $a"
    service_stop "$a" keepalived
    check_soon 10 "the VIP moves" vip_is_on "$b"
    check_soon 5 "$b is confirmed" verdict_is "$b" "confirmed $b"
    is_tutorial || check_soon 4 "the journal knows why" journal_says keepalived-stopped
    look_on 1
    if is_tutorial; then
        check_soon 3 "notify_stop on $a" notices_are "$a" notify_stop
        check_soon 3 "notify_master on $b" notices_are "$b" notify_master
    fi
}

target nginx-stopped '"outage_ms":700'
scenario_nginx_stopped() {
    did_fault "nginx stopped on $a"
    service_stop "$a" nginx
    check_soon 15 "the VIP moves" vip_is_on "$b"
    check_soon 5 "$b is confirmed" verdict_is "$b" "confirmed $b"
    is_tutorial || check_soon 4 "the journal knows why" journal_says nginx-fault
    look_on 1
    if is_tutorial; then
        check_soon 3 "notify_fault on $a" notices_are "$a" notify_fault
        check_soon 3 "notify_master on $b" notices_are "$b" notify_master
    fi
}

target nginx-started-again '"failed":0,"outage_ms":0'
# The one before goes on: nginx of the node that lost the VIP starts.
scenario_nginx_started_again() {
    service_stop "$a" nginx
    wait_for 15 vip_is_on "$b" >/dev/null || true
    wait_for 15 verdict_is "$b" "confirmed $b" >/dev/null || true
    stop_recording
    start_recording nginx-started-again "$run"
    did_fault "nginx started on $a"
    service_start "$a" nginx
    check_soon 20 "$a is ready again" vrrp_is "$a" BACKUP
    look_on 1
    check "the VIP stays" vip_is_on "$b"
    if is_tutorial; then
        check_soon 12 "notify_backup on $a" notices_are "$a" notify_backup
        check "nothing new on $b" notices_are "$b" ""
    fi
}

# ---- keepalived

target keepalived-killed '"double_noticed_ms":2000'
# Both processes at once; the unit of the other end is held back until the double address is seen, then it repairs.
scenario_keepalived_killed() {
    service_signal_supervisor "$a" keepalived STOP
    did_fault "keepalived killed (-9, both processes) on $a"
    service_signal "$a" keepalived KILL all
    check_soon 5 "both nodes say so" both_contradict
    did "its unit goes on"
    service_signal_supervisor "$a" keepalived CONT
    check_soon 10 "the unit repairs it" one_holder
    check_soon 5 "$a agrees with $b" servers_agree
}
both_contradict() {
    local node said
    for node in n1 n2; do
        said=$(verdict $node)
        printf '%s says %s ' $node "$said"
        [[ $said =~ ^(double|disputed) ]] || return 1
    done
}
servers_agree() {
    local owner
    owner=$(holders)
    verdict_is n1 "confirmed $owner" && printf ', ' && verdict_is n2 "confirmed $owner"
}

target keepalived-killed-repaired '"outage_ms":1000'
# The same with the unit at work from the first moment.
scenario_keepalived_killed_repaired() {
    local main
    main=$(service_main "$a" keepalived)
    did_fault "keepalived killed (-9, both processes) on $a"
    service_signal "$a" keepalived KILL all
    check_soon 5 "the unit starts it again" runs_anew "$a" keepalived "$main"
    check_soon 5 "the VIP moves" vip_is_on "$b"
    check_soon 5 "the servers agree" servers_agree
}

target keepalived-child-killed '"outage_ms":1000'
scenario_keepalived_child_killed() {
    local masters
    masters=$(masters_made)
    did_fault "keepalived's VRRP process killed (-9) on $a"
    service_signal "$a" keepalived KILL children
    check_soon 5 "a node takes the VIP" became_master_since "$masters"
    check_soon 5 "one node has the VIP" one_holder
    check_soon 5 "the servers agree" servers_agree
}

target keepalived-parent-killed '"outage_ms":1000'
scenario_keepalived_parent_killed() {
    local masters
    masters=$(masters_made)
    did_fault "keepalived's main process killed (-9) on $a"
    service_signal "$a" keepalived KILL main
    check_soon 5 "a node takes the VIP" became_master_since "$masters"
    check_soon 5 "one node has the VIP" one_holder
    check_soon 5 "the servers agree" servers_agree
}

target keepalived-frozen '"double_noticed_ms":2000'
scenario_keepalived_frozen() {
    did_fault "keepalived stopped (SIGSTOP) on $a"
    service_signal "$a" keepalived STOP all
    sleep 5
    did "continued"
    service_signal "$a" keepalived CONT all
    check_soon 10 "one node has the VIP" one_holder
    check_soon 5 "the servers agree" servers_agree
}

# ---- network and machines

target interface-down '"outage_ms":900'
scenario_interface_down() {
    did_fault "eth0 down on $a"
    ip -n "$(space "$a")" link set eth0 down
    check_soon 10 "the VIP moves" holds "$b"
    look_on 3
    did "eth0 up"
    place_address "$a"
    check_soon 15 "$a is ready again" vrrp_is "$a" BACKUP
    check_soon 5 "one node has the VIP" one_holder
    check_soon 5 "the servers agree" servers_agree
}

target node-crash '"outage_ms":900'
scenario_node_crash() {
    did_fault "$a crashes: all processes and the link at once"
    node_kill "$a"
    ip -n "$(space sw)" link set "p$a" down
    ip -n "$(space "$a")" addr flush dev eth0 # its kernel is gone with it
    check_soon 10 "the VIP moves" vip_is_on "$b"
    is_tutorial || check_soon 6 "the journal knows why" journal_says advert-timeout
    look_on 2
}

# failed_of_a_kind: both kinds of requests are sent at once, so one lost moment is one of each kind.
target node-back '"failed_of_a_kind":2'
# The machine of the one before starts again: it must not disturb.
scenario_node_back() {
    node_kill "$a"
    ip -n "$(space sw)" link set "p$a" down
    ip -n "$(space "$a")" addr flush dev eth0
    wait_for 10 vip_is_on "$b" >/dev/null || true
    wait_for 10 vip_answers || true
    stop_recording
    start_recording node-back "$run"
    did_fault "$a starts again"
    heal_network
    node_begin "$a"
    check_soon 15 "$a is ready" vrrp_is "$a" BACKUP
    look_on 1
    check "the VIP stays" vip_is_on "$b"
    check_soon 5 "the servers agree" servers_agree
}

target black-hole '"outage_ms":900'
scenario_black_hole() {
    did_fault "$a's cable leads nowhere (carrier stays)"
    black_hole "$a"
    sleep 6
    check "$b has the VIP" holds "$b"
    did "healed"
    heal_network
    check_soon 15 "$a is ready again" vrrp_is "$a" BACKUP
    look_on 2
    check "no fail-back" vip_is_on "$b"
    check_soon 5 "the servers agree" servers_agree
}

target partition '"failed":2'
scenario_partition() {
    did_fault "the nodes do not hear each other; the client sees both"
    part_nodes
    sleep 19
    did "healed"
    heal_network
    check_soon 5 "one node has the VIP" one_holder
    look_on 2
    check_soon 5 "the servers agree" servers_agree
}

target vrrp-one-way '"failed_of_a_kind":2'
scenario_vrrp_one_way() {
    did_fault "$b does not hear $a's adverts"
    deafen "$b"
    sleep 6
    did "healed"
    heal_network
    check_soon 5 "one node has the VIP" one_holder
    look_on 2
    check_soon 5 "the servers agree" servers_agree
}

target vrrp-both-ways '"double_noticed_ms":2000,"failed_of_a_kind":2'
scenario_vrrp_both_ways() {
    did_fault "neither hears the other's adverts"
    deafen n1
    deafen n2
    sleep 6
    did "healed"
    heal_network
    check_soon 5 "one node has the VIP" one_holder
    look_on 2
    check_soon 5 "the servers agree" servers_agree
}

target vip-by-hand '"double_noticed_ms":2000'
scenario_vip_by_hand() {
    did_fault "the VIP is added by hand on $b"
    ip -n "$(space "$b")" addr add $vip/24 dev eth0
    sleep 4
    did "and removed"
    ip -n "$(space "$b")" addr del $vip/24 dev eth0
    check_soon 3 "the VIP is where it was" vip_is_on "$a"
    check_soon 5 "the servers agree" servers_agree
}

# ---- nginx and our servers

target nginx-hung '"outage_ms":1000'
scenario_nginx_hung() {
    did_fault "nginx hangs (SIGSTOP, all processes) on $a"
    service_signal "$a" nginx STOP all
    check_soon 10 "the VIP moves" vip_is_on "$b"
    check_soon 5 "$b is confirmed" verdict_is "$b" "confirmed $b"
    look_on 2
}

target app-killed '"failed":0,"outage_ms":0'
scenario_app_killed() {
    local main
    main=$(service_main "$a" iam-server)
    did_fault "iam-server killed (-9) on $a"
    service_signal "$a" iam-server KILL main
    check_soon 10 "the unit starts it again" runs_anew "$a" iam-server "$main"
    check_soon 20 "it is ready again" answers_ready "$a" 9090
    look_on 1
    check "the VIP stays" vip_is_on "$a"
}

target app-hung '"failed":0,"outage_ms":0'
scenario_app_hung() {
    did_fault "iam-server hangs (SIGSTOP) on $a"
    service_signal "$a" iam-server STOP main
    sleep 14
    did "continued"
    service_signal "$a" iam-server CONT main
    check_soon 10 "it is ready again" answers_ready "$a" 9090
    look_on 1
    check "the VIP stays" vip_is_on "$a"
}

target app-restarted '"failed":0,"outage_ms":0'
scenario_app_restarted() {
    did_fault "iam-server restarted on $a"
    service_restart "$a" iam-server
    check_soon 20 "it is ready again" answers_ready "$a" 9090
    look_on 2
    check "the VIP stays" vip_is_on "$a"
}

target broken-reload '"failed":0,"outage_ms":0'
# A broken file, and somebody reloads: first nginx, then keepalived.
scenario_broken_reload() {
    local home=$dir/$a/etc
    printf 'server { listen nowhere; }\n' >"$home/nginx/conf.d/iam-broken.conf"
    did_fault "nginx reloaded with a broken file on $a"
    service_reload "$a" nginx
    look_on 2
    rm "$home/nginx/conf.d/iam-broken.conf"
    cp "$home/keepalived/keepalived.conf" "$record/keepalived.conf"
    sed -i 's/virtual_router_id .*/virtual_router_id 999/' "$home/keepalived/keepalived.conf"
    did "keepalived reloaded with a broken file on $a"
    service_reload "$a" keepalived
    look_on 3
    cp "$record/keepalived.conf" "$home/keepalived/keepalived.conf"
    did "its file is mended"
    check_soon 10 "one node has the VIP" one_holder
    check_soon 5 "the servers agree" servers_agree
}

# ---- what the servers stand on

target mariadb-lost '"failed":0,"outage_ms":0'
scenario_mariadb_lost() {
    local node
    did_fault "MariaDB killed (-9)"
    service_signal n1 mariadb KILL main
    service_stop n1 mariadb
    for node in n1 n2; do
        check_soon 8 "the API of $node says so" api_says "$node" 503 100102
        check_soon 8 "/readyz of $node says why" ready_says "$node" 503 database
        check "/v1/cluster of $node answers" verdict_is "$node" "confirmed $a"
    done
    look_on 3
    did "MariaDB started"
    service_start n1 mariadb
    for node in n1 n2; do
        check_soon 15 "the API of $node is back" api_says "$node" 200 '"items"'
        check_soon 15 "$node is ready" ready_says "$node" 200 ok
    done
    check "the VIP stays" vip_is_on "$a"
}
api_says() { # NODE STATUS TEXT
    local answer
    answer=$(in_space "$1" curl -s -m 5 -w '\n%{http_code}' -H "Authorization: Bearer $(<"$dir/api-token")" \
        "http://${address_of[$1]}:8080/v1/policies") || true
    printf '%s' "${answer: -220}"
    [[ ${answer##*$'\n'} == "$2" && $answer == *"$3"* ]]
}
ready_says() { # NODE STATUS TEXT
    local answer
    answer=$(in_space "$1" curl -s -m 5 -w '\n%{http_code}' "http://${address_of[$1]}:8080/readyz") || true
    printf '%s' "${answer: -220}"
    [[ ${answer##*$'\n'} == "$2" && $answer == *"$3"* ]]
}

target redis-lost '"failed":0,"outage_ms":0'
scenario_redis_lost() {
    local node
    did_fault "Redis stopped"
    service_stop n1 redis-server
    sleep 4
    for node in n1 n2; do check "the API of $node goes on" api_says "$node" 200 '"items"'; done
    did "Redis started"
    service_start n1 redis-server
    for node in n1 n2; do check_soon 10 "$node is ready" ready_says "$node" 200 ok; done
    check "the VIP stays" vip_is_on "$a"
}

# ---- the agents

target agent-killed '"failed":0,"outage_ms":0'
scenario_agent_killed() {
    local main
    main=$(service_main "$a" iam-agent)
    did_fault "the agent of $a killed (-9)"
    service_signal "$a" iam-agent KILL main
    check_soon 5 "the unit starts it again" runs_anew "$a" iam-agent "$main"
    look_on 3
    check "the VIP stays" vip_is_on "$a"
    check_soon 5 "the servers agree" servers_agree
}

target agent-frozen '"failed":0,"outage_ms":0'
scenario_agent_frozen() {
    did_fault "the agent of $a hangs (SIGSTOP)"
    service_signal "$a" iam-agent STOP main
    sleep 6
    did "continued"
    service_signal "$a" iam-agent CONT main
    check "the VIP stays" vip_is_on "$a"
    check_soon 5 "the servers agree" servers_agree
}

target agent-gone ''
# Nobody writes the track file any more: keepalived's own slow script has to see that nginx is gone.
scenario_agent_gone() {
    service_stop "$a" iam-agent
    did_fault "nginx stopped on $a, which has no agent"
    service_stop "$a" nginx
    check_soon 20 "the VIP moves" vip_is_on "$b"
    look_on 1
}

target skewed-clock '"failed":0,"outage_ms":0'
# Agent and server of the other node live 90 s in the future.
scenario_skewed_clock() {
    local unit
    for unit in iam-agent iam-server; do
        # For the program alone: what changes the user before it must not make libfaketime's files as root.
        drop_in "$b" $unit skew <<TEXT
[Service]
ExecStart=
ExecStart=/usr/bin/env LD_PRELOAD=$(find /usr/lib -name libfaketimeMT.so.1 | head -n 1) FAKETIME=+90s \\
    FAKETIME_DONT_FAKE_MONOTONIC=1 DONT_FAKE_MONOTONIC=1 /usr/bin/iam-server --config /etc/iam-server/$unit.yaml
TEXT
    done
    did_fault "agent and server of $b start 90 s ahead"
    for unit in iam-agent iam-server; do service_restart "$b" $unit; done
    sleep 6
    check "the VIP stays" vip_is_on "$a"
    check_soon 5 "$a shows the offset" offset_is_shown "$a"
    for unit in iam-agent iam-server; do
        drop_out "$b" $unit skew
        service_restart "$b" $unit
    done
    did "both are right again"
    wait_for 20 answers_ready "$b" 9090 || true
    check_soon 10 "the servers agree" servers_agree
}
offset_is_shown() {
    local offset
    offset=$(api "$1" GET /v1/cluster | grep -o '"clock_offset_ms":-\?[0-9]*' | tr '\n' ' ')
    printf '%s' "$offset"
    [[ $offset =~ :(89|90)[0-9]{3} ]]
}

target quiet '"failed":0,"outage_ms":0,"unsettled":0'
# Nothing happens, so nothing may be said.
scenario_quiet() {
    did_fault "nothing, for $minutes minutes"
    sleep $((minutes * 60))
    check "the VIP stays" vip_is_on "$a"
}
