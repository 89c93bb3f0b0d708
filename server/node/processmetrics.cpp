// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "node/metricsources.h"
#include <array>
#include <filesystem>
#include <fstream>
#include <optional>
#include <sstream>
#include <sys/resource.h>
#include <unistd.h>

namespace iam::node {
namespace {

/// The fields of /proc/self/stat behind the command's name, which may hold anything; the first is field 3 of proc(5).
std::optional<std::vector<std::string>> statFields()
{
    std::ifstream file("/proc/self/stat");
    std::string line;
    if (!std::getline(file, line)) return std::nullopt;
    std::istringstream rest(line.substr(line.rfind(')') + 1));
    std::vector<std::string> fields;
    for (std::string field; rest >> field;) fields.push_back(field);
    if (fields.size() < 22) return std::nullopt;
    return fields;
}

std::optional<double> bootTime()
{
    std::ifstream file("/proc/stat");
    for (std::string line; std::getline(file, line);)
        if (line.starts_with("btime ")) return std::strtod(line.c_str() + 6, nullptr);
    return std::nullopt;
}

std::optional<std::uint64_t> openDescriptors()
{
    std::error_code error;
    std::uint64_t count = 0;
    for (std::filesystem::directory_iterator entry("/proc/self/fd", error), end; !error && entry != end;
         entry.increment(error))
        ++count;
    if (error) return std::nullopt;
    return count - 1; // one of them reads the directory
}

} // namespace

void addProcessMetrics(MetricFamilies& families)
{
    if (const auto fields = statFields()) {
        const auto number = [&](std::size_t field) { return std::strtod((*fields)[field - 3].c_str(), nullptr); };
        const auto ticks = static_cast<double>(::sysconf(_SC_CLK_TCK));
        MetricFamily::counter("process_cpu_seconds_total", "User and system time spent.")
            .add((number(14) + number(15)) / ticks)
            .into(families);
        MetricFamily::gauge("process_threads", "Threads.").add(number(20)).into(families);
        if (const auto boot = bootTime())
            MetricFamily::gauge("process_start_time_seconds", "Start of the process, in seconds since 1970.")
                .add(*boot + number(22) / ticks)
                .into(families);
        MetricFamily::gauge("process_virtual_memory_bytes", "Size of the address space.")
            .add(number(23))
            .into(families);
        MetricFamily::gauge("process_resident_memory_bytes", "Memory in use.")
            .add(number(24) * static_cast<double>(::sysconf(_SC_PAGESIZE)))
            .into(families);
    }
    if (const auto open = openDescriptors())
        MetricFamily::gauge("process_open_fds", "Open descriptors.").add(*open).into(families);
    rlimit most{};
    if (::getrlimit(RLIMIT_NOFILE, &most) == 0)
        MetricFamily::gauge("process_max_fds", "Descriptors that may be open.")
            .add(static_cast<std::uint64_t>(most.rlim_cur))
            .into(families);
}

} // namespace iam::node
