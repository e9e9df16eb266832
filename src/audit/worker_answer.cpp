// Read event by event: answers may be large, and a tree of one would cost ten times its length.
#include "audit/worker_answer.hpp"

#include "output/json.hpp"

namespace saring::audit {
namespace {

using output::Json;

// Keeps what stands at the top of the object, and "code" right below "error".
class Listener : public nlohmann::json_sax<Json> {
public:
    [[nodiscard]] std::optional<AnswerShape> shape() const {
        const bool whole = is_object_ && (result_ || shape_.progress || !shape_.error_code.empty());
        return whole ? std::optional(shape_) : std::nullopt;
    }

    bool null() override { return true; }
    bool boolean(bool /*value*/) override { return true; }
    bool number_integer(number_integer_t value) override { return id(std::to_string(value)); }
    bool number_unsigned(number_unsigned_t value) override { return id(std::to_string(value)); }
    bool number_float(number_float_t /*value*/, const string_t& text) override { return id(text); }
    bool binary(binary_t& /*value*/) override { return true; }
    bool string(string_t& value) override {
        if (depth_ == 2 && top_ == "error" && key_ == "code") {
            shape_.error_code = value;
        }
        return id(value);
    }

    bool start_object(std::size_t /*size*/) override {
        is_object_ = is_object_ || depth_ == 0;
        ++depth_;
        return true;
    }
    bool key(string_t& name) override {
        (depth_ == 1 ? top_ : key_) = name;
        if (depth_ == 1) {
            result_ = result_ || name == "result" || name == "crop";
            shape_.progress = shape_.progress || name == "progress";
        }
        return true;
    }
    bool end_object() override {
        --depth_;
        return true;
    }
    bool start_array(std::size_t /*size*/) override {
        ++depth_;
        return true;
    }
    bool end_array() override { return end_object(); }
    bool parse_error(std::size_t /*position*/, const std::string& /*token*/,
                     const nlohmann::detail::exception& /*why*/) override {
        return false;
    }

private:
    bool id(const std::string& value) {
        if (depth_ == 1 && top_ == "id") {
            shape_.id = value;
        }
        return true;
    }

    AnswerShape shape_;
    int depth_ = 0;
    bool is_object_ = false;
    bool result_ = false;
    std::string top_;
    std::string key_;
};

} // namespace

std::optional<AnswerShape> shape_of(std::string_view line) {
    Listener listener;
    if (!Json::sax_parse(line, &listener)) {
        return std::nullopt;
    }
    return listener.shape();
}

} // namespace saring::audit
