#include "audit/lasting_path.hpp"

#include <algorithm>
#include <filesystem>

namespace saring::audit {

std::string lasting_path(const std::string& path) {
    if (path.empty()) {
        return path;
    }
    std::error_code failed;
    std::filesystem::path out = std::filesystem::absolute(path, failed);
    if (failed) { // the working folder is gone
        return path;
    }
    // "link/.." is the parent of what the link points to, which only the file system knows.
    if (std::find(out.begin(), out.end(), "..") != out.end()) {
        const std::filesystem::path found = std::filesystem::weakly_canonical(out, failed);
        out = failed ? out : found;
    } else {
        out = out.lexically_normal();
    }
    std::string text = out.native();
    while (text.size() > 1 && text.ends_with('/')) {
        text.pop_back();
    }
    return text;
}

} // namespace saring::audit
