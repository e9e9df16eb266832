// saring convert: photos to one document, locked where it must be.
#include "saring/convert.hpp"
#include "cli/commands.hpp"
#include "cli/input.hpp"
#include "cli/password.hpp"
#include "cli/progress_bar.hpp"
#include "output/conversion_report.hpp"

#include <CLI/CLI.hpp>

#include <iostream>
#include <map>
#include <memory>
#include <optional>
#include <unistd.h>

namespace saring::cli {
namespace {

const std::map<std::string, PageMode> modes{{"auto", PageMode::automatic},
                                            {"document", PageMode::document},
                                            {"whiteboard", PageMode::whiteboard},
                                            {"slide", PageMode::slide},
                                            {"note", PageMode::note}};
const std::map<std::string, Paper> papers{{"auto", Paper::automatic}, {"a4", Paper::a4},       {"f4", Paper::f4},
                                          {"letter", Paper::letter},  {"legal", Paper::legal}, {"a5", Paper::a5},
                                          {"16:9", Paper::wide}};

struct ConvertArguments {
    std::vector<std::string> photos;
    std::string output;
    std::string mode = "auto";
    std::string paper = "auto";
    std::string format = "text";
    std::string password_file;
    std::string password_out;
    std::string owner_password_file;
    bool ask = false;
    bool generate = false;
    bool no_print = false;
    bool no_copy = false;
    bool no_crop = false;
    bool skip_unreadable = false;
    ConvertOptions options;
    ReadingOptions reading;
};

std::string text_of_file(const std::string& path, const Context& context) {
    const PasswordFile file = read_password_file(path);
    if (file.others_may_read) {
        std::cerr << (context.language() == Language::indonesian
                          ? "peringatan: berkas kata sandi dapat dibaca pengguna lain (chmod 600)\n"
                          : "warning: the password file can be read by others (chmod 600)\n");
    }
    return std::string(file.password.view());
}

void warn_of_odd_signs(std::string_view password, const Context& context) {
    if (!is_plain(password)) {
        std::cerr << (context.language() == Language::indonesian
                          ? "peringatan: kata sandi memuat huruf yang sulit diketik di sebagian perangkat\n"
                          : "warning: the password has letters that are hard to type on some devices\n");
    }
}

// The password and, where it was made up, whom it must be told to.
std::string password_of(const ConvertArguments& arguments, const Context& context) {
    if (!arguments.password_file.empty()) {
        std::string password = text_of_file(arguments.password_file, context);
        warn_of_odd_signs(password, context);
        return password;
    }
    if (arguments.ask) {
        std::string password(ask_password(context.language()).view());
        warn_of_odd_signs(password, context);
        return password;
    }
    return {};
}

// A password that nobody has chosen is handed over before the document that it locks is written.
std::string generated(const ConvertArguments& arguments, const Context& context) {
    const output::Secret password = generate_password();
    if (arguments.password_out.empty()) {
        show_password(password, context.language());
    } else {
        write_password_file(arguments.password_out, password);
    }
    return std::string(password.view());
}

// Gathers the photos in the order given. True when every one of them is in the document.
bool gather(Converter& converter, Scanner& scanner, const ConvertArguments& arguments, const Context& context) {
    ProgressBar bar(arguments.photos.size());
    bool all = true;
    for (std::size_t i = 0; i < arguments.photos.size() && !is_interrupted(); ++i) {
        const std::string& photo = arguments.photos[i];
        const auto progress = [&](const Progress& at) {
            const double done = static_cast<double>(i) + static_cast<double>(at.page) / std::max(1, at.pages);
            bar.show(done, std::to_string(i + 1) + "/" + std::to_string(arguments.photos.size()) + " " +
                               output::shown_path(std::filesystem::path(photo).filename().native()));
        };
        try {
            if (photo == "-") {
                converter.add_bytes(read_stdin(scanner.options().limits), photo, progress);
            } else {
                converter.add(photo, progress);
            }
        } catch (const Error& error) {
            bar.clear();
            print(error.at_path(photo), context);
            all = false;
        }
    }
    return all;
}

// A result that tells of the document, not of one of its photos.
ScanResult named(ScanResult result, const std::string& output) {
    result.path = output;
    return result;
}

void report(const ConversionSummary& summary, const ScanResult& found, const ConvertArguments& arguments,
            const Context& context) {
    const Language language = context.language();
    if (arguments.format == "json") {
        std::cout << output::dumped({{"schema", "saring/1"},
                                     {"conversion", output::json_of(summary)},
                                     {"result", output::json_of(found, output::Masking::masked, language)}})
                  << std::endl;
        return;
    }
    std::cout << output::text_of(summary, {language, false}) << std::flush;
    for (const std::string& note : summary.notes) {
        std::cerr << "• " << note << "\n";
    }
    if (!found.findings.empty()) {
        std::cerr << output::text_of(found, {language, is_colourful(STDERR_FILENO)});
    }
}

int run(ConvertArguments& arguments, const Context& context) {
    ConvertOptions& options = arguments.options;
    options.mode = modes.at(arguments.mode);
    options.paper = papers.at(arguments.paper);
    options.crop = !arguments.no_crop;
    options.may_print = !arguments.no_print;
    options.may_copy = !arguments.no_copy;
    options.password = password_of(arguments, context);
    if (!arguments.owner_password_file.empty()) {
        options.owner_password = text_of_file(arguments.owner_password_file, context);
    }
    watch_interrupts();
    Scanner scanner(arguments.reading.scan_options(context.language()));
    if (arguments.generate) {
        ConvertOptions tried = options;
        tried.password = generate_password().view();
        Converter(scanner, tried).check_output(arguments.output); // before anybody is told a password
        options.password = generated(arguments, context);
    }
    Converter converter(scanner, options);
    converter.check_output(arguments.output);
    const bool all = gather(converter, scanner, arguments, context);
    if (is_interrupted()) {
        return exit_interrupted;
    }
    if (!all && !arguments.skip_unreadable) {
        std::cerr
            << (context.language() == Language::indonesian
                    ? "Tidak ada yang ditulis. Perbaiki foto yang disebut, atau lewati dengan --skip-unreadable.\n"
                    : "Nothing was written. Mend the photos named, or leave them out with --skip-unreadable.\n");
        return exit_failed;
    }
    try {
        const ConversionSummary summary = converter.write(arguments.output);
        report(summary, named(converter.check(), arguments.output), arguments, context);
        return all && std::cout ? exit_clean : exit_failed;
    } catch (const Error& error) {
        if (error.code() != ErrorCode::protection_needed) {
            throw;
        }
        std::cerr << output::text_of(named(converter.check(), arguments.output),
                                     {context.language(), is_colourful(STDERR_FILENO)});
        print(error, context);
        return exit_found;
    }
}

} // namespace

void add_convert(CLI::App& app, Context& context) {
    CLI::App* command = app.add_subcommand(
        "convert", "Photos, scans or PDFs to one proper document: searchable, clean, locked where it must be");
    const auto arguments = std::make_shared<ConvertArguments>();
    ConvertArguments& a = *arguments;
    command->add_option("PHOTO", a.photos, "Pictures, TIFFs or PDFs, in the order of the pages; - reads standard input")
        ->required();
    command
        ->add_option("-o,--output", a.output,
                     "The document: .pdf, .docx, .pptx, .odt, .txt, .md, .hocr, .alto, .png or .jpg")
        ->required();
    command->add_option("--mode", a.mode, "auto, document, whiteboard, slide or note")
        ->check(CLI::IsMember(modes))
        ->capture_default_str();
    command->add_option("--paper", a.paper, "auto, a4, f4 (215 x 330 mm), letter, legal, a5 or 16:9")
        ->check(CLI::IsMember(papers))
        ->capture_default_str();
    command->add_option("--dpi", a.options.most_dpi, "Resolution of the pages, at most")
        ->check(CLI::Range(72.0, 600.0))
        ->capture_default_str();
    command->add_option("--title", a.options.title, "Title of the document (default: its first heading)");
    command->add_flag("--no-crop", a.no_crop, "Keep the whole photo as the page");
    CLI::Option* file = command->add_option("--password-file", a.password_file,
                                            "Lock with the first line of this file; - reads standard input");
    CLI::Option* ask = command->add_flag("--ask-password", a.ask, "Lock with a password that is asked for, unseen");
    CLI::Option* generate = command->add_flag("--generate-password", a.generate,
                                              "Lock with a strong password that is made up and shown once");
    file->excludes(ask)->excludes(generate);
    ask->excludes(generate);
    command->add_option("--password-out", a.password_out, "Write the made-up password to this new file instead")
        ->needs(generate);
    command->add_option("--owner-password-file", a.owner_password_file,
                        "PDF: who has this password may change, copy and print");
    command->add_flag("--no-print", a.no_print, "PDF, locked: ask readers not to print");
    command->add_flag("--no-copy", a.no_copy, "PDF, locked: ask readers not to copy");
    command->add_flag("--allow-change", a.options.may_change, "PDF, locked: allow changes");
    command->add_flag("--allow-unprotected", a.options.allow_unprotected,
                      "Write without a password what must not be shared; for those who are entitled to");
    command->add_flag("--force", a.options.replace, "Replace an existing file");
    command->add_flag("--skip-unreadable", a.skip_unreadable, "Leave out photos that cannot be read");
    command->add_option("--format", a.format, "Of the summary: text or json")
        ->check(CLI::IsMember({"text", "json"}))
        ->capture_default_str();
    a.reading.add_to(*command);
    command->callback(
        [&context, arguments] { context.run = [&context, arguments] { return run(*arguments, context); }; });
}

} // namespace saring::cli
