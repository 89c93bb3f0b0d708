// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "base/error.h"
#include <QWidget>
#include <functional>
#include <optional>
#include <string>

class QPushButton;
class QVBoxLayout;

namespace iam::widgets {
class FormField;
class MessageBar;
} // namespace iam::widgets

namespace iam::pages {

class ConflictBox;

/// The frame of an editor in the side panel: fields, a message bar, Save and Cancel below. Fields are checked as the
/// user types, from the first change of a field on; Save checks all and goes to the first fault instead of saving.
/// While a save is under way the fields are locked and their text stays, also when it fails. Ctrl+S saves.
class EditorPane : public QWidget {
    Q_OBJECT
public:
    /// Returns what is wrong, in English as contract/validation.h says it, or nothing.
    using Check = std::function<std::optional<std::string>()>;

    /// `name` stands in front of object names: "user.save", "user.cancel".
    explicit EditorPane(const QString& name, QWidget* parent = nullptr);

    /// `faultName` is the field's name in the server's faults ("metadata.name"). `check` may be empty. Whoever makes
    /// the editor widget calls edited(field) when its content changes.
    widgets::FormField* addField(const QString& label, QWidget* editor, const std::string& faultName, Check check = {});
    void addWidget(QWidget* widget, int stretch = 0);
    /// `busyText` stands there while it is under way; empty: "Saving…".
    void setSaveText(const QString& text, const QString& busyText = {});
    void setCancelText(const QString& text);

    void edited(widgets::FormField* field);
    [[nodiscard]] bool isDirty() const { return m_dirty; }
    /// Closes, or first asks in the message bar when something is not saved.
    void requestClose();
    /// Locks the fields while a save is under way.
    void setBusy(bool busy);
    /// What the server refused: faults go to their fields, the rest to the message bar.
    void showFailure(const Error& error);
    /// Somebody else changed the object. `theirs` is what the server holds now.
    void showConflict(const QString& theirs);
    void hideConflict();
    /// The text is saved or thrown away: nothing to ask about any more.
    void setClean() { m_dirty = false; }
    [[nodiscard]] widgets::MessageBar* messages() const { return m_messages; }
    [[nodiscard]] QPushButton* saveButton() const { return m_save; }

Q_SIGNALS:
    /// All fields are good.
    void saveRequested();
    /// After a conflict: throw mine away, or write mine over theirs.
    void reloadRequested();
    void overwriteRequested();
    /// May go now.
    void closed();

protected:
    void showEvent(QShowEvent* event) override;
    void setDirty() { m_dirty = true; }
    /// More checks than those of the fields; false: it has shown what is wrong and where.
    [[nodiscard]] virtual bool checkRest() { return true; }

private:
    struct Row {
        widgets::FormField* field;
        std::string faultName;
        Check check;
    };
    void orderTabs();
    void trySave();
    [[nodiscard]] QString faultOf(const Row& row) const;

    QString m_name;
    QWidget* m_form;
    QVBoxLayout* m_fields;
    widgets::MessageBar* m_messages;
    ConflictBox* m_conflict;
    QPushButton* m_save;
    QPushButton* m_cancel;
    QList<Row> m_rows;
    QString m_saveText;
    QString m_busyText;
    bool m_dirty = false;
    bool m_busy = false;
    bool m_asking = false;
};

} // namespace iam::pages
