#include "audit/archive_kind.hpp"
#include "audit/archive_reader.hpp"
#include "audit/made_archives.hpp"
#include "support.hpp"

#include <archive.h>

#include <map>
#include <random>

using namespace saring;
using namespace saring::audit;
using test::archive_of;
using test::code_of;

namespace {

constexpr std::uint64_t plenty = 1 << 24;

std::string text_of(const std::vector<std::byte>& bytes) {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

std::string noise(std::size_t bytes) {
    std::mt19937 random(1);
    std::string out(bytes, '\0');
    for (char& c : out) {
        c = static_cast<char>(random());
    }
    return out;
}

struct Outcome {
    test::Members members;
    std::optional<ErrorCode> error;
};

Outcome read_all(ArchiveReader& reader, bool contents = true) {
    Outcome out;
    try {
        while (const auto member = reader.next()) {
            out.members.emplace_back(member->name, "");
            if (contents) {
                out.members.back().second = text_of(reader.content(plenty));
            }
        }
    } catch (const Error& error) {
        out.error = error.code();
    }
    return out;
}

Outcome read_all(const std::string& archive, bool contents = true) {
    const std::vector<std::byte> bytes = test::bytes_of(archive);
    ArchiveReader reader(bytes);
    return read_all(reader, contents);
}

const std::vector<int> filters{ARCHIVE_FILTER_NONE, ARCHIVE_FILTER_GZIP, ARCHIVE_FILTER_BZIP2,
                               ARCHIVE_FILTER_XZ,   ARCHIVE_FILTER_ZSTD, ARCHIVE_FILTER_LZ4};

} // namespace

TEST_CASE("the members of a ZIP and of any compressed TAR come out in order and whole") {
    const test::Members members{{"a.jpg", "one"}, {"foto/b.jpg", noise(300'000)}, {"foto/leer", ""}};
    CHECK(read_all(archive_of(members)).members == members);
    for (const int filter : filters) {
        CAPTURE(filter);
        const std::string archive = archive_of(members, {.zip = false, .filter = filter});
        CHECK(archive_kind_of(test::bytes_of(archive)) ==
              (filter == ARCHIVE_FILTER_NONE ? ArchiveKind::tar : ArchiveKind::compressed));
        const Outcome outcome = read_all(archive);
        CHECK(outcome.members == members);
        CHECK_FALSE(outcome.error);
    }
}

TEST_CASE("names come out as the archive has them, whatever the locale: foreign letters, no UTF-8, ways upwards") {
    const test::Members members{{"rapat/ñandú 会議.jpg", "1"}, {"../../etc/passwd.jpg", "2"}, {"/root.jpg", "3"}};
    CHECK(read_all(archive_of(members)).members == members);
    CHECK(read_all(archive_of(members, {.zip = false})).members == members);
    std::string raw = archive_of({{"aXb.jpg", "1"}});
    for (std::size_t at = 0; (at = raw.find("aXb", at)) != std::string::npos; ++at) {
        raw[at + 1] = '\xE9';
    }
    const Outcome outcome = read_all(raw);
    REQUIRE(outcome.members.size() == 1);
    CHECK(outcome.members[0] == std::pair<std::string, std::string>("a\xE9"
                                                                    "b.jpg",
                                                                    "1"));
}

TEST_CASE("a member tells its size and when it was modified") {
    const auto bytes = test::bytes_of(archive_of({{"a.jpg", "four"}}, {.zip = false}));
    ArchiveReader reader(bytes);
    const auto member = reader.next();
    REQUIRE(member);
    CHECK(member->bytes == 4U);
    CHECK(member->modified_ns == test::made_on * 1'000'000'000);
    CHECK_FALSE(member->locked);
}

TEST_CASE("of an archive whose end is missing, the members before are delivered, then an error") {
    const test::Members members{{"a.jpg", noise(500'000)}, {"b.jpg", noise(500'000)}, {"c.jpg", noise(500'000)}};
    const std::vector<test::ArchiveForm> forms{{.zip = true},
                                               {.zip = true, .stored = true},
                                               {.zip = false},
                                               {.zip = false, .filter = ARCHIVE_FILTER_GZIP},
                                               {.zip = false, .filter = ARCHIVE_FILTER_ZSTD}};
    for (const test::ArchiveForm& form : forms) {
        const std::string whole = archive_of(members, form);
        const std::string cut = whole.substr(0, whole.size() * 8 / 10);
        for (const bool contents : {true, false}) {
            CAPTURE(form.zip, form.filter, form.stored, contents);
            const Outcome outcome = read_all(cut, contents);
            CHECK(outcome.members.size() >= (form.filter == ARCHIVE_FILTER_ZSTD ? 1U : 2U));
            REQUIRE(outcome.error);
            CHECK((*outcome.error == ErrorCode::truncated || *outcome.error == ErrorCode::corrupt));
        }
    }
}

TEST_CASE("a damaged member is an error, and the next one is read") {
    std::string archive = archive_of({{"a.jpg", noise(5000)}, {"b.jpg", "good"}}, {.stored = true});
    archive[2000] = static_cast<char>(archive[2000] ^ 1); // its checksum tells
    const auto bytes = test::bytes_of(archive);
    ArchiveReader reader(bytes);
    REQUIRE(reader.next());
    CHECK(code_of([&] { (void)reader.content(plenty); }) == ErrorCode::corrupt);
    REQUIRE(reader.next());
    CHECK(text_of(reader.content(plenty)) == "good");
}

TEST_CASE("locked members are told, not read") {
    const auto bytes = test::bytes_of(archive_of({{"a.jpg", "secret"}}, {.password = "x"}));
    ArchiveReader reader(bytes);
    const auto member = reader.next();
    REQUIRE(member);
    CHECK(member->locked);
    CHECK(code_of([&] { (void)reader.content(plenty); }) == ErrorCode::password_needed);
}

TEST_CASE("a member larger than allowed is refused, and so is an archive that unpacks without end") {
    const std::string zeros(3 << 20, '\0');
    const auto zip = test::bytes_of(archive_of({{"a.bmp", zeros}, {"b.jpg", "b"}}));
    REQUIRE(zip.size() < 10'000);
    {
        ArchiveReader reader(zip);
        REQUIRE(reader.next());
        CHECK(code_of([&] { (void)reader.content(1 << 20); }) == ErrorCode::file_too_large);
        REQUIRE(reader.next()); // of the whole archive's allowance there is enough
        CHECK(reader.content(plenty).size() == 1);
    }
    const ExpansionLimit small{.bytes = 1 << 20, .times = 1};
    ArchiveReader reader(zip, small);
    REQUIRE(reader.next());
    CHECK(code_of([&] { (void)reader.content(plenty); }) == ErrorCode::file_too_large);

    const auto tar =
        test::bytes_of(archive_of({{"a.bmp", zeros}, {"b.jpg", "b"}}, {.zip = false, .filter = ARCHIVE_FILTER_GZIP}));
    ArchiveReader passing(tar, small);
    REQUIRE(passing.next());
    CHECK(code_of([&] { (void)passing.next(); }) == ErrorCode::file_too_large); // though nothing was asked for
    CHECK_FALSE(passing.next());
}

TEST_CASE("an archive within an archive is read through the outer one") {
    const test::Members inside{{"c.jpg", noise(400'000)}, {"d.jpg", "four"}};
    for (const bool inner_zip : {true, false}) {
        for (const bool outer_zip : {true, false}) {
            CAPTURE(inner_zip, outer_zip);
            const auto outer = test::bytes_of(archive_of(
                {{"inner", archive_of(inside, {.zip = inner_zip})}, {"after.jpg", "x"}}, {.zip = outer_zip}));
            ArchiveReader reader(outer);
            REQUIRE(reader.next());
            ArchiveReader inner(reader);
            const Outcome outcome = read_all(inner);
            CHECK_FALSE(outcome.error);
            CHECK(outcome.members == inside);
            REQUIRE(reader.next());
            CHECK(text_of(reader.content(plenty)) == "x");
        }
    }
}

TEST_CASE("what is no archive is not taken for one") {
    const auto text = test::bytes_of("PK is how a text about archives may begin, and it can be long enough to matter");
    CHECK(archive_kind_of(text) == ArchiveKind::none);
    CHECK(archive_kind_of(test::bytes_of(std::string(600, '\0'))) == ArchiveKind::none);
    const auto packed = test::bytes_of(archive_of({{"a", "text"}}, {.zip = false, .filter = ARCHIVE_FILTER_GZIP}));
    ArchiveReader tar(packed);
    CHECK(tar.is_archive());
    ArchiveReader reader(text);
    CHECK_FALSE(reader.is_archive());
    CHECK(promises_archive("a/Foto.TAR.gz"));
    CHECK(promises_archive("b.zip"));
    CHECK_FALSE(promises_archive("surat.docx"));
    CHECK_FALSE(promises_archive("tar.gz.d/x"));
}
