// Tesseract's LSTM engine, one instance for one thread, kept for many pictures.
//
// Its OpenMP threads fight over small work: they are switched off in the thread that reads, which is the only way that
// works from within a program (setting OMP_THREAD_LIMIT from main comes too late). The runtime is whichever Tesseract
// was linked with, so its function is looked up instead of linked.
#include "text/tesseract_engine.hpp"

#include <leptonica/allheaders.h>
#include <tesseract/baseapi.h>
#include <tesseract/ocrclass.h>

#include <dlfcn.h>

#include <algorithm>
#include <array>
#include <filesystem>

namespace saring::text {
namespace {

constexpr const char* debian_tessdata = "/usr/share/tesseract-ocr/5/tessdata";

std::filesystem::path tessdata_of(const ScanOptions& options) {
    return options.tessdata.empty() ? std::filesystem::path(debian_tessdata) : options.tessdata;
}

void forbid_threads() {
    using SetLevels = void (*)(int);
    static const auto set_levels = reinterpret_cast<SetLevels>(::dlsym(RTLD_DEFAULT, "omp_set_max_active_levels"));
    if (set_levels != nullptr) {
        set_levels(0);
    }
}

tesseract::PageSegMode mode_of(Segmentation segmentation) {
    switch (segmentation) {
    case Segmentation::automatic: return tesseract::PSM_AUTO;
    case Segmentation::sparse: return tesseract::PSM_SPARSE_TEXT;
    case Segmentation::single_block: return tesseract::PSM_SINGLE_BLOCK;
    case Segmentation::single_line: return tesseract::PSM_SINGLE_LINE;
    }
    return tesseract::PSM_AUTO;
}

// Whether a language is written from right to left, by the names of Tesseract's data.
bool runs_leftwards(std::string_view language) {
    constexpr std::array<std::string_view, 17> leftwards{
        "ara", "div", "fas",    "heb",    "kur_ara", "pus",    "snd",           "syr",          "uig",
        "urd", "yid", "Arabic", "Hebrew", "Syriac",  "Thaana", "script/Arabic", "script/Hebrew"};
    return std::find(leftwards.begin(), leftwards.end(), language) != leftwards.end();
}

Quad box_at(const tesseract::PageIterator& at, tesseract::PageIteratorLevel level) {
    int left = 0;
    int top = 0;
    int right = 0;
    int bottom = 0;
    at.BoundingBox(level, &left, &top, &right, &bottom);
    return quad_of(
        {static_cast<float>(left), static_cast<float>(top), static_cast<float>(right), static_cast<float>(bottom)});
}

// Walks the result word by word; a new line begins where Tesseract says so. An LTRResultIterator takes words as they
// stand, from the left; a ResultIterator sorts the words of each line by the direction of what is written in it, again
// for every word and at a cost that grows with the square of the page (a tenth of the time of a full page of print).
template <class Iterator> std::vector<Line> lines_of(Iterator& at) {
    std::vector<Line> lines;
    int block = -1;
    do {
        if (at.IsAtBeginningOf(tesseract::RIL_BLOCK)) {
            ++block;
        }
        if (at.IsAtBeginningOf(tesseract::RIL_TEXTLINE) || lines.empty()) {
            Line line;
            line.engine = "tesseract";
            line.quad = box_at(at, tesseract::RIL_TEXTLINE);
            line.block = block;
            lines.push_back(std::move(line));
        }
        const std::unique_ptr<char[]> text(at.GetUTF8Text(tesseract::RIL_WORD));
        if (!text || text[0] == '\0' || std::string_view(text.get()) == " ") {
            continue;
        }
        Word word;
        word.text = text.get();
        word.quad = box_at(at, tesseract::RIL_WORD);
        word.confidence = std::clamp(at.Confidence(tesseract::RIL_WORD) / 100.0F, 0.0F, 1.0F);
        lines.back().words.push_back(std::move(word));
    } while (at.Next(tesseract::RIL_WORD));
    std::erase_if(lines, [](const Line& line) { return line.words.empty(); });
    return lines;
}

class Api : public tesseract::TessBaseAPI {
public:
    using tesseract::TessBaseAPI::GetLTRIterator; // for those who derive from it
};

class TesseractEngine : public OcrEngine {
public:
    explicit TesseractEngine(const ScanOptions& options) : folder_(tessdata_of(options)) {
        for (const std::string& language : options.ocr_languages) {
            if (!std::filesystem::exists(folder_ / (language + ".traineddata"))) {
                throw Error(ErrorCode::missing_language, "recognise", language + " (" + folder_.string() + ")");
            }
            languages_ += (languages_.empty() ? "" : "+") + language;
        }
        if (languages_.empty()) {
            throw Error(ErrorCode::bad_option, "recognise", "no reading language is given");
        }
        leftwards_ = std::any_of(options.ocr_languages.begin(), options.ocr_languages.end(), runs_leftwards);
    }

    ~TesseractEngine() override { api_.End(); }
    TesseractEngine(const TesseractEngine&) = delete;
    TesseractEngine& operator=(const TesseractEngine&) = delete;

    [[nodiscard]] std::string_view name() const override { return "tesseract"; }
    [[nodiscard]] std::string version() const override {
        return "tesseract " + std::string(tesseract::TessBaseAPI::Version()) + " " + languages_;
    }

    void prepare() override {
        if (ready_) {
            return;
        }
        // Without these, Tesseract writes its opinions to stderr.
        const std::vector<std::string> names{"debug_file"};
        const std::vector<std::string> values{"/dev/null"};
        if (api_.Init(folder_.c_str(), languages_.c_str(), tesseract::OEM_LSTM_ONLY, nullptr, 0, &names, &values,
                      false) != 0) {
            throw Error(ErrorCode::missing_language, "recognise", languages_ + " (" + folder_.string() + ")");
        }
        // Tesseract opens that file with its first opinion and does not look whether it could: in a sandbox that was
        // the end of the process. A file that is not there gives it something to say now.
        api_.ReadConfigFile("saring has no such file");
        if (!leftwards_) { // paragraphs are found by ourselves; Tesseract needs them to tell a line's direction
            api_.SetVariable("paragraph_text_based", "false");
        }
        // Lines that it reads badly are read again as light on dark; we hand over dark on light, and read singly what
        // is left.
        api_.SetVariable("tessedit_do_invert", "0");
        ready_ = true;
    }

    std::vector<Line> read(const cv::Mat& gray, Segmentation segmentation, Deadline deadline,
                           bool* cut_short) override {
        prepare();
        forbid_threads();
        constexpr int smallest = 8; // pixels: Tesseract complains about less and finds nothing
        if (gray.cols < smallest || gray.rows < smallest) {
            return {};
        }
        const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now()).count();
        if (left <= 0) {
            *cut_short = true;
            return {};
        }
        api_.SetPageSegMode(mode_of(segmentation));
        api_.SetImage(gray.data, gray.cols, gray.rows, 1, static_cast<int>(gray.step));
        constexpr int usual_dpi = 200; // photos carry no true resolution; a fixed one keeps results repeatable
        api_.SetSourceResolution(usual_dpi);
        tesseract::ETEXT_DESC monitor;
        monitor.set_deadline_msecs(static_cast<std::int32_t>(std::min<long long>(left, 3'600'000)));
        const bool failed = api_.Recognize(&monitor) != 0;
        *cut_short |= monitor.deadline_exceeded();
        std::vector<Line> lines;
        if (!failed && leftwards_) {
            lines = walked(std::unique_ptr<tesseract::ResultIterator>(api_.GetIterator()));
        } else if (!failed) {
            lines = walked(std::unique_ptr<tesseract::LTRResultIterator>(api_.GetLTRIterator()));
        }
        api_.Clear();
        return lines;
    }

private:
    template <class Iterator> static std::vector<Line> walked(const std::unique_ptr<Iterator>& at) {
        return at && !at->Empty(tesseract::RIL_WORD) ? lines_of(*at) : std::vector<Line>();
    }

    Api api_;
    bool ready_ = false; // the languages are loaded: 40 MB that text and judging again can do without
    std::filesystem::path folder_;
    std::string languages_;  // as Tesseract spells them: "ind+eng"
    bool leftwards_ = false; // some language that is read runs from right to left
};

} // namespace

std::unique_ptr<OcrEngine> make_tesseract_engine(const ScanOptions& options) {
    return std::make_unique<TesseractEngine>(options);
}

std::vector<std::string> installed_languages(const ScanOptions& options) {
    std::vector<std::string> out;
    std::error_code error;
    for (const auto& entry : std::filesystem::directory_iterator(tessdata_of(options), error)) {
        if (entry.path().extension() == ".traineddata") {
            out.push_back(entry.path().stem().string());
        }
    }
    std::sort(out.begin(), out.end());
    return out;
}

} // namespace saring::text
