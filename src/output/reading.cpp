// {"v": 1, "sha256", "type", "complete", "meta": {…}, "pages": [{"i", "w", "h", "r", "seen", "lines": […], "other":
// [[…]…], "unread": […], "surfaces": […], "at", "error"}]}. Lengths are whole numbers of eighths of a pixel,
// confidences of thousandths: what `settled` pages hold exactly. A quad is its eight numbers, an upright box its four.
#include "output/reading.hpp"

#include "output/json.hpp"

#include <algorithm>
#include <cmath>

namespace saring::output {
namespace {

constexpr int version = 1;
constexpr float length_units = 8; // a pixel
constexpr float share_units = 1000;

long whole(float value, float units) { return std::lround(value * units); }

Json json_of(const Quad& quad) {
    const auto& c = quad.corners;
    const bool upright = c[0].y == c[1].y && c[1].x == c[2].x && c[2].y == c[3].y && c[3].x == c[0].x;
    Json out = Json::array();
    for (std::size_t i = 0; i < c.size(); i += upright ? 2 : 1) {
        out.push_back(whole(c[i].x, length_units));
        out.push_back(whole(c[i].y, length_units));
    }
    return out;
}

Quad quad_from(const Json& value) {
    const auto at = [&](std::size_t i) { return value.at(i).get<float>() / length_units; };
    constexpr std::size_t box = 4;
    if (value.size() == box) {
        return {{Point{at(0), at(1)}, {at(2), at(1)}, {at(2), at(3)}, {at(0), at(3)}}};
    }
    Quad quad;
    for (std::size_t i = 0; i < quad.corners.size(); ++i) {
        quad.corners[i] = {at(2 * i), at(2 * i + 1)};
    }
    return quad;
}

Json json_of(const Line& line) {
    Json words = Json::array();
    for (const Word& word : line.words) {
        words.push_back({word.text, whole(word.confidence, share_units), json_of(word.quad)});
    }
    return {{"t", line.text},
            {"q", json_of(line.quad)},
            {"c", whole(line.confidence, share_units)},
            {"e", line.engine},
            {"x", whole(line.x_height, length_units)},
            {"k", line.ink},
            {"b", line.block},
            {"f", (line.polarity == Polarity::light_on_dark ? 1 : 0) | (line.alone ? 2 : 0) |
                      (line.style == LineStyle::stamp ? 4 : 0) | (line.boxed ? 8 : 0)},
            {"w", std::move(words)}};
}

Line line_from(const Json& value) {
    Line line;
    line.text = value.at("t").get<std::string>();
    line.quad = quad_from(value.at("q"));
    line.confidence = value.at("c").get<float>() / share_units;
    line.engine = value.at("e").get<std::string>();
    line.x_height = value.at("x").get<float>() / length_units;
    line.ink = value.at("k").get<std::uint32_t>();
    line.block = value.at("b").get<int>();
    const auto flags = value.at("f").get<unsigned>();
    line.polarity = (flags & 1U) != 0 ? Polarity::light_on_dark : Polarity::dark_on_light;
    line.alone = (flags & 2U) != 0;
    line.style = (flags & 4U) != 0 ? LineStyle::stamp : LineStyle::page;
    line.boxed = (flags & 8U) != 0;
    for (const Json& word : value.at("w")) {
        line.words.push_back(
            {word.at(0).get<std::string>(), quad_from(word.at(2)), word.at(1).get<float>() / share_units, TextSpan{}});
    }
    return line;
}

template <typename T, typename Make> Json list_of(const std::vector<T>& items, const Make& make) {
    Json out = Json::array();
    std::transform(items.begin(), items.end(), std::back_inserter(out), make);
    return out;
}

template <typename T, typename Make> std::vector<T> list_from(const Json& value, const Make& make) {
    std::vector<T> out;
    std::transform(value.begin(), value.end(), std::back_inserter(out), make);
    return out;
}

Json lines_json(const std::vector<Line>& lines) {
    return list_of(lines, [](const Line& line) { return json_of(line); });
}

std::vector<Line> lines_from(const Json& value) { return list_from<Line>(value, line_from); }

Json json_of(const Page& page) {
    Json out{{"i", page.index}, {"w", page.width}, {"h", page.height}, {"r", page.rotation}, {"seen", page.likeness}};
    out["lines"] = lines_json(page.lines);
    out["other"] = list_of(page.other_readings, lines_json);
    out["unread"] = list_of(page.unread, [](const UnreadRegion& region) -> Json {
        return {json_of(region.quad), static_cast<int>(region.reason), region.script};
    });
    out["surfaces"] = list_of(page.surfaces, [](const Surface& surface) -> Json {
        return {json_of(surface.quad), static_cast<int>(surface.kind), whole(surface.confidence, share_units)};
    });
    if (page.seconds) {
        out["at"] = *page.seconds;
    }
    if (page.error) {
        out["error"] = {static_cast<int>(page.error->code()), page.error->stage(), page.error->detail()};
    }
    return out;
}

template <typename Enum> Enum named(const Json& value, Enum last) {
    const auto number = value.get<std::uint64_t>();
    if (number > static_cast<std::uint64_t>(last)) {
        throw Error(ErrorCode::bad_request, "match", "the reading was kept by another version");
    }
    return static_cast<Enum>(number);
}

Page page_from(const Json& value) {
    Page page;
    page.index = value.at("i").get<int>();
    page.width = value.at("w").get<int>();
    page.height = value.at("h").get<int>();
    page.rotation = value.at("r").get<int>();
    page.likeness = value.at("seen").get<std::uint64_t>();
    page.lines = lines_from(value.at("lines"));
    page.other_readings = list_from<std::vector<Line>>(value.at("other"), lines_from);
    page.unread = list_from<UnreadRegion>(value.at("unread"), [](const Json& region) {
        return UnreadRegion{quad_from(region.at(0)), named(region.at(1), UnreadReason::not_rendered),
                            region.at(2).get<std::string>()};
    });
    page.surfaces = list_from<Surface>(value.at("surfaces"), [](const Json& surface) {
        return Surface{named(surface.at(1), SurfaceKind::note), quad_from(surface.at(0)),
                       surface.at(2).get<float>() / share_units};
    });
    if (const auto seconds = value.find("at"); seconds != value.end()) {
        page.seconds = seconds->get<double>();
    }
    if (const auto error = value.find("error"); error != value.end()) {
        page.error = Error(named(error->at(0), ErrorCode::internal), error->at(1).get<std::string>(),
                           error->at(2).get<std::string>())
                         .at_page(page.index);
    }
    return page;
}

Json json_of(const Metadata& metadata) {
    Json out{{"gps", metadata.gps}, {"camera", metadata.camera}, {"taken", metadata.taken}};
    if (metadata.latitude && metadata.longitude) {
        out["at"] = {*metadata.latitude, *metadata.longitude};
    }
    return out;
}

Metadata metadata_from(const Json& value) {
    Metadata metadata;
    metadata.gps = value.at("gps").get<bool>();
    metadata.camera = value.at("camera").get<std::string>();
    metadata.taken = value.at("taken").get<std::string>();
    if (const auto at = value.find("at"); at != value.end()) {
        metadata.latitude = at->at(0).get<double>();
        metadata.longitude = at->at(1).get<double>();
    }
    return metadata;
}

float rounded_to(float value, float units) { return static_cast<float>(whole(value, units)) / units; }

void settle(Quad& quad) {
    for (Point& p : quad.corners) {
        p = {rounded_to(p.x, length_units), rounded_to(p.y, length_units)};
    }
}

void settle(std::vector<Line>& lines) {
    for (Line& line : lines) {
        settle(line.quad);
        line.confidence = rounded_to(line.confidence, share_units);
        line.x_height = rounded_to(line.x_height, length_units);
        for (Word& word : line.words) {
            settle(word.quad);
            word.confidence = rounded_to(word.confidence, share_units);
        }
    }
}

} // namespace

void settle(Page& page) {
    settle(page.lines);
    for (std::vector<Line>& flow : page.other_readings) {
        settle(flow);
    }
    for (UnreadRegion& region : page.unread) {
        settle(region.quad);
    }
    for (Surface& surface : page.surfaces) {
        settle(surface.quad);
        surface.confidence = rounded_to(surface.confidence, share_units);
    }
}

std::string reading_of(const ScanResult& result) {
    Json out{{"v", version},
             {"sha256", result.sha256},
             {"type", result.media_type},
             {"complete", result.complete},
             {"meta", json_of(result.metadata)}};
    out["pages"] = list_of(result.pages, [](const Page& page) { return json_of(page); });
    return dumped(out);
}

ScanResult reading_from(std::string_view text) {
    try {
        const Json value = Json::parse(text);
        if (value.at("v") != version) {
            throw Error(ErrorCode::bad_request, "match", "the reading was kept by another version");
        }
        ScanResult result;
        result.sha256 = value.at("sha256").get<std::string>();
        result.media_type = value.at("type").get<std::string>();
        result.complete = value.at("complete").get<bool>();
        result.metadata = metadata_from(value.at("meta"));
        result.pages = list_from<Page>(value.at("pages"), page_from);
        return result;
    } catch (const Json::exception&) { // its message may quote what was read
        throw Error(ErrorCode::bad_request, "match", "this is no reading");
    }
}

} // namespace saring::output
