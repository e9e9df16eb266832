// Adds the time between its making and its end to a stage's milliseconds.
#pragma once

#include <chrono>
#include <map>
#include <string>

namespace saring::pipeline {

class Stopwatch {
public:
    Stopwatch(std::map<std::string, double>& timings, const char* stage) : timings_(timings), stage_(stage) {}
    ~Stopwatch() {
        timings_[stage_] +=
            std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin_).count();
    }
    Stopwatch(const Stopwatch&) = delete;
    Stopwatch& operator=(const Stopwatch&) = delete;

private:
    std::map<std::string, double>& timings_;
    const char* stage_;
    std::chrono::steady_clock::time_point begin_ = std::chrono::steady_clock::now();
};

} // namespace saring::pipeline
