// A convolutional network with CTC (Graves et al., "Connectionist temporal classification", 2006), trained by
// scripts/train/train_recogniser.py: a frame every 4 pixels of a line that is 32 pixels high, in each frame the
// probability of every sign or of none. Free reading takes the best class of every frame. Spotting a term asks how much
// likelihood is lost when the term is forced onto the frames where it fits best: a term that was written loses little
// even where free reading slips on some of its letters.
//
// What it cannot do: scripts other than Latin; accents (it drops them); lines that bend by more than half an x-height.
#include "text/line_recogniser.hpp"

#include "image/area_average.hpp"
#include "image/enhance.hpp"
#include "saring/error.hpp"
#include "text/beam_search.hpp"
#include "text/layout.hpp"
#include "text/letter_model.hpp"

#include <opencv2/dnn.hpp>
#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <limits>
#include <vector>

namespace saring::text {
namespace {

constexpr int line_height = 32; // pixels: what the network was trained on
constexpr int frame = 4;        // pixels of that line to one frame
constexpr int width_step = 8;
constexpr int widest = 3200; // pixels of that line
constexpr std::string_view alphabet =
    " abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.,:;-/()&'\"!?%+=#@_*[]{}<>|";

const int foreign_class = static_cast<int>(alphabet.size()) + 1; // a letter of a script that is not Latin
constexpr int space_class = 1;

int class_of(char sign) {
    const std::size_t at = alphabet.find(sign);
    return at == std::string_view::npos ? -1 : static_cast<int>(at) + 1;
}

// The picture as the network wants it; padded with paper on the right.
cv::Mat prepared(const cv::Mat& gray) {
    const int width = std::clamp(gray.cols * line_height / gray.rows, width_step, widest);
    cv::Mat line;
    if (gray.rows > line_height) {
        line = image::area_averaged(gray, cv::Size(width, line_height));
    } else {
        cv::resize(gray, line, {width, line_height}, 0, 0, cv::INTER_LINEAR);
    }
    line = image::stretch(line);
    constexpr double half = 127.5;
    std::vector<std::uint8_t> levels(line.begin<std::uint8_t>(), line.end<std::uint8_t>());
    std::nth_element(levels.begin(), levels.begin() + static_cast<std::ptrdiff_t>(levels.size() / 2), levels.end());
    if (levels[levels.size() / 2] < half) {
        line = 255 - line;
    }
    const int padding = (width_step - width % width_step) % width_step;
    cv::copyMakeBorder(line, line, 0, 0, 0, padding, cv::BORDER_CONSTANT, cv::Scalar::all(255));
    cv::Mat out;
    line.convertTo(out, CV_32F, 1 / half, -1);
    return out;
}

// A sign of a reading, from its first frame to its last.
struct SeenSign {
    int sign = 0; // class of the network
    int frame = 0;
    int last_frame = 0;
    double weight = 0; // what the confidence of its word rests on
};

// The words that the signs make, with their places; signs of other scripts are left out. `confidence` is made of the
// mean weight of a word's signs.
std::vector<Word> words_of(const std::vector<SeenSign>& signs, const LineReading& reading,
                           const std::function<double(double)>& confidence) {
    const auto width = static_cast<float>(reading.size.width);
    const auto height = static_cast<float>(reading.size.height);
    // A sign's peak stands near its middle.
    constexpr float before = 0.8F; // frames
    constexpr float after = 1.8F;
    std::vector<Word> out;
    Word word;
    double sum = 0;
    int count = 0;
    float begin = 0;
    float end = 0;
    const auto finish_word = [&] {
        if (count > 0) {
            word.confidence = static_cast<float>(confidence(sum / count));
            word.quad = quad_of({begin, 0.15F * height, std::min(end, width), 0.9F * height});
            out.push_back(std::move(word));
        }
        word = {};
        sum = 0;
        count = 0;
    };
    for (const SeenSign& seen : signs) {
        if (seen.sign == space_class) {
            finish_word();
        } else if (seen.sign != foreign_class) {
            if (count == 0) {
                begin = std::max(end, (static_cast<float>(seen.frame) - before) * reading.frame_width);
            }
            word.text += alphabet[static_cast<std::size_t>(seen.sign) - 1];
            sum += seen.weight;
            ++count;
            end = (static_cast<float>(seen.last_frame) + after) * reading.frame_width;
        }
    }
    finish_word();
    return out;
}

} // namespace

class LineRecogniser::Network {
public:
    explicit Network(const std::filesystem::path& model) {
        try {
            net_ = cv::dnn::readNetFromONNX(model.string());
        } catch (const cv::Exception&) {
            throw Error(ErrorCode::missing_model, "recognise", model.string());
        }
        net_.setPreferableBackend(cv::dnn::DNN_BACKEND_OPENCV);
        net_.setPreferableTarget(cv::dnn::DNN_TARGET_CPU);
    }

    // Log-probabilities, frames x classes.
    cv::Mat run(const cv::Mat& line) {
        net_.setInput(cv::dnn::blobFromImage(line));
        const cv::Mat blob = net_.forward(); // 1 x classes x 1 x frames
        cv::Mat out;
        cv::transpose(cv::Mat(blob.size[1], blob.size[3], CV_32F, const_cast<float*>(blob.ptr<float>())), out);
        for (int t = 0; t < out.rows; ++t) {
            cv::Mat row = out.row(t);
            double most = 0;
            cv::minMaxLoc(row, nullptr, &most);
            cv::Mat powers;
            cv::exp(row - most, powers);
            row -= most + std::log(cv::sum(powers)[0]);
        }
        return out;
    }

private:
    cv::dnn::Net net_;
};

LineRecogniser::LineRecogniser(const std::filesystem::path& model, const std::filesystem::path& letters)
    : model_(model), letters_file_(letters) {}
LineRecogniser::~LineRecogniser() = default;
LineRecogniser::LineRecogniser(LineRecogniser&&) noexcept = default;
LineRecogniser& LineRecogniser::operator=(LineRecogniser&&) noexcept = default;

void LineRecogniser::prepare() {
    if (!network_) {
        network_ = std::make_unique<Network>(model_);
        letters_ = std::make_unique<LetterModel>(letters_file_);
    }
}

LineReading LineRecogniser::read(const cv::Mat& gray) {
    LineReading out;
    out.line.engine = "saring";
    if (gray.cols < 4 || gray.rows < 4) {
        return out;
    }
    prepare();
    out.size = gray.size();
    out.scores = network_->run(prepared(gray));
    out.frame_width = static_cast<float>(frame) * static_cast<float>(gray.cols) /
                      static_cast<float>(std::clamp(gray.cols * line_height / gray.rows, width_step, widest));
    double all = 0;
    int foreign_signs = 0;
    double blanks = 0;
    double path = 0;
    std::vector<SeenSign> signs;
    int before = 0;
    for (int t = 0; t < out.scores.rows; ++t) {
        cv::Point best;
        double likelihood = 0;
        cv::minMaxLoc(out.scores.row(t), nullptr, &likelihood, nullptr, &best);
        blanks += best.x == 0 ? std::exp(likelihood) : 0;
        path += likelihood;
        if (best.x != 0 && best.x != before) {
            signs.push_back({best.x, t, t, likelihood});
            foreign_signs += best.x == foreign_class ? 1 : 0;
            all += best.x == space_class ? 0 : likelihood;
        } else if (best.x != 0) {
            signs.back().last_frame = t;
        }
        before = best.x;
        out.scores.row(t) -= likelihood;
    }
    out.line.words = words_of(signs, out, [](double mean) { return std::exp(mean); });
    const auto count = static_cast<std::size_t>(
        std::count_if(signs.begin(), signs.end(), [](const SeenSign& sign) { return sign.sign != space_class; }));
    const auto mean = [&](double sum) { return static_cast<float>(std::exp(sum / static_cast<double>(count))); };
    out.confidence = count > 0 ? mean(all) : static_cast<float>(blanks / std::max(1, out.scores.rows));
    out.path = count > 0 ? mean(path) : 0;
    out.signs = count;
    out.foreign = count > 0 ? static_cast<float>(foreign_signs) / static_cast<float>(count) : 0;
    complete(out.line);
    return out;
}

Line LineRecogniser::likely(const LineReading& reading) {
    Line out;
    out.engine = "saring";
    if (reading.scores.empty()) {
        return out;
    }
    prepare();
    // How likely a word is right, by what was seen and by how its letters follow each other: logistic regression on
    // lines that no model was trained on (scripts/train/measure_confidence.py).
    constexpr double constant = 4.623;
    constexpr double of_best = 5.823; // of the mean logarithm of the frames' best probability
    constexpr double of_lack = 1.999; // … of what the sign lacks to it
    constexpr double of_language = 0.666;
    std::vector<SeenSign> signs;
    for (const DecodedSign& decoded : decode(reading.scores, alphabet, *letters_)) {
        // The scores lack what makes a frame's probabilities add up to one.
        cv::Mat powers;
        cv::exp(reading.scores.row(decoded.frame), powers);
        const double best = -std::log(cv::sum(powers)[0]);
        const double lack = reading.scores.at<float>(decoded.frame, decoded.sign);
        signs.push_back({decoded.sign, decoded.frame, decoded.frame,
                         of_best * best + of_lack * lack + of_language * static_cast<double>(decoded.language)});
    }
    out.words = words_of(signs, reading, [](double mean) { return 1 / (1 + std::exp(-constant - mean)); });
    complete(out);
    return out;
}

Spotting spot(const LineReading& reading, std::string_view term) {
    constexpr float swallowed_space = 1.0F; // what a missing blank between two words costs
    constexpr float never = -1e6F;
    struct Sign {
        int upper;
        int lower;
        bool may_follow_directly; // no blank is needed between it and the sign before
    };
    Spotting best{never, 0, 0};
    std::vector<Sign> signs;
    for (const char c : term) {
        const int lower = class_of(static_cast<char>(std::tolower(static_cast<unsigned char>(c))));
        const int upper = class_of(static_cast<char>(std::toupper(static_cast<unsigned char>(c))));
        if (lower < 0) {
            return best;
        }
        signs.push_back({upper, lower, !signs.empty() && signs.back().lower != lower});
    }
    if (signs.empty() || reading.scores.empty()) {
        return best;
    }
    // States are sign, blank, sign, …, sign; each keeps the likelihood of its best path and the frame where that began.
    struct Path {
        float sum = never;
        int begin = 0;
    };
    std::vector<Path> paths(2 * signs.size() - 1);
    for (int t = 0; t < reading.scores.rows; ++t) {
        const auto* row = reading.scores.ptr<float>(t);
        for (std::size_t i = paths.size(); i-- > 0;) {
            const Sign& sign = signs[i / 2];
            Path from = paths[i];
            const auto consider = [&](const Path& other) { from = other.sum > from.sum ? other : from; };
            if (i == 0) {
                consider({0, t});
            } else {
                consider(paths[i - 1]);
            }
            float here = row[0];
            if (i % 2 == 0) {
                here = std::max(row[sign.upper], row[sign.lower]);
                if (sign.lower == class_of(' ')) {
                    here = std::max(here, row[0] - swallowed_space);
                }
                if (i > 1 && sign.may_follow_directly) {
                    consider(paths[i - 2]);
                }
            }
            paths[i] = {from.sum + here, from.begin};
        }
        const float score = paths.back().sum / static_cast<float>(signs.size());
        if (score > best.score) {
            best = {score, static_cast<float>(paths.back().begin) * reading.frame_width,
                    static_cast<float>(t + 1) * reading.frame_width};
        }
    }
    return best;
}

} // namespace saring::text
