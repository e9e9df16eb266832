// A bar on the terminal, on stderr; silent where stderr is none.
#pragma once

#include <cstddef>
#include <string>

namespace saring::cli {

class ProgressBar {
public:
    explicit ProgressBar(std::size_t total);
    ~ProgressBar(); // clears the line
    ProgressBar(const ProgressBar&) = delete;
    ProgressBar& operator=(const ProgressBar&) = delete;

    // `done` of the total, and what is at hand.
    void show(double done, const std::string& label);
    void clear();

private:
    std::size_t total_;
    bool shown_ = false;
    bool terminal_;
};

} // namespace saring::cli
