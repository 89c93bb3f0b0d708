// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <string>

namespace iam::bench {

/// One measurement on one line of JSON, as all parts of the benchmark write it.
class Row {
public:
    Row(const std::string& part, const std::string& engine, const std::string& data);
    Row& number(const std::string& name, double value);
    Row& text(const std::string& name, const std::string& value);
    /// Ends the row, shows it on standard error and appends it to the file.
    void write(const std::string& file);

private:
    std::string m_json;
};

} // namespace iam::bench
