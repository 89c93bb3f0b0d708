// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "node/adoption/adoptionreport.h"
#include "base/timetext.h"
#include "contract/json.h"

namespace iam::node {

using store::sql::DatabaseForm;

namespace {

constexpr std::size_t shownOfAKind = 20;

const char* formName(DatabaseForm form)
{
    switch (form) {
    case DatabaseForm::Empty:
        return "empty";
    case DatabaseForm::Old:
        return "old";
    case DatabaseForm::Ours:
        return "ours";
    case DatabaseForm::Unknown:
        break;
    }
    return "unknown";
}

std::string number(std::uint64_t value)
{
    return std::to_string(value);
}

/// What one does with a database that is not one of the old system.
std::string sentenceOf(const AdoptionCheck& check)
{
    switch (check.tables.form) {
    case DatabaseForm::Empty:
        return "It is empty: there is nothing to take over.\n";
    case DatabaseForm::Ours:
        return check.tables.keepsOld() ? "It was taken over; the old tables are kept as adopted_….\n"
                                       : "It has our form already.\n";
    case DatabaseForm::Unknown:
        return "It is no database of the old system: its tables user, secret and policy are not all there.\n";
    case DatabaseForm::Old:
        break;
    }
    return check.tables.marked ? "A change of its form has been begun: run adopt --finish or adopt --back to its end.\n"
                               : std::string();
}

std::string passwordText(const PasswordFacts& facts)
{
    std::string text = "Passwords:";
    for (const auto& [cost, count] : facts.bcryptCosts)
        text += " " + number(count) + " with bcrypt cost " + std::to_string(cost) + (cost < 10 ? " (weak);" : ";");
    text += " " + number(facts.unusable) + " that nobody can log in with.\n";
    text += "  At least a year old: " + number(facts.untouchedForAYear) +
            ", at least three years: " + number(facts.untouchedForThreeYears);
    if (facts.oldest) text += "; the oldest is from " + toRfc3339(*facts.oldest) + " or before";
    return text + ".\n  (When a password was set is not stored: it is at least as old as its row.)\n";
}

std::string findingText(const AdoptionSurvey& survey)
{
    std::map<std::string, std::vector<const AdoptionFinding*>> byKind;
    for (const AdoptionFinding& finding : survey.findings) byKind[finding.kind].push_back(&finding);
    std::string text;
    for (const auto& [kind, findings] : byKind) {
        text += "\n" + kind + ": " + number(findings.size()) +
                (findings.front()->needsDecision() ? " to be decided\n" : " to be known\n");
        for (std::size_t i = 0; i < findings.size() && i < shownOfAKind; ++i)
            text += "  " + findings[i]->table + ' ' + number(findings[i]->id) + ", " + findings[i]->about + ": " +
                    findings[i]->message + '\n';
        if (findings.size() > shownOfAKind) text += "  and " + number(findings.size() - shownOfAKind) + " more\n";
    }
    return text;
}

std::string surveyText(const AdoptionSurvey& survey)
{
    std::string text = "Tables:\n";
    for (const auto& table : survey.tables)
        text +=
            "  " + table.name + ": " + number(table.rows) + " rows (" + table.engine + ", " + table.collation + ")\n";
    for (const std::string& note : survey.notes) text += note + '\n';
    text += "Users: " + number(survey.disabledUsers) + " disabled, " + number(survey.administrators) +
            " administrators who may log in, " + number(survey.neverLoggedIn) + " never logged in.\n";
    text += passwordText(survey.passwords);
    if (survey.wideColumns.empty())
        text += "Characters: no column can hold one beyond U+FFFF, so there is none; ours hold all.\n";
    else
        text += "Characters: " + number(survey.wideColumns.size()) + " columns can hold some beyond U+FFFF, and " +
                number(survey.textsBeyondThreeBytes) + " texts do: they could not be given back.\n";
    text += survey.undecided() == 0 ? "Nothing stands in the way.\n"
                                    : number(survey.undecided()) + " rows need a decision.\n";
    return text + findingText(survey);
}

void writeTables(std::string& out, const AdoptionSurvey& survey)
{
    out += '[';
    for (const auto& table : survey.tables) {
        if (out.back() != '[') out += ',';
        contract::JsonObjectWriter object(out);
        object.text("name", table.name).number("rows", table.rows).number("nextId", table.nextId);
        object.text("collation", table.collation).text("engine", table.engine);
    }
    out += ']';
}

void writePasswords(std::string& out, const PasswordFacts& facts)
{
    contract::JsonObjectWriter object(out);
    {
        contract::JsonObjectWriter costs(object.raw("bcryptCosts"));
        for (const auto& [cost, count] : facts.bcryptCosts) costs.number(std::to_string(cost), count);
    }
    object.number("unusable", facts.unusable).number("untouchedForAYear", facts.untouchedForAYear);
    object.number("untouchedForThreeYears", facts.untouchedForThreeYears);
    if (facts.oldest) object.text("oldest", toRfc3339(*facts.oldest));
}

void writeSteps(std::string& out, const std::map<int, std::string>& steps)
{
    out += '[';
    for (const auto& [step, note] : steps) {
        if (out.back() != '[') out += ',';
        contract::JsonObjectWriter object(out);
        object.number("step", step).text("note", note);
    }
    out += ']';
}

const char* eventName(AdoptionEvent::Kind kind)
{
    switch (kind) {
    case AdoptionEvent::Kind::Begun:
        return "begun";
    case AdoptionEvent::Kind::Done:
        return "done";
    case AdoptionEvent::Kind::DoneBefore:
        return "before";
    case AdoptionEvent::Kind::Told:
        break;
    }
    return "told";
}

void writeFindings(std::string& out, const AdoptionSurvey& survey)
{
    out += '[';
    for (const AdoptionFinding& finding : survey.findings) {
        if (out.back() != '[') out += ',';
        contract::JsonObjectWriter object(out);
        object.text("key", finding.key()).text("table", finding.table).number("id", finding.id);
        object.text("kind", finding.kind).text("about", finding.about).text("message", finding.message);
        object.list("choices", finding.choices).text("proposal", finding.proposal);
    }
    out += ']';
}

} // namespace

std::string checkText(const AdoptionCheck& check)
{
    std::string text = "This is " + check.place + ".\n" + sentenceOf(check);
    if (check.survey) text += surveyText(*check.survey);
    return text;
}

std::string checkJson(const AdoptionCheck& check)
{
    std::string out;
    {
        contract::JsonObjectWriter object(out);
        object.text("place", check.place).text("form", formName(check.tables.form));
        object.boolean("takenOver", check.tables.form == DatabaseForm::Ours && check.tables.keepsOld());
        writeSteps(object.raw("steps"), check.steps);
        if (check.survey) {
            const AdoptionSurvey& survey = *check.survey;
            writeTables(object.raw("tables"), survey);
            {
                contract::JsonObjectWriter users(object.raw("users"));
                users.number("disabled", survey.disabledUsers).number("administrators", survey.administrators);
                users.number("neverLoggedIn", survey.neverLoggedIn);
            }
            writePasswords(object.raw("passwords"), survey.passwords);
            {
                contract::JsonObjectWriter charset(object.raw("charset"));
                charset.list("wideColumns", survey.wideColumns);
                charset.number("textsBeyondThreeBytes", survey.textsBeyondThreeBytes);
            }
            object.list("notes", survey.notes).number("undecided", survey.undecided());
            writeFindings(object.raw("findings"), survey);
        }
    }
    return out + '\n';
}

std::string eventText(const AdoptionEvent& event)
{
    const std::string step = "step " + number(static_cast<std::uint64_t>(event.step));
    switch (event.kind) {
    case AdoptionEvent::Kind::Begun:
        return {};
    case AdoptionEvent::Kind::Done:
        return step + " done: " + event.words + (event.note.empty() ? "" : " (" + event.note + ")");
    case AdoptionEvent::Kind::DoneBefore:
        return step + " was done before: " + event.words;
    case AdoptionEvent::Kind::Told:
        break;
    }
    return event.words;
}

std::string eventJson(const AdoptionEvent& event)
{
    std::string out;
    {
        contract::JsonObjectWriter object(out);
        object.text("event", eventName(event.kind)).number("step", event.step);
        object.text("words", event.words).text("note", event.note);
    }
    return out + '\n';
}

std::string endJson(const Result<>& end)
{
    std::string out;
    {
        contract::JsonObjectWriter object(out);
        object.text("event", end ? "finished" : "failed");
        if (!end) {
            object.boolean("stopped", end.error().code == Code::Cancelled).text("detail", end.error().detail);
            std::string& faults = object.raw("faults");
            faults += '[';
            for (const FieldFault& fault : end.error().faults) {
                if (faults.back() != '[') faults += ',';
                contract::JsonObjectWriter one(faults);
                one.text("field", fault.field).text("message", fault.message);
            }
            faults += ']';
        }
    }
    return out + '\n';
}

} // namespace iam::node
