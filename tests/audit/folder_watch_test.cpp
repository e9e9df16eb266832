#include "audit/file_walk.hpp"
#include "support.hpp"

#include <thread>

using namespace saring;
using namespace saring::audit;
using namespace std::chrono_literals;

namespace fs = std::filesystem;

namespace {

// Does the work a little later, while the test waits.
class Later {
public:
    explicit Later(std::function<void()> work)
        : thread_([work = std::move(work)] {
              std::this_thread::sleep_for(100ms);
              work();
          }) {}
    ~Later() { thread_.join(); }
    Later(const Later&) = delete;
    Later& operator=(const Later&) = delete;

private:
    std::thread thread_;
};

} // namespace

TEST_CASE("a watch wakes for files written, moved in, and put into folders that are new") {
    const test::TemporaryFolder folder;
    const test::TemporaryFolder elsewhere;
    fs::create_directories(folder.path() / "a/b");
    elsewhere.write("photo.jpg", "x");
    fs::create_directories(elsewhere.path() / "full/deep");
    elsewhere.write("full/deep/photo.jpg", "x");
    FolderWatch watch({folder.path()});
    CHECK_FALSE(watch.wait(50ms, nullptr));
    {
        const Later later([&] { folder.write("a/b/new.jpg", "x"); });
        CHECK(watch.wait(20s, nullptr));
    }
    {
        const Later later([&] { fs::rename(elsewhere.path() / "photo.jpg", folder.path() / "a/photo.jpg"); });
        CHECK(watch.wait(20s, nullptr));
    }
    {
        const Later later([&] {
            fs::create_directories(folder.path() / "c/d/e");
            folder.write("c/d/e/f.jpg", "x"); // perhaps before there is a watch
        });
        CHECK(watch.wait(20s, nullptr));
    }
    {
        const Later later([&] { folder.write("c/d/e/g.jpg", "x"); });
        CHECK(watch.wait(20s, nullptr));
    }
    {
        const Later later([&] { fs::rename(elsewhere.path() / "full", folder.path() / "full"); });
        CHECK(watch.wait(20s, nullptr));
    }
    CHECK_FALSE(watch.wait(50ms, nullptr));
}

TEST_CASE("a watch does not wake for reading, for empty folders and for what is deleted") {
    const test::TemporaryFolder folder;
    folder.write("a.jpg", "x");
    FolderWatch watch({folder.path()});
    (void)test::file_bytes(folder.path() / "a.jpg");
    fs::create_directories(folder.path() / "empty");
    fs::remove(folder.path() / "a.jpg");
    CHECK_FALSE(watch.wait(300ms, nullptr));
}

TEST_CASE("many files written one after the other wake a watch once") {
    const test::TemporaryFolder folder;
    FolderWatch watch({folder.path()});
    const auto begin = std::chrono::steady_clock::now();
    std::thread writer([&] {
        for (int i = 0; i < 20; ++i) {
            folder.write(std::to_string(i), "x");
            std::this_thread::sleep_for(40ms);
        }
    });
    CHECK(watch.wait(20s, nullptr));
    CHECK(std::chrono::steady_clock::now() - begin >= 700ms);
    writer.join();
    CHECK_FALSE(watch.wait(50ms, nullptr));
}

TEST_CASE("a watch ends soon when it is told to stop, and refuses a folder that is not there") {
    const test::TemporaryFolder folder;
    FolderWatch watch({folder.path()});
    std::atomic<bool> stop{false};
    const Later later([&] { stop = true; });
    const auto begin = std::chrono::steady_clock::now();
    CHECK_FALSE(watch.wait(20s, &stop));
    CHECK(std::chrono::steady_clock::now() - begin < 5s);
    CHECK(test::code_of([&] { FolderWatch nowhere({folder.path() / "nowhere"}); }) == ErrorCode::not_found);
}
