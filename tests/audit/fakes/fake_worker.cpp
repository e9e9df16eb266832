// A worker that does what the path of a request says, for tests of the pool:
//
//   ok              answers at once                    garbage        answers what is no JSON
//   slow:MS         answers after so long              twice          answers twice
//   hang            never answers                      wrong-id       answers something it was not asked
//   crash           ends by SIGSEGV                    dies-after     answers, then ends
//   exit            ends with exit code 0              closes         closes its output and stays
//   killed          ends by SIGKILL                    endless        writes without a line end
//   eats            allocates until it cannot          progress       tells progress before it answers
//   shares          the same, in shared mappings       child          leaves a child that holds its output, and ends
//   out-of-memory   answers that it has too little     quotes         writes to standard error and ends by SIGABRT
//   large:BYTES     an answer of that size             touch:FILE     answers "first" or "again": was the file there?
//
// "once:WHAT:FILE" does WHAT the first time and answers the second; FILE tells which it is.
// Arguments: --dead (ends before it is ready), --deaf (reads nothing), --answer-at-most N (ends after N answers).
#include <array>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iostream>
#include <new>
#include <string>
#include <sys/mman.h>
#include <thread>
#include <unistd.h>
#include <vector>

namespace {

// The value of a member whose name stands in a request as the pool writes it.
std::string value_of(const std::string& line, const std::string& name) {
    const std::string key = "\"" + name + "\":";
    std::size_t at = line.find(key);
    if (at == std::string::npos) {
        return {};
    }
    at += key.size();
    while (line[at] == ' ') {
        ++at;
    }
    if (line[at] == '"') {
        return line.substr(at + 1, line.find('"', at + 1) - at - 1);
    }
    return line.substr(at, line.find_first_of(",}", at) - at);
}

void say(const std::string& line) { std::cout << line << std::endl; }

void answer(const std::string& id, const std::string& extra = "true") {
    say("{\"id\":" + id + ",\"result\":{\"pid\":" + std::to_string(::getpid()) + ",\"extra\":" + extra + "}}");
}

[[noreturn]] void sleep_for_ever() {
    for (;;) {
        ::pause();
    }
}

[[noreturn]] void die(int signal) {
    ::raise(signal);
    sleep_for_ever();
}

constexpr std::size_t bite = 16 << 20;

// Frees what it has when there is no more, as a scanner would, and says so.
[[noreturn]] void eat() {
    for (;;) {
        char* food = new char[bite];
        std::memset(food, 1, bite);
    }
}

[[noreturn]] void eat_shared() {
    for (;;) {
        void* food = ::mmap(nullptr, bite, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
        if (food != MAP_FAILED) {
            std::memset(food, 1, bite);
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
}

[[noreturn]] void write_endlessly() {
    const std::string much(1 << 20, 'x');
    for (;;) {
        std::cout << much << std::flush;
    }
}

void leave_child() {
    if (::fork() == 0) {
        sleep_for_ever();
    }
    ::_exit(0);
}

void act(const std::string& id, const std::string& what);

// Whether the file was there already; it is now.
bool was_there(const std::string& file) {
    const bool there = std::ifstream(file).good();
    std::FILE* made = there ? nullptr : std::fopen(file.c_str(), "w");
    if (made != nullptr) {
        std::fclose(made);
    }
    return there;
}

void act_with_argument(const std::string& id, const std::string& what, const std::string& argument) {
    if (what == "slow") {
        std::this_thread::sleep_for(std::chrono::milliseconds(std::stoi(argument)));
        answer(id);
    } else if (what == "large") {
        answer(id, "\"" + std::string(std::stoul(argument), 'x') + "\"");
    } else if (what == "touch") {
        answer(id, was_there(argument) ? "\"again\"" : "\"first\"");
    } else if (what == "once") {
        const std::size_t colon = argument.find(':');
        was_there(argument.substr(colon + 1)) ? answer(id, "\"second\"") : act(id, argument.substr(0, colon));
    }
}

void act(const std::string& id, const std::string& what) {
    if (const std::size_t colon = what.find(':'); colon != std::string::npos) {
        return act_with_argument(id, what.substr(0, colon), what.substr(colon + 1));
    }
    if (what == "hang") {
        sleep_for_ever();
    } else if (what == "crash") {
        die(SIGSEGV);
    } else if (what == "killed") {
        die(SIGKILL);
    } else if (what == "exit") {
        ::_exit(0);
    } else if (what == "eats") {
        eat();
    } else if (what == "shares") {
        eat_shared();
    } else if (what == "out-of-memory") {
        say("{\"id\":" + id + ",\"error\":{\"code\":\"out_of_memory\"}}");
    } else if (what == "garbage") {
        say("Segmentation fault? No, only garbage");
    } else if (what == "wrong-id") {
        answer("987654321");
    } else if (what == "closes") {
        ::close(STDOUT_FILENO);
        sleep_for_ever();
    } else if (what == "endless") {
        write_endlessly();
    } else if (what == "child") {
        leave_child();
    } else if (what == "quotes") {
        std::cerr << "parser: unexpected word SANGAT RAHASIA\nfree(): invalid pointer\n";
        die(SIGABRT);
    } else {
        if (what == "progress") {
            say("{\"id\":" + id + ",\"progress\":{\"page\":0,\"pages\":1,\"stage\":\"read\"}}");
        }
        answer(id);
        if (what == "twice") {
            answer(id);
        } else if (what == "dies-after") {
            ::_exit(0);
        }
    }
}

} // namespace

int main(int count, char** arguments) {
    const std::vector<std::string> all(arguments + 1, arguments + count);
    long left = -1;
    if (!all.empty() && all[0] == "--dead") {
        std::cerr << "Error: the data for a reading language is not installed\n";
        return 2;
    }
    if (!all.empty() && all[0] == "--deaf") {
        sleep_for_ever();
    }
    if (all.size() == 2 && all[0] == "--answer-at-most") {
        left = std::stol(all[1]);
    }
    for (std::string line; std::getline(std::cin, line);) {
        if (value_of(line, "id") == "ready") {
            say("{\"id\":\"ready\",\"error\":{\"code\":\"bad_request\"}}");
            continue;
        }
        act(value_of(line, "id"), value_of(line, "path"));
        if (left > 0 && --left == 0) {
            return 0;
        }
    }
}
