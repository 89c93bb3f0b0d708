// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "pages/cluster/definitiondraft.h"
#include "cluster/definition/definitionfile.h"
#include "cluster/definition/definitionrules.h"
#include "cluster/lint/lint.h"

namespace iam::pages {

using namespace std::chrono_literals;
using cluster::ClusterDefinition;

namespace {

constexpr auto pause = 250ms; // after the last key
const std::string fileName = "cluster.yaml";

/// "cluster.yaml:12" → 12.
int lineOf(const std::string& place)
{
    const std::size_t colon = place.rfind(':');
    return colon == std::string::npos ? 0 : QByteArray::fromStdString(place.substr(colon + 1)).toInt();
}

ClusterDefinition example(ClusterDefinition::Profile profile)
{
    ClusterDefinition out;
    const bool tutorial = profile == ClusterDefinition::Profile::Tutorial;
    out.profile = profile;
    out.nodes = {{"n1", "10.0.4.20", "eth0", 100}, {"n2", "10.0.4.21", "eth0", tutorial ? 50 : 100}};
    out.vip.address = "10.0.4.99";
    if (tutorial) {
        out.vrrp.advertInterval = 1s;
        out.vrrp.password = "1111";
    }
    out.apiDomain = "iam.api.example.com";
    out.authzDomain = "iam.authz.example.com";
    out.backends = {{"n1", "10.0.4.20", 1}, {"n2", "10.0.4.21", 1}};
    out.database.host = "n1";
    out.database.port = 3306;
    out.redis.host = "n1";
    out.redis.port = 6379;
    return out;
}

} // namespace

DefinitionDraft::DefinitionDraft(QObject* parent)
    : QObject(parent)
{
    m_work.setSingleShot(true);
    m_work.setInterval(pause);
    connect(&m_work, &QTimer::timeout, this, &DefinitionDraft::render);
    startAnew(ClusterDefinition::Profile::Recommended);
}

void DefinitionDraft::startAnew(ClusterDefinition::Profile profile)
{
    m_files.clear();
    m_filesBefore.clear();
    m_findings.clear();
    setDefinition(example(profile));
    setSaved();
    m_takeAsBefore = false;
    Q_EMIT edited();
}

void DefinitionDraft::open(const std::string& yaml)
{
    m_files.clear();
    m_filesBefore.clear();
    m_findings.clear();
    m_savedText = yaml;
    m_takeAsBefore = true;
    setText(yaml);
    finish();
}

void DefinitionDraft::setDefinition(const ClusterDefinition& definition)
{
    m_definition = definition;
    m_text = cluster::formatDefinition(definition);
    m_textFaulty = false;
    takeFaults();
}

void DefinitionDraft::setText(const std::string& yaml)
{
    m_text = yaml;
    auto read = cluster::parseDefinition(yaml, fileName);
    m_textFaulty = !read;
    if (read) {
        m_definition = std::move(*read);
        return takeFaults();
    }
    m_faults.clear();
    for (const FieldFault& fault : read.error().faults)
        m_faults.push_back({fault.field, fault.message, lineOf(fault.field)});
    if (m_faults.empty()) m_faults.push_back({fileName, read.error().detail, 0});
    m_work.stop();
    Q_EMIT edited();
}

void DefinitionDraft::takeFaults()
{
    m_faults.clear();
    const cluster::DefinitionLines lines(m_text);
    for (const FieldFault& fault : cluster::validate(m_definition))
        m_faults.push_back({fault.field, fault.message, lines.of(fault.field)});
    if (m_faults.empty())
        m_work.start();
    else
        m_work.stop();
    Q_EMIT edited();
}

void DefinitionDraft::setSaved()
{
    m_savedText = m_text;
}

void DefinitionDraft::setExported()
{
    m_filesBefore = m_files;
    Q_EMIT rendered();
}

void DefinitionDraft::finish()
{
    if (!m_work.isActive()) return;
    m_work.stop();
    render();
}

void DefinitionDraft::render()
{
    cluster::LintInput input;
    input.definition = m_definition;
    input.definitionName = fileName;
    input.definitionText = m_text;
    Files files;
    for (const std::string& machine : cluster::machines(m_definition)) {
        auto rendered = cluster::render(m_definition, machine);
        if (!rendered) continue; // machines() names only what can be rendered
        cluster::NodeFiles node{machine, {}};
        for (const cluster::RenderedFile& file : *rendered)
            node.files[file.path] = {file.content, {}, file.mode, {}, file.owner};
        if (m_definition.node(machine) != nullptr) input.nodes.push_back(std::move(node));
        files.emplace(machine, std::move(*rendered));
    }
    m_files = std::move(files);
    m_findings = cluster::lint(input);
    if (std::exchange(m_takeAsBefore, false)) m_filesBefore = m_files;
    Q_EMIT this->rendered();
}

} // namespace iam::pages
