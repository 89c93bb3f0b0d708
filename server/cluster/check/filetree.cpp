// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/check/filetree.h"
#include "cluster/lint/keepalivedmodel.h"
#include "cluster/lint/nginxmodel.h"
#include "cluster/lint/nginxparser.h"
#include <algorithm>
#include <array>
#include <cerrno>
#include <filesystem>
#include <fstream>
#include <pwd.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

namespace iam::cluster {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t mostFiles = 2000;
constexpr std::uintmax_t largestFile = 1024 * 1024;

std::string ownerName(uid_t user)
{
    passwd entry{};
    passwd* found = nullptr;
    std::array<char, 4096> buffer{};
    if (::getpwuid_r(user, &entry, buffer.data(), buffer.size(), &found) == 0 && found != nullptr)
        return found->pw_name;
    return std::to_string(user);
}

/// Where a file of a plain folder lies on a node; empty when it has no place there.
std::string placeOf(const std::string& relative)
{
    const std::string name = relative.substr(relative.rfind('/') + 1);
    const auto below = [&](const char* folder) { return relative.starts_with(folder); };
    if (below("etc/")) return '/' + relative;
    if (below("nginx/") || below("keepalived/") || below("iam-server/") || below("systemd/") || below("mysql/") ||
        below("redis/") || below("nftables.d/"))
        return "/etc/" + relative;
    if (below("conf.d/") || below("sites-enabled/") || below("sites-available/") || below("snippets/"))
        return "/etc/nginx/" + relative;
    if (relative == "nginx.conf" || relative == "proxy_params" || relative == "mime.types") return "/etc/nginx/" + name;
    if (relative == "keepalived.conf") return "/etc/keepalived/" + name;
    if (relative == "iam-server.yaml" || relative == "iam-agent.yaml" || relative == "hosts" ||
        (relative == name && (name.ends_with(".sql") || name.ends_with(".env"))))
        return "/etc/iam-server/" + name;
    if (name.ends_with(".sh") || name.ends_with(".py") || name.ends_with(".pl")) {
        const bool scripts = below("scripts/") || relative == name;
        return scripts ? "/etc/keepalived/" + name : std::string();
    }
    if (relative == name && name.ends_with(".nft")) return "/etc/nftables.d/" + name;
    if (relative == name && name.ends_with(".cnf")) return "/etc/mysql/mariadb.conf.d/" + name;
    if (relative == name && name == "redis.conf") return "/etc/redis/" + name;
    if (below("keepalived.service.d/") || relative == "keepalived.service") return "/etc/systemd/system/" + relative;
    // What is left beside an nginx.conf can only be one of its parts.
    if (relative == name && name.ends_with(".conf")) return "/etc/nginx/conf.d/" + name;
    return {};
}

/// Fills in the text, or says why it cannot be.
void readText(const fs::path& path, NodeFile& file)
{
    std::error_code error;
    const fs::file_status status = fs::status(path, error);
    // Nothing else is opened: a FIFO would be waited for.
    if (status.type() == fs::file_type::not_found)
        file.unread = "is a link to nothing";
    else if (!fs::is_regular_file(status))
        file.unread = fs::is_directory(status) ? "is a folder" : "is no regular file";
    else if (fs::file_size(path, error) > largestFile)
        file.unread = "is larger than 1 MiB";
    if (!file.unread.empty()) return;
    std::ifstream in(path, std::ios::binary);
    if (!in) {
        file.unread = "cannot be read (" + std::generic_category().message(errno) + ')';
        return;
    }
    file.text.assign(std::istreambuf_iterator<char>(in), {});
    if (file.text.find('\0') == std::string::npos) return;
    file.text.clear();
    file.unread = "is no text";
}

NodeFile readFile(const fs::path& path, const std::string& shownAs)
{
    NodeFile file;
    file.shownAs = shownAs;
    readText(path, file);
    struct stat status {};
    if (::stat(path.c_str(), &status) == 0) {
        file.mode = status.st_mode & 07777;
        file.owner = ownerName(status.st_uid);
    }
    if (::stat(path.parent_path().c_str(), &status) == 0) file.dirMode = status.st_mode & 07777;
    return file;
}

/// Certificates and keys that nginx is told to read, and that are surely not there: their folder is.
void noteMissing(const std::vector<Statement>& statements, const std::string& root, std::set<std::string>& missing)
{
    for (const Statement& one : statements) {
        noteMissing(one.children, root, missing);
        if (one.name != "ssl_certificate" && one.name != "ssl_certificate_key") continue;
        const std::string path = certificatePath(one);
        struct stat status {};
        if (path.empty() || ::stat((root + path).c_str(), &status) == 0 || errno != ENOENT) continue;
        if (::stat((root + folderOf(path)).c_str(), &status) == 0) missing.insert(path);
    }
}

} // namespace

Result<NodeFiles> readFileTree(const std::string& node, const std::string& root)
{
    NodeFiles result;
    result.node = node;
    std::error_code error;
    if (!fs::is_directory(root, error)) return fail(Code::Validation, root + " is no folder");
    if (::access(root.c_str(), R_OK | X_OK) != 0)
        return fail(Code::Validation, root + " cannot be read: " + std::generic_category().message(errno));
    // The whole root of a machine would take for ever: only what we look at.
    std::vector<fs::path> starts{root};
    if (fs::is_directory(fs::path(root) / "etc", error)) {
        starts.clear();
        for (const char* part : {"nginx", "keepalived", "iam-server", "systemd/system", "tmpfiles.d", "nftables.d",
                                 "nftables.conf", "mysql", "redis", "hosts", "sysctl.d", "sysctl.conf"})
            starts.push_back(fs::path(root) / "etc" / part);
    }
    const auto take = [&](const fs::path& path) {
        const std::string relative = path.lexically_relative(root).generic_string();
        const std::string place = placeOf(relative);
        if (place.empty() || result.files.size() >= mostFiles) return;
        std::error_code ignored;
        const bool isMain = place == nginxPath || place == keepalivedPath;
        if (fs::is_directory(path, ignored) && !isMain) return;
        result.files[place] = readFile(path, path.generic_string());
    };
    for (const fs::path& start : starts) {
        if (fs::is_regular_file(start, error)) {
            take(start);
            continue;
        }
        fs::recursive_directory_iterator entries(start, fs::directory_options::skip_permission_denied, error);
        for (; !error && entries != fs::recursive_directory_iterator(); entries.increment(error)) {
            if (entries.depth() > 8) entries.disable_recursion_pending();
            take(entries->path());
        }
    }
    const bool known = std::any_of(result.files.begin(), result.files.end(), [](const auto& one) {
        return one.first.starts_with("/etc/nginx/") || one.first.starts_with("/etc/keepalived/");
    });
    if (!known)
        return fail(Code::Validation, root + " holds no file of nginx or keepalived (etc/nginx, etc/keepalived, or "
                                             "nginx.conf and keepalived.conf themselves)");
    if (fs::is_directory(fs::path(root) / "etc", error))
        noteMissing(parseNginxFiles(result, nginxPath).statements, root, result.missing);
    return result;
}

} // namespace iam::cluster
