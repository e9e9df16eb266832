// Contents, files and stores for the tests of the store.
#pragma once

#include "audit/store.hpp"
#include "saring/sha256.hpp"
#include "support.hpp"

#include <string>

namespace saring::test {

inline audit::StoreOptions store_in(const TemporaryFolder& folder) {
    audit::StoreOptions options;
    options.file = folder.path() / "galeri.db";
    options.language = Language::english;
    return options;
}

inline Finding finding(const std::string& fingerprint, Severity severity = Severity::high, bool blocks = true) {
    Finding out;
    out.rule = "id.number.nik";
    out.category = Category::identifier;
    out.severity = severity;
    out.title = "NIK";
    out.advice = "Hitamkan.";
    out.match = "3201**********01";
    out.context = "NIK 3201**********01";
    out.page = 0;
    out.quads = {quad_of({100, 200, 300.25F, 220})};
    out.line_spans = {{3, 4, 20}};
    out.confidence = 0.9F;
    out.blocks = blocks;
    out.fingerprint = fingerprint;
    return out;
}

inline audit::ContentRecord content(const std::string& name, std::vector<Finding> findings = {}) {
    audit::ContentRecord out;
    out.sha256 = sha256(name);
    out.bytes = 1000 + name.size();
    out.media_type = "image/jpeg";
    out.taken = "2026-03-05 10:11:12";
    out.pages = 1;
    out.verdict = findings.empty() ? Verdict::safe : Verdict::block;
    out.rules_key = "rules-1";
    out.models_key = "models-1";
    out.findings = std::move(findings);
    out.reading = "{\"text\":\"reading of " + name + "\"}";
    return out;
}

inline audit::SeenFile seen(const std::string& path, const std::string& name) {
    return {path, 1000 + name.size(), 1'770'000'000'000'000'000, 7, sha256(name), std::nullopt, {}};
}

inline int begin(audit::Store& store, const std::string& root = "/galeri") {
    return store.begin_run({}, "rules-1", "models-1", {root});
}

inline AuditReport report(const audit::Store& store, const std::string& today = "2026-08-17") {
    return store.report("rules-1", "models-1", today, {});
}

} // namespace saring::test
