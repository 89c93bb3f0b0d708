// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/check/temporarytree.h"
#include "cluster/check/program.h"
#include "cluster/lint/nginxmodel.h"
#include "cluster/lint/nginxparser.h"
#include <algorithm>
#include <array>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sys/stat.h>
#include <unistd.h>

namespace iam::cluster {
namespace {

namespace fs = std::filesystem;

constexpr std::array movedFolders{"/etc/nginx/",     "/etc/keepalived/", "/run/", "/var/run/", "/var/log/",
                                  "/var/lib/nginx/", "/var/cache/nginx/"};

bool beginsPath(const std::string& text, std::size_t at)
{
    return at == 0 || std::string_view(" \t\n\"'=:;{(").find(text[at - 1]) != std::string_view::npos;
}

void replaceAll(std::string& text, const std::string& from, const std::string& to)
{
    for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
        text.replace(at, from.size(), to);
}

/// Certificates that the configuration names: the paths of ssl_certificate and ssl_certificate_key.
void collectCertificates(const std::vector<Statement>& statements, std::vector<const Statement*>& found)
{
    for (const Statement& one : statements) {
        if (one.name == "ssl_certificate" || one.name == "ssl_certificate_key") found.push_back(&one);
        collectCertificates(one.children, found);
    }
}

} // namespace

Result<std::unique_ptr<TemporaryTree>> TemporaryTree::write(const NodeFiles& node)
{
    std::error_code error;
    std::string name = (fs::temp_directory_path(error) / "iam-check-XXXXXX").string();
    if (error || ::mkdtemp(name.data()) == nullptr)
        return fail(Code::StorageUnavailable, "no temporary folder can be made");
    std::unique_ptr<TemporaryTree> tree(new TemporaryTree(name));
    if (const auto written = tree->writeFiles(node); !written) return fail(written);
    return tree;
}

TemporaryTree::~TemporaryTree()
{
    std::error_code ignored;
    fs::remove_all(m_root, ignored);
}

Result<> TemporaryTree::writeFiles(const NodeFiles& node)
{
    std::error_code error;
    for (const char* folder : {"/etc/nginx", "/etc/keepalived", "/run", "/var/log/nginx", "/var/lib/nginx"})
        fs::create_directories(m_root + folder, error);
    makeCertificates(node);
    for (const auto& [path, file] : node.files) {
        if (!path.starts_with("/etc/nginx/") && !path.starts_with("/etc/keepalived/")) continue;
        if (path.find("/../") != std::string::npos) continue;
        const fs::path target = m_root + path;
        fs::create_directories(target.parent_path(), error);
        std::ofstream out(target, std::ios::binary);
        out << moved(file.text);
        if (!out.flush()) return fail(Code::StorageUnavailable, target.string() + " cannot be written");
        const bool script = file.text.starts_with("#!");
        ::chmod(target.c_str(), file.mode ? *file.mode & 0777 : script ? 0755 : 0644);
    }
    if (node.file(nginxPath) == nullptr && node.coversFolder("/etc/nginx/conf.d")) {
        std::ofstream out(m_root + nginxPath, std::ios::binary);
        out << "events {}\nhttp {\ninclude conf.d/*.conf;\ninclude sites-enabled/*;\n}\n";
    }
    linkPackageFiles();
    return {};
}

std::string TemporaryTree::moved(const std::string& text) const
{
    std::string result = text;
    for (const auto& [from, to] : m_certificates) replaceAll(result, from, to);
    for (const char* folder : movedFolders)
        for (std::size_t at = result.find(folder); at != std::string::npos; at = result.find(folder, at + 1)) {
            if (!beginsPath(result, at)) continue;
            const std::string path = result.substr(at, result.find_first_of(" \t\n\"';,)", at) - at);
            std::error_code ignored;
            const std::string parent = folderOf(path);
            if (parent.find_first_of("*?[$") == std::string::npos && parent.find("..") == std::string::npos)
                fs::create_directories(m_root + parent, ignored);
            result.insert(at, m_root);
            at += m_root.size();
        }
    return result;
}

void TemporaryTree::linkPackageFiles() const
{
    std::error_code error;
    for (const char* name : {"mime.types", "fastcgi.conf", "fastcgi_params", "scgi_params", "uwsgi_params",
                             "proxy_params", "koi-utf", "koi-win", "win-utf", "modules-enabled", "snippets"}) {
        const fs::path own = fs::path("/etc/nginx") / name;
        const fs::path target = m_root + own.string();
        if (fs::exists(own, error) && !fs::exists(target, error)) fs::create_symlink(own, target, error);
    }
}

void TemporaryTree::makeCertificates(const NodeFiles& node)
{
    const ParsedText text = parseNginxFiles(node, nginxPath);
    std::vector<const Statement*> named;
    collectCertificates(text.statements, named);
    std::erase_if(named, [](const Statement* one) {
        const std::string path = one->value();
        return !path.starts_with('/') || path.find('$') != std::string::npos || ::access(path.c_str(), R_OK) == 0;
    });
    const std::string openssl = findProgram("openssl");
    if (named.empty() || openssl.empty()) return;
    const std::string certificate = m_root + "/certificate.pem";
    const std::string key = m_root + "/key.pem";
    const auto made =
        runProgram({openssl, "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
                    "-days", "2", "-subj", "/CN=iam.invalid", "-keyout", key, "-out", certificate},
                   std::chrono::seconds(10));
    if (!made || made->exitCode != 0) return;
    for (const Statement* one : named)
        m_certificates.emplace_back(one->value(), one->name == "ssl_certificate" ? certificate : key);
    // The longest first: one path may begin another.
    std::sort(m_certificates.begin(), m_certificates.end(),
              [](const auto& a, const auto& b) { return a.first.size() > b.first.size(); });
}

std::string TemporaryTree::original(std::string message) const
{
    for (const auto& [from, to] : m_certificates) replaceAll(message, to, from);
    replaceAll(message, m_root, {});
    return message;
}

} // namespace iam::cluster
