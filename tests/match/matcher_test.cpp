#include "match/matcher.hpp"
#include "match/plain_text.hpp"
#include "match/sentences.hpp"
#include "support.hpp"

#include <chrono>
#include <map>

using namespace saring;
using namespace saring::match;

namespace {

const Matcher& matcher() {
    static const Matcher all(load_rules({test::models() / "rules"}));
    return all;
}

std::vector<std::string> rules_in(std::string_view text) {
    std::vector<std::string> out;
    for (const Match& match : matcher().find(lines_of_text(text))) {
        out.push_back(match.rule->id);
    }
    return out;
}

using Ids = std::vector<std::string>;

} // namespace

TEST_CASE("a marker is found however it is spaced, split, or misread by a letter") {
    for (const char* text :
         {"SANGAT RAHASIA", "S A N G A T   R A H A S I A", "SANGAT\nRAHASIA", "SANGATRAHASIA", "5ANGAT RAHA5lA",
          "SANGAT RAHAS!A", "SANGAT-\nRAHASIA", "SANGAT RAHASlA", "SANGAT RAHASTA"}) {
        CAPTURE(text);
        CHECK(rules_in(text) == Ids{"id.marker.sangat-rahasia"});
    }
}

TEST_CASE("short words match only as whole words") {
    CHECK(rules_in("Ask the Secretary or the Secretariat").empty());
    CHECK(rules_in("RAHASIANYA").empty());
    CHECK(rules_in("PT JASA RAHARJA").empty());
}

TEST_CASE("the same word is a marker or an everyday word by its place") {
    CHECK(rules_in("RAHASIA") == Ids{"id.marker.rahasia"});
    CHECK(rules_in("Nomor 12\nRahasia\nHal: pemeriksaan") == Ids{"id.marker.rahasia"});
    CHECK(rules_in("ada rahasia di antara kita").empty());
    CHECK(rules_in("RAHASIA SUKSES TIM").empty());
    CHECK(rules_in("TERBATAS") == Ids{"id.marker.terbatas"});
    CHECK(rules_in("KUOTA TERBATAS").empty());
}

TEST_CASE("a match tells where it stands, over two lines where it is split") {
    const std::vector<Line> lines = lines_of_text("Lampiran\nTIDAK UNTUK\nDISEBARLUASKAN");
    const std::vector<Match> found = matcher().find(lines);
    REQUIRE(found.size() == 1);
    REQUIRE(found[0].spans.size() == 2);
    CHECK(found[0].spans[0].line == 1);
    CHECK(found[0].spans[1].line == 2);
    CHECK(found[0].text == "TIDAK UNTUK DISEBARLUASKAN");
}

TEST_CASE("words that an empty line parts are not joined to a marker") {
    CHECK(rules_in("tidak untuk\n\ndisebarluaskan").empty());
}

TEST_CASE("doubt of the reader lowers the confidence of the match, and so do edits") {
    std::vector<Line> lines = lines_of_text("CONFIDENTIAL");
    const float sure = matcher().find(lines)[0].confidence;
    lines[0].words[0].confidence = 0.4F;
    CHECK(matcher().find(lines)[0].confidence == Approx(0.4F));
    CHECK(matcher().find(lines_of_text("CONFIDEMTIAL"))[0].confidence < sure - 0.1F);
}

TEST_CASE("of matches on the same words, the gravest and longest is told") {
    CHECK(rules_in("TOP SECRET") == Ids{"en.marker.top-secret"});
    CHECK(rules_in("STRICTLY CONFIDENTIAL") == Ids{"en.marker.confidential"});
}

TEST_CASE("until when an embargo lasts is told with it, as far as the sentence and the next match") {
    const auto told = [](std::string_view text) {
        std::vector<std::string> out;
        for (const Match& match : matcher().find(lines_of_text(text))) {
            out.push_back(match.text);
        }
        return out;
    };
    CHECK(told("EMBARGOED UNTIL FRIDAY") == std::vector<std::string>{"EMBARGOED UNTIL FRIDAY"});
    CHECK(told("EMBARCOED UNTIL FRIDAY") == std::vector<std::string>{"EMBARCOED UNTIL FRIDAY"});
    CHECK(told("Embargoed until 09:00 GMT Thursday. Not before.") ==
          std::vector<std::string>{"Embargoed until 09:00 GMT Thursday"});
    CHECK(told("EMBARGO sampai 16 Agustus pukul 14.00 WIB") ==
          std::vector<std::string>{"EMBARGO sampai 16 Agustus pukul 14.00 WIB"});
    CHECK(told("EMBARGOED UNTIL FRIDAY - INTERNAL USE ONLY") ==
          std::vector<std::string>{"EMBARGOED UNTIL FRIDAY", "INTERNAL USE ONLY"});
    CHECK(told("EMBARGOED UNTIL") == std::vector<std::string>{"EMBARGOED UNTIL"});
    CHECK(told("EMBARGOED UNTIL\nFRIDAY") == std::vector<std::string>{"EMBARGOED UNTIL"});
}

TEST_CASE("plain text keeps its places in code points") {
    const std::vector<Line> lines = lines_of_text("é ü\n  RAHASIA ");
    REQUIRE(lines.size() == 2);
    REQUIRE(lines[1].words.size() == 1);
    CHECK(lines[1].words[0].span == TextSpan{6, 13});
    CHECK(lines[0].words[1].span == TextSpan{2, 3});
    CHECK(lines_of_text("").size() == 1);
}

TEST_CASE("words around a place decide, and the explanation names them") {
    const auto outcome = [](std::string_view text, std::string_view rule) {
        for (const Considered& considered : matcher().consider(lines_of_text(text))) {
            if (considered.match.rule->id == rule) {
                return std::string(name_of(considered.outcome)) + " " + considered.detail;
            }
        }
        return std::string("not considered");
    };
    CHECK(outcome("RAHASIA", "id.marker.rahasia") == "found ");
    CHECK(outcome("RAHASIA SUKSES TIM", "id.marker.rahasia") == "excused RAHASIA SUKSES");
    CHECK(outcome("ada rahasia di sini", "id.marker.rahasia") == "out_of_place capitals, alone, label");
    CHECK(outcome("Nilai kelas ini boleh kosong TERBATAS", "id.marker.terbatas") == "found ");
    CHECK(outcome("TIM Nilai kelas ini boleh kosong TERBATAS", "id.marker.terbatas") == "found ");
    CHECK(outcome("NILAI KELAS INI boleh kosong TERBATAS", "id.marker.terbatas") == "out_of_place alone, emphasised");
    CHECK(outcome("Nilai kelas ini boleh kosong Terbatas", "id.marker.terbatas") == "out_of_place alone, emphasised");
    CHECK(outcome("kata rahasia", "id.marker.sifat-rahasia") == "unlabelled level-label");
    CHECK(outcome("tarif parkir naik", "id.policy.belum-diumumkan") == "single_cue not-public");
    CHECK(outcome("NIK: 3171013002001234", "id.identifier.nik") == "refused ");
    CHECK(outcome("SANGAT RAHASIA", "id.marker.rahasia") == "overlapped id.marker.sangat-rahasia");
    CHECK(outcome("sangat rahasia, rahasia, terbatas, biasa", "id.marker.sangat-rahasia").starts_with("out_of_place"));
}

TEST_CASE("small letters that look like capitals are capitals where other letters are") {
    CHECK(rules_in("TO P S E Cc RET Fried Chicken") == Ids{"en.marker.top-secret"});
    CHECK(rules_in("TOP SEcRET Fried Chicken") == Ids{"en.marker.top-secret"});
    CHECK(rules_in("Agenda: RAHAsIA untuk hari ini") == Ids{"id.marker.rahasia"});
    CHECK(rules_in("Agenda: RAHaSIA untuk hari ini").empty());
    CHECK(rules_in("The Top Secrets of Fried Chicken").empty());
}

TEST_CASE("words that speak against a match do so when they are misread as well") {
    CHECK(rules_in("Password yang kust: minimaI 12 karakter, huruf, angka, dan simbol").empty());
    CHECK(rules_in("afap gudang jangan bocor lagi ya pak, tolong ditombal sebelum musim huien").empty());
    CHECK(rules_in("Sandi mor8e untuk pramuka siaga").empty());
    CHECK(rules_in("Jangan bagikan kata sandi k3pada siapa pvn, termasuk petugas bank").empty());
    CHECK(rules_in("password wifi: k3pada7") == Ids{"secret.password"});
    CHECK(rules_in("password rahas1a") == Ids{"secret.password"});
}

TEST_CASE("a word beside a mark is no excuse only because it is like one") {
    CHECK(rules_in("RAHASIA SUKMA") == rules_in("RAHASIA SURABAYA"));
    CHECK(rules_in("not CONFIDENTIAL").empty());
    for (const char* heading : {"NOTE CONFIDENTIAL", "No. CONFIDENTIAL", "noe CONFIDENTIAL"}) {
        CHECK(rules_in(heading) == rules_in("CONFIDENTIAL"));
    }
    CHECK(rules_in("CONFIDENTIAL.iy") == rules_in("CONFIDENTIAL")); // "confidentially" is no mark
    CHECK(matcher().find(lines_of_text("CONFIDENTIAL.iv"))[0].confidence > 0.9F);
    CHECK(rules_in("RAPAT TERTUTUP\nrencana operasi") == Ids{"id.meeting.tertutup"}); // arisan and koperasi are open
}

TEST_CASE("a row of levels is a lesson however its words are misread, one level is a mark") {
    for (const char* text : {"Traiuiny: when to use OFFI(IAL-SENSITIVE, SECRFI and TOP SECRET markings",
                             "Module 2: ohoosing between OFFICIAL, SECAET and TOP SEORET.",
                             "When do we mark SECRET ancl when CONFIDENTIAL?",
                             "When do we mark SECRET and wli3n OONFIDENTIAL?", "SANGAT RAHASIA, RAHAS1A, TERBATAS"}) {
        CAPTURE(text);
        CHECK(rules_in(text).empty());
    }
    for (const char* text : {"CONFIDENTIAL, for internal use", "CONFIDENTIAL - not public", "CONFIDENTIAL",
                             "CONFIDENTIAL, CONFIDENTIAL"}) {
        CAPTURE(text);
        CHECK_FALSE(rules_in(text).empty());
    }
}

TEST_CASE("evidence of publication speaks against policy, never against a marker") {
    CHECK(rules_in("PERATURAN MENTERI\nNOMOR 62 TAHUN 2023\ntarif cukai belum diumumkan").empty());
    CHECK(rules_in("Siaran Pers\nSANGAT RAHASIA") == Ids{"id.marker.sangat-rahasia"});
}

TEST_CASE("a word more makes a finding graver") {
    const auto severity = [](std::string_view text) { return matcher().find(lines_of_text(text)).at(0).severity; };
    CHECK(severity("NIP 19900817 201502 1 999") == Severity::low);
    CHECK(severity("DAFTAR HADIR\n1. A 19900817 201502 1 999") == Severity::medium);
}

TEST_CASE("a doubtful reading gains by standing like a mark, in red or on a stamp") {
    std::vector<Line> lines = lines_of_text("surat biasa\nsurat biasa\nsurat biasa\nRAHASIA\nsurat\nsurat\nsurat");
    lines[3].words[0].confidence = 0.5F;
    CHECK_FALSE(matcher().find(lines).at(0).blocks);
    lines[3].style = LineStyle::stamp;
    lines[3].ink = 0xD01020;
    const Match match = matcher().find(lines).at(0);
    CHECK(match.confidence == Approx(0.7F));
    CHECK(match.blocks);
}

TEST_CASE("a value may stand on the line below its label, and a word be split over two") {
    CHECK(rules_in("No. KTP\n3171015708459998") == Ids{"id.identifier.nik"});
    CHECK(rules_in("kata san-\ndi: Rambut4n!X") == Ids{"secret.password"});
}

TEST_CASE("phrases that drop a word or change a short one are other phrases") {
    CHECK(rules_in("We use it internally").empty());
    CHECK(rules_in("dan diteruskan kepadanya").empty());
    CHECK(rules_in("EU CONFIDENTIAL") == Ids{"en.marker.nato-eu"});
}

TEST_CASE("hostile text is read in time that grows with its length alone") {
    const auto seconds = [](const std::string& text) {
        const auto begin = std::chrono::steady_clock::now();
        (void)matcher().find(lines_of_text(text));
        return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    };
    for (const char* piece :
         {"RAHASIA ", "R A H A S I A ", "rahasia sukses ", "NIK: 3171015708459998 ", "password: Kppn#2026! ",
          "draf tarif cukai belum diumumkan ", "a ", "\xF0\x9F\xFF ", "password:password:"}) {
        CAPTURE(piece);
        std::string text;
        while (text.size() < 200'000) {
            text += piece;
        }
        const double once = seconds(text) + 0.01;
        CHECK(seconds(text + text + text + text) <
              12 * once); // four times the text; twelve leaves room for a busy machine
    }
}

TEST_CASE("places of a rule on one page are told up to a thousand") {
    std::string text;
    for (int i = 0; i < 1500; ++i) {
        text += "RAHASIA\n";
    }
    CHECK(matcher().find(lines_of_text(text)).size() == 1000);
}

TEST_CASE("a place that blocks is told however many doubtful ones come before it") {
    std::string text;
    for (int i = 0; i < 1200; ++i) {
        text += "Pelatihan: RAHASIA\n";
    }
    text += "\n\nRAHASIA";
    const std::vector<Match> found = matcher().find(lines_of_text(text));
    CHECK(found.size() == 1001);
    CHECK_FALSE(found.front().blocks);
    CHECK(found.back().blocks);
}

TEST_CASE("sentences of every subject are judged right, also when misread") {
    const std::vector<Sentence> sentences = read_sentences(test::source() / "tests/match/sentences.tsv");
    REQUIRE(sentences.size() > 300);
    std::map<std::string, SentenceScore> plain;
    std::map<std::string, SentenceScore> misread;
    for (const auto& [kind, total] : score(matcher(), sentences)) {
        plain[kind.first].right += total.right;
        plain[kind.first].all += total.all;
    }
    for (const auto& [kind, total] : score_misread(matcher(), sentences, 0.03, 1, 1)) {
        const std::string name = kind.first == "clean" ? "clean" : kind.second;
        misread[name].right += total.right;
        misread[name].all += total.all;
    }
    const auto share = [](const SentenceScore& s) { return static_cast<double>(s.right) / static_cast<double>(s.all); };
    CHECK(share(plain["flag"]) > 0.97);
    CHECK(share(plain["clean"]) > 0.99);
    CHECK(share(misread["marker"]) > 0.9);
    CHECK(share(misread["clean"]) > 0.98);
}
