#include "cli/worker_protocol.hpp"

#include "output/reading.hpp"
#include "support.hpp"

using namespace saring;
using namespace saring::cli;
using output::Json;

namespace {

Scanner& scanner() {
    static Scanner one([] {
        ScanOptions options;
        options.models = test::models();
        options.engine = "replay"; // no picture has text
        options.language = Language::english;
        return options;
    }());
    return one;
}

std::vector<Json> answers(const std::string& line) {
    std::vector<Json> out;
    answer(scanner(), line, [&](const std::string& text) { out.push_back(Json::parse(text)); });
    return out;
}

Json only_answer(const std::string& line) {
    const auto all = answers(line);
    REQUIRE(all.size() == 1);
    return all[0];
}

std::string error_of(const std::string& line) { return only_answer(line).at("error").at("code"); }

} // namespace

TEST_CASE("text is answered with findings, unmasked, under the id that was asked") {
    const Json json = only_answer(R"({"id": "7", "text": "SANGAT\nRAHASIA"})");
    CHECK(json["id"] == "7");
    CHECK(json["result"]["verdict"] == "block");
    CHECK(json["result"]["pages"].empty());
    CHECK(json["result"]["findings"][0]["match"] == "SANGAT RAHASIA");
    CHECK(json["result"]["findings"][0]["span"] == Json{0, 14});
}

TEST_CASE("lines stay out of the answer where they are not wanted, and out of nothing that is kept") {
    ScanResult read;
    Page& page = read.pages.emplace_back();
    page.width = page.height = 1000;
    Line& line = page.lines.emplace_back();
    line.text = "SANGAT RAHASIA";
    line.confidence = 1;
    line.quad = quad_of({100, 20, 500, 60});
    page.other_readings.push_back(page.lines);
    const auto ask = [&](bool lines) {
        return only_answer(
            Json{{"id", 1}, {"reading", output::reading_of(read)}, {"keep", true}, {"options", {{"lines", lines}}}}
                .dump());
    };
    const Json with = ask(true);
    const Json without = ask(false);
    CHECK(with["result"]["verdict"] == "block");
    CHECK(with["result"]["pages"][0]["lines"].size() == 1);
    CHECK(without["result"]["pages"][0]["lines"].empty());
    CHECK(without["result"]["findings"] == with["result"]["findings"]);
    CHECK(without["kept"] == with["kept"]);
}

TEST_CASE("a path and base64 data are answered alike") {
    const test::TemporaryFolder folder;
    const auto bytes = test::encoded(test::quarters(), ".png");
    const std::filesystem::path file =
        folder.write("a.png", {reinterpret_cast<const char*>(bytes.data()), bytes.size()});
    const Json by_path = only_answer(Json{{"id", 1}, {"path", file.string()}}.dump());
    CHECK(by_path["id"] == 1);
    CHECK(by_path["result"]["verdict"] == "safe");
    CHECK(by_path["result"]["media_type"] == "image/png");
    CHECK(by_path["result"]["pages"][0]["width"] == 60);

    std::string base64((bytes.size() + 2) / 3 * 4 + 1, '\0');
    const auto table = std::string("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/");
    std::string encoded;
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        std::uint32_t three = 0;
        for (std::size_t k = 0; k < 3; ++k) {
            three = three << 8 | (i + k < bytes.size() ? std::to_integer<std::uint32_t>(bytes[i + k]) : 0);
        }
        for (std::size_t k = 0; k < 4; ++k) {
            encoded += i + k > bytes.size() ? '=' : table[three >> (18 - 6 * k) & 63];
        }
    }
    const Json by_data = only_answer(Json{{"id", "x"}, {"data", encoded}, {"name", "b.png"}}.dump());
    CHECK(by_data["result"]["sha256"] == by_path["result"]["sha256"]);
    CHECK(by_data["result"]["path"] == "b.png");
}

TEST_CASE("every line gets an answer, a line that is no request with a null id") {
    for (const char* line :
         {"", "no json", "[]", "7", "null", R"({"id": "1"})", R"({"path": "a", "text": "b", "id": "1"})",
          R"({"text": "x"})", R"({"id": ["1"], "text": "x"})", R"({"id": "1", "text": 7})",
          R"({"id": "1", "data": "***"})", R"({"id": "1", "data": "abc"})",
          R"({"id": "1", "text": "x", "progress": 1})", R"({"id": "1", "text": "x", "options": []})",
          R"({"id": "1", "texts": "x"})", "{\"id\": \"1\", \"text\": \"\xFF\"}"}) {
        CAPTURE(line);
        CHECK(error_of(line) == "bad_request");
    }
    CHECK(only_answer("no json")["id"].is_null());
    CHECK(only_answer(R"({"id": "1", "text": 7})")["id"] == "1");
}

TEST_CASE("options hold for their request only; an unknown or wrong one is an error") {
    const test::TemporaryFolder folder;
    const auto bytes = test::encoded(test::quarters(), ".png");
    const std::string file =
        folder.write("a.png", {reinterpret_cast<const char*>(bytes.data()), bytes.size()}).string();
    const auto ask = [&](const Json& options) {
        return only_answer(Json{{"id", "1"}, {"path", file}, {"options", options}}.dump());
    };
    CHECK(ask({{"max_pixels", 100}})["error"]["code"] == "too_many_pixels");
    CHECK(ask({{"max_pixels", 100}, {"language", "id"}})["error"]["message"].get<std::string>().find(
              "gambar melebihi batas") == 0);
    CHECK(ask(Json::object()).contains("result"));
    CHECK(ask({{"max_bytes", 10}})["error"]["code"] == "file_too_large");
    CHECK(ask({{"page_seconds", 2.5}, {"max_pages", 3}, {"fast", true}}).contains("result"));
    for (const Json& options :
         {Json{{"colour", 1}}, Json{{"fast", 1}}, Json{{"language", "fr"}}, Json{{"max_pixels", -1}},
          Json{{"max_pages", 0}}, Json{{"page_seconds", "x"}}, Json{{"max_bytes", 1.5}}}) {
        CAPTURE(options.dump());
        CHECK(ask(options)["error"]["code"] == "bad_option");
    }
}

TEST_CASE("progress comes before the answer where it is asked for") {
    const test::TemporaryFolder folder;
    const auto bytes = test::encoded(test::quarters(), ".png");
    const std::string file =
        folder.write("a.png", {reinterpret_cast<const char*>(bytes.data()), bytes.size()}).string();
    const auto all = answers(Json{{"id", "1"}, {"path", file}, {"progress", true}}.dump());
    REQUIRE(all.size() == 2);
    CHECK(all[0]["progress"] == Json{{"page", 0}, {"pages", 1}, {"stage", "read"}});
    CHECK(all[1].contains("result"));
}

TEST_CASE("a missing file is an error with advice") {
    const Json json = only_answer(R"({"id": "1", "path": "/nonexistent/a.jpg"})");
    CHECK(json["error"]["code"] == "not_found");
    CHECK(json["error"]["stage"] == "load");
    CHECK(json["error"]["path"] == "/nonexistent/a.jpg");
    CHECK_FALSE(json["error"]["advice"].get<std::string>().empty());
}

TEST_CASE("a worker crops a finding out of a file instead of reading it") {
    const test::TemporaryFolder folder;
    const auto bytes = test::encoded(test::quarters(), ".png");
    const std::string file =
        folder.write("a.png", {reinterpret_cast<const char*>(bytes.data()), bytes.size()}).string();
    const Json quad{{2, 2}, {20, 2}, {20, 12}, {2, 12}};
    const auto ask = [&](const Json& crop) {
        return only_answer(Json{{"id", "1"}, {"path", file}, {"crop", crop}}.dump());
    };
    const Json json = ask({{"page", 0}, {"quads", Json::array({quad})}, {"cover", Json::array({quad})}});
    CHECK(json["id"] == "1");
    CHECK_FALSE(json.contains("result"));
    CHECK(json["crop"]["media_type"] == "image/jpeg");
    CHECK(json["crop"]["width"] == 60);
    const auto jpeg = from_base64(json["crop"]["data"].get<std::string>());
    REQUIRE(jpeg);
    CHECK(image::sniff(*jpeg) == "image/jpeg");

    for (const Json& crop : {Json(), Json::array(), Json::object(), Json{{"page", -1}, {"quads", Json::array({quad})}},
                             Json{{"page", 0}, {"quads", 1}}, Json{{"page", 0}, {"quads", {{1, 2}}}},
                             Json{{"page", 0}, {"quads", Json::array({quad})}, {"cover", true}},
                             Json{{"page", 0}, {"quads", Json::array({quad})}, {"colour", 1}}}) {
        CAPTURE(crop.dump());
        CHECK(ask(crop)["error"]["code"] == "bad_request");
    }
    CHECK(ask({{"page", 7}, {"quads", Json::array({quad})}})["error"]["path"] == file);
    CHECK(error_of(R"({"id": "1", "text": "x", "crop": {"page": 0, "quads": []}})") == "bad_request");
    CHECK(error_of(R"({"id": "1", "path": "/nonexistent", "crop": {"page": 0, "quads": []}})") == "not_found");
}
