// Writes reports that nobody audited for, for programs that open them.
// usage: report_samples FOLDER      (sample.html, sample.sarif: one of everything; large.html: 5,000 findings)
#include "output/audit_report.hpp"
#include "output/report_sample.hpp"

#include <fstream>
#include <iostream>

int main(int count, char** arguments) {
    using namespace saring;
    using output::ReportFormat;
    if (count != 2) {
        std::cerr << "usage: report_samples FOLDER\n";
        return 2;
    }
    const auto write = [&](const char* name, const AuditReport& report, ReportFormat format, Language language) {
        std::ofstream(std::string(arguments[1]) + "/" + name, std::ios::binary)
            << output::audit_report(report, format, language);
    };
    constexpr int many = 5000;
    write("sample.html", test::sample_report(), ReportFormat::html, Language::indonesian);
    write("sample.sarif", test::sample_report(), ReportFormat::sarif, Language::indonesian);
    const AuditReport large = test::large_report(many);
    write("large.html", large, ReportFormat::html, Language::english);
    write("large.sarif", large, ReportFormat::sarif, Language::english);
    return 0;
}
