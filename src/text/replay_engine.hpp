// An engine that answers from a recording, for tests without Tesseract's time and moods.
#pragma once

#include "text/ocr_engine.hpp"

#include <filesystem>
#include <map>

namespace saring::text {

// Answers by the content of the picture: a recording maps a hash of pixels and segmentation to lines. An unknown
// picture has no text.
class ReplayEngine : public OcrEngine {
public:
    ReplayEngine() = default;

    // Reads a recording; throws Error(bad_option) when it is no recording.
    explicit ReplayEngine(const std::filesystem::path& recording);

    [[nodiscard]] std::string_view name() const override { return "replay"; }
    std::vector<Line> read(const cv::Mat& gray, Segmentation segmentation, Deadline deadline, bool* cut_short) override;

    // The key under which an answer is kept: 16 hexadecimal digits.
    static std::string key(const cv::Mat& gray, Segmentation segmentation);

    void set(const std::string& key, std::vector<Line> lines) { answers_[key] = std::move(lines); }
    void save(const std::filesystem::path& recording) const;

private:
    std::map<std::string, std::vector<Line>> answers_;
};

// Wraps another engine and keeps what it answers.
class RecordingEngine : public OcrEngine {
public:
    RecordingEngine(std::unique_ptr<OcrEngine> engine, std::filesystem::path recording)
        : engine_(std::move(engine)), recording_(std::move(recording)) {}
    ~RecordingEngine() override;
    RecordingEngine(const RecordingEngine&) = delete;
    RecordingEngine& operator=(const RecordingEngine&) = delete;

    [[nodiscard]] std::string_view name() const override { return engine_->name(); }
    std::vector<Line> read(const cv::Mat& gray, Segmentation segmentation, Deadline deadline, bool* cut_short) override;

private:
    std::unique_ptr<OcrEngine> engine_;
    std::filesystem::path recording_;
    ReplayEngine answers_;
};

std::unique_ptr<OcrEngine> make_replay_engine(const ScanOptions& options);

} // namespace saring::text
