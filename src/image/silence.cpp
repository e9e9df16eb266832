// The library never prints: everything that would do so on its behalf is told to keep quiet.
#include "image/film.hpp"
#include "image/load.hpp"

#include <exiv2/exiv2.hpp>
#include <leptonica/allheaders.h>
#include <libheif/heif.h>
#include <opencv2/core/utils/logger.hpp>
#include <poppler/cpp/poppler-global.h>
#include <tiffio.h>

#include <mutex>

namespace saring::image {

void silence_libraries() {
    static std::once_flag once;
    std::call_once(once, [] {
        setMsgSeverity(L_SEVERITY_NONE); // Leptonica, under Tesseract too
        Exiv2::LogMsg::setLevel(Exiv2::LogMsg::mute);
        Exiv2::XmpParser::initialize();
        cv::utils::logging::setLogLevel(cv::utils::logging::LOG_LEVEL_SILENT);
        cv::redirectError([](int, const char*, const char*, const char*, int, void*) { return 0; });
        poppler::set_debug_error_function([](const std::string&, void*) {}, nullptr);
        silence_film_library();
        TIFFSetErrorHandler(nullptr);
        TIFFSetWarningHandler(nullptr);
    });
}

} // namespace saring::image
