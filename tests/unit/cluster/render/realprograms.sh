#!/bin/bash
# SPDX-FileCopyrightText: 2026 IAM Console contributors
# SPDX-License-Identifier: GPL-3.0-or-later
# realprograms.sh TREE IAM_SERVER
#
# Asks the real programs what they think of one machine's rendered files, with /etc as on that machine: run in mount and
# network namespaces of its own, as root. Says on standard output what they refuse; rc 0 when nothing is.
set -u
tree=$1
server=$2
bad=0

# Says what a program printed unless it ended with 0.
check() {
    local out rc
    out=$("$@" </dev/null 2>&1)
    rc=$?
    if ((rc != 0)); then
        printf '%s: rc %s\n%s\n' "$*" "$rc" "$out"
        bad=1
    fi
}

# Puts the tree's part over a folder of the machine, in this namespace only.
lay_over() {
    local folder=$1
    [[ -d $tree$folder ]] || return 0
    mkdir -p "/mnt$folder"
    if [[ -d $folder ]]; then cp -r "$folder/." "/mnt$folder/"; fi
    cp -r "$tree$folder/." "/mnt$folder/"
    mount --bind "/mnt$folder" "$folder" || { echo "cannot mount over $folder"; exit 1; }
}

mount --make-rprivate / && mount -t tmpfs none /mnt || { echo 'cannot mount'; exit 1; }
mount -t tmpfs none /run && mkdir /run/iam-agent && mount -t tmpfs none /var/log && mkdir /var/log/nginx
ip link set lo up
# keepalived -t wants the interface to exist.
interface=$(sed -n 's/^ *interface //p' "$tree/etc/keepalived/keepalived.conf" 2>/dev/null)
ip link add "${interface:-eth0}" type veth peer name peer0 && ip link set "${interface:-eth0}" up
lay_over /etc/nginx
lay_over /etc/keepalived

if [[ -f $tree/etc/nginx/nginx.conf ]]; then
    check nginx -t -q
    # keepalived says 0 for a file that is not there.
    check test -s /etc/keepalived/keepalived.conf
    check keepalived -t -f /etc/keepalived/keepalived.conf
    for script in /etc/keepalived/*.sh; do check bash -n "$script"; done
fi
check nft --check --file "$tree/etc/nftables.d/iam.nft"
for file in "$tree"/etc/iam-server/iam-*.yaml; do check "$server" check-config --config "$file" --data-dir /run/data; done
for unit in "$tree"/etc/systemd/system/*.service; do
    # The unit's program is not installed here.
    sed 's#^ExecStart=/usr/bin/iam-server#ExecStart=/bin/true#' "$unit" >"/mnt/${unit##*/}"
    check systemd-analyze verify "/mnt/${unit##*/}"
done
if [[ -f $tree/etc/mysql/mariadb.conf.d/60-iam.cnf ]] && command -v mariadbd >/dev/null; then
    check bash -c "mariadbd --defaults-file='$tree/etc/mysql/mariadb.conf.d/60-iam.cnf' --user=mysql --verbose --help >/dev/null"
fi
exit "$bad"
