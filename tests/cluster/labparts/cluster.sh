# SPDX-FileCopyrightText: 2026 IAM Console contributors
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash
# The cluster in the lab: definition, rendered files, database, keys, and the order of starting. Sourced by lab.

readonly api_domain=iam.api.example.com authz_domain=iam.authz.example.com
readonly store_password=only-in-this-lab

can_run_here() {
    local program
    ((EUID == 0)) || unfit "only root may make network namespaces"
    for program in nginx keepalived mariadbd mariadb-install-db redis-server nft ping curl openssl systemd-tmpfiles; do
        command -v "$program" >/dev/null || unfit "$program is not installed"
    done
    unshare --net --mount --pid --fork true 2>/dev/null || unfit "namespaces are not allowed here"
}
unfit() {
    printf 'lab: %s\n' "$*" >&2
    exit 77
}

find_build() {
    local build
    for build in "${IAM_LAB_BUILD:-}" "$root/build/ci" "$root/build/dev"; do
        [[ -n $build && -f $build/build.ninja ]] || continue
        # A test runs with what is there; by hand it is brought up to date first.
        [[ -n ${IAM_LAB_BUILD:-} ]] ||
            ninja -C "$build" iam-server lab_unit lab_openloop lab_watch lab_report >&2 || die "the build failed"
        printf '%s' "$build"
        return
    done
    die "nothing is built: cmake --preset dev, or name a build folder in IAM_LAB_BUILD"
}

write_definition() {
    cat >"$dir/cluster.yaml" <<TEXT
profile: $profile
nodes:
  - {name: n1, address: ${address_of[n1]}, interface: eth0$([[ $profile != tutorial ]] || printf ', priority: 100')}
  - {name: n2, address: ${address_of[n2]}, interface: eth0$([[ $profile != tutorial ]] || printf ', priority: 50')}
vip: {address: $vip/24}
domains: {api: $api_domain, authz: $authz_domain}
database: {host: n1}
redis: {host: n1}
TEXT
    [[ $profile == tutorial ]] || printf 'probe: {gateway: %s}\n' "${address_of[gw]}" >>"$dir/cluster.yaml"
}

# The machine's own /etc with the rendered files on top.
furnish_node() {
    local node=$1 home=$dir/$1
    mkdir -p "$home"/{run/units,var-lib/nginx,var-log/nginx,tmp,bin,log}
    chmod 1777 "$home/tmp"
    cp -a /etc "$home/etc"
    sed -i 's/^hosts:.*/hosts: files/' "$home/etc/nsswitch.conf" # there is no name server on this network
    "$bin/iam-server" cluster render --definition "$dir/cluster.yaml" --node "$node" --out "$home/rendered" >&2 ||
        die "the files of $node could not be rendered"
    cp -a "$home/rendered/etc/." "$home/etc/"
    install -m 755 "$bin/iam-server" "$build/tests/cluster/lab_unit" "$home/bin/"
}

# What the guide asks an administrator to do by hand (account, passwords, hosts, packet filter), and what only the lab
# wants: the words of keepalived go to its log, and those of the servers are plenty, because requests are counted by them.
finish_node() {
    local node=$1 etc=$dir/$1/etc
    printf 'iam:x:990:990::/nonexistent:/usr/sbin/nologin\n' >>"$etc/passwd"
    printf 'iam:x:990:\n' >>"$etc/group"
    (umask 077 && printf 'IAM_MYSQL_PASSWORD=%s\nIAM_REDIS_PASSWORD=%s\n' $store_password $store_password \
        >"$etc/iam-server/iam-server.env")
    cat "$etc/iam-server/hosts" >>"$etc/hosts"
    printf 'DAEMON_ARGS="--log-console --log-detail"\n' >"$etc/default/keepalived"
    drop_in "$node" iam-server lab <<TEXT
[Service]
Environment=IAM_LOG_LEVEL=debug IAM_ADMIN_PASSWORD=$admin_password
TEXT
}

# MariaDB and Redis as a distribution starts them, with the rendered snippets.
furnish_stores() {
    local home=$dir/n1
    cat >"$home/etc/systemd/system/mariadb.service" <<'TEXT'
[Service]
User=mysql
ExecStart=/usr/sbin/mariadbd --innodb-buffer-pool-size=32M --innodb-log-file-size=4M
RuntimeDirectory=mysqld
TEXT
    printf 'include /etc/redis/iam.conf\n' >>"$home/etc/redis/redis.conf"
    printf 'requirepass %s\n' $store_password >"$home/etc/redis/iam-password.conf"
    chown root:redis "$home/etc/redis/iam-password.conf"
    chmod 640 "$home/etc/redis/iam-password.conf"
    mkdir -p "$home"/var-lib/{mysql,redis} "$home"/var-log/{mysql,redis}
    chown redis: "$home"/var-lib/redis "$home"/var-log/redis
    cp -a "$(database_template)/." "$home/var-lib/mysql"
    chown -R mysql: "$home"/var-lib/mysql "$home"/var-log/mysql
}

# An empty database, made once on this machine for all labs.
database_template() {
    local template next
    template=${IAM_LAB_DIR:-/tmp}/iam-lab-database-$(mariadbd --version | md5sum | head -c 8)
    if [[ ! -d $template ]]; then
        next=$(mktemp -d "$template.XXXXXX")
        mariadb-install-db --no-defaults --datadir="$next" --user=root --skip-test-db --skip-name-resolve --force \
            --auth-root-authentication-method=socket --innodb-log-file-size=4M >"$next.log" 2>&1 ||
            die "MariaDB's tables could not be made, see $next.log"
        rm -f "$next.log"
        mv -T "$next" "$template" 2>/dev/null || rm -rf "$next" # another lab was first
    fi
    printf '%s' "$template"
}

database_answers() { in_node n1 mariadb --batch --execute 'SELECT 1' >/dev/null 2>&1; }

start_stores() {
    service_start n1 mariadb
    wait_for 60 database_answers || die "MariaDB does not answer: $(tail -n 5 "$dir/n1/log/mariadb.log")"
    { printf "SET @iam_password='%s';\n" $store_password && cat "$dir/n1/etc/iam-server/mariadb-grants.sql"; } |
        in_node n1 mariadb || die "the grants are refused"
    service_start n1 redis-server
}

# as_server NODE ARGUMENTS…: the program with the variables of its unit.
as_server() {
    local node=$1
    shift
    # shellcheck disable=SC2016
    in_node "$node" bash -c 'set -a; . /etc/iam-server/iam-server.env; exec \
        setpriv --reuid=iam --regid=iam --init-groups /usr/bin/iam-server "$@"' _ "$@"
}

answers_ready() { [[ $(in_space "$1" curl -s -m 2 -o /dev/null -w '%{http_code}' "http://${address_of[$1]}:$2/readyz") == 200 ]]; }

# Keys for everybody: made on n1, brought to n2 and to the agents' folders.
share_keys() {
    local node config
    for node in n1 n2; do
        printf 'only of this lab\n' >"$dir/$node/run/passphrase"
        chown 990:990 "$dir/$node/run/passphrase"
        chmod 600 "$dir/$node/run/passphrase"
        mkdir -p "$dir/$node/var-lib"/{iam-server,iam-agent}
        chown 990:990 "$dir/$node/var-lib"/{iam-server,iam-agent}
    done
    as_server n1 cluster init --config /etc/iam-server/iam-server.yaml --data-dir /var/lib/iam-server --passphrase-file /run/passphrase \
        >"$dir/bundle" 2>>"$dir/n1/log/keys.log" || die "no keys: $(tail -n 3 "$dir/n1/log/keys.log")"
    for node in n1 n2; do
        cp "$dir/bundle" "$dir/$node/run/bundle"
        chmod 644 "$dir/$node/run/bundle"
        for config in iam-server iam-agent; do
            [[ $node/$config != n1/iam-server && -e $dir/$node/etc/iam-server/$config.yaml ]] || continue
            as_server "$node" cluster join /run/bundle --config /etc/iam-server/$config.yaml \
                --data-dir /var/lib/$config --passphrase-file /run/passphrase 2>>"$dir/$node/log/keys.log" ||
                die "$node cannot join: $(tail -n 3 "$dir/$node/log/keys.log")"
        done
        rm -f "$dir/$node/run/bundle" "$dir/$node/run/passphrase"
    done
    rm -f "$dir/bundle"
}

lab_up() {
    [[ ! -e $dir ]] || die "there is a lab \"$lab\" already; \"lab down\" removes what is left of it"
    profile=${profile:-recommended}
    build=$(find_build)
    bin=$build/bin
    mkdir -m 700 "$dir"
    [[ ${IAM_LAB_KEEP:-} ]] || trap 'lab_down; trap - INT TERM EXIT' EXIT
    trap 'exit 130' INT TERM
    local node service
    printf '%s\n' "$profile" >"$dir/profile"
    printf '%s\n' "$build" >"$dir/build"
    write_definition
    network_up
    for node in n1 n2; do
        furnish_node $node
        finish_node $node
    done
    furnish_stores
    for node in n1 n2; do node_boot $node; done
    start_stores
    share_keys
    for service in iam-server iam-agent nginx keepalived; do
        for node in n1 n2; do
            service_start $node $service
            [[ $service != iam-server ]] || wait_for 30 answers_ready $node 9090 || die "$node's server is not ready"
        done
        [[ $service != iam-server ]] || make_account
    done
    wait_for 20 vip_answers || die "nobody answers at the VIP"
    trap - INT TERM EXIT
}

vip_answers() {
    [[ $(in_space cl curl -s -m 1 -o /dev/null -w '%{http_code}' -H "Host: $api_domain" "http://$vip/healthz") == 200 ]]
}

lab_down() {
    trap '' INT TERM # whoever is impatient must not leave half of it
    forget_all
    network_down
    rm -rf "$dir"
}

lab_status() {
    [[ -d $dir ]] || die "there is no lab \"$lab\""
    local node service
    printf 'lab %s, profile %s; the VIP is on %s\n' "$lab" "$(<"$dir/profile")" "$(holders)"
    for node in n1 n2; do
        printf '%s:' $node
        for service in $(services_of $node); do printf ' %s %s;' "$service" "$(service_state $node "$service")"; done
        printf '\n'
    done
}
