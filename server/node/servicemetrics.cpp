// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "node/metricsources.h"
#include "routes/version.h"
#include <array>

namespace iam::node {

void addDecisionMetrics(MetricFamilies& families, const Services& services)
{
    using service::DecisionOutcome;
    struct Shown {
        DecisionOutcome outcome;
        const char* result;
        const char* reason;
    };
    constexpr std::array<Shown, service::decisionOutcomes> all{
        {{DecisionOutcome::Allowed, "allow", "policy"},
         {DecisionOutcome::DeniedByPolicy, "deny", "policy"},
         {DecisionOutcome::DeniedByDefault, "deny", "default"},
         {DecisionOutcome::NoPolicies, "deny", "no_policies"},
         {DecisionOutcome::PolicyFault, "deny", "policy_fault"},
         {DecisionOutcome::Malformed, "error", "malformed"},
         {DecisionOutcome::NotRecorded, "error", "not_recorded"}}};
    auto decisions = MetricFamily::counter("iam_decisions_total", "Decisions, by result and the kind of its reason.");
    for (const Shown& shown : all)
        decisions.add(services.decisions().count(shown.outcome), {{"result", shown.result}, {"reason", shown.reason}});
    decisions.into(families);
}

void addSnapshotMetrics(MetricFamilies& families, const Services& services)
{
    const auto snapshot = services.directory().read();
    const auto policies = services.directory().policyCounts();
    const auto gauge = [&](const char* name, const char* help, double value) {
        MetricFamily::gauge(name, help).add(value).into(families);
    };
    gauge("iam_snapshot_staleness_seconds", "How long what decisions are made from has been behind the storage.",
          static_cast<double>(services.directory().staleness().count()) / 1e3);
    gauge("iam_snapshot_version", "Number of the snapshot in force; grows with every change.",
          static_cast<double>(snapshot->version));
    gauge("iam_snapshot_users", "Accounts in the snapshot.", static_cast<double>(snapshot->accounts.size()));
    gauge("iam_snapshot_keys", "Access keys in the snapshot.", static_cast<double>(snapshot->keys.size()));
    gauge("iam_snapshot_revoked_tokens", "Revoked log-in tokens in the snapshot.",
          static_cast<double>(snapshot->revokedTokens->size()));
    gauge("iam_snapshot_policy_owners", "Users that own a policy in the snapshot.",
          static_cast<double>(snapshot->policies.ownerCount()));
    gauge("iam_snapshot_policies", "Policies in the snapshot.",
          static_cast<double>(policies.all - policies.unreadable));
    gauge("iam_snapshot_unreadable_policies", "Policies in the storage that cannot be read, and so decide nothing.",
          static_cast<double>(policies.unreadable));
}

void addDecisionLogMetrics(MetricFamilies& families, const Services& services)
{
    if (!services.decisionLog()) return;
    const records::DecisionLogHealth log = services.decisionLog()->health();
    MetricFamily::gauge("iam_decision_log_up", "Whether decision records can be stored.")
        .add(log.storing ? 1.0 : 0.0)
        .into(families);
    MetricFamily::gauge("iam_decision_log_pending_records", "Decision records that wait to be stored.")
        .add(static_cast<std::uint64_t>(log.queued))
        .into(families);
    MetricFamily::gauge("iam_decision_log_pending_bytes", "Memory that waiting decision records take.")
        .add(static_cast<std::uint64_t>(log.queuedBytes))
        .into(families);
    MetricFamily::counter("iam_decision_log_stored_records_total", "Decision records stored.")
        .add(log.stored)
        .into(families);
    MetricFamily::counter("iam_decision_log_stored_bytes_total", "Packed decision records stored.")
        .add(log.storedBytes)
        .into(families);
    MetricFamily::counter("iam_decision_log_lost_records_total", "Decision records that are not kept, by cause.")
        .add(log.dropped, {{"cause", "dropped"}})
        .add(log.refused, {{"cause", "refused"}})
        .add(log.lostAtLastCrash, {{"cause", "crash"}})
        .into(families);
}

void addLegacyQueueMetrics(MetricFamilies& families, const Services& services)
{
    if (services.legacyQueue() == nullptr) return;
    const records::LegacyQueueStats queue = services.legacyQueue()->stats();
    MetricFamily::gauge("iam_legacy_queue_up", "Whether decisions can be handed to the old system's list in Redis.")
        .add(queue.up ? 1.0 : 0.0)
        .into(families);
    MetricFamily::gauge("iam_legacy_queue_pending_records", "Decisions that wait to be handed over.")
        .add(static_cast<std::uint64_t>(queue.waiting))
        .into(families);
    MetricFamily::counter("iam_legacy_queue_pushed_records_total", "Decisions handed over.")
        .add(queue.pushed)
        .into(families);
    MetricFamily::counter("iam_legacy_queue_dropped_records_total", "Decisions not handed over: too many waited.")
        .add(queue.dropped)
        .into(families);
    MetricFamily::counter("iam_legacy_queue_repeated_records_total",
                          "Decisions handed over again, since Redis did not say whether it had them.")
        .add(queue.repeated)
        .into(families);
    MetricFamily::counter("iam_legacy_queue_incomplete_records_total",
                          "Decisions handed over without the text of a policy that belongs to them.")
        .add(queue.incomplete)
        .into(families);
}

void addWorkerMetrics(MetricFamilies& families, const std::vector<std::pair<std::string, const WorkerPool*>>& pools)
{
    auto queued = MetricFamily::gauge("iam_worker_queue_length", "Jobs that wait for a worker.");
    auto limit = MetricFamily::gauge("iam_worker_queue_limit", "Jobs that may wait for a worker.");
    auto threads = MetricFamily::gauge("iam_worker_threads", "Workers.");
    auto busy = MetricFamily::gauge("iam_worker_busy_threads", "Workers that are at work.");
    auto rejected =
        MetricFamily::counter("iam_worker_rejections_total", "Jobs turned away because the queue was full.");
    for (const auto& [name, pool] : pools) {
        const Labels labels{{"pool", name}};
        queued.add(static_cast<std::uint64_t>(pool->queued()), labels);
        limit.add(static_cast<std::uint64_t>(pool->queueLimit()), labels);
        threads.add(static_cast<std::uint64_t>(pool->threads()), labels);
        busy.add(static_cast<std::uint64_t>(pool->busy()), labels);
        rejected.add(pool->rejected(), labels);
    }
    for (MetricFamily* family : {&queued, &limit, &threads, &busy, &rejected}) family->into(families);
}

void addBusMetrics(MetricFamilies& families, const Services& services)
{
    const auto bus = services.busStats();
    if (!bus) return;
    const auto counter = [&](const char* name, const char* help, std::uint64_t value) {
        MetricFamily::counter(name, help).add(value).into(families);
    };
    MetricFamily::gauge("iam_redis_up", "Whether both connections to Redis stand.")
        .add(bus->up ? 1.0 : 0.0)
        .into(families);
    counter("iam_redis_published_messages_total", "Changes told to other servers.", bus->published);
    counter("iam_redis_dropped_messages_total", "Changes not told: too many waited for Redis.", bus->dropped);
    counter("iam_redis_received_messages_total", "Messages heard from others.", bus->received);
    counter("iam_redis_rejected_messages_total", "Messages heard that were unknown, unsigned, old or repeated.",
            bus->rejected);
    counter("iam_redis_reconnects_total", "Connections to Redis that came back.", bus->reconnects);
    if (bus->lastMessage) {
        const std::chrono::duration<double> since = bus->lastMessage->time_since_epoch();
        MetricFamily::gauge("iam_redis_last_message_timestamp_seconds", "When another server was heard last.")
            .add(since.count())
            .into(families);
    }
}

void addServiceMetrics(MetricFamilies& families, const Services& services)
{
    MetricFamily::gauge("iam_database_up", "Whether the database worked when it was last asked.")
        .add(services.databaseHealth() ? 1.0 : 0.0)
        .into(families);
    MetricFamily::counter("iam_login_failures_total", "Log-ins with a wrong name or password.")
        .add(services.throttle().failures())
        .into(families);
    MetricFamily::counter("iam_login_refusals_total", "Log-ins told to wait after failures.")
        .add(services.throttle().refusals())
        .into(families);
    MetricFamily::gauge("iam_login_waiting_accounts", "Accounts that have to wait after failed log-ins right now.")
        .add(static_cast<double>(services.throttle().waitingAccounts()))
        .into(families);
    const routes::Build build = routes::thisBuild();
    MetricFamily::gauge("iam_build_info", "Always 1; the labels say which program this is.")
        .add(1.0, {{"version", build.version}, {"revision", build.revision}, {"compiler", build.compiler}})
        .into(families);
}

} // namespace iam::node
