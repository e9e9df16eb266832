// What verdicts, severities and their like are called before people.
#pragma once

#include "saring/audit.hpp"
#include "saring/language.hpp"

namespace saring::output {

Bilingual words_of(Verdict verdict);
Bilingual words_of(Severity severity);
Bilingual words_of(Category category);
Bilingual words_of(Decision decision);
Bilingual words_of(UnreadReason reason);

} // namespace saring::output
