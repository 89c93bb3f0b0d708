// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/hostiletemplates.h"
#include "contract/json.h"
#include <ctime>
#include <fstream>

namespace iam::support {

namespace {

using contract::Json;

std::string memberOf(const Json& row, const char* name)
{
    const Json* value = row.find(name);
    return value && value->string() ? *value->string() : std::string();
}

contract::PolicyDocument policy(const std::string& id, const std::string& effect, const std::string& part)
{
    contract::PolicyDocument made;
    made.id = id;
    made.effect = effect;
    made.actions = {"get"};
    made.subjects = {"peter"};
    made.resources = {'<' + part + '>'};
    return made;
}

} // namespace

std::vector<contract::PolicyDocument> HostileTemplate::alone(const std::string& effect) const
{
    return {policy("p", effect, part)};
}

std::vector<contract::PolicyDocument> HostileTemplate::hundred(const std::string& effect) const
{
    std::vector<contract::PolicyDocument> made;
    for (int i = 0; i < 100; ++i)
        made.push_back(policy('p' + std::to_string(i), effect, "(?:" + part + ")|z" + std::to_string(i)));
    return made;
}

std::vector<HostileTemplate> readHostileTemplates(const std::string& file)
{
    std::vector<HostileTemplate> made;
    std::ifstream in(file);
    for (std::string line; std::getline(in, line);) {
        const auto row = contract::parseWholeJson(line);
        const Json* times = row ? row->find("times") : nullptr;
        const Json* matches = row ? row->find("matches") : nullptr;
        if (!times || !times->integer() || !matches || !matches->boolean()) return {};
        const std::string unit = memberOf(*row, "unit");
        HostileTemplate one;
        one.part = memberOf(*row, "part");
        one.about = one.part + " on " + std::to_string(*times->integer()) + " × " + unit;
        one.resource = memberOf(*row, "head");
        for (std::int64_t i = *times->integer(); i > 0; --i) one.resource += unit;
        one.resource += memberOf(*row, "tail");
        one.matches = *matches->boolean();
        made.push_back(std::move(one));
    }
    return made;
}

double threadMilliseconds()
{
    timespec time{};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) / 1e6;
}

} // namespace iam::support
