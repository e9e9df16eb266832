#include "audit/freshness.hpp"

#include <catch2/catch.hpp>

using namespace saring;
using namespace saring::audit;

namespace {

const Currency today{{}, "rules", "models"};

KnownContent known() { return {"abc", "rules", "models", "", Verdict::safe, true, true}; }

} // namespace

TEST_CASE("What was judged with today's rules and networks needs nothing") {
    CHECK(need_of(known(), today, "2026-08-17") == Need::nothing);
}

TEST_CASE("Other rules judge the text that was kept, and read where none was") {
    KnownContent content = known();
    content.rules_key = "older";
    CHECK(need_of(content, today, "2026-08-17") == Need::judging);
    content.has_reading = false;
    CHECK(need_of(content, today, "2026-08-17") == Need::reading);
}

TEST_CASE("Rules that end on a day are asked again after it") {
    KnownContent content = known();
    content.judged_until = "2026-08-17";
    CHECK(need_of(content, today, "2026-08-17") == Need::nothing);
    CHECK(need_of(content, today, "2026-08-18") == Need::judging);
}

TEST_CASE("Other networks and readings that ended early read again") {
    KnownContent content = known();
    content.models_key = "older";
    CHECK(need_of(content, today, "2026-08-17") == Need::reading);
    content = known();
    content.complete = false;
    CHECK(need_of(content, today, "2026-08-17") == Need::reading);
}

TEST_CASE("A file looks unchanged only when size, time and place on the disk are the same") {
    FileEntry entry;
    entry.bytes = 10;
    entry.modified_ns = 20;
    entry.inode = 30;
    const SeenFile seen{"a", 10, 20, 30, "abc", {}, {}};
    CHECK(looks_unchanged(entry, seen));
    for (std::uint64_t* changed : {&entry.bytes, &entry.inode}) {
        ++*changed;
        CHECK_FALSE(looks_unchanged(entry, seen));
        --*changed;
    }
    ++entry.modified_ns;
    CHECK_FALSE(looks_unchanged(entry, seen));
}
