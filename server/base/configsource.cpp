// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/configsource.h"
#include "base/text.h"
#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <optional>
#include <sstream>
#include <sys/stat.h>
#include <unistd.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

namespace iam {
namespace {

/// Takes yaml-cpp's events one by one, so that nothing is built which the limits forbid.
class Flattener final : public YAML::EventHandler {
public:
    Flattener(ConfigFile& out, const std::string& name, ConfigLists lists)
        : m_out(out)
        , m_name(name)
        , m_lists(lists)
    {
    }

    void OnDocumentStart(const YAML::Mark& mark) override
    {
        if (++m_documents == 2) fault(mark, "a second document begins here; a configuration is one document");
    }
    void OnDocumentEnd() override {}
    void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override
    {
        if (refuseExtras(mark, "?", anchor) || m_frames.empty()) return skipValue();
        if (m_frames.back().kind == Frame::Kind::List)
            fault(mark, m_frames.back().prefix + ": an empty list entry");
        else
            takeScalar(mark, ConfigValue::Kind::Null, {});
    }
    void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override
    {
        fault(mark, "aliases (*name) are not taken; write the value out");
        skipValue();
    }
    void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  const std::string& value) override
    {
        if (tag == "!") m_lastQuoted = Quoted{static_cast<std::size_t>(mark.pos), mark.line};
        if (refuseExtras(mark, tag, anchor)) return skipValue();
        if (m_frames.empty()) return fault(mark, "a configuration is a mapping (key: value), not one value");
        takeScalar(mark, ConfigValue::Kind::Scalar, value);
    }
    void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                         YAML::EmitterStyle::value) override
    {
        limitDepth(mark);
        if (refuseExtras(mark, tag, anchor)) return push(Frame::Kind::Skipped, {});
        if (m_frames.empty()) {
            fault(mark, "a configuration is a mapping (key: value), not a list");
        } else if (m_frames.back().kind == Frame::Kind::List) {
            fault(mark, m_frames.back().prefix + ": a list in a list");
        } else if (expectsKey()) {
            fault(mark, "a key must be plain text");
        } else if (m_frames.back().kind == Frame::Kind::Map) {
            const std::string key = keyOf(m_frames.back());
            put(mark, key, ConfigValue::Kind::List, {});
            return push(Frame::Kind::List, key);
        }
        push(Frame::Kind::Skipped, {});
    }
    void OnSequenceEnd() override { pop(); }
    void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                    YAML::EmitterStyle::value) override
    {
        limitDepth(mark);
        if (refuseExtras(mark, tag, anchor)) return push(Frame::Kind::Skipped, {});
        if (m_frames.empty()) return push(m_documents > 1 ? Frame::Kind::Skipped : Frame::Kind::Map, {});
        if (m_frames.back().kind == Frame::Kind::List) {
            if (const auto entry = takeSection(mark)) return push(Frame::Kind::Map, *entry + '.');
        } else if (expectsKey()) {
            fault(mark, "a key must be plain text");
        } else if (m_frames.back().kind == Frame::Kind::Map) {
            const std::string key = keyOf(m_frames.back());
            put(mark, key, ConfigValue::Kind::Section, {});
            return push(Frame::Kind::Map, key + '.');
        }
        push(Frame::Kind::Skipped, {});
    }
    void OnMapEnd() override { pop(); }

    struct TooDeep {
        YAML::Mark mark;
    };
    /// Where the last quoted value began, and on which line (from 0).
    struct Quoted {
        std::size_t position;
        int line;
    };
    [[nodiscard]] const std::optional<Quoted>& lastQuoted() const { return m_lastQuoted; }

private:
    struct Frame {
        enum class Kind { Map, List, Skipped };
        Kind kind;
        std::string prefix;             ///< of a map: what stands before its keys; of a list: its key
        std::optional<std::string> key; ///< of a map: the key whose value comes next
        int keyLine = 0;
        std::size_t entries = 0; ///< of a list: the sections in it so far
    };

    void fault(const YAML::Mark& mark, const std::string& message)
    {
        m_out.faults.push_back({{ConfigOrigin::Kind::File, m_name, mark.line + 1}, message});
    }
    void limitDepth(const YAML::Mark& mark) const
    {
        if (m_frames.size() >= static_cast<std::size_t>(maxConfigDepth)) throw TooDeep{mark};
    }
    bool refuseExtras(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor)
    {
        if (anchor != YAML::NullAnchor)
            fault(mark, "anchors (&name) are not taken; write the value out");
        else if (!tag.empty() && tag != "?" && tag != "!")
            fault(mark, "tags (!name) are not taken");
        else
            return false;
        return true;
    }
    bool expectsKey() const
    {
        return !m_frames.empty() && m_frames.back().kind == Frame::Kind::Map && !m_frames.back().key;
    }
    static std::string keyOf(const Frame& frame) { return frame.prefix + frame.key.value_or(std::string()); }

    /// A node that is not taken still is somebody's key or value.
    void skipValue()
    {
        if (m_frames.empty() || m_frames.back().kind != Frame::Kind::Map) return;
        Frame& frame = m_frames.back();
        if (frame.key)
            frame.key.reset();
        else
            frame.key = std::string();
    }
    void takeScalar(const YAML::Mark& mark, ConfigValue::Kind kind, const std::string& value)
    {
        Frame& frame = m_frames.back();
        if (frame.kind == Frame::Kind::Skipped) return;
        if (frame.kind == Frame::Kind::List) {
            const auto list = m_out.values.find(frame.prefix);
            if (list != m_out.values.end() && list->second.kind == ConfigValue::Kind::List) {
                list->second.list.push_back(value);
            } else if (list != m_out.values.end() && list->second.kind == ConfigValue::Kind::Sections) {
                fault(mark, frame.prefix + ": a plain value in a list of mappings");
            }
            return;
        }
        if (!frame.key) {
            if (kind == ConfigValue::Kind::Null || value.empty()) fault(mark, "an empty key");
            frame.key = value;
            frame.keyLine = mark.line;
            return;
        }
        put(mark, keyOf(frame), kind, value);
        frame.key.reset();
    }
    /// The key of a mapping that is the next entry of the list we are in; nothing when it cannot be one.
    std::optional<std::string> takeSection(const YAML::Mark& mark)
    {
        Frame& frame = m_frames.back();
        const auto list = m_out.values.find(frame.prefix);
        if (list == m_out.values.end()) return {}; // its key was a fault already
        if (m_lists == ConfigLists::OfValues || !list->second.list.empty()) {
            fault(mark, frame.prefix + ": a mapping in a list" + (list->second.list.empty() ? "" : " of plain values"));
            return {};
        }
        list->second.kind = ConfigValue::Kind::Sections;
        std::string entry = frame.prefix + '[' + std::to_string(frame.entries++) + ']';
        const ConfigOrigin origin{ConfigOrigin::Kind::File, m_name, mark.line + 1};
        if (!m_out.values.try_emplace(entry, ConfigValue{ConfigValue::Kind::Section, {}, {}, origin}).second) {
            fault(mark, entry + ": given twice");
            return {};
        }
        return entry;
    }
    void put(const YAML::Mark& mark, const std::string& key, ConfigValue::Kind kind, const std::string& value)
    {
        if (m_frames.back().key && m_frames.back().key->empty()) return; // its key was a fault already
        const int line = m_frames.back().keyLine + 1;
        const auto [known, added] =
            m_out.values.try_emplace(key, ConfigValue{kind, value, {}, {ConfigOrigin::Kind::File, m_name, line}});
        if (!added)
            fault(mark, key + ": given twice; the first is on line " + std::to_string(known->second.origin.line));
    }
    void push(Frame::Kind kind, std::string prefix) { m_frames.push_back({kind, std::move(prefix), {}, 0, 0}); }
    void pop()
    {
        m_frames.pop_back();
        skipValue(); // the whole of it was the key or the value that was awaited
    }

    ConfigFile& m_out;
    const std::string& m_name;
    const ConfigLists m_lists;
    std::vector<Frame> m_frames;
    int m_documents = 0;
    std::optional<Quoted> m_lastQuoted;
};

/// Whether the quoted scalar that begins at `start` also ends: yaml-cpp 0.7 takes the end of the file for its end.
bool isClosed(std::string_view yaml, std::size_t start)
{
    if (start >= yaml.size() || (yaml[start] != '"' && yaml[start] != '\'')) return true;
    const char quote = yaml[start];
    for (std::size_t i = start + 1; i < yaml.size(); ++i) {
        if (quote == '"' && yaml[i] == '\\') {
            ++i;
        } else if (yaml[i] == quote) {
            if (quote == '"' || i + 1 == yaml.size() || yaml[i + 1] != quote) return true;
            ++i; // '' is a quote inside
        }
    }
    return false;
}

ConfigFile oneFault(const std::string& name, int line, const std::string& message)
{
    ConfigFile file;
    file.faults.push_back({{ConfigOrigin::Kind::File, name, line}, message});
    return file;
}

/// YAML forbids control characters, and yaml-cpp would take an EOT for the end of the file.
std::optional<std::size_t> findForbidden(std::string_view bytes)
{
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        const auto byte = static_cast<unsigned char>(bytes[i]);
        if ((byte < 0x20 && byte != '\t' && byte != '\n' && byte != '\r') || byte == 0x7F) return i;
    }
    return {};
}

} // namespace

Environment processEnvironment()
{
    Environment variables;
    for (char** entry = environ; entry != nullptr && *entry != nullptr; ++entry) {
        const std::string_view text(*entry);
        const std::size_t equals = text.find('=');
        if (equals != std::string_view::npos) variables.emplace(text.substr(0, equals), text.substr(equals + 1));
    }
    return variables;
}

std::string ConfigOrigin::text() const
{
    return line > 0 ? name + ':' + std::to_string(line) : name;
}

ConfigFile parseConfig(std::string_view yaml, const std::string& name, ConfigLists lists)
{
    if (yaml.size() > maxConfigFileSize) return oneFault(name, 0, "larger than 1 MiB");
    if (!text::isUtf8(yaml)) return oneFault(name, 0, "not UTF-8 text");
    if (const auto at = findForbidden(yaml)) {
        const auto line = std::count(yaml.begin(), yaml.begin() + static_cast<std::ptrdiff_t>(*at), '\n');
        return oneFault(name, static_cast<int>(line) + 1, "a control character");
    }
    ConfigFile file;
    Flattener flattener(file, name, lists);
    // Behind a broken place nothing can be trusted, and what stands before it may be half a value: one fault is all.
    try {
        std::istringstream stream{std::string(yaml)};
        YAML::Parser parser(stream);
        // Two at most: yaml-cpp 0.7 never gets past a lone "," and would find documents there for ever.
        for (int document = 0; document < 2 && parser.HandleNextDocument(flattener); ++document) {
        }
    } catch (const Flattener::TooDeep& tooDeep) {
        return oneFault(name, tooDeep.mark.line + 1,
                        "nested deeper than " + std::to_string(maxConfigDepth) + " levels");
    } catch (const YAML::Exception& error) {
        return oneFault(name, error.mark.line + 1, "not YAML: " + error.msg);
    } catch (const std::exception& error) {
        return oneFault(name, 0, std::string("cannot be read: ") + error.what());
    }
    if (const auto& quoted = flattener.lastQuoted(); quoted && !isClosed(yaml, quoted->position))
        return oneFault(name, quoted->line + 1, "not YAML: a quote that is never closed");
    return file;
}

ConfigFile readConfigFile(const std::string& path, ConfigLists lists)
{
    const auto failed = [&](const char* what) {
        return oneFault(path, 0, std::string(what) + ": " + std::strerror(errno));
    };
    const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (fd < 0) return failed("cannot be opened");
    std::string bytes(maxConfigFileSize + 1, '\0');
    std::size_t size = 0;
    ssize_t got = 0;
    while (size < bytes.size() && (got = ::read(fd, bytes.data() + size, bytes.size() - size)) != 0) {
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) {
            ConfigFile file = failed("cannot be read");
            ::close(fd);
            return file;
        }
        size += static_cast<std::size_t>(got);
    }
    ::close(fd);
    return parseConfig(std::string_view(bytes).substr(0, size), path, lists);
}

} // namespace iam
