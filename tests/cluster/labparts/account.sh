# SPDX-FileCopyrightText: 2026 IAM Console contributors
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash
# An account on the running cluster, made over its API as anybody would. Needs $dir. Sourced by lab.

readonly admin_password='Lab-admin-7!'

# api NODE METHOD PATH [BODY]: at the node's own server; the answer's body.
api() {
    local who=()
    [[ $3 == /login ]] || who=(-H "Authorization: Bearer $(<"$dir/api-token")")
    in_space "$1" curl -sS -m 10 -X "$2" "http://${address_of[$1]}:8080$3" -H 'Content-Type: application/json' \
        "${who[@]}" ${4:+--data "$4"}
}
# member NAME: the value of the first member of that name in the JSON on standard input.
member() { sed -nE "s/.*\"$1\":\"?([^\",}]*).*/\1/p"; }

base64url() { openssl base64 -A | tr '+/' '-_' | tr -d '='; }

# log_in NODE → $dir/api-token
log_in() {
    local answer
    answer=$(api "$1" POST /login "{\"username\":\"admin\",\"password\":\"$admin_password\"}") || return 1
    member token <<<"$answer" >"$dir/api-token"
    [[ -s $dir/api-token ]]
}

# A secret, a policy that allows what the client asks, and the token that it asks with for the next day.
make_account() {
    local answer id key head now
    log_in n1 || die "nobody can log in on n1"
    answer=$(api n1 POST /v1/secrets '{"metadata":{"name":"lab"},"expires":0,"description":"the lab"}')
    id=$(member secretID <<<"$answer")
    key=$(member secretKey <<<"$answer")
    [[ $id && $key ]] || die "no secret could be made: $answer"
    answer=$(api n1 POST /v1/policies '{"metadata":{"name":"lab"},"policy":{"description":"the lab","subjects":["lab"],
        "actions":["get"],"resources":["lab:thing"],"effect":"allow"}}')
    [[ $answer == *'"lab"'* ]] || die "no policy could be made: $answer"
    now=$EPOCHSECONDS
    head=$(printf '{"alg":"HS256","typ":"JWT","kid":"%s"}' "$id" | base64url)
    head+=.$(printf '{"iat":%d,"nbf":%d,"exp":%d,"aud":"iam.authz.marmotedu.com"}' $((now - 60)) $((now - 60)) \
        $((now + 86400)) | base64url)
    printf '%s.%s\n' "$head" "$(printf '%s' "$head" | openssl dgst -sha256 -hmac "$key" -binary | base64url)" \
        >"$dir/authz-token"
}
