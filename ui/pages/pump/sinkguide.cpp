// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "pages/pump/sinkguide.h"
#include "widgets/primarybutton.h"
#include "widgets/textlabel.h"
#include <QApplication>
#include <QClipboard>
#include <QPlainTextEdit>
#include <QVBoxLayout>

namespace iam::pages {

using widgets::TextLabel;
using widgets::TextSize;
namespace spacing = widgets::spacing;

namespace {

constexpr int widestText = 620;

} // namespace

QString SinkGuide::sample()
{
    return QStringLiteral("roles: [apiserver, authz-server, pump]\n"
                          "pump:\n"
                          "  sinks:\n"
                          "    - name: archive\n"
                          "      type: csv\n"
                          "      meta:\n"
                          "        csv_dir: /var/lib/iam-server/archive\n"
                          "    - name: audit\n"
                          "      type: syslog\n"
                          "      meta:\n"
                          "        transport: tcp\n"
                          "        network_addr: 10.0.4.30:601\n");
}

SinkGuide::SinkGuide(QWidget* parent)
    : QWidget(parent)
{
    setObjectName(QStringLiteral("pump.guide"));
    auto* title = new TextLabel(TextSize::Title, false, this);
    title->setObjectName(QStringLiteral("pump.guide.title"));
    title->setText(tr("No pump has run here yet"));
    auto* what = new TextLabel(TextSize::Base, false, this);
    what->setText(tr("Every decision is recorded on the server that made it. A pump brings these records on to sinks: "
                     "files, syslog, a database, Prometheus. Add this to the server's configuration "
                     "(iam-server.yaml), change places and names, and start the server again."));
    auto* text = new QPlainTextEdit(sample().trimmed(), this);
    text->setObjectName(QStringLiteral("pump.guide.sample"));
    text->setAccessibleName(tr("A configuration with two sinks"));
    text->setReadOnly(true);
    text->setTabChangesFocus(true);
    text->setFont(widgets::monospaceFont());
    text->setLineWrapMode(QPlainTextEdit::NoWrap);
    const int lines = static_cast<int>(sample().count(u'\n'));
    text->setFixedHeight(lines * QFontMetrics(text->font()).lineSpacing() + spacing::page);
    auto* beside = new TextLabel(TextSize::Base, true, this);
    beside->setText(tr("A pump may also be a process of its own beside the server, also beside the one of this "
                       "console: write only roles: [pump] in the first line, save it as pump.yaml, and run\n"
                       "iam-server --config pump.yaml --data-dir FOLDER\nwith the data folder of that server."));
    auto* copy = new widgets::PrimaryButton(widgets::icon(QStringLiteral("edit-copy")), tr("&Copy"), this);
    copy->setObjectName(QStringLiteral("pump.guide.copy"));
    copy->setAccessibleName(tr("Copy the configuration"));
    auto* column = new QVBoxLayout;
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(spacing::wide);
    for (QWidget* part : std::initializer_list<QWidget*>{title, what, text}) column->addWidget(part);
    column->addWidget(copy, 0, Qt::AlignLeft);
    column->addWidget(beside);
    column->addStretch(1);
    auto* host = new QWidget(this);
    host->setMaximumWidth(widestText);
    host->setLayout(column);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(host, 1);
    row->addStretch(0);
    setFocusProxy(copy);
    connect(copy, &QPushButton::clicked, this, [this] {
        QApplication::clipboard()->setText(sample());
        Q_EMIT copied();
    });
}

} // namespace iam::pages
