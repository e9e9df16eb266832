// The names of all enumerations, as JSON and rule packs spell them.
#include "saring/audit.hpp"
#include "saring/finding.hpp"
#include "saring/page.hpp"
#include "saring/scan.hpp"

#include <array>

namespace saring {
namespace {

using namespace std::string_view_literals;

constexpr std::array surface_kinds{"paper"sv, "whiteboard"sv, "slide"sv, "screen"sv, "note"sv};
constexpr std::array unread_reasons{"low_confidence"sv, "unsupported_script"sv, "time_limit"sv, "not_rendered"sv};
constexpr std::array categories{"marker"sv, "policy"sv, "meeting"sv, "identifier"sv, "secret"sv, "location"sv};
constexpr std::array severities{"low"sv, "medium"sv, "high"sv, "critical"sv};
constexpr std::array verdicts{"safe"sv, "review"sv, "block"sv};
constexpr std::array decisions{"open"sv, "accepted"sv, "removed"sv};
constexpr std::array profiles{"public"sv, "agency"sv, "strict"sv};

template <typename Enum, std::size_t size>
std::string_view at(const std::array<std::string_view, size>& names, Enum value) {
    return names.at(static_cast<std::size_t>(value));
}

template <typename Enum, std::size_t size>
std::optional<Enum> find(const std::array<std::string_view, size>& names, std::string_view name) {
    for (std::size_t i = 0; i < size; ++i) {
        if (names[i] == name) {
            return static_cast<Enum>(i);
        }
    }
    return std::nullopt;
}

} // namespace

std::string_view name_of(SurfaceKind kind) { return at(surface_kinds, kind); }
std::string_view name_of(UnreadReason reason) { return at(unread_reasons, reason); }
std::string_view name_of(Category category) { return at(categories, category); }
std::string_view name_of(Severity severity) { return at(severities, severity); }
std::string_view name_of(Verdict verdict) { return at(verdicts, verdict); }
std::string_view name_of(Decision decision) { return at(decisions, decision); }
std::string_view name_of(Profile profile) { return at(profiles, profile); }

std::optional<Category> category_from(std::string_view name) { return find<Category>(categories, name); }
std::optional<Severity> severity_from(std::string_view name) { return find<Severity>(severities, name); }
std::optional<Verdict> verdict_from(std::string_view name) { return find<Verdict>(verdicts, name); }
std::optional<UnreadReason> unread_reason_from(std::string_view name) {
    return find<UnreadReason>(unread_reasons, name);
}
std::optional<Profile> profile_from(std::string_view name) { return find<Profile>(profiles, name); }

} // namespace saring
