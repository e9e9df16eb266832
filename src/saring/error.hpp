// The one exception of Saring. Foreign exceptions are translated at the border of each adapter, so that a caller meets
// only this type. Every error says what to do next, in Indonesian or English.
#pragma once

#include "saring/export.hpp"
#include "saring/language.hpp"

#include <cstdint>
#include <exception>
#include <optional>
#include <string>
#include <string_view>

namespace saring {

enum class ErrorCode : std::uint8_t {
    not_found,
    is_folder,
    no_permission,
    not_a_file,
    read_failed,
    write_failed,
    empty_file,
    file_too_large,
    unknown_format,
    corrupt,
    truncated,
    too_many_pixels,
    too_many_pages,
    password_needed,
    time_limit,
    out_of_memory,
    missing_language,
    missing_model,
    bad_rules,
    bad_option,
    bad_request,
    bad_password,        // empty, too long for the format, or the format cannot be locked
    wrong_password,      // does not open the file
    protection_needed,   // a document that must not go out unlocked
    output_exists,
    unknown_output,      // no format has this extension
    store_busy,          // another audit writes to the store
    store_newer,         // the store was made by a later version
    worker_failed,       // a worker process died or answered nonsense
    internal,
};

// The name used in JSON, e.g. "not_found".
SARING_API std::string_view name_of(ErrorCode code);
SARING_API std::optional<ErrorCode> error_code_from(std::string_view name);

class SARING_API Error : public std::exception {
public:
    // `stage` is a stage of the pipeline ("load", "recognise" …) or the part of the program that failed; `detail` is
    // the technical reason in English, as the foreign library put it, and may be empty.
    Error(ErrorCode code, std::string stage, std::string detail = {});

    [[nodiscard]] ErrorCode code() const { return code_; }
    [[nodiscard]] const std::string& stage() const { return stage_; }
    [[nodiscard]] const std::string& detail() const { return detail_; }
    [[nodiscard]] const std::string& path() const { return path_; } // bytes as the file system has them; may be empty
    [[nodiscard]] std::optional<int> page() const { return page_; } // from 0

    // What happened and what to do about it.
    [[nodiscard]] std::string message(Language language) const;
    [[nodiscard]] std::string advice(Language language) const;

    // The same error with its place filled in, where it was not known before.
    [[nodiscard]] Error at_path(std::string path) const;
    [[nodiscard]] Error at_page(int page) const;

    [[nodiscard]] const char* what() const noexcept override { return what_.c_str(); }

private:
    ErrorCode code_;
    std::string stage_;
    std::string detail_;
    std::string path_;
    std::optional<int> page_;
    std::string what_;
};

} // namespace saring
