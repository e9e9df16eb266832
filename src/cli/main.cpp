// saring: the command line over the library. Each command parses its own options and lives in a file of its own.
#include "cli/commands.hpp"
#include "saring/version.hpp"

#include <CLI/CLI.hpp>

#include <csignal>
#include <iostream>
#include <malloc.h>
#include <opencv2/core/utility.hpp>

namespace {

// Pictures and the networks' layers come and go by the dozen. Left to itself, malloc gives each back to the system and
// gets zeroed pages for the next, which costs a photo three hundredths of its time.
void keep_freed_memory() {
    constexpr int largest_kept = 32 << 20; // bytes of one piece; glibc takes no more
    constexpr int most_kept = 256 << 20;   // bytes in all
    mallopt(M_MMAP_THRESHOLD, largest_kept);
    mallopt(M_TRIM_THRESHOLD, most_kept);
}

} // namespace

int main(int argc, char** argv) {
    using namespace saring;
    std::signal(SIGPIPE, SIG_IGN);
    std::signal(SIGXFSZ, SIG_IGN); // a file that may not grow is an error to tell, not a death
    keep_freed_memory();
    cv::setNumThreads(1); // parallelism runs over files, one process a core

    CLI::App app{"Saring: look before you share.\nReads photos and documents and says whether something on them must "
                 "not leave the office.",
                 "saring"};
    app.set_version_flag("--version", version);
    app.require_subcommand(1);
    cli::Context context;
    app.add_option("--lang", context.language_name, "Language of messages: id or en (default: by LANG)")
        ->check(CLI::IsMember({"id", "en"}));
    cli::add_check(app, context);
    cli::add_convert(app, context);
    cli::add_worker(app, context);
    cli::add_rules(app, context);
    cli::add_doctor(app, context);
    for (CLI::App* command : app.get_subcommands({})) {
        command->fallthrough();
    }
    try {
        app.parse(argc, argv);
        return context.run();
    } catch (const CLI::ParseError& e) {
        const int code = app.exit(e, std::cout, std::cerr);
        return code == 0 ? cli::exit_clean : cli::exit_failed;
    } catch (const Error& e) {
        cli::print(e, context);
        return cli::exit_failed;
    } catch (const std::exception& e) {
        cli::print(Error(ErrorCode::internal, "command", e.what()), context);
        return cli::exit_failed;
    }
}
