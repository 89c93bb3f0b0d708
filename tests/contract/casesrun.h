// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "scenariorunner.h"
#include <QTest>

namespace iam::test {

/// The jwt.key of servers that the cases run against.
inline constexpr const char* caseTokenKey = "a key for this test only";
/// Settings of such a server besides its ports: the many wrong passwords of the cases must not slow them down.
inline const char* const caseSettings[] = {"jwt.max-refresh=2h", "auth.max-failures-per-address=1000000"};

/// One row for each scenario that concerns clients of that kind.
inline void addScenarioRows(const std::string& kind, const ScenarioList& list)
{
    QTest::addColumn<int>("index");
    for (std::size_t i = 0; i < list.scenarios.size(); ++i)
        if (concerns(list.scenarios[i], kind)) QTest::newRow(list.scenarios[i].title.c_str()) << static_cast<int>(i);
}

} // namespace iam::test
