// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// node-casbin: one policy line for each policy; subjects and actions as expressions, the network by ipMatch.
'use strict';
const casbin = require('casbin');
const {policies, resourceOf, measure} = require(require('path').join(__dirname, 'measure.cjs'));

const model = `
[request_definition]
r = sub, act, obj, ip
[policy_definition]
p = sub, act, obj, net
[policy_effect]
e = some(where (p.eft == allow))
[matchers]
m = regexMatch(r.sub, p.sub) && regexMatch(r.act, p.act) && keyMatch(r.obj, p.obj) && ipMatch(r.ip, p.net)
`;

async function main() {
    const start = process.hrtime.bigint();
    const enforcer = await casbin.newEnforcer(casbin.newModelFromString(model));
    const lines = policies.map(policy => {
        const resource = resourceOf(policy);
        return ['^(users:(peter|ken)|users:maria|groups:admins)$', '^(delete|create|update)$',
            resource.text + (resource.open ? '*' : ''), policy.conditions.remoteIP.options.cidr];
    });
    await enforcer.addPolicies(lines);
    const compileMs = Number(process.hrtime.bigint() - start) / 1e6;
    const version = require('casbin/package.json').version;
    await measure('casbin (node)', version, compileMs,
        request => enforcer.enforce(request.subject, request.action, request.resource, request.context.remoteIP));
}
main().catch(error => { process.stderr.write(`${error}\n`); process.exit(1); });
