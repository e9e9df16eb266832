// Typed access to a pack's TOML, with complaints that name file and line.
#pragma once

#include "match/phrase_index.hpp"
#include "match/rule_pack.hpp"

#include <toml++/toml.h>

#include <cstdint>
#include <filesystem>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace saring::match {

// Throws Error(bad_rules). Line 0 means the file as a whole.
[[noreturn]] void complain(const std::filesystem::path& file, std::uint32_t line, const std::string& what);

// Knows where in the file a complaint belongs. Whatever it reads is valid: it throws Error(bad_rules) where it is not.
class PackReader {
public:
    explicit PackReader(std::filesystem::path file) : file_(std::move(file)) {}

    [[nodiscard]] const std::filesystem::path& file() const { return file_; }

    // Fails at the node, or at the file as a whole where it is null.
    [[noreturn]] void fail(const toml::node* node, const std::string& what) const;

    // Fails at the value of `key`, or at the table where it is missing.
    [[noreturn]] void fail(const toml::table& table, std::string_view key, const std::string& what) const;

    // A text that is there and not empty.
    [[nodiscard]] std::string text(const toml::table& table, std::string_view key) const;

    // The same, but an empty one where the key is missing.
    [[nodiscard]] std::string text_or_nothing(const toml::table& table, std::string_view key) const;

    // True or false; `otherwise` where the key is missing, here and below.
    [[nodiscard]] bool yes_or_no(const toml::table& table, std::string_view key, bool otherwise) const;

    // A whole number from 0 to `most`.
    [[nodiscard]] int number(const toml::table& table, std::string_view key, int otherwise, int most) const;

    // A number from 0 to 1.
    [[nodiscard]] float share(const toml::table& table, std::string_view key, float otherwise) const;

    // {id = "…", en = "…"}
    [[nodiscard]] TwoLanguages two_languages(const toml::table& table, std::string_view key) const;

    // A list of texts, none of them empty; no texts where the key is missing.
    [[nodiscard]] std::vector<std::string> texts(const toml::table& table, std::string_view key) const;

    // The tables of [[key]].
    [[nodiscard]] std::vector<const toml::table*> tables(const toml::table& root, std::string_view key) const;

    // Fails at the first key that is not among the known ones.
    void refuse_unknown(const toml::table& table, std::initializer_list<std::string_view> known) const;

    // The texts of `key` as phrases; edits below 0 mean the usual ones.
    [[nodiscard]] std::vector<Phrase> phrases(const toml::table& table, std::string_view key, int edits) const;

    // One text as a phrase, long enough to be looked for with so many edits.
    [[nodiscard]] Phrase phrase(const toml::table& table, std::string_view key, const std::string& text,
                                int edits) const;

private:
    std::filesystem::path file_;
};

} // namespace saring::match
