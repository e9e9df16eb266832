#include "cli/progress_bar.hpp"

#include <algorithm>
#include <iostream>
#include <unistd.h>

namespace saring::cli {

ProgressBar::ProgressBar(std::size_t total)
    : total_(std::max<std::size_t>(1, total)), terminal_(::isatty(STDERR_FILENO) == 1) {}

ProgressBar::~ProgressBar() { clear(); }

void ProgressBar::show(double done, const std::string& label) {
    if (!terminal_) {
        return;
    }
    constexpr int width = 24; // signs
    const auto full = std::clamp(static_cast<int>(done / static_cast<double>(total_) * width), 0, width);
    std::cerr << "\r\033[K[" << std::string(static_cast<std::size_t>(full), '#')
              << std::string(static_cast<std::size_t>(width - full), '-') << "] " << label << std::flush;
    shown_ = true;
}

void ProgressBar::clear() {
    if (shown_) {
        std::cerr << "\r\033[K" << std::flush;
        shown_ = false;
    }
}

} // namespace saring::cli
