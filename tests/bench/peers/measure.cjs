// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// What the peers' scripts share: reading a workload, timing single decisions, writing a row.
'use strict';
const fs = require('fs');
const path = require('path');

const [folder, out, data, seconds] = process.argv.slice(2);
const policies = JSON.parse(fs.readFileSync(path.join(folder, 'policies.json'), 'utf8'));
const requests = fs.readFileSync(path.join(folder, 'requests.jsonl'), 'utf8').trim().split('\n').map(line => JSON.parse(line));

// The text before the first template, and whether something may follow.
function resourceOf(policy) {
    const entry = policy.resources[0];
    const part = entry.indexOf('<');
    return part < 0 ? {text: entry, open: false} : {text: entry.slice(0, part), open: true};
}

function summary(times) {
    const sorted = BigInt64Array.from(times).sort();
    const at = share => Number(sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]);
    return {median_ns: at(0.5), p99_ns: at(0.99), p999_ns: at(0.999), most_ns: at(1)};
}

// `decide(request)` gives a boolean or a promise of one. A first second is not counted. A wrong answer ends it all.
async function measure(engine, version, compileMs, decide) {
    const end = () => process.hrtime.bigint();
    const times = [];
    let start = end();
    let place = 0;
    let warm = true;
    for (;;) {
        const request = requests[place++ % requests.length];
        const first = end();
        const decided = decide(request);
        const allowed = typeof decided === 'boolean' ? decided : await decided;
        const last = end();
        if (allowed !== request.allowed) throw new Error(`${engine}: a wrong answer to ${JSON.stringify(request)}`);
        if (warm && last - start > BigInt(seconds) * 250000000n) {
            warm = false;
            start = last;
            continue;
        }
        if (!warm) times.push(last - first);
        if (!warm && last - start > BigInt(seconds) * 1000000000n) break;
    }
    const row = {
        part: 'peer', engine: `${engine} ${version}`, data, policies: policies.length, decisions: times.length,
        ...summary(times), compile_ms: compileMs, rss_mib: process.memoryUsage().rss / 1048576,
    };
    fs.appendFileSync(out, JSON.stringify(row) + '\n');
    process.stderr.write(JSON.stringify(row) + '\n');
}

module.exports = {policies, requests, resourceOf, measure};
