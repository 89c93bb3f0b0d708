# SPDX-FileCopyrightText: 2026 IAM Console contributors
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash
# One run of a scenario: a state to begin with, a client and a watch beside it, what was done when, what was found.
# Sourced by lab.

# did WORDS: an action of this run. did_fault: the one that times are counted from.
did() { printf '{"t_ms":%s,"did":"%s"}\n' "$(now_ms)" "$*" >>"$record/actions.jsonl"; }
did_fault() { printf '{"t_ms":%s,"did":"%s","fault":true}\n' "$(now_ms)" "$*" >>"$record/actions.jsonl"; }

# check WORDS COMMAND…: something that has to be so at the end; what the command says is kept.
check() {
    local what=$1 seen ok=true
    shift
    seen=$("$@" 2>&1) || ok=false
    seen=$(printf '%s' "$seen" | tr -d '\000-\037' | head -c 300 | sed 's/\\/\\\\/g; s/"/\\"/g')
    printf '{"check":"%s","ok":%s,"seen":"%s"}\n' "$what" "$ok" "$seen" >>"$record/checks.jsonl"
}
# check_soon SECONDS WORDS COMMAND…: that becomes so in time.
check_soon() {
    local limit=$1 what=$2
    shift 2
    wait_for "$limit" "$@" >/dev/null 2>&1 || true
    check "$what" "$@"
}
vip_is_on() {
    local found
    found=$(holders)
    printf 'the VIP is on %s' "$found"
    [[ $found == "$1" ]]
}

# verdict NODE → "confirmed n1": what that node's server says now.
verdict() {
    local answer
    answer=$(api "$1" GET /v1/cluster 2>/dev/null) || true
    printf '%s %s' "$(member verdict <<<"$answer")" "$(member owner <<<"$answer")"
}
verdict_is() { # NODE WORDS
    local found
    found=$(verdict "$1")
    printf '%s says %s' "$1" "$found"
    [[ $found == "$2" ]]
}

# Everything runs, is wired, and nobody is stopped.
all_good() {
    local node service
    heal_network
    for node in n1 n2; do
        ! node_is_dead $node || node_begin $node
        for service in $(services_of $node); do
            service_signal $node "$service" CONT all
            service_is $node "$service" active || service_start $node "$service"
        done
    done
    wait_for 30 answers_ready n1 9090 && wait_for 30 answers_ready n2 9090 || die "the servers do not get ready"
    wait_for 20 one_holder || die "the VIP is on $(holders)"
    wait_for 20 one_is_ready || die "no node is ready to take the VIP over"
}
one_is_ready() { vrrp_is n1 BACKUP || vrrp_is n2 BACKUP; }
one_holder() { [[ $(holders) =~ ^n[12]$ ]]; }

# A machine that was off starts: nothing is left of its addresses and of /run.
node_begin() {
    local service
    rm -rf "$dir/${1:?}"/run/*
    mkdir -p "$dir/$1/run/units"
    node_boot "$1"
    for service in $(services_of "$1"); do service_start "$1" "$service"; done
}

# The state that a node's keepalived wrote into its log last: a node that had a fault has to be good for some seconds
# before it may take the VIP.
vrrp_is() { # NODE STATE
    [[ $(grep -o 'Entering [A-Z]* STATE' "$dir/$1/log/keepalived.log" | tail -n 1) == "Entering $2 STATE" ]]
}

# begin_with NODE: all is good and the VIP is there; the servers agree.
begin_with() {
    local node
    all_good
    if ! holds "$1"; then
        service_restart "$(holders)" keepalived
        wait_for 20 holds "$1" || die "the VIP does not come to $1"
    fi
    wait_for 20 one_is_ready && wait_for 10 one_holder || die "the VIP is on $(holders)"
    log_in n1 || die "nobody can log in on n1"
    for node in n1 n2; do
        wait_for 10 verdict_is $node "confirmed $1" >/dev/null || die "$(verdict_is $node "confirmed $1"), not confirmed $1"
    done
    wait_for 10 vip_answers || die "nobody answers at the VIP"
}

start_recording() { # SCENARIO RUN
    local node
    record=$dir/runs/$1-$2
    rm -rf "$record"
    mkdir -p "$record"
    printf '{"scenario":"%s","profile":"%s","owner":"%s","run":%d,"targets":%s}\n' "$1" "$profile" "$a" "$2" \
        "${scenario_targets[$1]}" >"$record/about.json"
    : >"$record/actions.jsonl"
    date -u +%FT%TZ >"$record/since"
    for node in n1 n2; do
        touch "$dir/$node/var-log/keepalived.log"
        wc -l <"$dir/$node/var-log/keepalived.log" >"$record/$node.notices"
    done
    "$build/tests/cluster/lab_watch" --vip $vip --client "/run/netns/$(space cl)" --token "$dir/api-token" \
        --node n1 "${address_of[n1]}" "/run/netns/$(space n1)" --node n2 "${address_of[n2]}" \
        "/run/netns/$(space n2)" >"$record/watch.jsonl" 2>"$record/errors" &
    watch=$!
    remember $watch
    ip netns exec "$(space cl)" "$build/tests/cluster/lab_openloop" $vip 80 --api $api_domain --authz $authz_domain \
        "$dir/authz-token" >"$record/requests.jsonl" 2>>"$record/errors" &
    load=$!
    remember $load
    sleep 1.5 # how it is before anything happens
}

stop_recording() {
    local node
    end_process "$load"
    end_process "$watch"
    # What the other node's journal says of it.
    api "$b" GET "/v1/cluster/events?from=$(<"$record/since")" >"$record/journal.json" 2>/dev/null || true
    for node in n1 n2; do
        tail -n "+$(($(<"$record/$node.notices") + 1))" "$dir/$node/var-log/keepalived.log" 2>/dev/null |
            sed -E "s/.*/{\"node\":\"$node\",\"line\":\"&\"}/" >>"$record/notices.jsonl" || true
    done
}

# run_scenarios NAME…: each as often as --runs says, beginning with the VIP on n1 and n2 in turn.
run_scenarios() {
    local name run own= results missed=0
    for name in "$@"; do [[ ${scenario_targets[$name]:-} ]] || wrong "there is no scenario $name"; done
    if [[ ! -d $dir ]]; then
        lab_up
        own=yes
        trap 'lab_down; trap - INT TERM EXIT' EXIT
    else
        [[ -z $profile || $profile == "$(<"$dir/profile")" ]] || die "the lab that is up has the profile $(<"$dir/profile")"
        trap 'end_process "${load:-}"; end_process "${watch:-}"' EXIT
    fi
    trap 'exit 130' INT TERM
    profile=$(<"$dir/profile")
    build=$(<"$dir/build")
    ! is_tutorial || slow_targets
    results=${json:-$dir/results.jsonl}
    : >"$dir/now.jsonl"
    for name in "$@"; do
        for ((run = 1; run <= runs; ++run)); do
            if ((run % 2)); then a=n1 b=n2; else a=n2 b=n1; fi
            begin_with $a
            start_recording "$name" "$run"
            "scenario_${name//-/_}"
            stop_recording
            "$build/tests/cluster/lab_report" run "$record" >"$record/result.json" || missed=1
            cat "$record/result.json" >>"$dir/now.jsonl"
            cat "$record/result.json" >>"$results"
            say "$name $run ($a): outage $(member outage_ms <"$record/result.json") ms, failed $(member failed <"$record/result.json")"
        done
    done
    "$build/tests/cluster/lab_report" table "$dir/now.jsonl" || missed=1
    [[ $own ]] || trap - EXIT
    exit $missed
}

# What every change of the tree has to keep, in about a minute.
check_lab() {
    local left missed=0
    relax_targets
    loadbalance_tries=2
    (run_scenarios loadbalance keepalived-stopped keepalived-killed) || missed=1
    left=$(ip netns list | grep "^iamlab-$lab-" || true)
    [[ -z $left && ! -e $dir ]] || die "something is left of the lab: $left $(ls -d "$dir" 2>/dev/null)"
    exit $missed
}
