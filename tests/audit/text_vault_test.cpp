#include "audit/store_support.hpp"
#include "audit/text_vault.hpp"

using namespace saring;
using namespace saring::audit;

TEST_CASE("a text comes out of the vault as it went in, with and without a passphrase") {
    const std::string text = std::string(5000, 'a') + std::string("\0z", 2);
    for (const char* passphrase : {"", "kuda besi"}) {
        const TextVault made = TextVault::make(passphrase);
        const TextVault vault = TextVault::open(made.settings(), passphrase);
        const std::string body = made.locked(text, "name");
        CHECK(body.size() < 200);
        CHECK(vault.opened(body, "name") == text);
        CHECK(vault.opened(made.locked("", "name"), "name").empty());
        CHECK(test::code_of([&] { (void)vault.opened(body, "other"); }) == ErrorCode::corrupt);
        for (const std::size_t at : {std::size_t{0}, std::size_t{20}, body.size() - 1}) {
            std::string bent = body;
            bent[at] = static_cast<char>(bent[at] ^ 1);
            CHECK(test::code_of([&] { (void)vault.opened(bent, "name"); }) == ErrorCode::corrupt);
        }
        CHECK(test::code_of([&] { (void)vault.opened(body.substr(0, 12), "name"); }) == ErrorCode::corrupt);
    }
}

TEST_CASE("one text is never locked twice into the same bytes, and does not show") {
    const TextVault vault = TextVault::make("kuda besi");
    const std::string text = "NIK 3201010101010001";
    CHECK(vault.locked(text, "a") != vault.locked(text, "a"));
    CHECK(vault.locked(text, "a").find("3201") == std::string::npos);
    CHECK(TextVault::make("kuda besi").settings() != vault.settings()); // a salt of its own
}

TEST_CASE("a wrong, missing or needless passphrase is told when the store is opened") {
    const test::TemporaryFolder folder;
    StoreOptions options = test::store_in(folder);
    StoreOptions locked = options;
    locked.file = folder.path() / "locked.db";
    locked.passphrase = "kuda besi";
    { const Store store(options); }
    { const Store store(locked); }
    options.passphrase = "kuda besi";
    CHECK(test::code_of([&] { const Store store(options); }) == ErrorCode::bad_password);
    locked.passphrase = "kuda besii";
    CHECK(test::code_of([&] { const Store store(locked); }) == ErrorCode::wrong_password);
    locked.passphrase.clear();
    CHECK(test::code_of([&] { const Store store(locked); }) == ErrorCode::wrong_password);
    locked.passphrase = "kuda besi";
    CHECK_NOTHROW(Store(locked));
}

TEST_CASE("a store without text keeps none, and purging without text deletes what was kept") {
    const test::TemporaryFolder folder;
    StoreOptions options = test::store_in(folder);
    const auto put = [&](const std::string& name) {
        Store store(options);
        store.put(test::begin(store), test::content(name));
        store.saw(1, test::seen("/galeri/" + name, name));
        store.flush();
        return store.content(sha256(name))->has_reading;
    };
    CHECK(put("a"));
    options.keep_text = false;
    CHECK_FALSE(put("b"));
    Store store(options);
    CHECK(store.reading(sha256("b")).empty());
    CHECK(store.content(sha256("a"))->has_reading);
    store.purge(std::nullopt, "2026-08-17");
    CHECK_FALSE(store.content(sha256("a"))->has_reading);
}
