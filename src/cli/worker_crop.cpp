#include "cli/worker_crop.hpp"

#include "output/cipher.hpp"
#include "output/crop.hpp"
#include "pipeline/guarded.hpp"

#include <array>

namespace saring::cli {
namespace {

using output::Json;

constexpr std::size_t most_quads = 10'000; // of a page; more is no request but an attack

[[noreturn]] void refuse(const std::string& why) { throw Error(ErrorCode::bad_request, "request", why); }

Point point_of(const Json& value) {
    if (!value.is_array() || value.size() != 2 || !value[0].is_number() || !value[1].is_number()) {
        refuse("a point in \"crop\" must be [x, y]");
    }
    return {value[0].get<float>(), value[1].get<float>()};
}

std::vector<Quad> quads_of(const Json& wanted, const char* name) {
    std::vector<Quad> out;
    if (!wanted.contains(name)) {
        return out;
    }
    const Json& value = wanted.at(name);
    if (!value.is_array() || value.size() > most_quads) {
        refuse(std::string("\"") + name + "\" in \"crop\" must be an array of quads");
    }
    for (const Json& corners : value) {
        if (!corners.is_array() || corners.size() != 4) {
            refuse("a quad in \"crop\" must have four points");
        }
        Quad& quad = out.emplace_back();
        for (std::size_t i = 0; i < 4; ++i) {
            quad.corners.at(i) = point_of(corners[i]);
        }
    }
    return out;
}

output::CropPlan plan_of(const Json& wanted) {
    if (!wanted.is_object()) {
        refuse("\"crop\" must be an object");
    }
    for (const auto& [name, value] : wanted.items()) {
        if (name != "page" && name != "quads" && name != "cover") {
            refuse("\"" + name + "\" in \"crop\" is not known");
        }
    }
    if (!wanted.contains("page") || !wanted.at("page").is_number_unsigned() ||
        wanted.at("page").get<std::uint64_t>() > 1'000'000) {
        refuse("\"page\" in \"crop\" must be a number from 0");
    }
    return {wanted.at("page").get<int>(), quads_of(wanted, "quads"), quads_of(wanted, "cover")};
}

} // namespace

Json crop_answer(const Json& wanted, image::Bytes bytes, const Limits& limits) {
    const output::CropPlan plan = plan_of(wanted);
    const auto document = image::open_document(bytes, limits);
    const output::Crop made = pipeline::guarded("crop", [&] { return output::crop(*document, plan); });
    return {{"media_type", "image/jpeg"},
            {"data", output::base64(made.jpeg)},
            {"width", made.width},
            {"height", made.height}};
}

} // namespace saring::cli
