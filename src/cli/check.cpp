// saring check: verdict and findings for the files on the command line.
#include "cli/commands.hpp"
#include "cli/input.hpp"
#include "image/load.hpp"
#include "output/audit_report.hpp"
#include "output/crop.hpp"
#include "output/json.hpp"
#include "output/preview.hpp"
#include "output/text_report.hpp"

#include <CLI/CLI.hpp>

#include <iostream>
#include <map>
#include <memory>
#include <unistd.h>

namespace saring::cli {
namespace {

struct CheckOptions {
    std::vector<std::string> paths;
    std::string text;
    std::string format = "text";
    std::string preview;
    ReadingOptions reading;
};

// Gathers and prints what comes out, in the form that was asked for.
class Reporter {
public:
    Reporter(std::string format, Language language)
        : format_(std::move(format)), style_{language, is_colourful(STDOUT_FILENO)} {}

    void add(ScanResult result) {
        ++counts_.at(static_cast<std::size_t>(result.verdict));
        if (is_gathered()) {
            results_.push_back(std::move(result));
        } else if (format_ == "ndjson") {
            std::cout << output::dumped({{"result", output::json_of(result, output::Masking::masked, style_.language)}})
                      << std::endl;
        } else {
            std::cout << output::text_of(result, style_) << std::flush;
        }
    }

    // Pictures of the findings of a result that was added; only the page of HTML shows them.
    void add_crops(image::Bytes bytes, const ScanResult& result, const Limits& limits) {
        if (format_ == "html" && !result.findings.empty()) {
            crops_.merge(output::crops_of(*image::open_document(bytes, limits), result));
        }
    }

    void add(const Error& error) {
        if (format_ == "ndjson") {
            std::cout << output::dumped({{"error", output::json_of(error, style_.language)}}) << std::endl;
        } else if (format_ == "text") {
            std::cerr << output::text_of(error, {style_.language, is_colourful(STDERR_FILENO)});
        }
        errors_.push_back(error);
    }

    void finish(const Provenance& tool) const {
        if (format_ == "json") {
            std::cout << output::report(results_, errors_, tool, style_.language) << std::endl;
        } else if (format_ == "sarif") {
            std::cout << output::sarif_report(results_, errors_, tool, style_.language) << std::flush;
        } else if (format_ == "html") {
            std::cout << output::html_report(results_, errors_, tool, style_.language, crops_) << std::flush;
        } else if (format_ == "text") {
            std::cout << output::summary(counts_[0], counts_[1], counts_[2], errors_.size(), style_) << std::flush;
        }
    }

    // A page that could not be read is a failure beside its file's verdict.
    void count_failed_page() { failed_page_ = true; }

    [[nodiscard]] int exit_code() const {
        if (!errors_.empty() || failed_page_ || !std::cout) {
            return exit_failed;
        }
        return counts_[1] + counts_[2] > 0 ? exit_found : exit_clean;
    }

private:
    // One document of all results, written at the end.
    [[nodiscard]] bool is_gathered() const { return format_ == "json" || format_ == "sarif" || format_ == "html"; }

    std::string format_;
    output::TextStyle style_;
    std::array<std::size_t, 3> counts_{};
    std::vector<ScanResult> results_;
    std::vector<Error> errors_;
    std::map<std::string, std::string> crops_;
    bool failed_page_ = false;
};

void write_preview(const std::vector<std::byte>& bytes, const ScanResult& result, const CheckOptions& options) {
    const auto document = image::open_document(bytes, options.reading.scan_options({}).limits);
    // Of several pages, the first that something was found on.
    int index = result.findings.empty() ? 0 : result.findings.front().page.value_or(0);
    constexpr int side = 2000; // pixels of the drawing
    const image::Pixels pixels = document->load(index, side);
    output::write_picture(
        output::preview(pixels.mat, pixels.scale, result.pages.at(static_cast<std::size_t>(index)), result),
        options.preview);
}

void check_one(Scanner& scanner, const std::string& path, const CheckOptions& options, Reporter& reporter) {
    const bool standard_input = path == "-";
    const std::vector<std::byte> bytes =
        standard_input ? read_stdin(scanner.options().limits) : image::read_file(path, scanner.options().limits);
    ScanResult result = scanner.scan_bytes(bytes, path);
    if (!options.preview.empty()) {
        write_preview(bytes, result, options);
    }
    for (const Page& page : result.pages) {
        if (page.error) {
            reporter.count_failed_page();
        }
    }
    reporter.add_crops(bytes, result, scanner.options().limits);
    reporter.add(std::move(result));
}

void check_text(Scanner& scanner, const CheckOptions& options, Reporter& reporter) {
    const std::vector<std::byte> bytes = options.text == "-" ? read_stdin(scanner.options().limits)
                                                             : image::read_file(options.text, scanner.options().limits);
    reporter.add(scanner.scan_text({reinterpret_cast<const char*>(bytes.data()), bytes.size()}, options.text));
}

int run(const CheckOptions& options, const Context& context) {
    Scanner scanner(options.reading.scan_options(context.language()));
    Reporter reporter(options.format, context.language());
    watch_interrupts();
    const auto guarded = [&](const std::string& path, auto work) {
        try {
            work();
        } catch (const Error& error) {
            reporter.add(error.at_path(path));
        }
    };
    if (!options.text.empty()) {
        guarded(options.text, [&] { check_text(scanner, options, reporter); });
    }
    for (const std::string& path : options.paths) {
        if (is_interrupted()) {
            break;
        }
        guarded(path, [&] { check_one(scanner, path, options, reporter); });
    }
    reporter.finish(scanner.provenance());
    return is_interrupted() ? exit_interrupted : reporter.exit_code();
}

} // namespace

void add_check(CLI::App& app, Context& context) {
    CLI::App* command = app.add_subcommand("check", "Verdict and findings for photos and documents");
    const auto options = std::make_shared<CheckOptions>();
    command->add_option("PATH", options->paths, "Pictures or PDFs; - reads one from standard input");
    command->add_option("--text", options->text, "Check a plain text instead: a file, or - for standard input");
    command->add_option("--format", options->format, "text, json, ndjson, sarif or html")
        ->check(CLI::IsMember({"text", "json", "ndjson", "sarif", "html"}))
        ->capture_default_str();
    command->add_option("--preview", options->preview,
                        "Write a picture with everything drawn on it that was found (one PATH only)");
    options->reading.add_to(*command);
    options->reading.add_fast_to(*command);
    command->callback([&context, options] {
        if (options->paths.empty() && options->text.empty()) {
            throw CLI::RequiredError("PATH or --text");
        }
        if (!options->preview.empty() && options->paths.size() != 1) {
            throw CLI::ValidationError("--preview", "needs exactly one PATH");
        }
        context.run = [&context, options] { return run(*options, context); };
    });
}

} // namespace saring::cli
