#include "output/deflate.hpp"
#include "output/document_writer.hpp"
#include "output/odf_manifest.hpp"
#include "output/zip_archive.hpp"
#include "support.hpp"

#include <algorithm>

using namespace saring;
using namespace saring::output;

namespace {

FileBytes bytes_of(std::string_view text) { return {text.begin(), text.end()}; }

constexpr std::string_view manifest_text =
    R"(<?xml version="1.0" encoding="UTF-8"?>
<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.2">
 <manifest:file-entry manifest:full-path="/" manifest:version="1.2" manifest:media-type="application/vnd.oasis.opendocument.text"/>
 <manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>
 <manifest:file-entry manifest:full-path="Pictures/a.jpg" manifest:media-type="image/jpeg"/>
</manifest:manifest>)";

FileBytes picture() {
    FileBytes bytes(5000);
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        bytes[i] = static_cast<std::uint8_t>(i * i >> 3);
    }
    return bytes;
}

FileBytes package() {
    return zip({{"mimetype", bytes_of("application/vnd.oasis.opendocument.text"), true},
                {"content.xml", bytes_of("<text>Notula rapat</text>")},
                {"Pictures/a.jpg", picture(), true},
                {"Thumbnails/empty", {}},
                {"Configurations2/", {}, true},
                {std::string(odf_manifest_name), bytes_of(manifest_text)}});
}

// The package with one entry's bytes changed by `change`.
FileBytes with(const FileBytes& archive, std::string_view name, const std::function<void(ZipEntry&)>& change) {
    std::vector<ZipEntry> entries = unzip(archive);
    change(*std::ranges::find(entries, name, &ZipEntry::name));
    return zip(entries);
}

FileBytes with_manifest(const FileBytes& archive, const std::string& from, const std::string& to) {
    return with(archive, odf_manifest_name, [&](ZipEntry& entry) {
        std::string text(entry.bytes.begin(), entry.bytes.end());
        REQUIRE(text.find(from) != std::string::npos);
        text.replace(text.find(from), from.size(), to);
        entry.bytes = bytes_of(text);
    });
}

} // namespace

TEST_CASE("a locked ODT opens with its password to the same entries in the same order") {
    const FileBytes locked = lock_odf(package(), "kata sandi \xc3\xa9");
    const std::vector<ZipEntry> before = unzip(package());
    const std::vector<ZipEntry> after = unzip(unlock_odf(locked, "kata sandi \xc3\xa9"));
    REQUIRE(after.size() == before.size());
    for (std::size_t i = 0; i < before.size(); ++i) {
        CHECK(after[i].name == before[i].name);
        CHECK((after[i].name == odf_manifest_name || after[i].bytes == before[i].bytes));
    }
    CHECK(test::code_of([&] { unlock_odf(locked, "kata sandi e"); }) == ErrorCode::wrong_password);
    CHECK(test::code_of([&] { unlock_odf(locked, ""); }) == ErrorCode::bad_password);
    CHECK(test::code_of([] { lock_odf(package(), ""); }) == ErrorCode::bad_password);
}

TEST_CASE("in a locked ODT everything but the type and the manifest is encrypted and stored") {
    const FileBytes locked = lock_odf(package(), "x");
    const std::vector<ZipEntry> entries = unzip(locked);
    CHECK(entries.front().name == "mimetype");
    CHECK(find_entry(entries, "mimetype")->bytes == bytes_of("application/vnd.oasis.opendocument.text"));
    CHECK(find_entry(entries, "Configurations2/")->bytes.empty());
    for (const std::string_view name : {"content.xml", "Pictures/a.jpg", "Thumbnails/empty"}) {
        CHECK(find_entry(entries, name)->stored);
        CHECK(find_entry(entries, name)->bytes.size() % aes_block == 0);
        CHECK(find_entry(entries, name)->bytes != find_entry(unzip(package()), name)->bytes);
    }
    const std::vector<OdfLock> locks = locks_of(find_entry(entries, odf_manifest_name)->bytes);
    REQUIRE(locks.size() == 3);
    CHECK(locks[0].path == "content.xml");
    CHECK(locks[0].size == 25);
    CHECK(locks[0].iterations >= 100'000);
    CHECK(locks[0].salt.size() == 16);
    CHECK(locks[0].iv != locks[1].iv);
    CHECK(locks[2].path == "Thumbnails/empty"); // the manifest had left it out
}

TEST_CASE("two locked copies of one ODT share no bytes of its content") {
    const FileBytes a = lock_odf(package(), "x");
    const FileBytes b = lock_odf(package(), "x");
    CHECK(find_entry(unzip(a), "content.xml")->bytes != find_entry(unzip(b), "content.xml")->bytes);
}

TEST_CASE("an ODT that was changed after it was locked does not open") {
    const FileBytes locked = lock_odf(package(), "x");
    const auto code_of_unlocking = [](const FileBytes& archive) {
        return test::code_of([&] { unlock_odf(archive, "x"); });
    };
    CHECK(code_of_unlocking(with(locked, "Pictures/a.jpg", [](ZipEntry& e) { e.bytes[20] ^= 1; })) ==
          ErrorCode::corrupt);
    CHECK(code_of_unlocking(with(locked, "Pictures/a.jpg", [](ZipEntry& e) { e.bytes.resize(16); })) ==
          ErrorCode::corrupt);
    CHECK(code_of_unlocking(with(locked, "content.xml", [](ZipEntry& e) { e.bytes.pop_back(); })) ==
          ErrorCode::corrupt);
    std::vector<ZipEntry> entries = unzip(locked);
    entries.push_back({"Basic/script.xml", bytes_of("slipped in")});
    CHECK(code_of_unlocking(zip(entries)) == ErrorCode::corrupt);
    std::erase_if(entries,
                  [](const ZipEntry& e) { return e.name == "Pictures/a.jpg" || e.name == "Basic/script.xml"; });
    CHECK(code_of_unlocking(zip(entries)) == ErrorCode::corrupt);
}

TEST_CASE("a manifest that asks for endless work or memory is refused") {
    const FileBytes locked = lock_odf(package(), "x");
    const auto code_with = [&](const std::string& from, const std::string& to) {
        return test::code_of([&] { unlock_odf(with_manifest(locked, from, to), "x"); });
    };
    CHECK(code_with("iteration-count=\"100000\"", "iteration-count=\"2000000000\"") == ErrorCode::corrupt);
    CHECK(code_with("iteration-count=\"100000\"", "iteration-count=\"-1\"") == ErrorCode::corrupt);
    CHECK(code_with("manifest:size=\"25\"", "manifest:size=\"26\"") == ErrorCode::corrupt);
    CHECK(code_with("manifest:size=\"25\"", "manifest:size=\"99999999999\"") == ErrorCode::corrupt);
    CHECK(code_with("#aes256-cbc", "#blowfish") == ErrorCode::corrupt);
    CHECK(code_with("<manifest:manifest", "<manifest:manifest <") == ErrorCode::corrupt);
}

TEST_CASE("what is no locked ODT is damaged, not a wrong password") {
    CHECK(test::code_of([] { unlock_odf({}, "x"); }) == ErrorCode::corrupt);
    CHECK(test::code_of([] { unlock_odf(bytes_of("no archive"), "x"); }) == ErrorCode::corrupt);
    CHECK(test::code_of([] { unlock_odf(package(), "x"); }) == ErrorCode::corrupt);
    CHECK(test::code_of([] { lock_odf(zip({{"a", bytes_of("b")}}), "x"); }) == ErrorCode::corrupt);
}

TEST_CASE("deflated bytes come back, and only to the size that was told") {
    for (const std::size_t size : {0, 1, 1000, 2'000'000}) {
        const FileBytes plain(size, 7);
        const FileBytes packed = deflated(plain);
        CHECK(inflated(packed, size) == plain);
        CHECK(test::code_of([&] { inflated(packed, size + 1); }) == ErrorCode::corrupt);
        if (size > 0) {
            CHECK(test::code_of([&] { inflated(packed, size - 1); }) == ErrorCode::corrupt);
            CHECK(test::code_of([&] { inflated(ByteSpan(packed).first(packed.size() - 1), size); }) ==
                  ErrorCode::corrupt);
        }
    }
}
