// Typed access to a pack's TOML; every complaint says what the value must be.
#include "match/pack_reader.hpp"

#include "match/literal_index.hpp"
#include "saring/error.hpp"

#include <algorithm>
#include <cstddef>
#include <optional>

namespace saring::match {

void complain(const std::filesystem::path& file, std::uint32_t line, const std::string& what) {
    throw Error(ErrorCode::bad_rules, "rules",
                file.string() + (line > 0 ? ":" + std::to_string(line) : "") + ": " + what);
}

void PackReader::fail(const toml::node* node, const std::string& what) const {
    complain(file_, node != nullptr ? node->source().begin.line : 0, what);
}

void PackReader::fail(const toml::table& table, std::string_view key, const std::string& what) const {
    const toml::node* node = table.get(key);
    fail(node != nullptr ? node : &table, what);
}

std::string PackReader::text(const toml::table& table, std::string_view key) const {
    const toml::node* node = table.get(key);
    const auto value = node != nullptr ? node->value<std::string>() : std::nullopt;
    if (!value || value->empty()) {
        fail(table, key, "'" + std::string(key) + "' must be a text that is not empty");
    }
    return *value;
}

std::string PackReader::text_or_nothing(const toml::table& table, std::string_view key) const {
    return table.contains(key) ? text(table, key) : std::string();
}

bool PackReader::yes_or_no(const toml::table& table, std::string_view key, bool otherwise) const {
    const toml::node* node = table.get(key);
    if (node != nullptr && !node->is_boolean()) {
        fail(node, "'" + std::string(key) + "' must be true or false");
    }
    return node != nullptr ? node->value_or(otherwise) : otherwise;
}

int PackReader::number(const toml::table& table, std::string_view key, int otherwise, int most) const {
    const toml::node* node = table.get(key);
    if (node == nullptr) {
        return otherwise;
    }
    const auto value = node->is_integer() ? node->value<std::int64_t>() : std::nullopt;
    if (!value || *value < 0 || *value > most) {
        fail(node, "'" + std::string(key) + "' must be a whole number from 0 to " + std::to_string(most));
    }
    return static_cast<int>(*value);
}

float PackReader::share(const toml::table& table, std::string_view key, float otherwise) const {
    const toml::node* node = table.get(key);
    if (node == nullptr) {
        return otherwise;
    }
    const auto value = node->is_number() ? node->value<double>() : std::nullopt;
    if (!value || !(*value >= 0 && *value <= 1)) {
        fail(node, "'" + std::string(key) + "' must lie between 0 and 1");
    }
    return static_cast<float>(*value);
}

TwoLanguages PackReader::two_languages(const toml::table& table, std::string_view key) const {
    const toml::node* node = table.get(key);
    const toml::table* both = node != nullptr ? node->as_table() : nullptr;
    if (both == nullptr) {
        fail(table, key, "'" + std::string(key) + "' must have both languages: {id = \"…\", en = \"…\"}");
    }
    return {text(*both, "id"), text(*both, "en")};
}

std::vector<std::string> PackReader::texts(const toml::table& table, std::string_view key) const {
    const toml::node* node = table.get(key);
    if (node == nullptr) {
        return {};
    }
    const toml::array* list = node->as_array();
    if (list == nullptr) {
        fail(node, "'" + std::string(key) + "' must be a list of texts: [\"…\", \"…\"]");
    }
    std::vector<std::string> out;
    for (const toml::node& item : *list) {
        const auto value = item.value<std::string>();
        if (!value || value->empty()) {
            fail(&item, "'" + std::string(key) + "' holds something that is no text, or an empty one");
        }
        out.push_back(*value);
    }
    return out;
}

std::vector<const toml::table*> PackReader::tables(const toml::table& root, std::string_view key) const {
    const toml::node* node = root.get(key);
    if (node == nullptr) {
        return {};
    }
    const toml::array* list = node->as_array();
    std::vector<const toml::table*> out;
    for (std::size_t i = 0; list != nullptr && i < list->size(); ++i) {
        out.push_back(list->get(i)->as_table());
    }
    if (list == nullptr || std::find(out.begin(), out.end(), nullptr) != out.end()) {
        fail(node, "'" + std::string(key) + "' must be written as [[" + std::string(key) + "]]");
    }
    return out;
}

void PackReader::refuse_unknown(const toml::table& table, std::initializer_list<std::string_view> known) const {
    for (const auto& [key, node] : table) {
        if (std::find(known.begin(), known.end(), key.str()) == known.end()) {
            fail(&node, "'" + std::string(key.str()) + "' is not known here");
        }
    }
}

std::vector<Phrase> PackReader::phrases(const toml::table& table, std::string_view key, int edits) const {
    std::vector<Phrase> out;
    for (const std::string& text : texts(table, key)) {
        out.push_back(phrase(table, key, text, edits));
    }
    return out;
}

Phrase PackReader::phrase(const toml::table& table, std::string_view key, const std::string& text, int edits) const {
    Phrase out = phrase_of(text, edits);
    constexpr std::size_t least = 3;
    if (out.packed.size() < least) {
        fail(table, key, "'" + text + "' is too short: three letters or digits at least");
    }
    if (out.skeleton.size() < LiteralIndex::least * (static_cast<std::size_t>(out.edits) + 1)) {
        fail(table, key, "'" + text + "' is too short for " + std::to_string(out.edits) + " edits");
    }
    return out;
}

} // namespace saring::match
