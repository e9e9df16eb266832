#include "audit/store_support.hpp"

#include <fstream>

using namespace saring;
using namespace saring::audit;

namespace {

constexpr int contents = 300;

void fill(const StoreOptions& options) {
    Store store(options);
    const int run = test::begin(store);
    for (int i = 0; i < contents; ++i) {
        const std::string name = "n" + std::to_string(i);
        store.put(run, test::content(name, {test::finding("f" + name)}));
        store.saw(run, test::seen("/galeri/" + name, name));
    }
    store.accept({"fn7", "Ani", "sudah diumumkan", "2026-08-01T00:00:00Z", ""});
    store.end_run(run, true, {});
}

void overwrite(const std::filesystem::path& file, std::size_t from, std::size_t count) {
    std::fstream stream(file, std::ios::in | std::ios::out | std::ios::binary);
    stream.seekp(static_cast<std::streamoff>(from));
    stream << std::string(count, '\x5A');
}

int known(const Store& store) {
    int out = 0;
    for (int i = 0; i < contents; ++i) {
        out += store.content(sha256("n" + std::to_string(i))) ? 1 : 0;
    }
    return out;
}

std::size_t copies(const test::TemporaryFolder& folder) {
    std::size_t out = 0;
    for (const auto& entry : std::filesystem::directory_iterator(folder.path())) {
        out += entry.path().native().find(".damaged-") != std::string::npos && entry.path().extension() != ".db-shm"
                   ? 1
                   : 0;
    }
    return out;
}

} // namespace

TEST_CASE("a store with damaged pages is kept beside, and what is readable is saved and judged again") {
    const test::TemporaryFolder folder;
    const StoreOptions options = test::store_in(folder);
    fill(options);
    const std::size_t size = std::filesystem::file_size(options.file);
    overwrite(options.file, size / 2 / 4096 * 4096, 2 * 4096);
    {
        const Store store(options);
        REQUIRE(store.notices().size() == 1);
        CHECK(store.notices()[0].find(".damaged-") != std::string::npos);
        CHECK(known(store) > contents / 2);
        CHECK(copies(folder) >= 1);
        for (int i = 0; i < contents; ++i) {
            const auto content = store.content(sha256("n" + std::to_string(i)));
            CHECK((!content || content->rules_key.empty()));
        }
        bool accepted = false;
        for (const AuditEntry& entry : test::report(store).entries) {
            for (const AuditFinding& finding : entry.findings) {
                accepted |= finding.decision == Decision::accepted;
            }
        }
        CHECK(accepted);
    }
    Store again(options);
    CHECK(again.notices().empty());
    again.purge(std::nullopt, "2026-08-17");
    CHECK(copies(folder) == 0);
}

TEST_CASE("a store that was cut off, or is no database at all, does not stop an audit") {
    const test::TemporaryFolder folder;
    const StoreOptions options = test::store_in(folder);
    fill(options);
    SECTION("cut off") {
        std::filesystem::resize_file(options.file, std::filesystem::file_size(options.file) / 2 / 4096 * 4096);
        const Store store(options);
        CHECK(store.notices().size() == 1);
        CHECK(known(store) > 0);
    }
    SECTION("its head is gone") {
        overwrite(options.file, 0, 100);
        const Store store(options);
        CHECK(store.notices().size() == 1);
        CHECK(known(store) == contents);
    }
    SECTION("rubbish") {
        overwrite(options.file, 0, std::filesystem::file_size(options.file));
        Store store(options);
        CHECK(store.notices().size() == 1);
        CHECK(known(store) == 0);
        store.put(test::begin(store), test::content("n1"));
        store.flush();
        CHECK(known(store) == 1);
    }
}

TEST_CASE("a damaged store with a passphrase opens with it only, and its texts are saved") {
    const test::TemporaryFolder folder;
    StoreOptions options = test::store_in(folder);
    options.passphrase = "kuda besi";
    fill(options);
    const std::size_t size = std::filesystem::file_size(options.file);
    overwrite(options.file, size / 2 / 4096 * 4096, 4096);
    options.passphrase = "lain";
    CHECK(test::code_of([&] { const Store store(options); }) == ErrorCode::wrong_password);
    CHECK(copies(folder) == 0);
    options.passphrase = "kuda besi";
    const Store store(options);
    int texts = 0;
    for (int i = 0; i < contents; ++i) {
        const std::string name = "n" + std::to_string(i);
        const auto content = store.content(sha256(name));
        texts += content && content->has_reading && store.reading(sha256(name)) == test::content(name).reading ? 1 : 0;
    }
    CHECK(texts > contents / 2);
}
