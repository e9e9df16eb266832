#include "audit/store_support.hpp"

using namespace saring;
using namespace saring::audit;

namespace {

const Acceptance by_ani{"f1", "Ani", "sudah diumumkan", "2026-08-01T00:00:00Z", "2026-08-31"};

void fill(Store& store) {
    const int run = test::begin(store);
    store.put(run, test::content("a", {test::finding("f1"), test::finding("f2", Severity::low, false)}));
    store.saw(run, test::seen("/galeri/a.jpg", "a"));
    store.saw(run, test::seen("/galeri/copy.jpg", "a"));
    store.end_run(run, true, {});
}

} // namespace

TEST_CASE("an accepted finding no longer makes a verdict, in every copy of the file, until its day is over") {
    const test::TemporaryFolder folder;
    Store store(test::store_in(folder));
    fill(store);
    CHECK(test::report(store).counts.block == 2);
    store.accept(by_ani);
    const AuditReport accepted = test::report(store, "2026-08-31");
    CHECK(accepted.counts.safe == 2); // what is left is low
    CHECK(accepted.counts.accepted_findings == 2);
    REQUIRE(accepted.entries.size() == 2);
    CHECK(accepted.entries[0].findings[0].decision == Decision::accepted);
    CHECK(accepted.entries[0].findings[0].acceptance->who == "Ani");

    const AuditReport over = test::report(store, "2026-09-01");
    CHECK(over.counts.block == 2);
    CHECK(over.entries[0].findings[0].decision == Decision::open);
    REQUIRE(over.entries[0].findings[0].acceptance); // who let it pass before
    CHECK(over.entries[0].findings[0].acceptance->until == "2026-08-31");
}

TEST_CASE("a decision can be replaced and withdrawn") {
    const test::TemporaryFolder folder;
    Store store(test::store_in(folder));
    fill(store);
    store.accept(by_ani);
    Acceptance later = by_ani;
    later.who = "Budi";
    later.until.clear();
    store.accept(later);
    CHECK(test::report(store, "2099-01-01").entries[0].findings[0].acceptance->who == "Budi");
    store.withdraw("f1");
    const AuditReport report = test::report(store);
    CHECK(report.counts.open_findings == 4);
    CHECK_FALSE(report.entries[0].findings[0].acceptance);
}

TEST_CASE("a decision and the day of first sight survive other rules; a decision hides no other finding") {
    const test::TemporaryFolder folder;
    Store store(test::store_in(folder));
    fill(store);
    store.accept({"f1", "Ani", "sudah diumumkan", "2026-08-01T00:00:00Z", ""});
    const std::string first_seen = test::report(store).entries[0].findings[0].first_seen;
    CHECK(first_seen.size() == std::string("2026-08-17T09:30:00Z").size());
    store.put(test::begin(store), test::content("a", {test::finding("f9")}));
    CHECK(test::report(store).counts.open_findings == 2);
    CHECK(test::report(store).counts.accepted_findings == 0);
    store.put(test::begin(store), test::content("a", {test::finding("f1"), test::finding("f9")}));
    const AuditReport report = test::report(store);
    CHECK(report.counts.accepted_findings == 2);
    CHECK(report.counts.open_findings == 2);
    CHECK(report.entries[0].findings[0].first_seen == first_seen);
    CHECK(report.entries[0].verdict == Verdict::block);
}

TEST_CASE("decisions make nothing safe that could not be read") {
    const test::TemporaryFolder folder;
    Store store(test::store_in(folder));
    const int run = test::begin(store);
    ContentRecord record = test::content("a", {test::finding("f1")});
    record.unread = {{0, {}}};
    store.put(run, record);
    store.saw(run, test::seen("/galeri/a.jpg", "a"));
    store.accept(by_ani);
    CHECK(test::report(store).entries.at(0).verdict == Verdict::review);
}

TEST_CASE("fingerprints are found by how they begin") {
    const test::TemporaryFolder folder;
    Store store(test::store_in(folder));
    const int run = test::begin(store);
    store.put(run, test::content("a", {test::finding("abcd01"), test::finding("abce02"), test::finding("a%")}));
    CHECK(store.fingerprints("abc") == std::vector<std::string>{"abcd01", "abce02"});
    CHECK(store.fingerprints("abcd") == std::vector<std::string>{"abcd01"});
    CHECK(store.fingerprints("%").empty());
}

TEST_CASE("likes of a finding stand at the same place of files that look and read alike") {
    const test::TemporaryFolder folder;
    Store store(test::store_in(folder));
    const int run = test::begin(store);
    const auto put = [&](const std::string& name, std::uint64_t likeness, std::uint64_t wording, float scale,
                         const std::string& match, float down) {
        Finding finding = test::finding("f-" + name);
        finding.match = match;
        finding.quads = {quad_of({100 * scale, down * scale, 300 * scale, (down + 20) * scale})};
        ContentRecord record = test::content(name, {finding});
        record.likeness = likeness;
        record.wording = wording;
        store.put(run, record);
        store.saw(run, test::seen("/galeri/" + name, name));
    };
    put("photo", 0x123456789ABCDE, 0xFFFF0000FFFF, 1, "3201**01", 200);
    put("smaller", 0x123456789ABCDF, 0xFFFF0000FFFE, 0.5, "3201**01", 200);
    put("other-number", 0x123456789ABCDE, 0xFFFF0000FFFE, 1, "3201**02", 200);
    put("other-place", 0x123456789ABCDE, 0xFFFF0000FFFE, 1, "3201**01", 900);
    put("other-text", 0x123456789ABCDE, 0xABCD1234, 1, "3201**01", 200);
    CHECK(store.likes_of("f-photo") == std::vector<std::string>{"f-smaller"});
    CHECK(store.likes_of("none").empty());
    const AuditReport report = test::report(store);
    std::map<std::string, std::string> groups;
    for (const AuditEntry& entry : report.entries) {
        groups[entry.path] = entry.group;
    }
    CHECK(groups["/galeri/photo"] == groups["/galeri/smaller"]);
    CHECK_FALSE(groups["/galeri/photo"].empty());
    CHECK(groups["/galeri/other-text"].empty());
}
