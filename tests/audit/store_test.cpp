#include "audit/store_schema.hpp"
#include "audit/store_support.hpp"

#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <fstream>
#include <iterator>
#include <random>
#include <thread>

using namespace saring;
using namespace saring::audit;

namespace {

int mode_of(const std::filesystem::path& file) {
    struct stat facts {};
    return ::stat(file.c_str(), &facts) == 0 ? static_cast<int>(facts.st_mode & 0777) : -1;
}

std::string all_bytes(const std::filesystem::path& folder) {
    std::string out;
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        std::ifstream stream(entry.path(), std::ios::binary);
        out.append(std::istreambuf_iterator<char>(stream), {});
    }
    return out;
}

// Runs `work` in a child that ends without destructors; returns how it ended.
int in_child(const std::function<void()>& work, const std::function<void(pid_t)>& meanwhile = {}) {
    const pid_t child = ::fork();
    if (child == 0) {
        try {
            work();
        } catch (const std::exception&) {
            ::_exit(9);
        }
        ::_exit(0);
    }
    if (meanwhile) {
        meanwhile(child);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    return status;
}

bool whole(const std::filesystem::path& file) {
    const Database database(file, Access::read);
    Statement check = database.prepare("PRAGMA integrity_check");
    return check.step() && check.text(0) == "ok";
}

} // namespace

TEST_CASE("what was put into a store is there when it is opened again") {
    const test::TemporaryFolder folder;
    ContentRecord record = test::content("a", {test::finding("f1")});
    record.unread = {{2, {quad_of({1, 2, 3, 4}), UnreadReason::unsupported_script, "Han"}}};
    record.reasons = {"Ada tulisan."};
    const std::string odd_path = "/galeri/na\xFFme.jpg"; // no UTF-8
    {
        Store store(test::store_in(folder));
        const int run = test::begin(store);
        store.put(run, record);
        store.saw(run, test::seen(odd_path, "a"));
        CHECK(store.content(record.sha256)); // also before it is committed
        store.end_run(run, true, {});
    }
    const Store store(test::store_in(folder));
    const std::optional<KnownContent> known = store.content(record.sha256);
    REQUIRE(known);
    CHECK(known->rules_key == "rules-1");
    CHECK(known->verdict == Verdict::block);
    CHECK(known->has_reading);
    CHECK(store.reading(record.sha256) == record.reading);
    CHECK(store.any_content_of_size(record.bytes));
    CHECK_FALSE(store.any_content_of_size(record.bytes + 1));
    REQUIRE(store.file(odd_path));
    CHECK(store.file(odd_path)->sha256 == record.sha256);
    const AuditReport report = test::report(store);
    REQUIRE(report.entries.size() == 1);
    const AuditEntry& entry = report.entries.front();
    CHECK(entry.path == odd_path);
    CHECK(entry.unread.at(0).region.script == "Han");
    CHECK(entry.reasons == record.reasons);
    const Finding& found = entry.findings.at(0).finding;
    CHECK(found.quads == record.findings[0].quads);
    CHECK(found.line_spans.at(0).end == 20);
    CHECK(found.match == record.findings[0].match);
    CHECK(report.roots == std::vector<std::string>{"/galeri"});
    CHECK(report.folders.at("/galeri").block == 1);
    CHECK(report.months.at("2026-03").files == 1);
}

TEST_CASE("the files of a store are for their owner only, whatever the umask") {
    const test::TemporaryFolder folder;
    const mode_t before = ::umask(0);
    StoreOptions options = test::store_in(folder);
    options.file = folder.path() / "new" / "galeri.db";
    {
        Store store(options);
        const int run = test::begin(store);
        store.saw(run, test::seen("/galeri/a.jpg", "a"));
        store.flush();
        for (const char* suffix : {"", "-wal", "-shm", ".lock"}) {
            CHECK(mode_of(options.file.native() + suffix) == 0600);
        }
        CHECK(mode_of(options.file.parent_path()) == 0700);
    }
    ::umask(before);
}

TEST_CASE("the first run tells what is kept and where, later ones do not") {
    const test::TemporaryFolder folder;
    const StoreOptions options = test::store_in(folder);
    {
        const Store store(options);
        REQUIRE_FALSE(store.notices().empty());
        CHECK(store.notices().size() <= 5);
        std::string all;
        for (const std::string& notice : store.notices()) {
            all += notice + "\n";
        }
        for (const std::string& word :
             {options.file.native(), std::string("--no-text"), std::string("--ask-passphrase"), std::string("purge"),
              std::string("--forget"), std::string("UU 27/2022")}) {
            CHECK(all.find(word) != std::string::npos);
        }
    }
    CHECK(Store(options).notices().empty());
}

TEST_CASE("a second audit on one store is refused and told whose it is; readers are not") {
    const test::TemporaryFolder folder;
    StoreOptions options = test::store_in(folder);
    Store store(options);
    const int run = test::begin(store);
    store.put(run, test::content("a", {test::finding("f1")}));
    store.saw(run, test::seen("/galeri/a.jpg", "a"));
    store.flush();
    try {
        const Store second(options);
        FAIL("two audits write to one store");
    } catch (const Error& error) {
        CHECK(error.code() == ErrorCode::store_busy);
        CHECK(error.detail().find(std::to_string(::getpid())) != std::string::npos);
    }
    options.read_only = true;
    const Store reader(options);
    CHECK(test::report(reader).counts.block == 1);
    CHECK(test::code_of([&] { test::begin(const_cast<Store&>(reader)); }) == ErrorCode::write_failed);
}

TEST_CASE("files that a complete run did not see below its roots are removed, others are not") {
    const test::TemporaryFolder folder;
    Store store(test::store_in(folder));
    int run = test::begin(store);
    store.put(run, test::content("a", {test::finding("f1")}));
    for (const char* path : {"/galeri/a.jpg", "/galeri/z.zip!/b.jpg", "/galeri-lain/c.jpg"}) {
        store.saw(run, test::seen(path, "a"));
    }
    store.end_run(run, true, {});
    run = test::begin(store);
    store.end_run(run, false, {}); // interrupted
    CHECK(test::report(store).ended.empty());
    CHECK(test::report(store).counts.removed_findings == 0);
    run = test::begin(store, "/galeri/");
    store.end_run(run, true, {});
    const AuditReport report = test::report(store);
    CHECK(report.counts.files == 1);
    CHECK(report.counts.open_findings == 1);
    CHECK(report.counts.removed_findings == 2);
    run = test::begin(store);
    store.saw(run, test::seen("/galeri/a.jpg", "a")); // back again
    store.end_run(run, true, {});
    CHECK(test::report(store).counts.open_findings == 2);
}

TEST_CASE("any two runs can be compared") {
    const test::TemporaryFolder folder;
    Store store(test::store_in(folder));
    const int first = test::begin(store);
    store.put(first, test::content("a", {test::finding("f1"), test::finding("f2")}));
    store.saw(first, test::seen("/galeri/a.jpg", "a"));
    store.end_run(first, true, {});
    const int second = test::begin(store);
    store.put(second, test::content("a", {test::finding("f2"), test::finding("f3")})); // other rules
    store.saw(second, test::seen("/galeri/a.jpg", "a"));
    SeenFile lost = test::seen("/galeri/b.jpg", "b");
    lost.error = Error(ErrorCode::corrupt, "load");
    store.saw(second, lost);
    store.end_run(second, true, {});
    const int third = test::begin(store);
    store.saw(third, test::seen("/galeri/moved.jpg", "a"));
    store.end_run(third, true, {});

    const AuditDifference rules = store.difference(first, second);
    REQUIRE(rules.appeared.size() == 1);
    REQUIRE(rules.appeared[0].findings.size() == 1);
    CHECK(rules.appeared[0].findings[0].finding.fingerprint == "f3");
    REQUIRE(rules.gone.size() == 1);
    CHECK(rules.gone[0].findings.at(0).finding.fingerprint == "f1");
    CHECK(rules.failing == std::vector<std::string>{"/galeri/b.jpg"});

    const AuditDifference moved = store.difference(second, third);
    CHECK(moved.appeared.empty());
    CHECK(moved.gone.empty());
    CHECK(store.difference(third, first).appeared.at(0).findings.at(0).finding.fingerprint == "f1");

    const int fourth = test::begin(store);
    store.saw(fourth, test::seen("/galeri/moved.jpg", "a"));
    store.saw(fourth, test::seen("/galeri/sent/copy.jpg", "a"));
    store.end_run(fourth, true, {});
    const AuditDifference copied = store.difference(third, fourth); // a further copy of a leak is news
    REQUIRE(copied.appeared.size() == 1);
    CHECK(copied.appeared[0].path == "/galeri/sent/copy.jpg");
    CHECK(copied.gone.empty());
    CHECK(store.runs() == std::vector<int>{first, second, third, fourth});
    CHECK(test::code_of([&] { (void)store.difference(first, 99); }) == ErrorCode::bad_option);
}

TEST_CASE("a verdict of older rules or networks is stale, and one whose day is over") {
    const test::TemporaryFolder folder;
    Store store(test::store_in(folder));
    const int run = test::begin(store);
    ContentRecord record = test::content("a", {test::finding("f1")});
    record.judged_until = "2026-08-20";
    store.put(run, record);
    store.saw(run, test::seen("/galeri/a.jpg", "a"));
    const auto stale = [&](const char* rules, const char* models, const char* today) {
        return store.report(rules, models, today, {}).entries.at(0).stale;
    };
    CHECK_FALSE(stale("rules-1", "models-1", "2026-08-20"));
    CHECK(stale("rules-2", "models-1", "2026-08-20"));
    CHECK(stale("rules-1", "models-2", "2026-08-20"));
    CHECK(stale("rules-1", "models-1", "2026-08-21"));
}

TEST_CASE("the owner of the longest folder answers, and failures are counted as such") {
    const test::TemporaryFolder folder;
    Store store(test::store_in(folder));
    const int run = test::begin(store);
    SeenFile lost = test::seen("/galeri/humas/b.jpg", "b");
    lost.sha256.clear();
    lost.error = Error(ErrorCode::no_permission, "load", "Permission denied").at_path("/galeri/humas/b.jpg");
    store.saw(run, lost);
    const AuditReport report =
        store.report("", "", "2026-08-17", {{"/galeri", "umum"}, {"/galeri/humas", "humas"}, {"/galeri/hum", "bukan"}});
    REQUIRE(report.entries.size() == 1);
    CHECK(report.entries[0].owner == "humas");
    CHECK(report.entries[0].error->code() == ErrorCode::no_permission);
    CHECK(report.entries[0].error->detail() == "Permission denied");
    CHECK(report.entries[0].verdict == Verdict::review);
    CHECK(report.counts.failed == 1);
    CHECK(report.counts.review == 0);
}

TEST_CASE("forgotten and purged texts are no longer in any file of the store") {
    const test::TemporaryFolder folder;
    Store store(test::store_in(folder));
    int run = test::begin(store);
    std::mt19937 random(5);
    for (int i = 0; i < 400; ++i) {
        const std::string name = "n" + std::to_string(i);
        Finding finding = test::finding("f" + name);
        finding.context = "MARKER-" + std::to_string(i) + "-END " + std::string(random() % 900, 'x');
        ContentRecord record = test::content(name, {finding});
        record.reasons = {"REASON-" + std::to_string(i) + "-END"};
        store.put(run, record);
        store.saw(run, test::seen((i % 3 == 0 ? "/galeri/secret/" : "/galeri/s.zip!/") + name, name));
    }
    store.end_run(run, true, {});
    CHECK(all_bytes(folder.path()).find("MARKER-30-END") != std::string::npos);
    CHECK(store.forget("/galeri/secret") == 134);
    std::string bytes = all_bytes(folder.path());
    CHECK(bytes.find("MARKER-1-END") != std::string::npos);
    for (int i = 0; i < 400; i += 3) {
        CHECK(bytes.find("MARKER-" + std::to_string(i) + "-END") == std::string::npos);
        CHECK(bytes.find("REASON-" + std::to_string(i) + "-END") == std::string::npos);
    }
    CHECK(bytes.find("/galeri/secret/") == std::string::npos);
    CHECK_FALSE(store.content(sha256("n30")));
    CHECK(store.content(sha256("n1")));
    run = test::begin(store);
    store.end_run(run, true, {}); // everything is gone
    CHECK(store.purge(30, "2020-01-01") == 0);
    CHECK(store.purge(std::nullopt, "2026-08-17") == 266);
    bytes = all_bytes(folder.path());
    CHECK(bytes.find("MARKER-") == std::string::npos);
    CHECK(std::filesystem::file_size(test::store_in(folder).file) < 200'000);
}

TEST_CASE("deleting while somebody reads is not told as done") {
    const test::TemporaryFolder folder;
    const StoreOptions options = test::store_in(folder);
    Store store(options);
    const int run = test::begin(store);
    store.put(run, test::content("a"));
    store.saw(run, test::seen("/galeri/a.jpg", "a"));
    store.flush();
    {
        const Database reader(options.file, Access::read);
        Statement row = reader.prepare("SELECT id FROM contents");
        REQUIRE(row.step());
        CHECK(test::code_of([&] { store.forget("/galeri"); }) == ErrorCode::store_busy);
    }
    CHECK(store.forget("/galeri") == 0); // the rows were gone; now their traces are too
    CHECK(all_bytes(folder.path()).find("/galeri/a.jpg") == std::string::npos);
}

TEST_CASE("what a deletion left behind when it was killed is wiped by the next opening") {
    const test::TemporaryFolder folder;
    folder.write("galeri.db.rebuild", "half a store");
    const Store store(test::store_in(folder));
    CHECK_FALSE(std::filesystem::exists(folder.path() / "galeri.db.rebuild"));
}

TEST_CASE("what was last seen longer ago than is to be retained is purged") {
    const test::TemporaryFolder folder;
    Store store(test::store_in(folder));
    const int run = test::begin(store);
    store.put(run, test::content("a", {test::finding("f1")}));
    store.saw(run, test::seen("/galeri/a.jpg", "a"));
    CHECK(store.purge(90, "2026-01-01") == 0);
    CHECK(store.purge(90, "2126-01-01", store.runs().back()) == 0); // a clock that jumped within the run
    CHECK(store.purge(90, "2126-01-01") == 1);
    CHECK(store.fingerprints("").empty());
    CHECK(test::code_of([&] { store.purge(90, "soon"); }) == ErrorCode::bad_option);
}

TEST_CASE("an older schema is brought up to date after a copy was kept, and its contents are judged again") {
    const test::TemporaryFolder folder;
    const StoreOptions options = test::store_in(folder);
    {
        Store store(options);
        const int run = test::begin(store);
        store.put(run, test::content("a", {test::finding("f1")}));
        store.saw(run, test::seen("/galeri/a.jpg", "a"));
        store.accept({"f1", "Ani", "sudah disetujui", "2026-08-01T00:00:00Z", ""});
        store.end_run(run, true, {});
    }
    {
        Database database(options.file, Access::write);
        database.execute("ALTER TABLE contents DROP COLUMN wording; ALTER TABLE files DROP COLUMN models_key; "
                         "PRAGMA user_version = 1");
    }
    const Store store(options);
    REQUIRE(store.notices().size() == 1);
    int kept = 0;
    for (const auto& entry : std::filesystem::directory_iterator(folder.path())) {
        if (entry.path().filename().native().find(".schema-1-") != std::string::npos) {
            ++kept;
            CHECK(mode_of(entry.path()) == 0600);
            CHECK(schema_of(Database(entry.path(), Access::read)) == 1);
        }
    }
    CHECK(kept == 1);
    CHECK(store.content(sha256("a"))->rules_key.empty());
    CHECK_FALSE(store.reading(sha256("a")).empty());
    CHECK(test::report(store).counts.accepted_findings == 1);
}

TEST_CASE("a store of a later version, and a database of another program, are left alone") {
    const test::TemporaryFolder folder;
    const StoreOptions options = test::store_in(folder);
    { const Store store(options); }
    { Database(options.file, Access::write).execute("PRAGMA user_version = 99"); }
    CHECK(test::code_of([&] { const Store store(options); }) == ErrorCode::store_newer);
    StoreOptions foreign = options;
    foreign.file = folder.path() / "foreign.db";
    folder.write("foreign.db", "");
    { Database(foreign.file, Access::write).execute("CREATE TABLE mine (a)"); }
    CHECK(test::code_of([&] { const Store store(foreign); }) == ErrorCode::bad_option);
}

TEST_CASE("a process killed at any moment loses nothing that was flushed") {
    const test::TemporaryFolder folder;
    const StoreOptions options = test::store_in(folder);
    const std::filesystem::path told = folder.path() / "told";
    std::mt19937 random(7);
    int flushed = 0;
    for (int round = 0; round < 20; ++round) {
        std::array<int, 2> pipe{};
        REQUIRE(::pipe(pipe.data()) == 0);
        const int status = in_child(
            [&] {
                Store store(options);
                const int run = test::begin(store);
                for (int i = flushed;; ++i) {
                    const std::string name = std::to_string(i);
                    store.put(run, test::content(name, {test::finding("f" + name)}));
                    store.saw(run, test::seen("/galeri/" + name, name));
                    if (i % 7 == 0) {
                        store.flush();
                        (void)!::write(pipe[1], &i, sizeof i);
                    }
                }
            },
            [&](pid_t child) {
                std::this_thread::sleep_for(std::chrono::milliseconds(5 + random() % 60));
                ::kill(child, SIGKILL);
            });
        CHECK(WIFSIGNALED(status));
        ::close(pipe[1]);
        for (int last = 0; ::read(pipe[0], &last, sizeof last) == sizeof last;) {
            flushed = last + 1;
        }
        ::close(pipe[0]);
        if (!std::filesystem::exists(options.file)) {
            continue;
        }
        const Store store(options);
        CHECK(whole(options.file));
        CHECK((store.notices().empty() || flushed == 0));
        for (int i = 0; i < flushed; ++i) {
            const std::string name = std::to_string(i);
            REQUIRE(store.content(sha256(name)));
            REQUIRE(store.file("/galeri/" + name));
            REQUIRE(store.reading(sha256(name)) == test::content(name).reading);
        }
    }
    CHECK(flushed > 0);
}

TEST_CASE("a full disk is told, loses nothing, and the same writes succeed when there is room again") {
    const test::TemporaryFolder folder;
    const StoreOptions options = test::store_in(folder);
    const int status = in_child([&] {
        std::signal(SIGXFSZ, SIG_IGN);
        Store store(options);
        const int run = test::begin(store);
        store.put(run, test::content("before"));
        store.flush();
        rlimit limit{};
        ::getrlimit(RLIMIT_FSIZE, &limit);
        const rlim_t most = limit.rlim_cur;
        limit.rlim_cur = 300'000; // bytes a file: writes beyond fail
        ::setrlimit(RLIMIT_FSIZE, &limit);
        bool refused = false;
        std::string reading(20'000, ' ');
        std::mt19937 random(3);
        int count = 0;
        while (!refused && count < 200) {
            for (char& c : reading) {
                c = static_cast<char>(random());
            }
            ContentRecord record = test::content("n" + std::to_string(count++));
            record.reading = reading;
            try {
                store.put(run, record);
                store.flush();
            } catch (const Error& error) {
                refused = error.code() == ErrorCode::write_failed;
            }
        }
        if (!refused || !store.content(sha256("before"))) {
            ::_exit(1);
        }
        limit.rlim_cur = most;
        ::setrlimit(RLIMIT_FSIZE, &limit);
        store.flush();
        ::_exit(store.reading(sha256("n" + std::to_string(count - 1))) == reading ? 42 : 2);
    });
    REQUIRE(WIFEXITED(status));
    CHECK(WEXITSTATUS(status) == 42);
    CHECK(whole(options.file));
    CHECK(Store(options).content(sha256("before")));
    CHECK(Store(options).content(sha256("n0")));
}
