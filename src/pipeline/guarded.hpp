// The border between foreign exceptions and ours.
#pragma once

#include "image/opencv_bridge.hpp"
#include "saring/error.hpp"

#include <exception>
#include <new>

namespace saring::pipeline {

// Runs `work` and turns foreign exceptions into ours.
template <typename Work> decltype(auto) guarded(const char* stage, Work work) {
    try {
        return work();
    } catch (const Error&) {
        throw;
    } catch (const std::bad_alloc&) {
        throw Error(ErrorCode::out_of_memory, stage);
    } catch (const cv::Exception& e) {
        throw Error(e.code == cv::Error::StsNoMem ? ErrorCode::out_of_memory : ErrorCode::internal, stage, e.err);
    } catch (const std::exception& e) {
        throw Error(ErrorCode::internal, stage, e.what());
    }
}

} // namespace saring::pipeline
