// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "row.h"
#include "contract/json.h"
#include <cstdio>

namespace iam::bench {

Row::Row(const std::string& part, const std::string& engine, const std::string& data)
    : m_json("{")
{
    text("part", part).text("engine", engine).text("data", data);
}

Row& Row::number(const std::string& name, double value)
{
    if (m_json.size() > 1) m_json += ',';
    contract::writeJsonString(m_json, name);
    m_json += ':';
    contract::writeJsonNumber(m_json, value);
    return *this;
}

Row& Row::text(const std::string& name, const std::string& value)
{
    if (m_json.size() > 1) m_json += ',';
    contract::writeJsonString(m_json, name);
    m_json += ':';
    contract::writeJsonString(m_json, value);
    return *this;
}

void Row::write(const std::string& file)
{
    m_json += "}\n";
    std::fputs(m_json.c_str(), stderr);
    if (std::FILE* out = std::fopen(file.c_str(), "a")) {
        std::fputs(m_json.c_str(), out);
        std::fclose(out);
    }
}

} // namespace iam::bench
