#include "cli/worker_protocol.hpp"

#include "cli/worker_crop.hpp"
#include "match/wording.hpp"
#include "output/json.hpp"
#include "output/reading.hpp"

#include <openssl/evp.h>

#include <algorithm>
#include <cstdio>

namespace saring::cli {
namespace {

using output::Json;

[[noreturn]] void refuse(const std::string& why) { throw Error(ErrorCode::bad_request, "request", why); }

// Puts the scanner's own settings back when a request is answered.
class Settings {
public:
    output::Masking masking = output::Masking::none; // of the answer
    bool lines = true;                               // whether it tells what was read, beside what was found

    explicit Settings(Scanner& scanner)
        : scanner_(scanner), limits_(scanner.options().limits), fast_(scanner.options().fast),
          language_(scanner.options().language) {}
    ~Settings() {
        scanner_.set_limits(limits_);
        scanner_.set_fast(fast_);
        scanner_.set_language(language_);
    }
    Settings(const Settings&) = delete;
    Settings& operator=(const Settings&) = delete;

private:
    Scanner& scanner_;
    Limits limits_;
    bool fast_;
    Language language_;
};

std::uint64_t positive(const Json& value, const std::string& name, std::uint64_t most) {
    if (!value.is_number_unsigned() || value.get<std::uint64_t>() == 0 || value.get<std::uint64_t>() > most) {
        throw Error(ErrorCode::bad_option, "request",
                    name + " must be a whole number from 1 to " + std::to_string(most));
    }
    return value.get<std::uint64_t>();
}

void apply(const Json& options, Scanner& scanner, Settings& settings) {
    if (!options.is_object()) {
        refuse("\"options\" must be an object");
    }
    Limits limits = scanner.options().limits;
    for (const auto& [name, value] : options.items()) {
        if (name == "fast" && value.is_boolean()) {
            scanner.set_fast(value.get<bool>());
        } else if (name == "masked" && value.is_boolean()) {
            settings.masking = value.get<bool>() ? output::Masking::masked : output::Masking::none;
        } else if (name == "lines" && value.is_boolean()) {
            settings.lines = value.get<bool>();
        } else if (name == "language" && (value == "id" || value == "en")) {
            scanner.set_language(value == "id" ? Language::indonesian : Language::english);
        } else if (name == "max_bytes") {
            limits.file_bytes = positive(value, name, 1ULL << 40);
        } else if (name == "max_pixels") {
            limits.pixels = positive(value, name, 1ULL << 40);
        } else if (name == "max_pages") {
            limits.pages = static_cast<int>(positive(value, name, 1'000'000));
        } else if (name == "page_seconds" && value.is_number() && value.get<double>() > 0 &&
                   value.get<double>() < 1e6) {
            limits.page_time = std::chrono::milliseconds(static_cast<long long>(value.get<double>() * 1000));
        } else {
            throw Error(ErrorCode::bad_option, "request", "\"" + name + "\": " + output::dumped(value));
        }
    }
    scanner.set_limits(limits);
}

std::string text_of(const Json& request, const char* key) {
    const Json& value = request.at(key);
    if (!value.is_string()) {
        refuse(std::string("\"") + key + "\" must be a text");
    }
    return value.get<std::string>();
}

std::vector<std::byte> data_of(const Json& request) {
    auto bytes = from_base64(text_of(request, "data"));
    if (!bytes) {
        refuse("\"data\" is not base64");
    }
    return std::move(*bytes);
}

ScanResult scanned(Scanner& scanner, const Json& request, const ProgressCallback& progress) {
    const std::string name = request.contains("name") ? text_of(request, "name") : std::string();
    if (request.contains("path")) {
        return scanner.scan(text_of(request, "path"), progress);
    }
    if (request.contains("text")) {
        return scanner.scan_text(text_of(request, "text"), name);
    }
    if (request.contains("reading")) {
        ScanResult earlier = output::reading_from(text_of(request, "reading"));
        earlier.path = name;
        return scanner.judge_again(earlier);
    }
    return scanner.scan_bytes(data_of(request), name, progress);
}

Json cropped(const Scanner& scanner, const Json& request) {
    const Limits& limits = scanner.options().limits;
    if (request.contains("text") || request.contains("reading")) {
        refuse("a text has no picture to crop");
    }
    const std::string path = request.contains("path") ? text_of(request, "path") : std::string();
    try {
        const std::vector<std::byte> bytes = path.empty() ? data_of(request) : image::read_file(path, limits);
        return crop_answer(request.at("crop"), bytes, limits);
    } catch (const Error& error) {
        throw path.empty() ? error : error.at_path(path);
    }
}

// What an audit keeps beside the result: a reading to judge again, and two hashes that are alike for files that are.
Json kept(const ScanResult& result, bool with_reading) {
    const auto hex = [](std::uint64_t hash) {
        constexpr std::size_t digits = 16;
        std::string text(digits + 1, '\0');
        std::snprintf(text.data(), text.size(), "%016llx", static_cast<unsigned long long>(hash));
        text.resize(digits);
        return text;
    };
    Json out{{"likeness", hex(result.pages.empty() ? 0 : result.pages.front().likeness)},
             {"wording", hex(match::wording_of(result.pages))}};
    if (with_reading) {
        out["reading"] = output::reading_of(result);
    }
    return out;
}

void check_shape(const Json& request) {
    if (!request.is_object()) {
        refuse("not a JSON object");
    }
    for (const auto& [name, value] : request.items()) {
        constexpr std::array<std::string_view, 10> known{"id",   "path",    "data",    "name",     "text",
                                                         "keep", "reading", "options", "progress", "crop"};
        if (std::find(known.begin(), known.end(), name) == known.end()) {
            refuse("\"" + name + "\" is not known");
        }
    }
    const auto given = static_cast<int>(request.contains("path")) + static_cast<int>(request.contains("data")) +
                       static_cast<int>(request.contains("text")) + static_cast<int>(request.contains("reading"));
    if (given != 1) {
        refuse("exactly one of \"path\", \"data\", \"text\" and \"reading\" is needed");
    }
    for (const char* name : {"progress", "keep"}) {
        if (request.contains(name) && !request.at(name).is_boolean()) {
            refuse("\"" + std::string(name) + "\" must be true or false");
        }
    }
}

// The id of a request that may be wrong in everything else.
Json id_of(const Json& request) {
    if (!request.is_object() || !request.contains("id")) {
        return {};
    }
    const Json& id = request.at("id");
    return id.is_string() || id.is_number() ? id : Json();
}

} // namespace

std::optional<std::vector<std::byte>> from_base64(std::string_view text) {
    if (text.size() % 4 != 0) {
        return std::nullopt;
    }
    const std::size_t padding = text.ends_with("==") ? 2 : text.ends_with("=") ? 1 : 0;
    const auto is_sign = [](char c) {
        return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '+' || c == '/';
    };
    if (!std::all_of(text.begin(), text.end() - static_cast<std::ptrdiff_t>(padding), is_sign)) {
        return std::nullopt;
    }
    std::vector<std::byte> out(text.size() / 4 * 3);
    const int decoded =
        EVP_DecodeBlock(reinterpret_cast<unsigned char*>(out.data()),
                        reinterpret_cast<const unsigned char*>(text.data()), static_cast<int>(text.size()));
    if (decoded < 0) {
        return std::nullopt;
    }
    out.resize(static_cast<std::size_t>(decoded) - padding);
    return out;
}

void answer(Scanner& scanner, std::string_view line, const std::function<void(const std::string&)>& write) {
    Settings settings(scanner);
    Json id;
    try {
        const Json request = Json::parse(line, nullptr, false);
        if (request.is_discarded()) {
            refuse("not JSON");
        }
        id = id_of(request);
        check_shape(request);
        if (id.is_null()) {
            refuse("\"id\" must be a text or a number");
        }
        if (request.contains("options")) {
            apply(request.at("options"), scanner, settings);
        }
        if (request.contains("crop")) {
            write(output::dumped({{"id", id}, {"crop", cropped(scanner, request)}}));
            return;
        }
        ProgressCallback progress;
        if (request.value("progress", false)) {
            progress = [&](const Progress& p) {
                write(output::dumped(
                    {{"id", id}, {"progress", {{"page", p.page}, {"pages", p.pages}, {"stage", p.stage}}}}));
            };
        }
        ScanResult result = scanned(scanner, request, progress);
        Json out{{"id", id}};
        if (request.value("keep", false)) {
            out["kept"] = kept(result, !request.contains("reading"));
        }
        if (!settings.lines) {
            for (Page& page : result.pages) {
                page.lines.clear();
                page.other_readings.clear();
            }
        }
        out["result"] = output::json_of(result, settings.masking, scanner.options().language);
        write(output::dumped(out));
    } catch (const Error& error) {
        write(output::dumped({{"id", id}, {"error", output::json_of(error, scanner.options().language)}}));
    } catch (const std::bad_alloc&) {
        write(output::dumped(
            {{"id", id},
             {"error", output::json_of(Error(ErrorCode::out_of_memory, "request"), scanner.options().language)}}));
    }
}

} // namespace saring::cli
