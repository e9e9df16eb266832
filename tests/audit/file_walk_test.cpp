#include "audit/archive_kind.hpp"
#include "audit/file_walk.hpp"
#include "audit/made_archives.hpp"
#include "support.hpp"

#include <archive.h>

#include <algorithm>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace saring;
using namespace saring::audit;
using test::archive_of;
using test::code_of;

namespace {

namespace fs = std::filesystem;

constexpr std::string_view jpeg = "\xFF\xD8\xFF\xE0 the begin of a JPEG";
constexpr std::uint64_t plenty = 1 << 24;

struct Walked {
    std::vector<std::string> files; // below the folder
    std::vector<std::string> types;
    std::vector<std::pair<std::string, ErrorCode>> errors;
};

// Folders and files to walk.
class Gallery {
public:
    void put(const std::string& name, std::string_view content = jpeg) const {
        fs::create_directories((folder_.path() / name).parent_path());
        folder_.write(name, content);
    }
    [[nodiscard]] fs::path at(const std::string& name) const { return folder_.path() / name; }
    [[nodiscard]] const fs::path& root() const { return folder_.path(); }

    [[nodiscard]] Walked walk(AuditOptions options) const {
        Walked out;
        const std::string prefix = root().string() + "/";
        const auto below = [&](const std::string& path) {
            return path.starts_with(prefix) ? path.substr(prefix.size()) : path;
        };
        FileWalk walk(options);
        while (const auto found = walk.next()) {
            if (const auto* error = std::get_if<Error>(&*found)) {
                out.errors.emplace_back(below(error->path()), error->code());
            } else {
                out.files.push_back(below(std::get<FileEntry>(*found).path));
                out.types.push_back(std::get<FileEntry>(*found).media_type);
            }
        }
        return out;
    }
    [[nodiscard]] Walked walk(const FileFilter& filter = {}) const {
        AuditOptions options;
        options.roots = {root()};
        options.filter = filter;
        return walk(options);
    }

private:
    test::TemporaryFolder folder_;
};

using Names = std::vector<std::string>;
using Errors = std::vector<std::pair<std::string, ErrorCode>>;

} // namespace

TEST_CASE("a walk meets every file once, names sorted within a folder") {
    const Gallery gallery;
    for (const char* name : {"c.jpg", "a.jpg", "b/2.jpg", "b/1.jpg", "b/tief/x.jpg", "catatan.txt"}) {
        gallery.put(name);
    }
    const Walked walked = gallery.walk();
    CHECK(walked.files == Names{"a.jpg", "b/1.jpg", "b/2.jpg", "b/tief/x.jpg", "c.jpg", "catatan.txt"});
    CHECK(walked.errors.empty());
    CHECK(gallery.walk().files == walked.files);
}

TEST_CASE("an entry tells what decides whether a file changed") {
    const Gallery gallery;
    gallery.put("a.jpg");
    const timespec times[2] = {{1, 0}, {test::made_on, 5}};
    ::utimensat(AT_FDCWD, gallery.at("a.jpg").c_str(), times, 0);
    AuditOptions options;
    options.roots = {gallery.root()};
    FileWalk walk(options);
    const auto found = walk.next();
    REQUIRE(found);
    const auto& entry = std::get<FileEntry>(*found);
    struct stat facts {};
    ::stat(gallery.at("a.jpg").c_str(), &facts);
    CHECK(entry.bytes == jpeg.size());
    CHECK(entry.modified_ns == test::made_on * 1'000'000'000 + 5);
    CHECK(entry.inode == facts.st_ino);
    CHECK(entry.device == facts.st_dev);
    CHECK(entry.member.empty());
    CHECK(entry.file == gallery.at("a.jpg"));
}

TEST_CASE("roots given twice, or one within another, are walked once; a file may be a root") {
    const Gallery gallery;
    gallery.put("a.jpg");
    gallery.put("b/c.jpg");
    gallery.put("b/d.jpg");
    AuditOptions options;
    options.roots = {gallery.root(), gallery.at("b"), gallery.root() / "", gallery.at("b/c.jpg"), gallery.at("b")};
    CHECK(gallery.walk(options).files == Names{"a.jpg", "b/d.jpg", "b/c.jpg"});
}

TEST_CASE("a root that is not there, or may not be read, and a wrong pattern stop the walk before it begins") {
    const Gallery gallery;
    gallery.put("a/b.jpg");
    AuditOptions options;
    options.roots = {gallery.root(), gallery.at("nirgends")};
    CHECK(code_of([&] { FileWalk walk(options); }) == ErrorCode::not_found);
    options.roots = {gallery.root()};
    options.filter.include = {"[a-"};
    CHECK(code_of([&] { FileWalk walk(options); }) == ErrorCode::bad_option);
    options.filter.include = {""};
    CHECK(code_of([&] { FileWalk walk(options); }) == ErrorCode::bad_option);
    options.filter.include.clear();
    options.files_from = gallery.at("keine-liste");
    CHECK(code_of([&] { FileWalk walk(options); }) == ErrorCode::not_found);
}

TEST_CASE("symbolic links are passed over, or followed without going in circles or meeting a file twice") {
    const Gallery gallery;
    gallery.put("a/1.jpg");
    gallery.put("z/2.jpg");
    fs::create_directory_symlink(gallery.root(), gallery.at("a/loop"));
    fs::create_directory_symlink(gallery.at("z"), gallery.at("a/to-z"));
    fs::create_symlink(gallery.at("a/1.jpg"), gallery.at("b.jpg"));
    fs::create_symlink("nirgends", gallery.at("c.jpg"));
    CHECK(gallery.walk().files == Names{"a/1.jpg", "z/2.jpg"});
    CHECK(gallery.walk().errors.empty());
    FileFilter follow;
    follow.follow_links = true;
    const Walked walked = gallery.walk(follow);
    CHECK(walked.files == Names{"a/1.jpg", "a/to-z/2.jpg"});
    CHECK(walked.errors == Errors{{"c.jpg", ErrorCode::not_found}});
}

TEST_CASE("a file with two names is met once") {
    const Gallery gallery;
    gallery.put("a.jpg");
    fs::create_hard_link(gallery.at("a.jpg"), gallery.at("b.jpg"));
    CHECK(gallery.walk().files == Names{"a.jpg"});
    FileFilter filter;
    filter.exclude = {"a.jpg"};
    CHECK(gallery.walk(filter).files == Names{"b.jpg"}); // the name that is left counts
}

TEST_CASE("hidden names are passed over unless asked for or named by the user") {
    const Gallery gallery;
    gallery.put(".trash/a.jpg");
    gallery.put(".b.jpg");
    gallery.put("c.jpg");
    CHECK(gallery.walk().files == Names{"c.jpg"});
    FileFilter filter;
    filter.hidden = true;
    CHECK(gallery.walk(filter).files == Names{".b.jpg", ".trash/a.jpg", "c.jpg"});
    AuditOptions options;
    options.roots = {gallery.root(), gallery.at(".trash"), gallery.at(".b.jpg")};
    CHECK(gallery.walk(options).files == Names{"c.jpg", ".trash/a.jpg", ".b.jpg"});
}

TEST_CASE("patterns without a slash are about names, with one about the path; an excluded folder is not entered") {
    const Gallery gallery;
    for (const char* name : {"2025/a.jpg", "2026/08/b.JPG", "2026/c.png", "2026/klein/d.jpg", "e.jpg", "f[1].jpg"}) {
        gallery.put(name);
    }
    const auto walked = [&](Names include, Names exclude = {}) {
        FileFilter filter;
        filter.include = std::move(include);
        filter.exclude = std::move(exclude);
        return gallery.walk(filter).files;
    };
    CHECK(walked({"*.jpg"}) == Names{"2025/a.jpg", "2026/08/b.JPG", "2026/klein/d.jpg", "e.jpg", "f[1].jpg"});
    CHECK(walked({"2026/**"}) == Names{"2026/08/b.JPG", "2026/c.png", "2026/klein/d.jpg"});
    CHECK(walked({"2026/*"}) == Names{"2026/c.png"});
    CHECK(walked({"/e.jpg"}) == Names{"e.jpg"});
    CHECK(walked({"**/klein/*.jpg", "[a-d].p?g"}) == Names{"2026/c.png", "2026/klein/d.jpg"});
    CHECK(walked({"[!a-e]*.jpg"}) == Names{"f[1].jpg"});
    CHECK(walked({"f\\[1\\].jpg"}) == Names{"f[1].jpg"});
    CHECK(walked({}, {"klein", "2025/"}) == Names{"2026/08/b.JPG", "2026/c.png", "e.jpg", "f[1].jpg"});
    CHECK(walked({"*.jpg"}, {"*.jpg"}) == Names{"2026/08/b.JPG"}); // excluded by the letter, included in any case
    CHECK(walked({}, {"2026/0?"}) == Names{"2025/a.jpg", "2026/c.png", "2026/klein/d.jpg", "e.jpg", "f[1].jpg"});
}

TEST_CASE("files are chosen by size, date and type") {
    const Gallery gallery;
    gallery.put("a.jpg");
    gallery.put("b.pdf", "%PDF-1.7");
    gallery.put("c.txt", std::string(5000, 'x'));
    gallery.put("broken.jpg", "no picture at all");
    const timespec times[2] = {{1, 0}, {1000, 0}};
    ::utimensat(AT_FDCWD, gallery.at("a.jpg").c_str(), times, 0);
    FileFilter size;
    size.min_bytes = 1000;
    CHECK(gallery.walk(size).files == Names{"c.txt"});
    FileFilter old;
    old.older = 1001;
    CHECK(gallery.walk(old).files == Names{"a.jpg"});
    old.older = 1000;
    CHECK(gallery.walk(old).files.empty());
    FileFilter fresh;
    fresh.newer = 1001;
    CHECK(gallery.walk(fresh).files == Names{"b.pdf", "broken.jpg", "c.txt"});
    FileFilter types;
    types.types = {"image"};
    CHECK(gallery.walk(types).files == Names{"a.jpg", "broken.jpg"}); // what is damaged must not go unnoticed
    types.types = {"application/pdf"};
    CHECK(gallery.walk(types).files == Names{"b.pdf", "broken.jpg"});
}

TEST_CASE("names that are no UTF-8, line ends in names and very deep folders are walked") {
    const Gallery gallery;
    gallery.put("caf\xE9/a\nb.jpg");
    std::string deep;
    for (int i = 0; i < 60; ++i) {
        deep += "folder/";
    }
    gallery.put(deep + "x.jpg");
    CHECK(gallery.walk().files == Names{"caf\xE9/a\nb.jpg", deep + "x.jpg"});
}

TEST_CASE("folders that nobody could have made by hand end with an error, and the walk goes on") {
    const Gallery gallery;
    gallery.put("z.jpg");
    std::string name = "f";
    const int here = ::open(gallery.root().c_str(), O_RDONLY | O_DIRECTORY);
    int fd = ::dup(here);
    for (int i = 0; i < 600; ++i) {
        ::mkdirat(fd, name.c_str(), 0755);
        const int next = ::openat(fd, name.c_str(), O_RDONLY | O_DIRECTORY);
        ::close(fd);
        fd = next;
    }
    ::close(fd);
    ::close(here);
    const Walked walked = gallery.walk();
    CHECK(walked.files == Names{"z.jpg"});
    REQUIRE(walked.errors.size() == 1);
    CHECK(walked.errors[0].second == ErrorCode::read_failed);
}

TEST_CASE("a folder without permission is an error with its path, and the walk goes on") {
    const Gallery gallery;
    gallery.put("a/1.jpg");
    gallery.put("b.jpg");
    fs::permissions(gallery.at("a"), fs::perms::none);
    fs::permissions(gallery.root(), static_cast<fs::perms>(0755));
    const bool superuser = ::geteuid() == 0; // may read everything
    constexpr uid_t nobody = 65534;
    if (superuser) {
        REQUIRE(::seteuid(nobody) == 0);
    }
    const Walked walked = gallery.walk();
    if (superuser) {
        REQUIRE(::seteuid(0) == 0);
    }
    fs::permissions(gallery.at("a"), fs::perms::owner_all);
    CHECK(walked.files == Names{"b.jpg"});
    CHECK(walked.errors == Errors{{"a", ErrorCode::no_permission}});
}

TEST_CASE("what vanishes, appears or turns into something else during the walk does no harm") {
    const Gallery gallery;
    for (const char* name : {"a.jpg", "b.jpg", "c/1.jpg", "d/1.jpg", "e.jpg"}) {
        gallery.put(name);
    }
    AuditOptions options;
    options.roots = {gallery.root()};
    FileWalk walk(options);
    REQUIRE(std::get<FileEntry>(*walk.next()).path == gallery.at("a.jpg"));
    fs::remove(gallery.at("b.jpg"));
    fs::remove_all(gallery.at("c"));
    gallery.put("c", jpeg); // a folder became a file
    fs::remove_all(gallery.at("d"));
    fs::create_symlink("/", gallery.at("d"));
    gallery.put("aa.jpg");
    Names files;
    Errors errors;
    while (const auto found = walk.next()) {
        if (const auto* error = std::get_if<Error>(&*found)) {
            errors.emplace_back(fs::path(error->path()).filename(), error->code());
        } else {
            files.push_back(fs::path(std::get<FileEntry>(*found).path).filename());
        }
    }
    CHECK(files == Names{"c", "e.jpg"});
    CHECK(errors == Errors{{"b.jpg", ErrorCode::not_found}});
}

TEST_CASE("lists separated by line ends, by those of Windows and by NUL name files; what is missing is an error") {
    const Gallery gallery;
    gallery.put("a.jpg");
    gallery.put("b c.jpg");
    gallery.put("ordner/d.jpg");
    const std::string root = gallery.root().string() + "/";
    const auto walked = [&](const std::string& list) {
        gallery.put("liste", list);
        AuditOptions options;
        options.files_from = gallery.at("liste");
        return gallery.walk(options);
    };
    const Names all{"b c.jpg", "a.jpg", "ordner/d.jpg"};
    const std::string lines = root + "b c.jpg\n" + root + "a.jpg\n\n" + root + "ordner";
    CHECK(walked(lines).files == all);
    CHECK(walked("\xEF\xBB\xBF" + root + "b c.jpg\r\n" + root + "a.jpg\r\n" + root + "ordner\r\n").files == all);
    CHECK(walked(root + "b c.jpg" + '\0' + root + "a.jpg" + '\0' + root + "ordner/" + '\0').files == all);
    CHECK(walked(root + "a.jpg\n" + root + "a.jpg\n" + root + "ordner\n" + root + "ordner/d.jpg").files ==
          Names{"a.jpg", "ordner/d.jpg"});
    const Walked missing = walked(root + "weg.jpg\n" + root + "a.jpg\n");
    CHECK(missing.files == Names{"a.jpg"});
    CHECK(missing.errors == Errors{{"weg.jpg", ErrorCode::not_found}});
    CHECK(walked("").files.empty());

    AuditOptions both;
    gallery.put("liste", root + "ordner/d.jpg\n");
    both.files_from = gallery.at("liste");
    both.roots = {gallery.at("ordner"), gallery.at("a.jpg")};
    CHECK(gallery.walk(both).files == Names{"ordner/d.jpg", "a.jpg"});
}

TEST_CASE("a list may be as long as it likes") {
    const Gallery gallery;
    gallery.put("a.jpg");
    std::string list;
    for (int i = 0; i < 5000; ++i) {
        list += gallery.at("weg-" + std::to_string(i) + ".jpg").string() + "\n";
    }
    gallery.put("liste", list + gallery.at("a.jpg").string());
    AuditOptions options;
    options.files_from = gallery.at("liste");
    const Walked walked = gallery.walk(options);
    CHECK(walked.files == Names{"a.jpg"});
    CHECK(walked.errors.size() == 5000);
    gallery.put("liste", std::string(300'000, 'x') + "\n");
    CHECK(gallery.walk(options).errors.size() == 1);
}

TEST_CASE("the media of chat exports are found where they lie, in a ZIP of WhatsApp or a folder of Telegram") {
    const Gallery gallery;
    gallery.put("WhatsApp Chat with Humas.zip",
                archive_of({{"_chat.txt", "[17/08/26 09.00] Humas: <attached: 00000012-PHOTO.jpg>"},
                            {"00000012-PHOTO-2026-08-17.jpg", std::string(jpeg)},
                            {"00000013-AUDIO.opus", "OggS"}}));
    gallery.put("ChatExport/result.json", "{}");
    gallery.put("ChatExport/photos/photo_1.jpg");
    FileFilter pictures;
    pictures.types = {"image", "video", "application/pdf"};
    CHECK(gallery.walk(pictures).files ==
          Names{"ChatExport/photos/photo_1.jpg", "WhatsApp Chat with Humas.zip!/00000012-PHOTO-2026-08-17.jpg"});

    AuditOptions options;
    options.roots = {gallery.at("WhatsApp Chat with Humas.zip")};
    FileWalk walk(options);
    const auto text = walk.next();
    CHECK(std::get<FileEntry>(*text).media_type == other_type);
    const auto found = walk.next();
    const auto& photo = std::get<FileEntry>(*found);
    CHECK(photo.member == "00000012-PHOTO-2026-08-17.jpg");
    CHECK(photo.file == gallery.at("WhatsApp Chat with Humas.zip"));
    CHECK(photo.bytes == jpeg.size());
    CHECK(photo.modified_ns == test::made_on * 1'000'000'000);
    CHECK(walk.content(plenty) == test::bytes_of(jpeg));
    CHECK(member_content(photo.file, photo.member, plenty) == test::bytes_of(jpeg));
    CHECK(code_of([&] { (void)member_content(photo.file, "weg.jpg", plenty); }) == ErrorCode::not_found);
}

TEST_CASE("filters reach into archives, and archives are told by their content") {
    const Gallery gallery;
    const test::Members members{{"2026/a.jpg", std::string(jpeg)},
                                {"2026/.b.jpg", std::string(jpeg)},
                                {"__MACOSX/._a.jpg", "x"},
                                {"klein/c.jpg", std::string(jpeg)},
                                {"d.txt", "text"}};
    gallery.put("arsip", archive_of(members, {.zip = false, .filter = ARCHIVE_FILTER_XZ}));
    gallery.put("buku.tgz", archive_of(members, {.zip = false, .filter = ARCHIVE_FILTER_GZIP}));
    FileFilter filter;
    filter.include = {"*.jpg"};
    filter.exclude = {"klein"};
    CHECK(gallery.walk(filter).files == Names{"buku.tgz!/2026/a.jpg"}); // "arsip" is no *.jpg and promises nothing
    filter.include.clear();
    CHECK(gallery.walk(filter).files ==
          Names{"arsip!/2026/a.jpg", "arsip!/d.txt", "buku.tgz!/2026/a.jpg", "buku.tgz!/d.txt"});
    filter.exclude = {"buku.tgz", "d.*"};
    CHECK(gallery.walk(filter).files == Names{"arsip!/2026/a.jpg", "arsip!/klein/c.jpg"});
    filter.archives = false;
    CHECK(gallery.walk(filter).files == Names{"arsip"});
}

TEST_CASE("office files and e-books are no archives of photos, wherever they name their kind") {
    const Gallery gallery;
    const std::string picture(jpeg);
    gallery.put("a.docx", archive_of({{"word/media/image1.jpg", picture}, {"[Content_Types].xml", "<Types/>"}}));
    gallery.put("b.odt", archive_of({{"mimetype", "application/vnd.oasis.opendocument.text"}, {"p.jpg", picture}}));
    gallery.put("c.zip",
                archive_of({{"[Content_Types].xml", "a trick"}, {"p.jpg", picture}, {"d.docx", archive_of({})}}));
    gallery.put("e.gz", archive_of({{"p.jpg", picture}}, {.zip = false, .filter = ARCHIVE_FILTER_GZIP}));
    const Walked walked = gallery.walk();
    CHECK(walked.files ==
          Names{"a.docx", "b.odt", "c.zip!/[Content_Types].xml", "c.zip!/p.jpg", "c.zip!/d.docx", "e.gz!/p.jpg"});
    CHECK(walked.errors.empty());
}

TEST_CASE("an archive within an archive is looked into, a third one is told as not looked into") {
    const Gallery gallery;
    const std::string third = archive_of({{"x.jpg", std::string(jpeg)}});
    const std::string second = archive_of({{"b.jpg", std::string(jpeg)}, {"third.zip", third}, {"c.jpg", "c"}});
    gallery.put("first.zip", archive_of({{"a.jpg", "a"}, {"second.zip", second}, {"z.jpg", "z"}}));
    const Walked walked = gallery.walk();
    CHECK(walked.files == Names{"first.zip!/a.jpg", "first.zip!/second.zip!/b.jpg", "first.zip!/second.zip!/c.jpg",
                                "first.zip!/z.jpg"});
    CHECK(walked.errors == Errors{{"first.zip!/second.zip!/third.zip", ErrorCode::unknown_format}});
    CHECK(member_content(gallery.at("first.zip"), "second.zip!/b.jpg", plenty) == test::bytes_of(jpeg));
}

TEST_CASE("archives that are damaged, locked or of unread kinds are as loud as files") {
    const Gallery gallery;
    const test::Members two{{"a.jpg", std::string(40'000, 'a')}, {"b.jpg", std::string(40'000, 'b')}};
    const std::string whole = archive_of(two, {.stored = true});
    gallery.put("cut.zip", whole.substr(0, 60'000));
    gallery.put("empty.zip", "");
    gallery.put("kein.tar.gz", "this is a text");
    gallery.put("locked.zip", archive_of(two, {.password = "x"}));
    gallery.put("rar.bin", "Rar!\x1A\x07\x01 and so on");
    const Walked walked = gallery.walk();
    CHECK(walked.files == Names{"cut.zip!/a.jpg", "cut.zip!/b.jpg"});
    CHECK(walked.errors == Errors{{"cut.zip", ErrorCode::truncated},
                                  {"empty.zip", ErrorCode::empty_file},
                                  {"kein.tar.gz", ErrorCode::corrupt},
                                  {"locked.zip", ErrorCode::password_needed},
                                  {"rar.bin", ErrorCode::unknown_format}});
}

TEST_CASE("a member's name may come twice: both are found, under names of their own") {
    const Gallery gallery;
    gallery.put("a.tar", archive_of({{"p.jpg", "old"}, {"p.jpg", "new"}}, {.zip = false}));
    CHECK(gallery.walk().files == Names{"a.tar!/p.jpg", "a.tar!/p.jpg#2"});
    CHECK(member_content(gallery.at("a.tar"), "p.jpg#2", plenty) == test::bytes_of("new"));
}

TEST_CASE("a file's kind is told by content, and names that promise a picture are known") {
    const Gallery gallery;
    gallery.put("a", jpeg);
    gallery.put("b.jpg", "text");
    CHECK(media_type_of(gallery.at("a")) == "image/jpeg");
    CHECK(media_type_of(gallery.at("b.jpg")).empty());
    CHECK(code_of([&] { (void)media_type_of(gallery.at("weg")); }) == ErrorCode::not_found);
    CHECK(code_of([&] { (void)media_type_of(gallery.root()); }) == ErrorCode::not_a_file);
    CHECK(promises_picture("x/IMG.JPEG"));
    CHECK(promises_picture("a.zip!/film.mp4"));
    CHECK_FALSE(promises_picture("jpg"));
    CHECK_FALSE(promises_picture("x.jpg/readme"));
}
