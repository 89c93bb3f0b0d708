// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Reads arbitrary bytes as a decision request in both ways: what the quick one takes, the thorough one takes likewise.
#include "contract/plainrequest.h"
#include <cstdint>
#include <cstdlib>

using namespace iam::contract;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string_view body(reinterpret_cast<const char*>(data), size);
    const auto plain = readPlainRequest(body);
    const auto any = readAnyRequest(body);
    if (!plain) return 0;
    if (!any || plain->subject != any->subject || plain->action != any->action || plain->resource != any->resource ||
        plain->context != any->context)
        std::abort();
    return 0;
}
