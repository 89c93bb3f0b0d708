#!/bin/bash
# Changes belong into that definition: the next rendering replaces this file.
#
# Good when nginx answers 200 within a second. A connection alone says nothing: the kernel accepts it for a hung nginx
# as well. Needs nothing but bash.
exec 3<>/dev/tcp/127.0.0.1/8079 || exit 1
printf 'GET /nginx_health HTTP/1.0\r\n\r\n' >&3 || exit 1
IFS= read -r -t 1 status <&3 || exit 1
[[ $status == HTTP/1.?' 200 '* ]]
