// What workers answer, as what the store keeps.
#pragma once

#include "audit/store.hpp"
#include "saring/scan.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace saring::audit {

// What a verdict and a reading depend on, so that older ones are told from those of today.
struct Currency {
    Provenance tool;
    std::string rules_key;  // rule packs, profile, opt-ins, a fixed day
    std::string models_key; // version, networks, reading engine and its languages
};
Currency currency_of(Provenance tool);

struct Answer {
    std::optional<ContentRecord> content; // its `reading` is empty where one was judged again
    std::optional<Provenance> tool;
    std::optional<Error> error;
};

// One line of a worker. Throws Error(worker_failed) for what is no answer.
Answer answer_from(std::string_view line);

} // namespace saring::audit
