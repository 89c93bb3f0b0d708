// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "base/clock.h"
#include "base/configreader.h"
#include "records/sinks/csvfile.h"
#include "records/sinks/csvtext.h"
#include "records/sinks/sink.h"

namespace iam::records {

struct CsvOptions {
    std::string folder;    ///< csv_dir
    bool identity = false; ///< identity_columns: Node, Sequence and RequestID besides the old ones

    static CsvOptions read(ConfigReader& reader);
};

/// A file an hour, named as the system this one replaces names them: "2026-November-2-9.csv", by the local time of
/// writing. Never says Code::Validation: every record has a line.
class CsvSink final : public Sink {
public:
    /// The clock outlives the sink.
    CsvSink(CsvOptions options, std::chrono::milliseconds timeout, const Clock& clock);

    Result<> write(std::span<const contract::DecisionRecord> records) override;

private:
    const CsvOptions m_options;
    const std::chrono::milliseconds m_timeout;
    const Clock& m_clock;
    CsvLines m_lines;
    CsvFile m_file;
    std::string m_text; ///< kept for its room
};

/// The name of the file for a time, without the ending.
[[nodiscard]] std::string csvName(TimePoint time);

} // namespace iam::records
