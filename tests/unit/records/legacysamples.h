// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace iam::test {

// Texts of records of the old system.
inline const char* const grantedRequest =
    R"({"resource":"resources:articles:0","action":"read","subject":"users:peter",)"
    R"("context":{"remoteIP":"192.168.0.5","username":"colin"}})";
inline const char* const bareRequest = R"({"resource":"\u003ca\u003e\u0026\"","action":"read","subject":"users:peter",)"
                                       R"("context":{}})";
inline const char* const describedDeciders = R"([{"id":"policy-a","description":"x"},{"id":"policy-b"}])";
inline const char* const twoDeciders = R"([{"id":"policy-a"},{"id":"policy-b"}])";
inline const char* const numberAsSubject = R"({"subject":1})";
inline const char* const listAsContext = R"({"context":[]})";

} // namespace iam::test
