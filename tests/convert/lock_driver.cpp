// Locks and unlocks whole files for lock_oracle.py, which compares with other programs.
// usage: lock_driver lock|unlock ooxml|odf PASSWORD-FILE IN OUT      (exit 1 with the error's name on stdout)
#include "cli/password.hpp"
#include "output/document_writer.hpp"
#include "output/write_file.hpp"
#include "saring/error.hpp"

#include <cstddef>
#include <fstream>
#include <iostream>
#include <iterator>
#include <map>
#include <span>
#include <string>

using namespace saring;

namespace {

output::FileBytes content_of(const std::string& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

} // namespace

int main(int argc, char** argv) {
    using Work = output::FileBytes (*)(const output::FileBytes&, std::string_view);
    const std::map<std::string, Work> works{{"lock ooxml", output::lock_ooxml},
                                            {"unlock ooxml", output::unlock_ooxml},
                                            {"lock odf", output::lock_odf},
                                            {"unlock odf", output::unlock_odf}};
    const auto work = argc == 6 ? works.find(std::string(argv[1]) + " " + argv[2]) : works.end();
    if (work == works.end()) {
        std::cerr << "usage: lock_driver lock|unlock ooxml|odf PASSWORD-FILE IN OUT\n";
        return 2;
    }
    try {
        const cli::PasswordFile password = cli::read_password_file(argv[3]);
        const output::FileBytes out = work->second(content_of(argv[4]), password.password.view());
        output::write_file(argv[5], std::as_bytes(std::span(out)));
    } catch (const Error& error) {
        std::cout << name_of(error.code()) << "\n";
        return 1;
    }
    return 0;
}
