// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "models/adoptionreport.h"
#include <QAbstractTableModel>

namespace iam::models {

/// What a check found, and what is to become of it. At first everything is decided as proposed; a decision stays with
/// its row when the check is made again. Roles as ListModel's; Qt::EditRole is the value to sort by.
class AdoptionFindingModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { State, What, Row, About, Message, Decision, ColumnCount };
    using QAbstractTableModel::QAbstractTableModel;

    void setReport(const AdoptionReport& report);
    [[nodiscard]] const AdoptionFinding& at(int row) const { return m_findings.at(static_cast<std::size_t>(row)); }
    /// "rename s0-two", "drop"; empty: not decided, or nothing to be decided.
    [[nodiscard]] QString decision(int row) const;
    /// One of the finding's choices, "rename" with the new name behind it.
    void decide(int row, const QString& decision);
    /// Decides all findings of that row's kind as that row, each with its own proposal where it has one of that choice.
    void decideAlike(int row);
    /// How many there are of that row's kind that have its choice, itself included.
    [[nodiscard]] int alike(int row) const;

    /// They were decided when the work was begun, and stand in the database.
    [[nodiscard]] bool isFixed() const noexcept { return m_fixed; }
    [[nodiscard]] int undecided() const; ///< how many stand in the way
    [[nodiscard]] int decided() const;
    [[nodiscard]] int dropped() const; ///< of the decided ones
    /// The decision file: YAML, a section for each kind. Empty when nothing is decided here.
    [[nodiscard]] QByteArray decisionFile() const;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

Q_SIGNALS:
    void decisionsChanged();

private:
    [[nodiscard]] QString text(int row, int column) const;
    [[nodiscard]] bool isOpen(const AdoptionFinding& finding) const;
    void setDecision(const AdoptionFinding& finding, const std::string& decision);

    std::vector<AdoptionFinding> m_findings;
    std::map<std::string, std::string> m_decisions; ///< by key
    bool m_fixed = false;
};

} // namespace iam::models
