// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "node/metricsources.h"
#include "node/pumprole.h"

namespace iam::node {

void addPumpMetrics(MetricFamilies& families, const PumpRole& role)
{
    auto active = MetricFamily::gauge("iam_pump_active", "1 while this is the pump that works on the source.");
    for (const auto& pump : role.pumps()) active.add(pump->isActive() ? 1.0 : 0.0, {{"source", pump->source()}});
    active.into(families);

    auto lagRecords = MetricFamily::gauge("iam_pump_lag_records", "Records of the source that the sink has not had.");
    auto lagSeconds = MetricFamily::gauge("iam_pump_lag_seconds", "Age of the oldest record that waits for the sink.");
    auto retrying = MetricFamily::gauge("iam_pump_retrying", "1 while what the sink is given fails.");
    auto taken = MetricFamily::counter("iam_pump_taken_total", "Records that the sink took.");
    auto dead = MetricFamily::counter("iam_pump_dead_lettered_total", "Records that the sink can never take.");
    auto filtered = MetricFamily::counter("iam_pump_filtered_total", "Records that the sink is not to have.");
    auto holes = MetricFamily::counter("iam_pump_holes_total", "Records that could not be had, by cause.");
    auto retries = MetricFamily::counter("iam_pump_retries_total", "Attempts that failed since the start.");
    for (const contract::SinkStatus& sink : role.status()) {
        const Labels labels{{"source", sink.source}, {"sink", sink.sink}};
        lagRecords.add(sink.lagRecords, labels);
        lagSeconds.add(std::chrono::duration<double>(sink.lag).count(), labels);
        retrying.add(sink.state == "retrying" ? 1.0 : 0.0, labels);
        taken.add(sink.position.taken, labels);
        dead.add(sink.position.deadLettered, labels);
        filtered.add(sink.position.filtered, labels);
        retries.add(sink.retries, labels);
        for (const auto& [cause, records] : sink.position.holes)
            holes.add(records, {{"source", sink.source}, {"sink", sink.sink}, {"cause", cause}});
    }
    for (MetricFamily* family : {&lagRecords, &lagSeconds, &retrying, &taken, &dead, &filtered, &holes, &retries})
        family->into(families);
    if (role.legacySource() != nullptr) {
        const records::LegacyDrainStats drain = role.legacySource()->stats();
        const bool draining = drain.state == records::LegacyDrainStats::State::Draining;
        MetricFamily::gauge("iam_pump_legacy_draining", "1 while the old system's list is drained by this process.")
            .add(draining ? 1.0 : 0.0)
            .into(families);
        MetricFamily::gauge("iam_pump_legacy_waiting", "Entries of the list when it was last looked at.")
            .add(drain.waiting)
            .into(families);
        MetricFamily::counter("iam_pump_legacy_drained_total", "Records of the list that were stored.")
            .add(drain.drained)
            .into(families);
        MetricFamily::counter("iam_pump_legacy_refused_total", "Entries of the list that are no records.")
            .add(drain.refused)
            .into(families);
    }
    MetricFamily::counter("iam_pump_dead_letter_files_removed_total", "Full files of dead letters that made room.")
        .add(role.deadLetters().removedFiles())
        .into(families);
}

} // namespace iam::node
