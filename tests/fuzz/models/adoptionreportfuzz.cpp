// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Whatever a program writes as a report on an old database: what is taken gives a decision file of plain lines.
#include "models/adoptionfindingmodel.h"
#include "models/adoptionreport.h"
#include <cstdint>
#include <cstdlib>

using namespace iam::models;

namespace {

void demand(bool held)
{
    if (!held) std::abort();
}

void lookAt(AdoptionFindingModel& model)
{
    for (int row = 0; row < model.rowCount(); ++row)
        for (int column = 0; column < model.columnCount(); ++column)
            for (const int role : {int(Qt::DisplayRole), int(Qt::EditRole)})
                demand(model.data(model.index(row, column), role).isValid());
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size)
{
    const std::string_view line(reinterpret_cast<const char*>(data), size);
    const auto news = readAdoptionNews(line);
    if (news) demand(news->step >= 0 && news->step < 1000);
    const auto report = readAdoptionReport(line);
    if (!report) return 0;
    AdoptionFindingModel model;
    model.setReport(*report);
    lookAt(model);
    demand(model.undecided() + model.decided() <= model.rowCount() || model.isFixed());
    for (int row = 0; row < model.rowCount(); ++row) {
        const AdoptionFinding& finding = model.at(row);
        if (!finding.choices.empty()) model.decide(row, QString::fromStdString(finding.choices.front()));
    }
    demand(model.undecided() == 0);
    // One line for each decision, and one for each kind.
    const QByteArray file = model.decisionFile();
    qsizetype entries = 0;
    for (const QByteArray& one : file.split('\n')) {
        if (one.startsWith("  ")) ++entries;
        for (const char c : one) demand(static_cast<unsigned char>(c) >= 0x20);
    }
    demand(model.isFixed() || entries == model.decided());
    return 0;
}
