// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/prometheustext.h"
#include <cmath>
#include <cstdlib>
#include <limits>
#include <regex>
#include <set>
#include <sstream>

namespace iam::test {

namespace {

bool isName(const std::string& text)
{
    static const std::regex name("[a-z][a-z0-9_]*"); // stricter than the format: how ours are written
    return std::regex_match(text, name);
}

std::optional<double> number(const std::string& text)
{
    if (text == "+Inf") return std::numeric_limits<double>::infinity();
    char* end = nullptr;
    const double value = std::strtod(text.c_str(), &end);
    if (text.empty() || *end != '\0' || std::isspace(static_cast<unsigned char>(text.front()))) return std::nullopt;
    return value;
}

/// name="value",…} with \\, \" and \n as the only escapes; `at` stands behind the brace and ends behind the other.
bool readLabels(const std::string& line, std::size_t& at, MetricLabels& labels)
{
    while (at < line.size()) {
        const std::size_t equals = line.find("=\"", at);
        if (equals == std::string::npos) return false;
        const std::string name = line.substr(at, equals - at);
        std::string value;
        for (at = equals + 2; at < line.size() && line[at] != '"'; ++at) {
            if (line[at] != '\\') {
                value += line[at];
                continue;
            }
            if (++at == line.size() || std::string("\\\"n").find(line[at]) == std::string::npos) return false;
            value += line[at] == 'n' ? '\n' : line[at];
        }
        if (at >= line.size() || !isName(name) || !labels.emplace(name, value).second) return false;
        ++at;
        if (at < line.size() && line[at] == '}') return ++at, true;
        if (at >= line.size() || line[at] != ',') return false;
        ++at;
    }
    return false;
}

std::optional<MetricSample> readSample(const std::string& line)
{
    MetricSample sample;
    std::size_t at = line.find_first_of("{ ");
    if (at == std::string::npos) return std::nullopt;
    sample.name = line.substr(0, at);
    if (line[at] == '{' && !readLabels(line, ++at, sample.labels)) return std::nullopt;
    if (at >= line.size() || line[at] != ' ') return std::nullopt;
    const auto value = number(line.substr(at + 1));
    if (!value || !isName(sample.name)) return std::nullopt;
    sample.value = *value;
    return sample;
}

bool belongs(const ScrapedFamily& family, const MetricSample& sample)
{
    if (family.type != "histogram") return sample.name == family.name;
    return sample.name == family.name + "_bucket" || sample.name == family.name + "_sum" ||
           sample.name == family.name + "_count";
}

std::string checkHistogram(const ScrapedFamily& family)
{
    struct Series {
        std::map<double, double> buckets;
        std::optional<double> sum;
        std::optional<double> count;
    };
    std::map<MetricLabels, Series> all;
    for (const MetricSample& sample : family.samples) {
        MetricLabels labels = sample.labels;
        const auto bound = labels.extract("le");
        Series& series = all[labels];
        if (sample.name.ends_with("_bucket")) {
            const auto upper = bound ? number(bound.mapped()) : std::nullopt;
            if (!upper || !series.buckets.emplace(*upper, sample.value).second) return "a bucket without its bound";
        } else {
            if (bound) return "le outside of a bucket";
            (sample.name.ends_with("_sum") ? series.sum : series.count) = sample.value;
        }
    }
    for (const auto& [labels, series] : all) {
        if (!series.sum || !series.count || series.buckets.empty()) return "a histogram without sum, count or buckets";
        if (!std::isinf(series.buckets.rbegin()->first)) return "no bucket +Inf";
        if (series.buckets.rbegin()->second != *series.count) return "bucket +Inf is not the count";
        double last = 0;
        for (const auto& [bound, count] : series.buckets) {
            if (count < last) return "buckets fall";
            last = count;
        }
    }
    return {};
}

std::string checkFamily(const ScrapedFamily& family)
{
    static const std::set<std::string> types{"counter", "gauge", "histogram"};
    if (!isName(family.name) || family.help.empty() || !types.contains(family.type)) return "name, help or type";
    if (family.samples.empty()) return "no samples";
    if ((family.type == "counter") != family.name.ends_with("_total")) return "only counters end with _total";
    static const std::regex unit("_(ms|milliseconds|us|kb|mb|minutes)(_|$)");
    if (std::regex_search(family.name, unit)) return "not a base unit";
    std::set<std::pair<std::string, MetricLabels>> seen;
    for (const MetricSample& sample : family.samples) {
        if (!seen.emplace(sample.name, sample.labels).second) return "a series comes twice";
        if (family.type == "counter" && sample.value < 0) return "a negative counter";
    }
    return family.type == "histogram" ? checkHistogram(family) : std::string();
}

} // namespace

const ScrapedFamily* Scrape::family(const std::string& name) const
{
    for (const ScrapedFamily& one : families)
        if (one.name == name) return &one;
    return nullptr;
}

std::optional<double> Scrape::value(const std::string& sample, const MetricLabels& labels) const
{
    std::optional<double> sum;
    for (const ScrapedFamily& one : families) {
        for (const MetricSample& candidate : one.samples) {
            if (candidate.name != sample) continue;
            bool fits = true;
            for (const auto& [name, value] : labels) {
                const auto found = candidate.labels.find(name);
                fits = fits && found != candidate.labels.end() && found->second == value;
            }
            if (fits) sum = sum.value_or(0) + candidate.value;
        }
    }
    return sum;
}

std::size_t Scrape::series() const
{
    std::size_t count = 0;
    for (const ScrapedFamily& one : families) count += one.samples.size();
    return count;
}

Scrape readPrometheusText(const std::string& text)
{
    Scrape scrape;
    const auto fail = [&](const std::string& line, const char* why) {
        scrape.fault = line + ": " + why;
        return scrape;
    };
    if (!text.ends_with('\n')) return fail("the end", "no line feed");
    std::set<std::string> names;
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
        if (line.starts_with("# HELP ")) {
            const std::size_t space = line.find(' ', 7);
            if (space == std::string::npos) return fail(line, "no text");
            ScrapedFamily& family = scrape.families.emplace_back();
            family.name = line.substr(7, space - 7);
            family.help = line.substr(space + 1);
            if (!names.insert(family.name).second) return fail(line, "the family comes twice");
        } else if (line.starts_with("# TYPE ")) {
            if (scrape.families.empty() || !scrape.families.back().type.empty()) return fail(line, "TYPE without HELP");
            const std::string expected = "# TYPE " + scrape.families.back().name + " ";
            if (!line.starts_with(expected)) return fail(line, "not the family of HELP");
            scrape.families.back().type = line.substr(expected.size());
        } else {
            auto sample = readSample(line);
            if (!sample) return fail(line, "no sample");
            if (scrape.families.empty() || !belongs(scrape.families.back(), *sample))
                return fail(line, "not of the family before");
            scrape.families.back().samples.push_back(std::move(*sample));
        }
    }
    for (const ScrapedFamily& family : scrape.families)
        if (const std::string why = checkFamily(family); !why.empty()) return fail(family.name, why.c_str());
    return scrape;
}

} // namespace iam::test
