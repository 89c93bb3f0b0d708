// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Reads arbitrary bytes as evidence: what is understood is written and read again unchanged, and playing it ends.
#include "cluster/verdict/timeline.h"
#include <cstdlib>

using namespace iam::cluster;

namespace {

void demand(bool held)
{
    if (!held) std::abort();
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    std::string_view input(reinterpret_cast<const char*>(data), size);
    EvidenceReader reader;
    while (!input.empty()) {
        const std::string_view line = input.substr(0, input.find('\n'));
        input.remove_prefix(std::min(input.size(), line.size() + 1));
        if (const auto parsed = parseEvidence(line)) {
            if (const auto* word = std::get_if<EvidenceWord>(&*parsed)) {
                const auto again = parseEvidence(writeEvidence(*word));
                demand(again && std::get<EvidenceWord>(*again) == *word);
            } else if (const auto* head = std::get_if<EvidenceHead>(&*parsed)) {
                const auto again = parseEvidence(writeEvidence(*head));
                demand(again && std::get<EvidenceHead>(*again) == *head);
            }
        }
        static_cast<void>(reader.add(line));
    }
    const auto timelines = std::move(reader).finish(true);
    if (!timelines) return 0;
    for (const Timeline& timeline : *timelines)
        static_cast<void>(timeline.play({{}, true}, [](const Timeline::Entry&) {}));
    return 0;
}
