// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "cluster/definition/clusterdefinition.h"
#include "pages/cluster/definitiondraft.h"
#include <QWidget>
#include <functional>

class QGridLayout;
class QTableWidget;
class QVBoxLayout;

namespace iam::widgets {
class FormField;
class RemarkList;
} // namespace iam::widgets

namespace iam::pages {

/// Every value of a definition in a field of its own, with what is wrong beside it.
class DefinitionForm : public QWidget {
    Q_OBJECT
public:
    explicit DefinitionForm(QWidget* parent = nullptr);
    /// Shows it; changed() is not emitted.
    void setDefinition(const cluster::ClusterDefinition& definition);
    [[nodiscard]] const cluster::ClusterDefinition& definition() const noexcept { return m_definition; }
    void setFaults(const std::vector<DefinitionDraft::Fault>& faults);
    /// Scrolls to the field that the file calls so, and gives it the focus.
    void goTo(const std::string& field);

Q_SIGNALS:
    /// By the user.
    void changed();

private:
    using Definition = cluster::ClusterDefinition;
    struct Field {
        std::string key;
        widgets::FormField* box;
        std::function<void(const Definition&)> show;
    };
    struct List {
        std::string key;
        QStringList members; ///< of its columns: "name", "address", …
        QTableWidget* table;
        widgets::RemarkList* faults;
    };
    void startSection(const QString& title, const QString& purpose = {});
    void place(widgets::FormField* box);
    void addText(const char* key, const QString& label, const QString& hint,
                 std::function<std::string&(Definition&)> value);
    void addNumber(const char* key, const QString& label, int most, const QString& hint,
                   std::function<int(const Definition&)> get, std::function<void(Definition&, int)> set,
                   const QString& suffix = {});
    void addPort(const char* key, const QString& label, std::function<std::uint16_t&(Definition&)> value);
    void addTime(const char* key, const QString& label, const QString& hint,
                 std::function<std::chrono::milliseconds&(Definition&)> value);
    void addChoice(const char* key, const QString& label, const QStringList& words,
                   std::function<int(const Definition&)> get, std::function<void(Definition&, int)> set);
    struct ListWords {
        QString name;
        QStringList headings;
        QString add;
        QString remove;
    };
    QTableWidget* addList(const char* key, const ListWords& words, const QStringList& members,
                          const std::function<void()>& append, const std::function<void(int)>& erase);
    void appendNode();
    void appendBackend();
    void addMachines();
    void addAddress();
    void addServices();
    void addStores();
    void addTimes();
    void showLists();
    void readNodes();
    void readBackends();
    void edited();

    Definition m_definition;
    QVBoxLayout* m_column;
    QGridLayout* m_grid = nullptr;
    int m_placed = 0;
    QList<Field> m_fields;
    QList<List> m_lists;
    bool m_showing = false;
};

} // namespace iam::pages
