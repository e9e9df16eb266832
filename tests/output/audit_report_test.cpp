#include "golden.hpp"
#include "output/audit_report.hpp"
#include "output/json.hpp"
#include "output/report_sample.hpp"
#include "output/sarif.hpp"
#include "support.hpp"

using namespace saring;
using namespace saring::output;

namespace {

bool contains(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

// The page without its style and script, whose text is no promise, and without their hashes.
std::string without_code(std::string page) {
    const auto cut = [&](std::string_view begin, std::string_view end) {
        const std::size_t from = page.find(begin) + begin.size();
        page.replace(from, page.find(end, from) - from, "…");
    };
    cut("<style>", "</style>");
    cut("\n<script>", "</script>");
    cut("style-src ", ";");
    cut("script-src ", ";");
    return page;
}

std::size_t count(const std::string& text, std::string_view part) {
    std::size_t out = 0;
    for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + part.size())) {
        ++out;
    }
    return out;
}

} // namespace

TEST_CASE("each format of a report is as it was agreed") {
    const AuditReport report = test::sample_report();
    test::check_golden("audit.json", audit_report(report, ReportFormat::json, Language::english));
    test::check_golden("audit.ndjson", audit_report(report, ReportFormat::ndjson, Language::english));
    test::check_golden("audit.csv", audit_report(report, ReportFormat::csv, Language::indonesian));
    test::check_golden("audit.sarif", audit_report(report, ReportFormat::sarif, Language::english));
    test::check_golden("audit.html", without_code(audit_report(report, ReportFormat::html, Language::indonesian)));
}

TEST_CASE("the summary on a terminal and the difference of two runs are as they were agreed") {
    AuditSummary run;
    run.read = 412;
    run.unchanged = 19585;
    run.took = std::chrono::minutes(92);
    run.complete = true;
    run.notices = {"Kept in galeri.db."};
    test::check_golden("audit.txt", audit_summary(test::sample_report(), run, Language::english, false));
    test::check_golden("audit_difference.txt",
                       audit_difference_text(test::sample_difference(), Language::english, false));
    test::check_golden("audit_difference.csv",
                       audit_difference(test::sample_difference(), ReportFormat::csv, Language::english));
    test::check_golden("audit_difference.json",
                       audit_difference(test::sample_difference(), ReportFormat::json, Language::english));
    CHECK(audit_difference_text({}, Language::english, false) == "Nothing changed.\n");
}

TEST_CASE("the extension chooses the format, in any case") {
    CHECK(report_format_of("/tmp/x.HTML") == ReportFormat::html);
    CHECK(report_format_of("x.sarif.json") == ReportFormat::sarif);
    CHECK(report_format_of("x.json") == ReportFormat::json);
    CHECK(report_format_of("x.jsonl") == ReportFormat::ndjson);
    CHECK(test::code_of([] { report_format_of("x.pdf"); }) == ErrorCode::unknown_output);
    CHECK(test::code_of([] { report_format_of("json"); }) == ErrorCode::unknown_output);
    CHECK(test::code_of([] { audit_difference({}, ReportFormat::html, Language::english); }) ==
          ErrorCode::unknown_output);
}

TEST_CASE("no text of a gallery becomes part of the page") {
    const std::string page = audit_report(test::sample_report(), ReportFormat::html, Language::english);
    CHECK_FALSE(contains(page, "<script>alert"));
    CHECK_FALSE(contains(page, "<img src=x"));
    CHECK_FALSE(contains(page, "<b>berat"));
    CHECK(count(page, "<script") == 3); // data, code, one picture
    CHECK(count(page, "</script>") == 3);
    CHECK_FALSE(contains(page, "\x1b"));
    CHECK_FALSE(contains(page, "\xE2\x80\xAE"));
    CHECK(contains(page, "default-src 'none'"));
    CHECK_FALSE(contains(page, "://"));
}

TEST_CASE("a name that turns the reading direction or moves the cursor is shown, not obeyed") {
    AuditSummary run;
    const std::string text = audit_summary(test::sample_report(), run, Language::english, false);
    CHECK_FALSE(contains(text, "\x1b"));
    CHECK_FALSE(contains(text, "\x07"));
    CHECK_FALSE(contains(text, "\xE2\x80\xAE"));
    CHECK(contains(text, "\\u202Egpj.exe"));
    CHECK(contains(text, "\\x1B[31mred\\x07.jpg"));
}

TEST_CASE("no field of the table is a formula, and every row has as many fields as the head") {
    const std::string table = audit_report(test::sample_report(), ReportFormat::csv, Language::english);
    std::size_t begin = 0;
    while (begin < table.size()) {
        const std::size_t end = table.find("\r\n", begin);
        std::size_t fields = 1;
        bool quoted = false;
        for (std::size_t i = begin; i < end; ++i) {
            quoted ^= table[i] == '"';
            fields += !quoted && table[i] == ',' ? 1U : 0U;
            const bool starts =
                i == begin || table[i - 1] == ',' || (table[i - 1] == '"' && i > 1 && table[i - 2] == ',');
            CHECK_FALSE((starts && (table[i] == '=' || table[i] == '+' || table[i] == '@')));
        }
        CHECK(fields == 27);
        begin = end + 2;
    }
}

TEST_CASE("a path of any bytes is a URI") {
    CHECK(uri_of("/srv/a b/\xFF%#?.jpg") == "file:///srv/a%20b/%FF%25%23%3F.jpg");
    CHECK(uri_of("catatan:rapat.txt") == "catatan%3Arapat.txt");
    CHECK(uri_of("surat.zip!/1.jpg") == "surat.zip!/1.jpg");
}

TEST_CASE("SARIF tells what was accepted, what is new, what is gone and what could not be scanned") {
    const Json run =
        Json::parse(audit_report(test::sample_report(), ReportFormat::sarif, Language::english))["runs"][0];
    const Json& results = run["results"];
    CHECK(results[0]["baselineState"] == "unchanged");
    CHECK(results[1]["suppressions"][0]["justification"] == "Sudah diumumkan");
    CHECK(results[2]["baselineState"] == "absent");
    CHECK(results[3]["baselineState"] == "new");
    CHECK(run["invocations"][0]["executionSuccessful"] == false);
    CHECK(run["invocations"][0]["toolExecutionNotifications"].size() == 2);
    CHECK(results.back()["locations"][0]["physicalLocation"]["region"] == Json{{"charOffset", 7}, {"charLength", 14}});
    for (const Json& result : results) {
        CHECK(run["tool"]["driver"]["rules"][result["ruleIndex"].get<std::size_t>()]["id"] == result["ruleId"]);
    }
}

TEST_CASE("an audit that was interrupted says so before anything else") {
    AuditReport report = test::sample_report();
    report.ended.clear();
    CHECK(contains(audit_report(report, ReportFormat::html, Language::english), "This audit was interrupted."));
    CHECK(Json::parse(audit_report(report, ReportFormat::json, Language::english))["ended"].is_null());
    AuditSummary run;
    CHECK(contains(audit_summary(report, run, Language::english, false), "Not finished"));
}

TEST_CASE("a check as HTML or SARIF masks what it found and tells what could not be checked") {
    ScanResult result;
    result.path = "a.jpg";
    result.verdict = Verdict::block;
    result.pages.emplace_back();
    Finding finding;
    finding.rule = "secret.password";
    finding.category = Category::secret;
    finding.severity = Severity::critical;
    finding.blocks = true;
    finding.title = "A password";
    finding.match = "hunter2hunter2";
    finding.context = "wifi: hunter2hunter2";
    finding.page = 0;
    finding.quads = {quad_of({0, 0, 10, 10})};
    result.findings = {finding};
    const std::vector<ScanResult> results{result};
    const std::vector<Error> errors{Error(ErrorCode::not_found, "load").at_path("b.jpg")};
    for (const std::string& text :
         {html_report(results, errors, {}, Language::english), sarif_report(results, errors, {}, Language::english)}) {
        CHECK_FALSE(contains(text, "hunter2"));
        CHECK(contains(text, "a.jpg"));
        CHECK(contains(text, "b.jpg"));
        CHECK(contains(text, "the file does not exist"));
    }
    CHECK(contains(html_report(results, errors, {}, Language::english), "\"commands\":false"));
}
