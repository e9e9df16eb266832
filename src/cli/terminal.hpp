// The terminal of the person who started the program, also when the standard streams are redirected.
#pragma once

#include "output/secret.hpp"

#include <string_view>

namespace saring::cli {

// Throws Error(bad_option) where there is none.
class Terminal {
public:
    Terminal();
    ~Terminal();
    Terminal(const Terminal&) = delete;
    Terminal& operator=(const Terminal&) = delete;

    // Throws Error(write_failed).
    void write(std::string_view text) const;

    // A line typed without echo, its end taken off. Throws Error(bad_password) after a signal, which is raised again
    // once the terminal is as it was; being stopped (Ctrl-Z) and continued only repeats the prompt.
    [[nodiscard]] output::Secret read_hidden(std::string_view prompt) const;

private:
    int fd_;
};

} // namespace saring::cli
