#include "audit/worker_answer.hpp"

#include <catch2/catch.hpp>

using saring::audit::shape_of;

TEST_CASE("an answer is known by its id, whichever kind it is and wherever it stands") {
    CHECK(shape_of(R"({"id": 7, "result": {"id": 8, "verdict": "safe"}})")->id == "7");
    CHECK(shape_of(R"({"id": "ready", "error": {"code": "bad_request"}})")->id == "ready");
    CHECK(shape_of(R"({"result": {}, "id": 7})")->id == "7");
    CHECK(shape_of(R"({"id": null, "error": {"code": "bad_request"}})")->id.empty());
}

TEST_CASE("only the answer's own error counts, not one of a page or a word in it") {
    CHECK(shape_of(R"({"id": 7, "error": {"code": "out_of_memory", "page": 1}})")->error_code == "out_of_memory");
    const auto shape = shape_of(
        R"({"id": 7, "result": {"pages": [{"error": {"code": "out_of_memory"}}], "error": {"code": "time_limit"}}})");
    REQUIRE(shape);
    CHECK(shape->error_code.empty());
    CHECK_FALSE(shape->progress);
}

TEST_CASE("a picture cropped out of a file is an answer") {
    const auto shape = shape_of(R"({"id": 7, "crop": {"media_type": "image/jpeg", "data": "/9j/"}})");
    REQUIRE(shape);
    CHECK(shape->id == "7");
    CHECK_FALSE(shape->progress);
}

TEST_CASE("progress is no answer yet") {
    CHECK(shape_of(R"({"id": 7, "progress": {"page": 0, "pages": 3, "stage": "read"}})")->progress);
}

TEST_CASE("lines that are no answer are told apart, however near they come") {
    for (const char* line :
         {"", "x", "7", "null", "[]", R"([{"id": 7, "result": {}}])", R"({"id": 7})", R"({"id": 7, "result": {})",
          R"({"id": 7, "result": {}} x)", R"({"id": 7, "error": "x"})", "{\"id\": 7, \"result\": \"\xff\"}"}) {
        CAPTURE(line);
        CHECK_FALSE(shape_of(line));
    }
}
