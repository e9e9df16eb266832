// saring doctor: is everything in order that a check rests on?
#include "audit/sandbox.hpp"
#include "cli/commands.hpp"
#include "match/rule_pack.hpp"
#include "output/document_writer.hpp"
#include "pipeline/models.hpp"
#include "saring/convert.hpp"
#include "text/line_recogniser.hpp"
#include "text/locate.hpp"
#include "text/ocr_engine.hpp"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <iostream>
#include <memory>
#include <unistd.h>

namespace saring::cli {
namespace {

class Examination {
public:
    explicit Examination(Language language) : language_(language), colour_(is_colourful(STDOUT_FILENO)) {}

    template <typename Look> void look(Bilingual what, Look look_at) {
        try {
            const std::string found = look_at();
            std::cout << mark(true) << what.in(language_) << ": " << found << "\n";
        } catch (const Error& error) {
            well_ = false;
            std::cout << mark(false) << what.in(language_) << ": " << error.message(language_) << "\n      → "
                      << error.advice(language_) << "\n";
        }
    }

    [[nodiscard]] bool well() const { return well_; }

private:
    [[nodiscard]] std::string mark(bool good) const {
        const std::string text = good ? "ok    " : Bilingual{"SALAH ", "WRONG "}.in(language_).data();
        return colour_ ? (good ? "\033[32m" : "\033[1;31m") + text + "\033[0m" : text;
    }

    Language language_;
    bool colour_;
    bool well_ = true;
};

int run(const ReadingOptions& reading, const Context& context) {
    const ScanOptions options = reading.scan_options(context.language());
    Examination examination(context.language());
    match::RuleSet rules;
    examination.look({"bahasa untuk membaca", "reading languages"}, [&] {
        text::make_engine(options.engine, options)->prepare();
        std::string all;
        for (const std::string& language : text::installed_languages(options)) {
            const bool used = std::find(options.ocr_languages.begin(), options.ocr_languages.end(), language) !=
                              options.ocr_languages.end();
            all += (all.empty() ? "" : " ") + language + (used ? "*" : "");
        }
        return all;
    });
    examination.look({"paket aturan", "rule packs"}, [&] {
        rules = pipeline::load_rules(options);
        return std::to_string(rules.packs.size()) + " (" + std::to_string(rules.rules.size()) +
               (context.language() == Language::indonesian ? " aturan)" : " rules)");
    });
    examination.look({"jaringan saraf", "networks"}, [&] {
        text::TextLocator(pipeline::model(options, pipeline::text_locator)).prepare();
        text::TextLocator(pipeline::model(options, pipeline::mark_locator)).prepare();
        text::LineRecogniser(pipeline::model(options, pipeline::line_recogniser),
                             pipeline::model(options, pipeline::letter_model))
            .prepare();
        std::string all;
        for (const auto& [name, hash] : pipeline::provenance(options, rules).models) {
            constexpr std::size_t digits = 12;
            all += (all.empty() ? "" : " ") + name + " " + hash.substr(0, digits);
        }
        return all;
    });
    examination.look({"format hasil", "output formats"}, [&] {
        (void)output::write_pdf(text::blank_document(), std::nullopt); // PDF/A needs a colour profile of the system
        std::string all;
        for (const std::string& extension : output_extensions()) {
            all += (all.empty() ? "" : " ") + extension;
        }
        return all;
    });
    examination.look({"kurungan proses pembaca", "sandbox of workers"}, [&] {
        if (!audit::can_sandbox()) {
            throw Error(ErrorCode::internal, "sandbox", "no seccomp filter can be set here; a container may forbid it");
        }
        return std::string(context.language() == Language::indonesian ? "hanya membaca (seccomp)"
                                                                      : "reading only (seccomp)");
    });
    examination.look({"batas", "limits"}, [&] {
        const Limits& l = options.limits;
        return std::to_string(l.file_bytes >> 20) + " MiB, " + std::to_string(l.pixels / 1'000'000) + " MP, " +
               std::to_string(l.pages) + (context.language() == Language::indonesian ? " halaman, " : " pages, ") +
               std::to_string(l.page_time.count() / 1000) + " s";
    });
    return examination.well() ? exit_clean : exit_failed;
}

} // namespace

void add_doctor(CLI::App& app, Context& context) {
    CLI::App* command = app.add_subcommand("doctor", "Are languages, networks, rule packs and limits in order?");
    const auto options = std::make_shared<ReadingOptions>();
    options->add_to(*command);
    command->callback([&context, options] { context.run = [&context, options] { return run(*options, context); }; });
}

} // namespace saring::cli
