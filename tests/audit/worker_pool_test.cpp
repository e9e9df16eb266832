// The pool against audit/fakes/fake_worker.cpp, which does what a path says.
#include "audit/worker_pool.hpp"
#include "support.hpp"

#include <algorithm>
#include <chrono>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <map>
#include <numeric>
#include <random>
#include <set>
#include <sys/wait.h>
#include <unistd.h>

using namespace saring;
using namespace saring::audit;
using namespace std::chrono_literals;

namespace {

PoolOptions fakes(int jobs = 2) {
    PoolOptions options;
    options.command = {SARING_FAKE_WORKER};
    options.jobs = jobs;
    options.nice = 0;
    options.file_time = 5s;
    return options;
}

Job job(std::uint64_t id, const std::string& what) { return {id, {{"path", what}}, what}; }

// Submits as the pool has room and gathers what comes back. Each job is done exactly once.
std::map<std::uint64_t, JobDone> run(WorkerPool& pool, const std::vector<std::string>& paths,
                                     const std::function<void()>& meanwhile = {}) {
    std::map<std::uint64_t, JobDone> done;
    std::size_t next = 0;
    const auto begin = std::chrono::steady_clock::now();
    while (next < paths.size() || pool.running() > 0) {
        REQUIRE(std::chrono::steady_clock::now() - begin < 60s);
        while (next < paths.size() && pool.has_room()) {
            pool.submit(job(next, paths[next]));
            ++next;
        }
        if (auto one = pool.wait(20ms)) {
            REQUIRE(done.count(one->id) == 0);
            done.emplace(one->id, std::move(*one));
        }
        if (meanwhile) {
            meanwhile();
        }
    }
    REQUIRE(done.size() == paths.size());
    return done;
}

JobDone run_one(const std::string& path, PoolOptions options = fakes(1)) {
    WorkerPool pool(std::move(options));
    return run(pool, {path}).at(0);
}

output::Json result_of(const JobDone& done) {
    REQUIRE_FALSE(done.error);
    return output::Json::parse(done.answer).at("result");
}

ErrorCode error_of(const JobDone& done) {
    REQUIRE(done.error);
    CHECK(done.answer.empty());
    return done.error->code();
}

std::vector<pid_t> children() {
    std::vector<pid_t> out;
    const std::string file = "/proc/self/task/" + std::to_string(::gettid()) + "/children";
    std::ifstream list(file);
    for (pid_t pid = 0; list >> pid;) {
        out.push_back(pid);
    }
    return out;
}

std::ptrdiff_t open_descriptors() {
    const std::filesystem::directory_iterator all("/proc/self/fd");
    return std::distance(begin(all), end(all));
}

} // namespace

TEST_CASE("every job is answered, by several workers, in the order they become ready") {
    WorkerPool pool(fakes(2));
    std::vector<std::string> paths(60, "ok");
    paths[0] = "slow:300";
    std::map<int, int> by;
    for (const auto& [id, done] : run(pool, paths)) {
        CHECK(output::Json::parse(done.answer).at("id") == id);
        ++by[result_of(done).at("pid").get<int>()];
    }
    CHECK(by.size() == 2);
}

TEST_CASE("requests and answers of many megabytes pass while other workers go on") {
    WorkerPool pool(fakes(2));
    const std::string large(24 << 20, 'A');
    pool.submit({1, {{"path", "ok"}, {"data", large}}, "a"});
    pool.submit(job(2, "large:20000000"));
    pool.submit(job(3, "ok"));
    std::map<std::uint64_t, std::size_t> sizes;
    while (pool.running() > 0) {
        if (const auto done = pool.wait(5s)) {
            CHECK_FALSE(done->error);
            sizes[done->id] = done->answer.size();
        }
    }
    CHECK(sizes.size() == 3);
    CHECK(sizes[2] > 20'000'000);
}

TEST_CASE("a job whose worker fails is tried once more on a fresh worker that gets nothing else") {
    const test::TemporaryFolder folder;
    for (const std::string what : {"crash", "exit", "garbage", "wrong-id", "closes", "child", "killed"}) {
        CAPTURE(what);
        CHECK(result_of(run_one("once:" + what + ":" + (folder.path() / what).string())).at("extra") == "second");
    }
}

TEST_CASE("a job that makes every worker fail is recorded with the reason, and the others are answered") {
    WorkerPool pool(fakes(2));
    const std::vector<std::string> bad{"crash", "exit", "garbage", "wrong-id", "closes", "child", "killed", "quotes"};
    std::vector<std::string> paths;
    for (const std::string& one : bad) {
        paths.insert(paths.end(), {"ok", one, "ok", "twice", "dies-after", "progress"});
    }
    for (const auto& [id, done] : run(pool, paths)) {
        const std::string& path = paths[id];
        CAPTURE(path);
        if (std::find(bad.begin(), bad.end(), path) != bad.end()) {
            CHECK(error_of(done) == ErrorCode::worker_failed);
            CHECK(done.error->path() == path);
        } else {
            CHECK_FALSE(done.error);
        }
    }
}

TEST_CASE("the reason names the signal and what the C runtime said, never what a library said of a document") {
    const JobDone done = run_one("quotes");
    CHECK(error_of(done) == ErrorCode::worker_failed);
    CHECK(done.error->detail().find("signal 6") != std::string::npos);
    CHECK(done.error->detail().find("free(): invalid pointer") != std::string::npos);
    CHECK(done.error->detail().find("RAHASIA") == std::string::npos);
}

TEST_CASE("a job that hangs is ended after its time, and time spent waiting behind another does not count") {
    PoolOptions options = fakes(1);
    options.file_time = 400ms;
    WorkerPool pool(options);
    const auto done = run(pool, {"hang", "slow:250", "slow:250", "slow:250", "ok"});
    CHECK(error_of(done.at(0)) == ErrorCode::time_limit);
    for (std::uint64_t id = 1; id < 5; ++id) {
        CHECK_FALSE(done.at(id).error);
    }
}

TEST_CASE("answers are not lost when the caller was away longer than a file may take") {
    PoolOptions options = fakes(1);
    options.file_time = 300ms;
    WorkerPool pool(options);
    pool.submit(job(1, "ok"));
    REQUIRE(pool.wait(5s)); // the worker is there
    pool.submit(job(2, "large:5000000"));
    CHECK_FALSE(pool.wait(0ms));
    ::usleep(1'200'000);
    const auto done = pool.wait(5s);
    REQUIRE(done);
    CHECK_FALSE(done->error);
}

TEST_CASE("a photo that eats memory ends as out of memory, whatever kind of memory it takes") {
    PoolOptions options = fakes(2);
    options.memory = 200 << 20;
    WorkerPool pool(options);
    const auto done = run(pool, {"eats", "ok", "shares", "ok", "ok"});
    CHECK(error_of(done.at(0)) == ErrorCode::out_of_memory);
    CHECK(error_of(done.at(2)) == ErrorCode::out_of_memory);
    CHECK_FALSE(done.at(4).error);
}

TEST_CASE("a worker that says it lacks memory is heard after a second attempt in peace") {
    WorkerPool pool(fakes(2));
    const auto done = run(pool, {"out-of-memory", "ok", "ok"});
    CHECK(output::Json::parse(done.at(0).answer).at("error").at("code") == "out_of_memory");
    CHECK_FALSE(done.at(0).error);
}

TEST_CASE("endless output is ended by its length or its time") {
    PoolOptions options = fakes(1);
    options.file_time = 1s;
    CHECK(run_one("endless", options).error);
}

TEST_CASE("a program that is not there, or never becomes ready, is told with what it said and what to do") {
    PoolOptions options = fakes(1);
    const auto detail_of = [](const PoolOptions& chosen) {
        WorkerPool pool(chosen);
        try {
            run(pool, {"ok"});
        } catch (const Error& error) {
            CHECK(error.code() == ErrorCode::worker_failed);
            return error.detail();
        }
        return std::string();
    };
    options.command = {"/nowhere/saring", "worker"};
    CHECK(detail_of(options).find("/nowhere/saring") != std::string::npos);
    options.command = {SARING_FAKE_WORKER, "--dead"};
    CHECK(detail_of(options).find("language is not installed") != std::string::npos);
    CHECK(detail_of(options).find("saring doctor") != std::string::npos);
}

TEST_CASE("workers that end by themselves after each few files are replaced without a loss") {
    PoolOptions options = fakes(2);
    options.command = {SARING_FAKE_WORKER, "--answer-at-most", "3"};
    WorkerPool pool(options);
    for (const auto& [id, done] : run(pool, std::vector<std::string>(50, "ok"))) {
        CHECK_FALSE(done.error);
    }
}

TEST_CASE("a worker is replaced after 500 files that it read, but not after readings that it judged anew") {
    const bool reads_a_file = GENERATE(true, false);
    WorkerPool pool(fakes(1));
    std::set<int> workers;
    for (std::uint64_t id = 0; id < 1100; ++id) {
        Job one = job(id, "ok");
        one.reads_a_file = reads_a_file;
        pool.submit(std::move(one));
        while (!pool.has_room() || (id == 1099 && pool.running() > 0)) {
            if (const auto done = pool.wait(20ms)) {
                workers.insert(result_of(*done).at("pid").get<int>());
            }
        }
    }
    CHECK(workers.size() == (reads_a_file ? 3 : 1));
}

TEST_CASE("three hundred jobs are each done once while workers crash and are killed from outside") {
    const test::TemporaryFolder folder;
    std::mt19937 random(7);
    std::vector<std::string> paths(300, "slow:1");
    int bad = 0;
    for (std::size_t i = 0; i < paths.size(); i += 11) {
        paths[i] = i % 2 == 0 ? "crash" : "once:crash:" + (folder.path() / std::to_string(i)).string();
        bad += i % 2 == 0 ? 1 : 0;
    }
    WorkerPool pool(fakes(3));
    auto next_kill = std::chrono::steady_clock::now() + 30ms;
    int kills = 0;
    const auto done = run(pool, paths, [&] {
        if (std::chrono::steady_clock::now() > next_kill && kills < 20) {
            next_kill += 15ms;
            const auto all = children();
            if (!all.empty()) {
                ::kill(all[random() % all.size()], SIGKILL);
                ++kills;
            }
        }
    });
    CHECK(kills > 5);
    const auto failed = std::count_if(done.begin(), done.end(), [](const auto& one) { return one.second.error; });
    CHECK(failed == bad);
}

TEST_CASE("a pool that goes leaves no process, no zombie and no open descriptor") {
    const auto before = open_descriptors();
    for (int i = 0; i < 10; ++i) {
        WorkerPool pool(fakes(3));
        pool.submit(job(1, "hang"));
        pool.submit(job(2, "child"));
        pool.submit(job(3, i % 2 == 0 ? "ok" : "crash"));
        (void)pool.wait(i % 3 == 0 ? 0ms : 50ms);
    }
    CHECK(open_descriptors() == before);
    CHECK(children().empty());
    CHECK(::waitpid(-1, nullptr, WNOHANG) == -1);
    CHECK(errno == ECHILD);
}

TEST_CASE("workers die with a parent that is killed") {
    std::array<int, 2> ends{};
    REQUIRE(::pipe(ends.data()) == 0);
    const pid_t parent = ::fork();
    if (parent == 0) {
        ::close(ends[0]);
        WorkerPool pool(fakes(1));
        pool.submit(job(1, "ok"));
        const auto done = pool.wait(5s);
        const int pid = done ? output::Json::parse(done->answer)["result"]["pid"].get<int>() : 0;
        pool.submit(job(2, "hang"));
        (void)pool.wait(50ms);
        [[maybe_unused]] const ssize_t told = ::write(ends[1], &pid, sizeof pid);
        ::pause();
    }
    ::close(ends[1]);
    int worker = 0;
    REQUIRE(::read(ends[0], &worker, sizeof worker) == sizeof worker);
    REQUIRE(worker > 0);
    ::kill(parent, SIGKILL);
    ::waitpid(parent, nullptr, 0);
    // The worker held no copy of the pipe: it ends now, when its parent has.
    char nothing = 0;
    CHECK(::read(ends[0], &nothing, 1) == 0);
    ::close(ends[0]);
    for (int i = 0; i < 200 && ::kill(worker, 0) == 0; ++i) {
        std::ifstream stat("/proc/" + std::to_string(worker) + "/stat");
        std::string pid;
        std::string name;
        std::string state;
        stat >> pid >> name >> state;
        if (state == "Z" || state == "X") {
            return; // dead, and left to whoever adopted it
        }
        ::usleep(10'000);
    }
    CHECK(::kill(worker, 0) != 0);
}

TEST_CASE("workers have a session of their own, so that Ctrl-C reaches only the parent, and no descriptor but three") {
    WorkerPool pool(fakes(1));
    pool.submit(job(1, "ok"));
    const auto done = pool.wait(5s);
    REQUIRE(done);
    const auto pid = result_of(*done).at("pid").get<pid_t>();
    CHECK(::getsid(pid) == pid);
    const std::filesystem::directory_iterator all("/proc/" + std::to_string(pid) + "/fd");
    CHECK(std::distance(begin(all), end(all)) == 3);
    std::ifstream limits("/proc/" + std::to_string(pid) + "/limits");
    std::string text{std::istreambuf_iterator<char>(limits), {}};
    CHECK(text.find("Max core file size        0 ") != std::string::npos);
    CHECK(text.find("Max file size             0 ") != std::string::npos);
    CHECK(text.find("Max data size             unlimited ") == std::string::npos);
}

TEST_CASE("no file is begun while the load is above what is allowed") {
    PoolOptions options = fakes(1);
    options.max_load = 1e-9;
    double load = 0;
    if (::getloadavg(&load, 1) != 1 || load <= options.max_load) {
        return; // an idle machine shows nothing here
    }
    WorkerPool pool(options);
    pool.submit(job(1, "ok"));
    CHECK_FALSE(pool.wait(200ms));
    CHECK(pool.running() == 1);
    CHECK(children().empty());
}
