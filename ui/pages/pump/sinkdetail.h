// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "contract/pump.h"
#include <QWidget>
#include <chrono>

class QLabel;

namespace iam::widgets {
class Facts;
class StatusMark;
class ValueTable;
} // namespace iam::widgets

namespace iam::pages {

/// One sink: how it does, what became of every record since counting began, and where its dead letters lie. Kept up to
/// date by present().
class SinkDetail : public QWidget {
    Q_OBJECT
public:
    explicit SinkDetail(const QString& key, QWidget* parent = nullptr);
    /// Which sink of the model this is.
    [[nodiscard]] const QString& key() const { return m_key; }
    /// `uncertain`: the server does not answer, so all this may be otherwise by now.
    void present(const contract::SinkStatus& sink, std::chrono::milliseconds heard, bool uncertain);

private:
    QLabel* addHeading(const QString& text);
    void presentNumbers(const contract::SinkStatus& sink);
    void presentFacts(const contract::SinkStatus& sink, std::chrono::milliseconds heard);
    void presentDeadLetters(const contract::SinkStatus& sink);

    const QString m_key;
    widgets::StatusMark* m_mark;
    QLabel* m_sentence;
    QLabel* m_error;
    widgets::ValueTable* m_numbers;
    widgets::Facts* m_facts;
    QLabel* m_file;
    QLabel* m_advice;
};

} // namespace iam::pages
