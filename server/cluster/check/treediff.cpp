// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/check/treediff.h"
#include "cluster/check/unifieddiff.h"
#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <sys/stat.h>

namespace iam::cluster {
namespace {

namespace fs = std::filesystem;

constexpr std::uintmax_t largestInstalled = 1024 * 1024;

std::string octal(unsigned mode)
{
    std::array<char, 8> text{};
    std::snprintf(text.data(), text.size(), "%04o", mode & 07777u);
    return text.data();
}

void compareFile(const std::string& path, const NodeFile& file, const std::string& installed,
                 std::vector<FileDifference>& differences)
{
    using Kind = FileDifference::Kind;
    struct stat status {};
    if (::stat(installed.c_str(), &status) != 0) {
        const bool hidden = errno == EACCES;
        differences.push_back({hidden ? Kind::Unreadable : Kind::Missing, path, {}});
        return;
    }
    // Nothing but a file is opened: a FIFO would be waited for.
    const bool isFile = S_ISREG(status.st_mode) && static_cast<std::uintmax_t>(status.st_size) <= largestInstalled;
    std::ifstream in;
    if (isFile) in.open(installed, std::ios::binary);
    if (!isFile || !in) {
        differences.push_back({Kind::Unreadable, path, {}});
        return;
    }
    const std::string text{std::istreambuf_iterator<char>(in), {}};
    if (text != file.text) {
        differences.push_back({Kind::Content, path, unifiedDiff(text, file.text)});
    } else if (const unsigned mode = status.st_mode & 07777; file.mode && mode != *file.mode) {
        differences.push_back({Kind::Mode, path, octal(mode) + ", should be " + octal(*file.mode)});
    }
}

} // namespace

std::vector<FileDifference> compareWithInstalled(const NodeFiles& rendered, const std::string& root)
{
    std::string base = root;
    while (!base.empty() && base.back() == '/') base.pop_back();
    std::vector<FileDifference> differences;
    for (const auto& [path, file] : rendered.files) compareFile(path, file, base + path, differences);
    for (const char* folder : {"/etc/nginx/conf.d", "/etc/nginx/sites-enabled"}) {
        const bool reads = std::any_of(rendered.files.begin(), rendered.files.end(), [&](const auto& one) {
            return one.first.starts_with("/etc/nginx/") &&
                   one.second.text.find(std::string(folder).substr(std::string_view("/etc/nginx/").size())) !=
                       std::string::npos;
        });
        std::error_code error;
        if (!reads) continue;
        for (fs::directory_iterator entry(base + folder, error), end; !error && entry != end; entry.increment(error)) {
            const std::string path = std::string(folder) + '/' + entry->path().filename().string();
            const bool read = !path.starts_with("/etc/nginx/conf.d/") || path.ends_with(".conf");
            if (read && rendered.file(path) == nullptr) differences.push_back({FileDifference::Kind::Extra, path, {}});
        }
    }
    std::sort(differences.begin(), differences.end(),
              [](const FileDifference& a, const FileDifference& b) { return a.path < b.path; });
    return differences;
}

} // namespace iam::cluster
