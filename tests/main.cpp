#define CATCH_CONFIG_RUNNER
#include <catch2/catch.hpp>

#include "image/load.hpp"

#include <opencv2/core/utility.hpp>

int main(int argc, char** argv) {
    cv::setNumThreads(1);
    saring::image::silence_libraries();
    return Catch::Session().run(argc, argv);
}
