// What every presentation has and no slide changes: theme, master, two layouts, the master of notes. Kept as text,
// since nothing in it depends on the document.
#include "output/pptx_parts.hpp"

#include <pugixml.hpp>

#include <string_view>

namespace saring::output {
namespace {

constexpr std::string_view head = R"(<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
)";

constexpr std::string_view namespaces =
    R"(xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" )"
    R"(xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" )"
    R"(xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main")";

// Black on white, Arial, and accents for what a user adds.
constexpr std::string_view theme =
    R"(<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" name="Saring">
<a:themeElements>
<a:clrScheme name="Saring">
<a:dk1><a:sysClr val="windowText" lastClr="000000"/></a:dk1><a:lt1><a:sysClr val="window" lastClr="FFFFFF"/></a:lt1>
<a:dk2><a:srgbClr val="1F3A5F"/></a:dk2><a:lt2><a:srgbClr val="EEF1F5"/></a:lt2>
<a:accent1><a:srgbClr val="1F6FB2"/></a:accent1><a:accent2><a:srgbClr val="D9822B"/></a:accent2>
<a:accent3><a:srgbClr val="4C9F70"/></a:accent3><a:accent4><a:srgbClr val="B23A48"/></a:accent4>
<a:accent5><a:srgbClr val="6C5B9E"/></a:accent5><a:accent6><a:srgbClr val="7A8793"/></a:accent6>
<a:hlink><a:srgbClr val="0563C1"/></a:hlink><a:folHlink><a:srgbClr val="954F72"/></a:folHlink>
</a:clrScheme>
<a:fontScheme name="Saring">
<a:majorFont><a:latin typeface="Arial"/><a:ea typeface=""/><a:cs typeface=""/></a:majorFont>
<a:minorFont><a:latin typeface="Arial"/><a:ea typeface=""/><a:cs typeface=""/></a:minorFont>
</a:fontScheme>
<a:fmtScheme name="Saring">
<a:fillStyleLst><a:solidFill><a:schemeClr val="phClr"/></a:solidFill><a:solidFill><a:schemeClr val="phClr"/></a:solidFill><a:solidFill><a:schemeClr val="phClr"/></a:solidFill></a:fillStyleLst>
<a:lnStyleLst><a:ln w="6350"><a:solidFill><a:schemeClr val="phClr"/></a:solidFill></a:ln><a:ln w="12700"><a:solidFill><a:schemeClr val="phClr"/></a:solidFill></a:ln><a:ln w="19050"><a:solidFill><a:schemeClr val="phClr"/></a:solidFill></a:ln></a:lnStyleLst>
<a:effectStyleLst><a:effectStyle><a:effectLst/></a:effectStyle><a:effectStyle><a:effectLst/></a:effectStyle><a:effectStyle><a:effectLst/></a:effectStyle></a:effectStyleLst>
<a:bgFillStyleLst><a:solidFill><a:schemeClr val="phClr"/></a:solidFill><a:solidFill><a:schemeClr val="phClr"/></a:solidFill><a:solidFill><a:schemeClr val="phClr"/></a:solidFill></a:bgFillStyleLst>
</a:fmtScheme>
</a:themeElements>
</a:theme>)";

constexpr std::string_view empty_tree =
    R"(<p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr>)"
    R"(<p:grpSpPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="0" cy="0"/><a:chOff x="0" y="0"/><a:chExt cx="0" cy="0"/></a:xfrm></p:grpSpPr>)";

constexpr std::string_view white =
    R"(<p:bg><p:bgPr><a:solidFill><a:schemeClr val="bg1"/></a:solidFill><a:effectLst/></p:bgPr></p:bg>)";

constexpr std::string_view colour_map =
    R"(<p:clrMap bg1="lt1" tx1="dk1" bg2="lt2" tx2="dk2" accent1="accent1" accent2="accent2" accent3="accent3" )"
    R"(accent4="accent4" accent5="accent5" accent6="accent6" hlink="hlink" folHlink="folHlink"/>)";

constexpr std::string_view text_styles =
    R"(<p:txStyles><p:titleStyle><a:lvl1pPr><a:defRPr sz="2800"><a:solidFill><a:schemeClr val="tx1"/></a:solidFill><a:latin typeface="+mj-lt"/></a:defRPr></a:lvl1pPr></p:titleStyle>)"
    R"(<p:bodyStyle><a:lvl1pPr><a:defRPr sz="1800"><a:solidFill><a:schemeClr val="tx1"/></a:solidFill><a:latin typeface="+mn-lt"/></a:defRPr></a:lvl1pPr></p:bodyStyle>)"
    R"(<p:otherStyle><a:lvl1pPr><a:defRPr sz="1800"><a:solidFill><a:schemeClr val="tx1"/></a:solidFill><a:latin typeface="+mn-lt"/></a:defRPr></a:lvl1pPr></p:otherStyle></p:txStyles>)";

std::string frame(double left, double top, double width, double height) {
    return "<a:xfrm><a:off x=\"" + std::to_string(emu(left)) + "\" y=\"" + std::to_string(emu(top)) +
           "\"/><a:ext cx=\"" + std::to_string(emu(width)) + "\" cy=\"" + std::to_string(emu(height)) + "\"/></a:xfrm>";
}

std::string placeholder(int id, const std::string& name, const std::string& kind, const std::string& place) {
    return "<p:sp><p:nvSpPr><p:cNvPr id=\"" + std::to_string(id) + "\" name=\"" + name +
           "\"/><p:cNvSpPr><a:spLocks noGrp=\"1\"/></p:cNvSpPr><p:nvPr><p:ph " + kind +
           "/></p:nvPr></p:nvSpPr><p:spPr>" +
           (place.empty() ? "" : place + "<a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom>") +
           "</p:spPr><p:txBody><a:bodyPr/><a:lstStyle/><a:p><a:endParaRPr lang=\"en-US\"/></a:p></p:txBody></p:sp>";
}

FileBytes root(const std::string& name, const std::string& attributes, const std::string& content) {
    return bytes_of(std::string(head) + "<p:" + name + " " + std::string(namespaces) + attributes + ">" + content +
                    "</p:" + name + ">");
}

std::string slide_data(std::string_view background, const std::string& shapes) {
    return "<p:cSld" + std::string(">") + std::string(background) + "<p:spTree>" + std::string(empty_tree) + shapes +
           "</p:spTree></p:cSld>";
}

} // namespace

FileBytes pptx_theme() { return bytes_of(std::string(head) + std::string(theme)); }

FileBytes pptx_master(const SlideSize& size) {
    constexpr double margin = 0.06; // of the side
    const std::string title =
        frame(size.width * margin, size.height * margin, size.width * (1 - 2 * margin), size.height * 0.15);
    return root(
        "sldMaster", "",
        slide_data(white, placeholder(2, "Title", "type=\"title\"", title)) + std::string(colour_map) +
            R"(<p:sldLayoutIdLst><p:sldLayoutId id="2147483649" r:id="rId1"/><p:sldLayoutId id="2147483650" r:id="rId2"/></p:sldLayoutIdLst>)" +
            std::string(text_styles));
}

FileBytes pptx_layout(bool with_title) {
    const std::string shapes = with_title ? placeholder(2, "Title", "type=\"title\"", "") : "";
    std::string data = slide_data("", shapes);
    data.replace(0, std::string_view("<p:cSld>").size(),
                 with_title ? "<p:cSld name=\"Title Only\">" : "<p:cSld name=\"Blank\">");
    return root("sldLayout", with_title ? " type=\"titleOnly\"" : " type=\"blank\"",
                data + "<p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr>");
}

FileBytes pptx_notes_master() {
    // Points on an A4 sheet, as notes are printed.
    const std::string shapes =
        placeholder(2, "Slide Image", "type=\"sldImg\" idx=\"2\"", frame(70, 60, 400, 300)) +
        placeholder(3, "Notes", "type=\"body\" sz=\"quarter\" idx=\"3\"", frame(54, 400, 432, 320));
    return root("notesMaster", "", slide_data(white, shapes) + std::string(colour_map));
}

} // namespace saring::output
