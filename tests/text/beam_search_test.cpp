#include "support.hpp"
#include "text/beam_search.hpp"

using namespace saring;
using namespace saring::text;

namespace {

constexpr std::string_view alphabet = " abcdefghijklmnopqrstuvwxyz";
constexpr int foreign = 28; // the class after the alphabet's

const LetterModel& letters() {
    static const LetterModel model(test::models() / "letter-model.bin");
    return model;
}

// Frames in which one sign or the blank ('_') stands out by far.
cv::Mat frames(std::string_view signs) {
    cv::Mat out(static_cast<int>(signs.size()), foreign + 1, CV_32F, cv::Scalar::all(-15));
    for (int t = 0; t < out.rows; ++t) {
        const char sign = signs[static_cast<std::size_t>(t)];
        const auto at = alphabet.find(sign);
        out.at<float>(t, sign == '_' ? 0 : sign == '?' ? foreign : static_cast<int>(at) + 1) = 0;
    }
    return out;
}

void allow(cv::Mat& scores, int frame, char sign, float score) {
    scores.at<float>(frame, static_cast<int>(alphabet.find(sign)) + 1) = score;
}

std::string text_of(const cv::Mat& scores) {
    std::string out;
    for (const DecodedSign& sign : decode(scores, alphabet, letters())) {
        out += sign.sign == foreign ? '?' : alphabet[static_cast<std::size_t>(sign.sign) - 1];
    }
    return out;
}

} // namespace

TEST_CASE("what the picture leaves no doubt of is read as it stands, likely or not") {
    CHECK(text_of(frames("_r_aa_p__a_t_")) == "rapat");
    CHECK(text_of(frames("x_q_z_v_")) == "xqzv");
    CHECK(text_of(frames("____")).empty());
    CHECK(text_of(cv::Mat(0, foreign + 1, CV_32F)).empty());
}

TEST_CASE("a sign held is one, and two need a blank between them") {
    CHECK(text_of(frames("a_n_g_g_a_r_a_n")) == "anggaran");
    CHECK(text_of(frames("annnggaa")) == "anga");
}

TEST_CASE("where the picture leaves doubt the likelier word is read") {
    cv::Mat scores = frames("m_i_n_a_t_e_s_");
    CHECK(text_of(scores) == "minates");
    allow(scores, 6, 'u', -0.7F);
    CHECK(text_of(scores) == "minutes");
    allow(scores, 6, 'u', -6); // the picture is sure enough
    CHECK(text_of(scores) == "minates");
}

TEST_CASE("each sign's frame is where it stands out, in the order of the signs") {
    cv::Mat scores = frames("_l__l_a_");
    allow(scores, 2, 'l', -1);
    const auto signs = decode(scores, alphabet, letters());
    REQUIRE(signs.size() == 3);
    CHECK(signs[0].frame == 1);
    CHECK(signs[1].frame == 4);
    CHECK(signs[2].frame == 6);
}

TEST_CASE("signs of other scripts are told, and none is made of them") { CHECK(text_of(frames("a_?_?_b")) == "a??b"); }
