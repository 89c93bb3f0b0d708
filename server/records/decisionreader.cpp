// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "records/decisionreader.h"
#include "base/logging.h"
#include "base/text.h"
#include "records/blockcodec.h"
#include <algorithm>
#include <charconv>
#include <optional>
#include <string_view>
#include <utility>

namespace iam::records {

namespace {

using contract::DecisionRecord;
using contract::RecordFilter;
using store::BlockPosition;
using store::RecordBlock;

constexpr int maxBlocksPerCall = 64;
constexpr int blocksPerFetch = 4;

/// Where a page ends: within a block, before the record of that sequence.
struct Place {
    BlockPosition block;
    std::uint64_t before = 0;
};

std::string toCursor(const Place& place)
{
    return std::to_string(place.block.begin.time_since_epoch().count()) + '.' +
           std::to_string(place.block.firstSequence) + '.' + std::to_string(place.before);
}

template <class Number>
bool takeNumber(std::string_view& text, Number& number, bool last)
{
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc()) return false;
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    if (last) return text.empty();
    if (!text.starts_with('.')) return false;
    text.remove_prefix(1);
    return true;
}

std::optional<Place> fromCursor(std::string_view cursor)
{
    std::int64_t begin = 0;
    Place place;
    if (!takeNumber(cursor, begin, false) || !takeNumber(cursor, place.block.firstSequence, false) ||
        !takeNumber(cursor, place.before, true) || place.block.firstSequence > INT64_MAX) {
        return std::nullopt;
    }
    place.block.begin = TimePoint(std::chrono::milliseconds(begin));
    return place;
}

/// Whether a text is found in the fields of a record, whatever the case of ASCII letters.
class TextSearch {
public:
    explicit TextSearch(std::string_view wanted)
        : m_wanted(text::lowered(wanted))
    {
    }
    bool in(const DecisionRecord& record) const
    {
        return in(record.owner) || in(record.subject) || in(record.action) || in(record.resource) ||
               in(record.context) || in(record.reason) || in(record.requestId) || in(record.node) ||
               std::any_of(record.deciders.begin(), record.deciders.end(),
                           [this](const std::string& decider) { return in(decider); });
    }

private:
    bool in(std::string_view field) const
    {
        const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; };
        const auto same = [&lower](char inField, char wanted) { return lower(inField) == wanted; };
        return std::search(field.begin(), field.end(), m_wanted.begin(), m_wanted.end(), same) != field.end() ||
               m_wanted.empty();
    }
    std::string m_wanted;
};

bool agrees(const std::optional<std::string>& wanted, const std::string& value)
{
    return !wanted || *wanted == value;
}

bool matches(const RecordFilter& filter, const std::optional<TextSearch>& search, const DecisionRecord& record)
{
    return (!filter.from || record.time >= *filter.from) && (!filter.to || record.time < *filter.to) &&
           (!filter.allowed || *filter.allowed == record.allowed) && agrees(filter.owner, record.owner) &&
           agrees(filter.subject, record.subject) && agrees(filter.action, record.action) &&
           agrees(filter.resource, record.resource) && (!search || search->in(record));
}

} // namespace

DecisionReader::DecisionReader(store::RecordBlockStore& store)
    : m_store(store)
{
}

Result<contract::RecordPage<DecisionRecord>> DecisionReader::query(const RecordFilter& filter,
                                                                   const std::string& cursor, int limit)
{
    const auto wanted = static_cast<std::size_t>(std::clamp(limit, 1, contract::maxRecordLimit));
    store::BlockQuery blocks{filter.from, filter.to, filter.owner, std::nullopt};
    std::optional<Place> start;
    if (!cursor.empty()) {
        start = fromCursor(cursor);
        if (!start) return fail(Code::Bind, "malformed cursor", {{"cursor", "is not a cursor of this listing"}});
        blocks.notAfter = start->block;
    }
    std::optional<TextSearch> search;
    if (filter.text && !filter.text->empty()) search.emplace(*filter.text);

    contract::RecordPage<DecisionRecord> page;
    std::optional<Place> lastTaken;
    for (int seen = 0; seen < maxBlocksPerCall;) {
        const int fetch = seen == 0 ? 1 : blocksPerFetch; // a page of recent records rarely needs more than one
        auto found = m_store.find(blocks, fetch);
        if (!found) return fail(found);
        for (const RecordBlock& block : *found) {
            ++seen;
            auto records = unpackBlock(block.bytes);
            if (!records) noteDamage(block, records.error());
            if (!records) records.emplace();
            for (auto record = records->rbegin(); record != records->rend(); ++record) {
                const bool shown = start && start->block == block.position && record->sequence >= start->before;
                if (shown || !matches(filter, search, *record)) continue;
                if (page.items.size() == wanted) {
                    page.next = toCursor(*lastTaken);
                    return page;
                }
                lastTaken = Place{block.position, record->sequence};
                page.items.push_back(std::move(*record));
            }
        }
        if (found->size() < static_cast<std::size_t>(fetch)) return page;
        // Sequences start at 1, so every block has a position below it.
        BlockPosition next = found->back().position;
        --next.firstSequence;
        blocks.notAfter = next;
    }
    page.next = toCursor({*blocks.notAfter, UINT64_MAX});
    return page;
}

void DecisionReader::noteDamage(const RecordBlock& block, const Error& error)
{
    const std::lock_guard lock(m_mutex);
    if (!m_known.insert(block.position).second) return;
    ++m_damaged;
    qCWarning(lcRecords, "The block with decision records %llu to %llu is passed over: %s",
              static_cast<unsigned long long>(block.position.firstSequence),
              static_cast<unsigned long long>(block.lastSequence), error.detail.c_str());
}

} // namespace iam::records
