#include "output/ooxml_package.hpp"

#include "output/office_layout.hpp"
#include "output/xml.hpp"

#include <pugixml.hpp>

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <cstdio>

namespace saring::output {
namespace {

const std::string office = "http://schemas.openxmlformats.org/officeDocument/2006/";
const std::string package = "http://schemas.openxmlformats.org/package/2006/";
const std::string media_type = "application/vnd.openxmlformats-";

FileBytes content_types(const std::vector<TypedPart>& typed) {
    pugi::xml_document part;
    pugi::xml_node types = add(part, "Types", {{"xmlns", package + "content-types"}});
    const auto by_extension = [&](const char* extension, const std::string& type) {
        add(types, "Default", {{"Extension", extension}, {"ContentType", type}});
    };
    by_extension("rels", media_type + "package.relationships+xml");
    by_extension("xml", "application/xml");
    by_extension("png", "image/png");
    by_extension("jpeg", "image/jpeg");
    for (const TypedPart& each : typed) {
        add(types, "Override", {{"PartName", each.name}, {"ContentType", media_type + each.type + "+xml"}});
    }
    return xml_bytes(part);
}

FileBytes root_relations(std::string_view main_part) {
    pugi::xml_document part;
    pugi::xml_node root = add(part, "Relationships", {{"xmlns", package + "relationships"}});
    const auto point = [&](const char* id, const std::string& type, std::string_view target) {
        add(root, "Relationship", {{"Id", id}, {"Type", type}, {"Target", target}});
    };
    point("rId1", office + "relationships/officeDocument", main_part);
    point("rId2", package + "relationships/metadata/core-properties", "docProps/core.xml");
    point("rId3", office + "relationships/extended-properties", "docProps/app.xml");
    return xml_bytes(part);
}

FileBytes core_properties(const text::Document& document) {
    pugi::xml_document part;
    pugi::xml_node root = add(part, "cp:coreProperties",
                              {{"xmlns:cp", package + "metadata/core-properties"},
                               {"xmlns:dc", "http://purl.org/dc/elements/1.1/"},
                               {"xmlns:dcterms", "http://purl.org/dc/terms/"},
                               {"xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance"}});
    add_text(root, "dc:title", document.title);
    add_text(root, "dc:language", locale_of(document));
    const std::string date = utc_date(document.creation_date);
    if (!date.empty()) {
        add_text(root, "dcterms:created", date, {{"xsi:type", "dcterms:W3CDTF"}});
        add_text(root, "dcterms:modified", date, {{"xsi:type", "dcterms:W3CDTF"}});
    }
    return xml_bytes(part);
}

FileBytes app_properties(const text::Document& document) {
    pugi::xml_document part;
    add_text(add(part, "Properties", {{"xmlns", office + "extended-properties"}}), "Application", document.producer);
    return xml_bytes(part);
}

} // namespace

FileBytes relations_part(const std::vector<Relation>& relations) {
    pugi::xml_document part;
    pugi::xml_node root = add(part, "Relationships", {{"xmlns", package + "relationships"}});
    for (const Relation& relation : relations) {
        add(root, "Relationship",
            {{"Id", relation.id}, {"Type", office + "relationships/" + relation.type}, {"Target", relation.target}});
    }
    return xml_bytes(part);
}

FileBytes ooxml_package(const text::Document& document, std::string_view main_part, const std::vector<TypedPart>& typed,
                        std::vector<ZipEntry> parts) {
    std::vector<TypedPart> types = typed;
    types.push_back({"/docProps/core.xml", "package.core-properties"});
    types.push_back({"/docProps/app.xml", "officedocument.extended-properties"});
    std::vector<ZipEntry> entries;
    entries.push_back({"[Content_Types].xml", content_types(types)});
    entries.push_back({"_rels/.rels", root_relations(main_part)});
    std::move(parts.begin(), parts.end(), std::back_inserter(entries));
    entries.push_back({"docProps/core.xml", core_properties(document)});
    entries.push_back({"docProps/app.xml", app_properties(document)});
    return zip(entries);
}

long twips(double points) { return std::lround(points * 20); }
long long emu(double points) { return std::llround(points * 12700); }

std::string utc_date(std::string_view date) {
    int year = 0;
    int month = 0;
    int day = 0;
    int hour = 0;
    int minute = 0;
    int second = 0;
    char sign = 'Z';
    int zone_hour = 0;
    int zone_minute = 0;
    const std::string text(date);
    const int read = std::sscanf(text.c_str(), "%4d-%2d-%2dT%2d:%2d:%2d%c%2d:%2d", &year, &month, &day, &hour, &minute,
                                 &second, &sign, &zone_hour, &zone_minute);
    const bool zoned = read == 9 && (sign == '+' || sign == '-');
    if (read != 6 && !zoned && !(read == 7 && sign == 'Z')) {
        return "";
    }
    using namespace std::chrono;
    const year_month_day calendar{std::chrono::year(year), std::chrono::month(static_cast<unsigned>(month)),
                                  std::chrono::day(static_cast<unsigned>(day))};
    if (!calendar.ok()) {
        return "";
    }
    const minutes offset = hours(zone_hour) + minutes(zone_minute);
    const sys_seconds moment =
        sys_days(calendar) + hours(hour) + minutes(minute) + seconds(second) - (sign == '-' ? -offset : offset);
    const sys_days midnight = floor<days>(moment);
    const year_month_day there(midnight);
    const hh_mm_ss clock(moment - midnight);
    std::array<char, 32> out{};
    std::snprintf(out.data(), out.size(), "%04d-%02u-%02uT%02d:%02d:%02dZ", static_cast<int>(there.year()),
                  static_cast<unsigned>(there.month()), static_cast<unsigned>(there.day()),
                  static_cast<int>(clock.hours().count()), static_cast<int>(clock.minutes().count()),
                  static_cast<int>(clock.seconds().count()));
    return out.data();
}

} // namespace saring::output
