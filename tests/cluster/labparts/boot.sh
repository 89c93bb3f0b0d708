#!/bin/bash
# SPDX-FileCopyrightText: 2026 IAM Console contributors
# SPDX-License-Identifier: GPL-3.0-or-later
# The first process of a node: puts the node's own folders in place of the machine's, and stays.
#   boot.sh FOLDER NAME     in new mount, process, host name and network namespaces
set -euo pipefail
folder=$1 name=$2
hostname "$name"
# What the units start as /usr/bin/iam-server is the program that was built: /usr/bin is a folder of links here.
mkdir -p "$folder"/run/lab-usr-bin "$folder"/run/lab-bin "$folder/usr-bin"
mount --bind /usr/bin "$folder/run/lab-usr-bin"
mount --bind "$folder/bin" "$folder/run/lab-bin"
mount --rbind "$folder/run" /run
cp --symbolic-link --recursive --force /run/lab-usr-bin/. "$folder/usr-bin/"
for program in /run/lab-bin/*; do ln -sf "$program" "$folder/usr-bin/${program##*/}"; done
mount --bind "$folder/etc" /etc
mount --bind "$folder/var-lib" /var/lib
mount --bind "$folder/var-log" /var/log
mount --bind "$folder/usr-bin" /usr/bin
mount -t tmpfs -o mode=1777 tmpfs /dev/shm
mount --bind "$folder/tmp" /tmp # the last: the folder itself may lie there
mkdir -p /run/units
[[ ! -e /etc/sysctl.d/60-iam.conf ]] || sysctl --quiet --load /etc/sysctl.d/60-iam.conf
systemd-tmpfiles --create 2>/dev/null || true # the distribution's own may name what is not here
: >/run/lab-booted
while :; do
    sleep 3600 &
    wait $!
done
