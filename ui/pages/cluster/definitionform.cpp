// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "pages/cluster/definitionform.h"
#include "client/errortext.h"
#include "cluster/definition/definitionrules.h"
#include "models/celltext.h"
#include "widgets/formfield.h"
#include "widgets/headline.h"
#include "widgets/statusmark.h"
#include "widgets/textlabel.h"
#include <QComboBox>
#include <QGridLayout>
#include <QHeaderView>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QSpinBox>
#include <QTableWidget>
#include <QVBoxLayout>
#include <algorithm>

namespace iam::pages {

using models::toText;
using widgets::FormField;
using widgets::RemarkList;
using widgets::Tone;
namespace spacing = widgets::spacing;

namespace {

constexpr int gridColumns = 3;
constexpr int listRowHeight = 30;
constexpr int shownRows = 8;

QString nameOf(const std::string& key)
{
    return QStringLiteral("definition.") + toText(key);
}

std::string cell(const QTableWidget& table, int row, int column)
{
    const QTableWidgetItem* item = table.item(row, column);
    return item == nullptr ? std::string() : item->text().trimmed().toStdString();
}

int numberCell(const QTableWidget& table, int row, int column)
{
    bool good = false;
    const int number = QString::fromStdString(cell(table, row, column)).toInt(&good);
    return good ? number : -1; // refused by the rules, which name the field
}

void setRow(QTableWidget& table, int row, const QStringList& texts)
{
    for (int column = 0; column < texts.size(); ++column) {
        QTableWidgetItem* item = table.item(row, column);
        if (item == nullptr) table.setItem(row, column, item = new QTableWidgetItem);
        if (item->text() != texts[column]) item->setText(texts[column]);
    }
}

/// The first free of 10.0.4.20, 10.0.4.21 …: one more than the last.
std::string nextAddress(const std::string& last)
{
    const std::size_t dot = last.rfind('.');
    if (dot == std::string::npos) return {};
    const int number = QByteArray::fromStdString(last.substr(dot + 1)).toInt();
    return number > 0 && number < 254 ? last.substr(0, dot + 1) + std::to_string(number + 1) : std::string();
}

} // namespace

DefinitionForm::DefinitionForm(QWidget* parent)
    : QWidget(parent)
    , m_column(nullptr)
{
    setObjectName(QStringLiteral("definition.form"));
    auto* content = new QWidget(this);
    m_column = new QVBoxLayout(content);
    m_column->setContentsMargins(0, spacing::unit, spacing::unit, spacing::unit);
    m_column->setSpacing(spacing::unit);
    addMachines();
    addAddress();
    addServices();
    addStores();
    addTimes();
    m_column->addStretch(1);
    auto* scroll = new QScrollArea(this);
    scroll->setObjectName(QStringLiteral("definition.form.scroll"));
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidget(content);
    scroll->viewport()->setAutoFillBackground(false);
    content->setAutoFillBackground(false);
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->addWidget(scroll);
}

void DefinitionForm::startSection(const QString& title, const QString& purpose)
{
    auto* heading = new widgets::TextLabel(widgets::TextSize::Base, false, this);
    heading->setFont(widgets::textFont(widgets::TextSize::Base, true));
    heading->setText(title);
    heading->setContentsMargins(0, m_grid == nullptr ? 0 : spacing::unit, 0, 0);
    m_column->addWidget(heading);
    if (!purpose.isEmpty()) {
        auto* line = new widgets::TextLabel(widgets::TextSize::Small, true, this);
        line->setText(purpose);
        m_column->addWidget(line);
    }
    m_grid = new QGridLayout;
    m_grid->setHorizontalSpacing(spacing::wide);
    m_grid->setVerticalSpacing(spacing::half);
    for (int column = 0; column < gridColumns; ++column) m_grid->setColumnStretch(column, 1);
    m_column->addLayout(m_grid);
    m_placed = 0;
}

void DefinitionForm::place(FormField* box)
{
    m_grid->addWidget(box, m_placed / gridColumns, m_placed % gridColumns, Qt::AlignTop);
    ++m_placed;
}

void DefinitionForm::addText(const char* key, const QString& label, const QString& hint,
                             std::function<std::string&(Definition&)> value)
{
    auto* line = new QLineEdit;
    line->setObjectName(nameOf(key));
    auto* box = new FormField(label, line, this);
    box->setHint(hint);
    place(box);
    connect(line, &QLineEdit::textEdited, this, [this, value](const QString& text) {
        value(m_definition) = text.trimmed().toStdString();
        edited();
    });
    m_fields.append({key, box, [line, value](const Definition& definition) {
                         Definition copy = definition;
                         const QString text = toText(value(copy));
                         if (line->text().trimmed() != text) line->setText(text);
                     }});
}

void DefinitionForm::addNumber(const char* key, const QString& label, int most, const QString& hint,
                               std::function<int(const Definition&)> get, std::function<void(Definition&, int)> set,
                               const QString& suffix)
{
    auto* spin = new QSpinBox;
    spin->setObjectName(nameOf(key));
    spin->setRange(0, most);
    spin->setSuffix(suffix);
    spin->setGroupSeparatorShown(false);
    auto* box = new FormField(label, spin, this);
    box->setHint(hint);
    place(box);
    connect(spin, &QSpinBox::valueChanged, this, [this, set](int number) {
        if (m_showing) return;
        set(m_definition, number);
        edited();
    });
    m_fields.append({key, box, [spin, get](const Definition& definition) { spin->setValue(get(definition)); }});
}

void DefinitionForm::addPort(const char* key, const QString& label, std::function<std::uint16_t&(Definition&)> value)
{
    addNumber(
        key, label, 65535, {},
        [value](const Definition& definition) {
            Definition copy = definition;
            return int{value(copy)};
        },
        [value](Definition& definition, int number) { value(definition) = static_cast<std::uint16_t>(number); });
}

void DefinitionForm::addTime(const char* key, const QString& label, const QString& hint,
                             std::function<std::chrono::milliseconds&(Definition&)> value)
{
    addNumber(
        key, label, 86'400'000, hint,
        [value](const Definition& definition) {
            Definition copy = definition;
            return static_cast<int>(value(copy).count());
        },
        [value](Definition& definition, int number) { value(definition) = std::chrono::milliseconds(number); },
        tr(" ms"));
}

void DefinitionForm::addChoice(const char* key, const QString& label, const QStringList& words,
                               std::function<int(const Definition&)> get, std::function<void(Definition&, int)> set)
{
    auto* combo = new QComboBox;
    combo->setObjectName(nameOf(key));
    combo->addItems(words);
    auto* box = new FormField(label, combo, this);
    place(box);
    connect(combo, &QComboBox::activated, this, [this, set](int index) {
        set(m_definition, index);
        edited();
    });
    m_fields.append(
        {key, box, [combo, get](const Definition& definition) { combo->setCurrentIndex(get(definition)); }});
}

QTableWidget* DefinitionForm::addList(const char* key, const ListWords& words, const QStringList& members,
                                      const std::function<void()>& append, const std::function<void(int)>& erase)
{
    auto* table = new QTableWidget(0, static_cast<int>(members.size()), this);
    table->setObjectName(nameOf(key));
    table->setAccessibleName(words.name);
    table->setHorizontalHeaderLabels(words.headings);
    table->verticalHeader()->hide();
    table->verticalHeader()->setDefaultSectionSize(listRowHeight);
    table->horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
    table->horizontalHeader()->setHighlightSections(false);
    table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    table->setSelectionBehavior(QAbstractItemView::SelectRows);
    table->setTabKeyNavigation(false);
    table->setEditTriggers(QAbstractItemView::DoubleClicked | QAbstractItemView::AnyKeyPressed |
                           QAbstractItemView::EditKeyPressed | QAbstractItemView::SelectedClicked);
    auto* faults = new RemarkList(nameOf(key) + QStringLiteral(".faults"), this);
    auto* more = new QPushButton(widgets::icon(QStringLiteral("list-add")), words.add, this);
    auto* less = new QPushButton(widgets::icon(QStringLiteral("list-remove")), words.remove, this);
    more->setObjectName(nameOf(key) + QStringLiteral(".add"));
    less->setObjectName(nameOf(key) + QStringLiteral(".remove"));
    more->setAccessibleName(words.add);
    less->setAccessibleName(words.remove);
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(spacing::unit);
    buttons->addWidget(more);
    buttons->addWidget(less);
    buttons->addStretch(1);
    m_column->addWidget(table);
    m_column->addWidget(faults);
    m_column->addLayout(buttons);
    connect(more, &QPushButton::clicked, this, [this, append] {
        append();
        showLists();
        edited();
    });
    connect(less, &QPushButton::clicked, this, [this, table, erase] {
        const int row = table->currentRow();
        if (row < 0) return;
        erase(row);
        showLists();
        edited();
    });
    m_lists.append({key, members, table, faults});
    return table;
}

void DefinitionForm::addMachines()
{
    startSection(tr("Nodes"), tr("The machines that nginx, keepalived and an agent run on. Two to eight."));
    QTableWidget* nodes = addList(
        "nodes",
        {tr("Nodes"),
         {tr("Name"), tr("Address"), tr("Interface"), tr("Priority")},
         tr("Add a node"),
         tr("Remove the node")},
        {QStringLiteral("name"), QStringLiteral("address"), QStringLiteral("interface"), QStringLiteral("priority")},
        [this] { appendNode(); }, [this](int row) { m_definition.nodes.erase(m_definition.nodes.begin() + row); });
    connect(nodes, &QTableWidget::itemChanged, this, &DefinitionForm::readNodes);
    startSection(tr("Servers"), tr("The machines that our servers run on: the nodes, or others. Two to eight."));
    QTableWidget* backends = addList(
        "backends",
        {tr("Servers"), {tr("Name"), tr("Address"), tr("Weight")}, tr("Add a server"), tr("Remove the server")},
        {QStringLiteral("name"), QStringLiteral("address"), QStringLiteral("weight")}, [this] { appendBackend(); },
        [this](int row) { m_definition.backends.erase(m_definition.backends.begin() + row); });
    connect(backends, &QTableWidget::itemChanged, this, &DefinitionForm::readBackends);
}

void DefinitionForm::appendNode()
{
    cluster::NodeDefinition node;
    node.name = "n" + std::to_string(m_definition.nodes.size() + 1);
    if (!m_definition.nodes.empty()) {
        node.address = nextAddress(m_definition.nodes.back().address);
        node.interface = m_definition.nodes.back().interface;
        node.priority = m_definition.nodes.back().priority;
    }
    m_definition.nodes.push_back(std::move(node));
}

void DefinitionForm::appendBackend()
{
    cluster::BackendDefinition backend;
    backend.name = "n" + std::to_string(m_definition.backends.size() + 1);
    if (const auto* node = m_definition.node(backend.name))
        backend.address = node->address;
    else if (!m_definition.backends.empty())
        backend.address = nextAddress(m_definition.backends.back().address);
    m_definition.backends.push_back(std::move(backend));
}

void DefinitionForm::addAddress()
{
    startSection(tr("Virtual address"), tr("What clients use; it moves between the nodes."));
    addText("vip.address", tr("Address"), tr("In the subnet of the nodes"),
            [](Definition& d) -> std::string& { return d.vip.address; });
    addNumber(
        "vip.prefix", tr("Prefix length"), 32, {}, [](const Definition& d) { return d.vip.prefix; },
        [](Definition& d, int number) { d.vip.prefix = number; });
    addChoice(
        "vip.kind", tr("Kind"), {tr("announced by ARP"), tr("moved by the cloud")},
        [](const Definition& d) { return static_cast<int>(d.vip.kind); },
        [](Definition& d, int index) { d.vip.kind = static_cast<cluster::VipDefinition::Kind>(index); });
    addText("vip.hook", tr("Hook program"), tr("Cloud only: absolute path on the nodes"),
            [](Definition& d) -> std::string& { return d.vip.hook; });
    addText("vip.public-address", tr("Public address"), tr("Cloud only: bound to it; only shown"),
            [](Definition& d) -> std::string& { return d.vip.publicAddress; });
    startSection(tr("VRRP"), tr("How keepalived on the nodes agrees who has the address."));
    addChoice(
        "profile", tr("Profile"), {tr("recommended"), tr("tutorial")},
        [](const Definition& d) { return static_cast<int>(d.profile); },
        [](Definition& d, int index) { d.profile = static_cast<Definition::Profile>(index); });
    addText("vrrp.instance", tr("Instance"), {}, [](Definition& d) -> std::string& { return d.vrrp.instance; });
    addNumber(
        "vrrp.router-id", tr("Virtual router ID"), 999, tr("1 to 255, unique in the subnet"),
        [](const Definition& d) { return d.vrrp.routerId; },
        [](Definition& d, int number) { d.vrrp.routerId = number; });
    addTime("vrrp.advert-interval", tr("Advert interval"), tr("A crash is noticed after three of them"),
            [](Definition& d) -> std::chrono::milliseconds& { return d.vrrp.advertInterval; });
    addText("vrrp.password", tr("Password"), tr("Tutorial only; anybody in the subnet can read it"),
            [](Definition& d) -> std::string& { return d.vrrp.password; });
}

void DefinitionForm::addServices()
{
    startSection(tr("Names and ports"));
    addText("domains.api", tr("Domain of the API"), {}, [](Definition& d) -> std::string& { return d.apiDomain; });
    addText("domains.authz", tr("Domain of the decisions"), {},
            [](Definition& d) -> std::string& { return d.authzDomain; });
    addPort("ports.http", tr("HTTP"), [](Definition& d) -> std::uint16_t& { return d.ports.http; });
    addPort("ports.https", tr("HTTPS"), [](Definition& d) -> std::uint16_t& { return d.ports.https; });
    addPort("ports.api", tr("API server"), [](Definition& d) -> std::uint16_t& { return d.ports.api; });
    addPort("ports.authz", tr("Decision server"), [](Definition& d) -> std::uint16_t& { return d.ports.authz; });
    addPort("ports.agent", tr("Agent"), [](Definition& d) -> std::uint16_t& { return d.ports.agent; });
    addPort("ports.status", tr("nginx status"), [](Definition& d) -> std::uint16_t& { return d.ports.status; });
    const auto certificate = [](std::string cluster::CertificateDefinition::*member) {
        return [member](Definition& d) -> std::string& {
            if (!d.certificate) d.certificate.emplace();
            return (*d.certificate).*member;
        };
    };
    addText("certificate.certificate-file", tr("Certificate"), tr("Absolute path on the nodes; empty: plain HTTP"),
            certificate(&cluster::CertificateDefinition::certificate));
    addText("certificate.private-key-file", tr("Private key"), tr("Absolute path on the nodes"),
            certificate(&cluster::CertificateDefinition::privateKey));
    addChoice(
        "balance.method", tr("Balance"),
        {tr("in turn"), tr("fewest connections"), tr("by client address"), tr("by cookie")},
        [](const Definition& d) { return static_cast<int>(d.balance.method); },
        [](Definition& d, int index) { d.balance.method = static_cast<cluster::BalanceDefinition::Method>(index); });
    addText("balance.cookie", tr("Cookie"), tr("Its name, where requests are balanced by it"),
            [](Definition& d) -> std::string& { return d.balance.cookie; });
}

void DefinitionForm::addStores()
{
    startSection(tr("Database"), tr("MariaDB. The host is a node's name or an address."));
    addText("database.host", tr("Host"), {}, [](Definition& d) -> std::string& { return d.database.host; });
    addPort("database.port", tr("Port"), [](Definition& d) -> std::uint16_t& { return d.database.port; });
    addText("database.name", tr("Database name"), {}, [](Definition& d) -> std::string& { return d.database.name; });
    addText("database.user", tr("Account"), {}, [](Definition& d) -> std::string& { return d.database.user; });
    addText("database.tls-authority", tr("TLS authority"), tr("Absolute path of the CA file; empty: no TLS"),
            [](Definition& d) -> std::string& { return d.database.tlsAuthority; });
    startSection(tr("Redis"), tr("Makes changes reach the other servers sooner. Without a host there is none."));
    addText("redis.host", tr("Host"), {}, [](Definition& d) -> std::string& { return d.redis.host; });
    addPort("redis.port", tr("Port"), [](Definition& d) -> std::uint16_t& { return d.redis.port; });
}

void DefinitionForm::addTimes()
{
    using Milliseconds = std::chrono::milliseconds;
    startSection(tr("Time-outs"), tr("Of nginx towards our servers."));
    addTime("timeouts.connect", tr("Connect"), {}, [](Definition& d) -> Milliseconds& { return d.timeouts.connect; });
    addTime("timeouts.decision-read", tr("Decisions"), tr("Shorter than the callers' own"),
            [](Definition& d) -> Milliseconds& { return d.timeouts.decisionRead; });
    addTime("timeouts.api-read", tr("API"), tr("At least 10 s"),
            [](Definition& d) -> Milliseconds& { return d.timeouts.apiRead; });
    addTime("timeouts.stream-read", tr("Event streams"), {},
            [](Definition& d) -> Milliseconds& { return d.timeouts.streamRead; });
    startSection(tr("Watching"), tr("How each agent looks after its nginx, and asks through the virtual address."));
    addTime("probe.check-interval", tr("Check every"), {},
            [](Definition& d) -> Milliseconds& { return d.probe.checkInterval; });
    addTime("probe.check-timeout", tr("Check time-out"), {},
            [](Definition& d) -> Milliseconds& { return d.probe.checkTimeout; });
    addTime("probe.client-period", tr("Ask as a client every"), {},
            [](Definition& d) -> Milliseconds& { return d.probe.clientPeriod; });
    addNumber(
        "probe.fall", tr("Failures until down"), 99, {}, [](const Definition& d) { return d.probe.fall; },
        [](Definition& d, int number) { d.probe.fall = number; });
    addNumber(
        "probe.rise", tr("Successes until up"), 99, {}, [](const Definition& d) { return d.probe.rise; },
        [](Definition& d, int number) { d.probe.rise = number; });
    addText("probe.gateway", tr("Gateway"), tr("Pinged; a node that cannot reach it gives the address up"),
            [](Definition& d) -> std::string& { return d.probe.gateway; });
}

void DefinitionForm::setDefinition(const Definition& definition)
{
    m_definition = definition;
    m_showing = true;
    for (const Field& field : std::as_const(m_fields)) field.show(m_definition);
    showLists();
    m_showing = false;
}

void DefinitionForm::showLists()
{
    const bool before = std::exchange(m_showing, true);
    QTableWidget& nodes = *m_lists[0].table;
    nodes.setRowCount(static_cast<int>(m_definition.nodes.size()));
    for (int row = 0; row < nodes.rowCount(); ++row) {
        const auto& node = m_definition.nodes[static_cast<std::size_t>(row)];
        setRow(nodes, row,
               {toText(node.name), toText(node.address), toText(node.interface), QString::number(node.priority)});
    }
    QTableWidget& backends = *m_lists[1].table;
    backends.setRowCount(static_cast<int>(m_definition.backends.size()));
    for (int row = 0; row < backends.rowCount(); ++row) {
        const auto& backend = m_definition.backends[static_cast<std::size_t>(row)];
        setRow(backends, row, {toText(backend.name), toText(backend.address), QString::number(backend.weight)});
    }
    for (const List& list : std::as_const(m_lists)) {
        const int rows = std::clamp(list.table->rowCount(), 2, shownRows);
        const int row = list.table->rowCount() > 0 ? list.table->rowHeight(0) : listRowHeight;
        list.table->setFixedHeight(list.table->horizontalHeader()->sizeHint().height() + rows * row +
                                   2 * list.table->frameWidth() + 2);
    }
    m_showing = before;
}

void DefinitionForm::readNodes()
{
    if (m_showing) return;
    const QTableWidget& table = *m_lists[0].table;
    for (int row = 0; row < table.rowCount(); ++row) {
        auto& node = m_definition.nodes[static_cast<std::size_t>(row)];
        const auto before = node;
        node = {cell(table, row, 0), cell(table, row, 1), cell(table, row, 2), numberCell(table, row, 3)};
        // A server that is this node stays this node.
        for (auto& backend : m_definition.backends)
            if (backend.name == before.name && backend.address == before.address) {
                backend.name = node.name;
                backend.address = node.address;
            }
        for (std::string* host : {&m_definition.database.host, &m_definition.redis.host})
            if (*host == before.name) *host = node.name;
    }
    edited();
}

void DefinitionForm::readBackends()
{
    if (m_showing) return;
    const QTableWidget& table = *m_lists[1].table;
    for (int row = 0; row < table.rowCount(); ++row)
        m_definition.backends[static_cast<std::size_t>(row)] = {cell(table, row, 0), cell(table, row, 1),
                                                                numberCell(table, row, 2)};
    edited();
}

void DefinitionForm::edited()
{
    if (m_showing) return;
    if (m_definition.certificate && m_definition.certificate->certificate.empty() &&
        m_definition.certificate->privateKey.empty())
        m_definition.certificate.reset();
    Q_EMIT changed();
}

void DefinitionForm::setFaults(const std::vector<DefinitionDraft::Fault>& faults)
{
    const auto faultOf = [&faults](const std::string& key) -> const DefinitionDraft::Fault* {
        const auto found =
            std::find_if(faults.begin(), faults.end(), [&key](const auto& fault) { return fault.field == key; });
        return found == faults.end() ? nullptr : &*found;
    };
    for (const Field& field : std::as_const(m_fields)) {
        const auto* fault = faultOf(field.key);
        field.box->setFault(fault == nullptr ? QString() : client::serverText(fault->sentence));
    }
    const bool before = std::exchange(m_showing, true);
    for (const List& list : std::as_const(m_lists)) {
        QList<RemarkList::Remark> lines;
        if (const auto* fault = faultOf(list.key)) lines.append({Tone::Error, client::serverText(fault->sentence)});
        for (int row = 0; row < list.table->rowCount(); ++row)
            for (int column = 0; column < list.members.size(); ++column) {
                const auto* fault =
                    faultOf(list.key + '[' + std::to_string(row) + "]." + list.members[column].toStdString());
                QTableWidgetItem* item = list.table->item(row, column);
                if (item == nullptr) continue;
                const QString words = fault == nullptr ? QString() : client::serverText(fault->sentence);
                item->setToolTip(words.toHtmlEscaped());
                item->setData(Qt::BackgroundRole,
                              fault == nullptr ? QVariant() : widgets::toneBackground(Tone::Error, palette()));
                item->setData(Qt::DecorationRole,
                              fault == nullptr ? QVariant() : widgets::toneIcon(Tone::Error, palette()));
                if (fault != nullptr)
                    lines.append({Tone::Error, tr("%1, %2: %3")
                                                   .arg(toText(cell(*list.table, row, 0)),
                                                        list.table->horizontalHeaderItem(column)->text(), words)});
            }
        list.faults->setRemarks(lines);
    }
    m_showing = before;
}

void DefinitionForm::goTo(const std::string& key)
{
    for (const Field& field : std::as_const(m_fields))
        if (field.key == key) {
            findChild<QScrollArea*>(QStringLiteral("definition.form.scroll"))->ensureWidgetVisible(field.box);
            field.box->editor()->setFocus();
            return;
        }
    for (const List& list : std::as_const(m_lists)) {
        if (!key.starts_with(list.key)) continue;
        findChild<QScrollArea*>(QStringLiteral("definition.form.scroll"))->ensureWidgetVisible(list.table);
        list.table->setFocus();
        for (int row = 0; row < list.table->rowCount(); ++row)
            for (int column = 0; column < list.members.size(); ++column)
                if (key == list.key + '[' + std::to_string(row) + "]." + list.members[column].toStdString())
                    list.table->setCurrentCell(row, column);
        return;
    }
}

} // namespace iam::pages
