// PDF/A-2b (ISO 19005-2) wants XMP that agrees with the Info dictionary (6.6.2), the claim in XMP (6.6.4) and an output
// intent, since the page's colours are device colours (6.2.4.3). Encrypted files can keep no PDF/A (6.1.3), so they
// claim none.
#include "output/pdf_metadata.hpp"

#include "output/pdf_text.hpp"
#include "saring/error.hpp"

#include <qpdf/QPDF.hh>
#include <qpdf/QPDFObjectHandle.hh>

#include <algorithm>
#include <fstream>
#include <iterator>

namespace saring::output {
namespace {

constexpr const char* profile_path = "/usr/share/color/icc/sRGB.icc"; // of Debian's icc-profiles-free

std::string title_of(const text::Document& document) {
    std::string title = pdf_string(document.title);
    if (title.empty()) {
        title = document.language.starts_with("en") ? "Document" : "Dokumen";
    }
    return title;
}

// BCP 47 knows letters, digits and hyphens.
std::string language_of(const text::Document& document) {
    const bool valid =
        !document.language.empty() && std::all_of(document.language.begin(), document.language.end(), [](char c) {
            return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
        });
    return valid ? document.language : "und";
}

std::string escaped(std::string_view text) {
    std::string out;
    for (const char c : text) {
        switch (c) {
        case '&': out += "&amp;"; break;
        case '<': out += "&lt;"; break;
        case '>': out += "&gt;"; break;
        default: out += c; break;
        }
    }
    return out;
}

std::string tagged(const std::string& name, std::string_view text) {
    return "<" + name + ">" + escaped(text) + "</" + name + ">\n";
}

std::string xmp_dates(const text::Document& document) {
    if (!pdf_date(document.creation_date)) {
        return {};
    }
    return tagged("xmp:CreateDate", document.creation_date) + tagged("xmp:ModifyDate", document.creation_date) +
           tagged("xmp:MetadataDate", document.creation_date);
}

std::string srgb_profile() {
    std::ifstream file(profile_path, std::ios::binary);
    std::string bytes{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
    constexpr std::size_t header = 128; // ICC.1, 7.2
    constexpr std::size_t signature = 36;
    if (!file || bytes.size() <= header || bytes.compare(signature, 4, "acsp") != 0) {
        throw Error(ErrorCode::write_failed, "write",
                    std::string("the colour profile ") + profile_path +
                        " cannot be read: install the package icc-profiles-free");
    }
    return bytes;
}

void add_output_intent(QPDF& pdf) {
    QPDFObjectHandle profile = pdf.newStream(srgb_profile());
    profile.getDict().replaceKey("/N", QPDFObjectHandle::newInteger(3));
    QPDFObjectHandle intent = QPDFObjectHandle::parse("<</Type /OutputIntent /S /GTS_PDFA1>>");
    intent.replaceKey("/OutputConditionIdentifier", QPDFObjectHandle::newString("sRGB IEC61966-2.1"));
    intent.replaceKey("/Info", QPDFObjectHandle::newString("sRGB IEC61966-2.1"));
    intent.replaceKey("/DestOutputProfile", profile);
    pdf.getRoot().replaceKey("/OutputIntents", QPDFObjectHandle::newArray({pdf.makeIndirectObject(intent)}));
}

void add_info(QPDF& pdf, const text::Document& document) {
    QPDFObjectHandle info = QPDFObjectHandle::newDictionary();
    info.replaceKey("/Title", QPDFObjectHandle::newUnicodeString(title_of(document)));
    if (const std::string producer = pdf_string(document.producer); !producer.empty()) {
        info.replaceKey("/Producer", QPDFObjectHandle::newUnicodeString(producer));
        info.replaceKey("/Creator", QPDFObjectHandle::newUnicodeString(producer));
    }
    if (const auto date = pdf_date(document.creation_date)) {
        info.replaceKey("/CreationDate", QPDFObjectHandle::newString(*date));
        info.replaceKey("/ModDate", QPDFObjectHandle::newString(*date));
    }
    pdf.getTrailer().replaceKey("/Info", pdf.makeIndirectObject(info));
}

} // namespace

std::optional<std::string> pdf_date(std::string_view iso) {
    constexpr std::string_view shape = "0000-00-00T00:00:00";
    const auto has_shape = [](std::string_view text, std::string_view wanted) {
        return text.size() == wanted.size() && std::equal(text.begin(), text.end(), wanted.begin(), [](char c, char w) {
                   return w == '0' ? c >= '0' && c <= '9' : w == '+' ? c == '+' || c == '-' : c == w;
               });
    };
    if (iso.size() <= shape.size() || !has_shape(iso.substr(0, shape.size()), shape)) {
        return std::nullopt;
    }
    const std::string_view zone = iso.substr(shape.size());
    if (zone != "Z" && !has_shape(zone, "+00:00")) {
        return std::nullopt;
    }
    std::string out = "D:";
    std::copy_if(iso.begin(), iso.begin() + shape.size(), std::back_inserter(out),
                 [](char c) { return c >= '0' && c <= '9'; });
    return zone == "Z" ? out + "Z" : out + std::string(zone.substr(0, 3)) + "'" + std::string(zone.substr(4)) + "'";
}

std::string xmp_packet(const text::Document& document, bool archive) {
    std::string out = "<?xpacket begin=\"\xEF\xBB\xBF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
                      "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n"
                      "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n"
                      "<rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\""
                      " xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\" xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\""
                      " xmlns:pdfaid=\"http://www.aiim.org/pdfa/ns/id/\">\n";
    if (archive) {
        out += tagged("pdfaid:part", "2") + tagged("pdfaid:conformance", "B");
    }
    out += tagged("dc:format", "application/pdf");
    out += "<dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">" + escaped(title_of(document)) +
           "</rdf:li></rdf:Alt></dc:title>\n";
    out += "<dc:language><rdf:Bag><rdf:li>" + language_of(document) + "</rdf:li></rdf:Bag></dc:language>\n";
    out += xmp_dates(document);
    if (const std::string producer = pdf_string(document.producer); !producer.empty()) {
        out += tagged("pdf:Producer", producer) + tagged("xmp:CreatorTool", producer);
    }
    return out + "</rdf:Description>\n</rdf:RDF>\n</x:xmpmeta>\n<?xpacket end=\"w\"?>\n";
}

void describe(QPDF& pdf, const text::Document& document, bool archive) {
    QPDFObjectHandle metadata = pdf.newStream(xmp_packet(document, archive));
    metadata.getDict().replaceKey("/Type", QPDFObjectHandle::newName("/Metadata"));
    metadata.getDict().replaceKey("/Subtype", QPDFObjectHandle::newName("/XML"));
    QPDFObjectHandle catalog = pdf.getRoot();
    catalog.replaceKey("/Metadata", metadata);
    catalog.replaceKey("/Lang", QPDFObjectHandle::newString(language_of(document)));
    catalog.replaceKey("/ViewerPreferences", QPDFObjectHandle::parse("<</DisplayDocTitle true>>"));
    add_info(pdf, document);
    if (archive) {
        add_output_intent(pdf);
    }
}

} // namespace saring::output
