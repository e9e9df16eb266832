// saring worker: requests on standard input, answers on standard output, until the input ends.
#include "audit/sandbox.hpp"
#include "cli/commands.hpp"
#include "cli/worker_protocol.hpp"

#include <CLI/CLI.hpp>

#include <iostream>
#include <memory>
#include <string>

namespace saring::cli {
namespace {

// Reads a line of at most `most` bytes. A longer one is skipped to its end and reported as too long.
bool read_line(std::istream& in, std::string& line, std::size_t most, bool& too_long) {
    line.clear();
    too_long = false;
    auto* buffer = in.rdbuf();
    for (int c = buffer->sbumpc();; c = buffer->sbumpc()) {
        if (c == std::char_traits<char>::eof()) {
            return !line.empty() || too_long;
        }
        if (c == '\n') {
            return true;
        }
        if (line.size() < most) {
            line += static_cast<char>(c);
        } else {
            too_long = true;
        }
    }
}

int run(const ReadingOptions& options, bool sandbox, const Context& context) {
    Scanner scanner(options.scan_options(context.language()));
    if (sandbox) {
        scanner.prepare();
        audit::enter_sandbox(); // before the first byte of a stranger is read
    }
    std::ios::sync_with_stdio(false);
    const auto write = [](const std::string& line) { std::cout << line << std::endl; };
    const std::size_t longest =
        options.max_bytes / 3 * 4 + (1 << 20); // base64 of the largest file, and what stands around it
    std::string line;
    bool too_long = false;
    while (std::cout && read_line(std::cin, line, longest, too_long)) {
        if (too_long) {
            line = "too long"; // no request: answered as such
        }
        if (line.find_first_not_of(" \t\r") != std::string::npos) {
            answer(scanner, line, write);
        }
        constexpr std::size_t keep = 1 << 20;
        if (line.capacity() > keep) {
            std::string().swap(line);
        }
    }
    return exit_clean;
}

} // namespace

void add_worker(CLI::App& app, Context& context) {
    CLI::App* command = app.add_subcommand("worker", "Answer requests, one JSON object a line (for programs)");
    const auto options = std::make_shared<ReadingOptions>();
    const auto sandbox = std::make_shared<bool>(false);
    options->add_to(*command);
    options->add_fast_to(*command);
    command->add_flag("--sandbox", *sandbox,
                      "Once ready, only read files and answer: no network, no writing, no programs");
    command->callback([&context, options, sandbox] {
        context.run = [&context, options, sandbox] { return run(*options, *sandbox, context); };
    });
}

} // namespace saring::cli
