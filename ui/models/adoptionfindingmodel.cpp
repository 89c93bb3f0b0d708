// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/adoptionfindingmodel.h"
#include "base/yamltext.h"
#include "models/adoptiontext.h"
#include "models/celltext.h"
#include "models/listmodel.h"
#include <algorithm>

namespace iam::models {

namespace {

std::string verbOf(const std::string& decision)
{
    return decision.substr(0, decision.find(' '));
}

bool offers(const AdoptionFinding& finding, const std::string& verb)
{
    return std::find(finding.choices.begin(), finding.choices.end(), verb) != finding.choices.end();
}

} // namespace

void AdoptionFindingModel::setReport(const AdoptionReport& report)
{
    beginResetModel();
    m_findings = report.findings;
    m_fixed = report.decided();
    std::map<std::string, std::string> decisions;
    for (const AdoptionFinding& finding : m_findings) {
        const auto before = m_decisions.find(finding.key);
        const bool kept = before != m_decisions.end() && offers(finding, verbOf(before->second));
        const std::string& decision = kept ? before->second : finding.proposal;
        if (!finding.choices.empty() && !decision.empty()) decisions.emplace(finding.key, decision);
    }
    m_decisions = std::move(decisions);
    endResetModel();
    Q_EMIT decisionsChanged();
}

QString AdoptionFindingModel::decision(int row) const
{
    const auto found = m_decisions.find(at(row).key);
    return found == m_decisions.end() ? QString() : toText(found->second);
}

void AdoptionFindingModel::setDecision(const AdoptionFinding& finding, const std::string& decision)
{
    if (offers(finding, verbOf(decision))) m_decisions.insert_or_assign(finding.key, decision);
}

void AdoptionFindingModel::decide(int row, const QString& decision)
{
    if (m_fixed || this->decision(row) == decision) return;
    setDecision(at(row), decision.toStdString());
    Q_EMIT dataChanged(index(row, 0), index(row, ColumnCount - 1));
    Q_EMIT decisionsChanged();
}

void AdoptionFindingModel::decideAlike(int row)
{
    const std::string verb = verbOf(decision(row).toStdString());
    if (m_fixed || verb.empty()) return;
    for (const AdoptionFinding& finding : m_findings) {
        if (finding.kind != at(row).kind || finding.key == at(row).key) continue;
        setDecision(finding, verbOf(finding.proposal) == verb ? finding.proposal : verb);
    }
    Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
    Q_EMIT decisionsChanged();
}

int AdoptionFindingModel::alike(int row) const
{
    const std::string verb = verbOf(decision(row).toStdString());
    return static_cast<int>(std::count_if(m_findings.begin(), m_findings.end(), [&](const AdoptionFinding& finding) {
        return finding.kind == at(row).kind && offers(finding, verb);
    }));
}

bool AdoptionFindingModel::isOpen(const AdoptionFinding& finding) const
{
    return !m_fixed && !finding.choices.empty() && !m_decisions.contains(finding.key);
}

int AdoptionFindingModel::undecided() const
{
    return static_cast<int>(std::count_if(m_findings.begin(), m_findings.end(),
                                          [this](const AdoptionFinding& finding) { return isOpen(finding); }));
}

int AdoptionFindingModel::decided() const
{
    return static_cast<int>(m_decisions.size());
}

int AdoptionFindingModel::dropped() const
{
    return static_cast<int>(std::count_if(m_decisions.begin(), m_decisions.end(),
                                          [](const auto& entry) { return verbOf(entry.second) == "drop"; }));
}

QByteArray AdoptionFindingModel::decisionFile() const
{
    if (m_fixed) return {};
    std::map<std::string, std::string> sections;
    for (const AdoptionFinding& finding : m_findings) {
        const auto found = m_decisions.find(finding.key);
        if (found == m_decisions.end()) continue;
        sections[finding.kind] +=
            "  " + finding.table + '-' + std::to_string(finding.id) + ": " + text::yamlQuoted(found->second) + '\n';
    }
    std::string text;
    for (const auto& [kind, lines] : sections) text.append(kind).append(":\n").append(lines);
    return QByteArray::fromStdString(text);
}

int AdoptionFindingModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_findings.size());
}

int AdoptionFindingModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QString AdoptionFindingModel::text(int row, int column) const
{
    const AdoptionFinding& finding = at(row);
    switch (column) {
    case State:
        if (finding.choices.empty()) return tr("Good to know");
        return isOpen(finding) ? tr("Stands in the way") : tr("Decided");
    case What:
        return findingTitle(finding);
    case Row:
        return findingRow(finding);
    case About:
        return toText(finding.about);
    case Message:
        return findingMessage(finding);
    case Decision:
        if (finding.choices.empty()) return tr("it is taken over as it is");
        if (m_fixed) return tr("as decided when the work was begun");
        return isOpen(finding) ? tr("you decide") : decisionText(finding, decision(row));
    default:
        return {};
    }
}

QVariant AdoptionFindingModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid()) return {};
    const AdoptionFinding& finding = at(index.row());
    switch (role) {
    case Qt::DisplayRole:
    case Qt::ToolTipRole:
        return text(index.row(), index.column());
    case Qt::EditRole:
        if (index.column() == State) return finding.choices.empty() ? 2 : isOpen(finding) ? 0 : 1;
        if (index.column() == Row)
            return QStringLiteral("%1 %2").arg(toText(finding.table)).arg(finding.id, 20, 10, QLatin1Char('0'));
        return text(index.row(), index.column());
    case ListModel::KeyRole:
        return toText(finding.key);
    case ListModel::ToneRole:
        if (index.column() != State) return {};
        return static_cast<int>(finding.kind == "empty-key" ? Tone::Warning
                                : finding.choices.empty()   ? Tone::Info
                                : isOpen(finding)           ? Tone::Error
                                                            : Tone::Warning);
    default:
        return {};
    }
}

QVariant AdoptionFindingModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) return {};
    switch (section) {
    case State:
        return tr("State");
    case What:
        return tr("What");
    case Row:
        return tr("Row");
    case About:
        return tr("Called");
    case Message:
        return tr("What it means");
    case Decision:
        return tr("What will be done");
    default:
        return {};
    }
}

} // namespace iam::models
