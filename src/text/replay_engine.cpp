// A recording is a JSON object: key → list of lines, a line being {"quad": […8 numbers], "words": [{"text",
// "confidence", "quad"}]}. Keys are FNV-1a hashes of size, segmentation and pixels.
#include "text/replay_engine.hpp"

#include <nlohmann/json.hpp>

#include <cstdint>
#include <cstdio>
#include <fstream>

namespace saring::text {
namespace {

using nlohmann::json;

class Fnv1a {
public:
    void add(const std::uint8_t* bytes, std::size_t count) {
        for (std::size_t i = 0; i < count; ++i) {
            hash_ = (hash_ ^ bytes[i]) * 0x100000001b3ULL;
        }
    }
    template <typename Number> void add(Number number) {
        add(reinterpret_cast<const std::uint8_t*>(&number), sizeof number);
    }
    [[nodiscard]] std::uint64_t value() const { return hash_; }

private:
    std::uint64_t hash_ = 0xcbf29ce484222325ULL;
};

json json_of(const Quad& quad) {
    json out = json::array();
    for (const Point p : quad.corners) {
        out.push_back(p.x);
        out.push_back(p.y);
    }
    return out;
}

Quad quad_from(const json& value) {
    Quad quad;
    for (std::size_t i = 0; i < 4; ++i) {
        quad.corners[i] = {value.at(2 * i).get<float>(), value.at(2 * i + 1).get<float>()};
    }
    return quad;
}

json json_of(const Line& line) {
    json words = json::array();
    for (const Word& word : line.words) {
        words.push_back({{"text", word.text}, {"confidence", word.confidence}, {"quad", json_of(word.quad)}});
    }
    return {{"quad", json_of(line.quad)}, {"block", line.block}, {"words", words}};
}

Line line_from(const json& value) {
    Line line;
    line.engine = "replay";
    line.quad = quad_from(value.at("quad"));
    line.block = value.value("block", 0);
    for (const json& word : value.at("words")) {
        line.words.push_back(
            {word.at("text").get<std::string>(), quad_from(word.at("quad")), word.at("confidence").get<float>(), {}});
    }
    return line;
}

} // namespace

ReplayEngine::ReplayEngine(const std::filesystem::path& recording) {
    try {
        std::ifstream file(recording);
        const json all = json::parse(file);
        for (const auto& [key, lines] : all.items()) {
            std::vector<Line>& answer = answers_[key];
            for (const json& line : lines) {
                answer.push_back(line_from(line));
            }
        }
    } catch (const json::exception& e) {
        throw Error(ErrorCode::bad_option, "recognise",
                    "no recording for replay: " + recording.string() + ": " + e.what());
    }
}

std::vector<Line> ReplayEngine::read(const cv::Mat& gray, Segmentation segmentation, Deadline, bool*) {
    const auto found = answers_.find(key(gray, segmentation));
    return found == answers_.end() ? std::vector<Line>() : found->second;
}

std::string ReplayEngine::key(const cv::Mat& gray, Segmentation segmentation) {
    Fnv1a hash;
    hash.add(gray.cols);
    hash.add(gray.rows);
    hash.add(segmentation);
    for (int y = 0; y < gray.rows; ++y) {
        hash.add(gray.ptr(y), static_cast<std::size_t>(gray.cols));
    }
    char text[17];
    std::snprintf(text, sizeof text, "%016llx", static_cast<unsigned long long>(hash.value()));
    return text;
}

void ReplayEngine::save(const std::filesystem::path& recording) const {
    json all = json::object();
    for (const auto& [key, lines] : answers_) {
        json& answer = all[key] = json::array();
        for (const Line& line : lines) {
            answer.push_back(json_of(line));
        }
    }
    std::ofstream(recording) << all.dump();
}

RecordingEngine::~RecordingEngine() { answers_.save(recording_); }

std::vector<Line> RecordingEngine::read(const cv::Mat& gray, Segmentation segmentation, Deadline deadline,
                                        bool* cut_short) {
    std::vector<Line> lines = engine_->read(gray, segmentation, deadline, cut_short);
    answers_.set(ReplayEngine::key(gray, segmentation), lines);
    return lines;
}

std::unique_ptr<OcrEngine> make_replay_engine(const ScanOptions& options) {
    return options.replay.empty() ? std::make_unique<ReplayEngine>() : std::make_unique<ReplayEngine>(options.replay);
}

} // namespace saring::text
