// Everything a user needs from one header. usage: consumer MODELS FILE; prints the verdicts of a text and of the file.
#include <saring/saring.hpp>

#include <iostream>

int main(int, char** argv) {
    saring::ScanOptions options;
    options.models = argv[1];
    saring::Scanner scanner(options);
    std::cout << name_of(scanner.scan_text("SANGAT RAHASIA").verdict) << ' ' << name_of(scanner.scan(argv[2]).verdict) << ' ';
    try {
        (void)scanner.scan("/nonexistent.jpg");
    } catch (const saring::Error& error) {
        std::cout << name_of(error.code()) << '\n';
    }
}
