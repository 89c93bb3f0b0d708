// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "base/error.h"
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace iam {

/// Variables by name.
using Environment = std::map<std::string, std::string, std::less<>>;
/// The variables of this process.
[[nodiscard]] Environment processEnvironment();

/// Where a value stands: a line of a file, a variable, an option.
struct ConfigOrigin {
    enum class Kind { File, Variable, Setting };
    Kind kind = Kind::File;
    std::string name; ///< path of the file, name of the variable, "--set"
    int line = 0;     ///< from 1; 0 where there are no lines

    /// "iam.yaml:12", "IAM_JWT_TIMEOUT", "--set".
    [[nodiscard]] std::string text() const;
};

/// One value as it was written, before anybody knows its type.
struct ConfigValue {
    /// Sections: a list whose entries are sections; they stand below it, as "key[0]", "key[1]"…, in order.
    enum class Kind { Null, Scalar, List, Section, Sections };
    Kind kind = Kind::Scalar;
    std::string scalar;
    std::vector<std::string> list;
    ConfigOrigin origin;
};

/// By dotted key: "apiserver.insecure.bind-port".
using ConfigValues = std::map<std::string, ConfigValue, std::less<>>;

/// A configuration file taken apart. `values` holds every leaf; sections stand in it too, as Kind::Section.
struct ConfigFile {
    struct Fault {
        ConfigOrigin origin;
        std::string message;
    };
    ConfigValues values;
    std::vector<Fault> faults;
};

/// The largest file that is read, and the deepest nesting.
inline constexpr std::size_t maxConfigFileSize = 1024 * 1024;
inline constexpr int maxConfigDepth = 16;

enum class ConfigLists { OfValues, OfSections };

/// Reads YAML 1.2 block or flow mappings: one document, text keys, plain values, lists of plain values, and where
/// `lists` allows it lists of sections. Refused with a fault: anchors and aliases, tags, lists in lists, keys given
/// twice, more than the limits above.
/// A syntax fault is the only one then, and there are no values. `name` is what faults call the file. No fault repeats
/// a value.
[[nodiscard]] ConfigFile parseConfig(std::string_view yaml, const std::string& name,
                                     ConfigLists lists = ConfigLists::OfValues);
/// The same for a file; one that is missing, unreadable, a directory or too large is one fault.
[[nodiscard]] ConfigFile readConfigFile(const std::string& path, ConfigLists lists = ConfigLists::OfValues);

} // namespace iam
