// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Cedar's WebAssembly build: one permit for each policy, parsed once and kept by the library under a name.
'use strict';
const cedar = require('@cedar-policy/cedar-wasm/nodejs');
const {policies, resourceOf, measure} = require(require('path').join(__dirname, 'measure.cjs'));

const text = policies.map(policy => {
    const resource = resourceOf(policy);
    const quoted = JSON.stringify(resource.text);
    const test = resource.open ? `context.resource like ${quoted.slice(0, -1)}*"` : `context.resource == ${quoted}`;
    return `permit(principal in Group::"readers", action in [Action::"delete", Action::"create", Action::"update"], resource)
when { ${test} && context.ip.isInRange(ip("${policy.conditions.remoteIP.options.cidr}")) };`;
}).join('\n');

async function main() {
    const start = process.hrtime.bigint();
    const parsed = cedar.preparsePolicySet('bench', {staticPolicies: text});
    if (parsed.type !== 'success') throw new Error(JSON.stringify(parsed).slice(0, 500));
    const compileMs = Number(process.hrtime.bigint() - start) / 1e6;
    const members = ['users:peter', 'users:ken', 'users:maria', 'groups:admins'];
    const entities = members.map(id => ({uid: {type: 'User', id}, attrs: {}, parents: [{type: 'Group', id: 'readers'}]}));
    await measure('Cedar (wasm)', cedar.getCedarVersion ? cedar.getCedarVersion() : '', compileMs, request => {
        const answer = cedar.statefulIsAuthorized({
            principal: {type: 'User', id: request.subject},
            action: {type: 'Action', id: request.action},
            resource: {type: 'Thing', id: 'x'},
            context: {resource: request.resource, ip: {__extn: {fn: 'ip', arg: request.context.remoteIP}}},
            preparsedPolicySetId: 'bench',
            entities,
        });
        if (answer.type !== 'success') throw new Error(JSON.stringify(answer).slice(0, 500));
        return answer.response.decision === 'allow';
    });
}
main().catch(error => { process.stderr.write(`${error}\n`); process.exit(1); });
