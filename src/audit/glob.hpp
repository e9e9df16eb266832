// Patterns for paths, as shells and .gitignore know them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace saring::audit {

enum class LetterCase : std::uint8_t { exact, any }; // any: A to Z like a to z

// `?` one character and `*` any number of them within a name, `[a-z]` and `[!a-z]` classes, `\` before a character that
// stands for itself, `**` any number of folders. A pattern without a slash is about a name at any depth, one with a
// slash about the whole path below its root. All of it on bytes, except that `?` and a class never match half a
// character of UTF-8.
class Glob {
public:
    // Throws Error(bad_option) for a pattern that is empty or whose class has no end.
    explicit Glob(std::string_view pattern, LetterCase letters = LetterCase::exact);

    [[nodiscard]] bool matches(std::string_view path) const;
    [[nodiscard]] bool folders_only() const { return folders_only_; } // the pattern ended with a slash

private:
    std::vector<std::string> parts_; // names between slashes
    LetterCase letters_;
    bool folders_only_ = false;
};

} // namespace saring::audit
