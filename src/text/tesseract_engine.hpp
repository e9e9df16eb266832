// Tesseract as an engine.
#pragma once

#include "text/ocr_engine.hpp"

namespace saring::text {

std::unique_ptr<OcrEngine> make_tesseract_engine(const ScanOptions& options);

} // namespace saring::text
