#include "audit/lasting_path.hpp"

#include <catch2/catch.hpp>

#include <filesystem>

using saring::audit::lasting_path;

TEST_CASE("A path means the same file from whichever folder it is given", "[audit]") {
    const std::string here = std::filesystem::current_path().native();
    CHECK(lasting_path("foto") == here + "/foto");
    CHECK(lasting_path("./foto/") == here + "/foto");
    CHECK(lasting_path(".") == here);
    CHECK(lasting_path("foto/../lain") == here + "/lain");
    CHECK(lasting_path("/arsip//2026/./a.jpg") == "/arsip/2026/a.jpg");
    CHECK(lasting_path("/") == "/");
    CHECK(lasting_path("").empty());
    CHECK(lasting_path("/arsip/\xFF\xFE.jpg") == "/arsip/\xFF\xFE.jpg");
}

TEST_CASE("The parent of a link is the parent of what it points to", "[audit]") {
    const std::filesystem::path folder = std::filesystem::temp_directory_path() / "saring-lasting-path";
    std::filesystem::remove_all(folder);
    std::filesystem::create_directories(folder / "real" / "inner");
    std::filesystem::create_directory_symlink(folder / "real" / "inner", folder / "link");
    CHECK(lasting_path((folder / "link" / ".." / "a.jpg").native()) ==
          (std::filesystem::canonical(folder) / "real" / "a.jpg").native());
    CHECK(lasting_path((folder / "link" / "a.jpg").native()) == (folder / "link" / "a.jpg").native());
    std::filesystem::remove_all(folder);
}
