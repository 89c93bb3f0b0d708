// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// bench_hostile TEMPLATES.jsonl ROWS.jsonl: CPU times of decisions about templates made to take for ever, each alone
// and a hundred at once: the first decision of a new set, and the longest of the next two.
#include "authz/policyset.h"
#include "row.h"
#include "support/hostiletemplates.h"
#include <algorithm>
#include <cstdio>

using namespace iam;

namespace {

double decide(const authz::PolicySet& set, const contract::DecisionRequest& request, bool& failed)
{
    const double start = support::threadMilliseconds();
    failed = set.decide(request).failed;
    return support::threadMilliseconds() - start;
}

void measure(const support::HostileTemplate& item, std::size_t policies, const std::string& out)
{
    double compile = 0;
    double first = 0;
    double next = 0;
    bool failed = false;
    const contract::DecisionRequest request = item.request();
    for (const char* effect : {"allow", "deny"}) {
        const double start = support::threadMilliseconds();
        const auto set = authz::PolicySet::compile(policies == 1 ? item.alone(effect) : item.hundred(effect));
        compile = std::max(compile, support::threadMilliseconds() - start);
        first = std::max(first, decide(*set, request, failed));
        for (int i = 0; i < 2; ++i) next = std::max(next, decide(*set, request, failed));
    }
    bench::Row row("hostile", "iam-server's engine", item.about);
    row.number("policies", static_cast<double>(policies)).number("compile_ms", compile);
    row.number("first_ms", first).number("next_ms", next).number("fails", failed ? 1 : 0).write(out);
}

} // namespace

int main(int argc, char** argv)
{
    if (argc != 3) {
        std::fputs("bench_hostile TEMPLATES.jsonl ROWS.jsonl\n", stderr);
        return 2;
    }
    const auto items = support::readHostileTemplates(argv[1]);
    for (const std::size_t policies : {1, 100})
        for (const auto& item : items) measure(item, policies, argv[2]);
    return items.empty() ? 1 : 0;
}
