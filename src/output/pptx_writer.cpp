// Puts the parts of a PPTX file together.
#include "output/pptx_parts.hpp"

#include <pugixml.hpp>

#include <utility>

namespace saring::output {
namespace {

constexpr int first_slide_id = 256;             // 19.7.13: the least that is allowed
constexpr const char* master_id = "2147483648"; // 19.7.10: likewise

// Names of parts and the way from one to another, gathered slide by slide.
class Presentation {
public:
    explicit Presentation(const text::Document& document) : document_(document), size_(slide_size(document)) {}

    std::vector<ZipEntry> parts;
    std::vector<TypedPart> typed;

    void write() {
        add_part("ppt/presentation.xml", "presentation.main", {}); // filled at the end
        add_fixed_parts();
        for (std::size_t i = 0; i < document_.pages.size(); ++i) {
            add_slide(i);
        }
        parts.front().bytes = presentation();
        add_relations("ppt/_rels/presentation.xml.rels", relations_);
    }

private:
    void add_part(const std::string& name, const std::string& type, FileBytes bytes) {
        parts.push_back({name, std::move(bytes)});
        typed.push_back({"/" + name, "officedocument." + (type == "theme" ? type : "presentationml." + type)});
    }

    void add_relations(const std::string& name, const std::vector<Relation>& relations) {
        parts.push_back({name, relations_part(relations)});
    }

    std::string relate(const std::string& type, const std::string& target) {
        relations_.push_back({"rId" + std::to_string(relations_.size() + 1), type, target});
        return relations_.back().id;
    }

    void add_fixed_parts() {
        add_part("ppt/theme/theme1.xml", "theme", pptx_theme());
        add_part("ppt/theme/theme2.xml", "theme", pptx_theme()); // a theme serves one master only
        add_part("ppt/slideMasters/slideMaster1.xml", "slideMaster", pptx_master(size_));
        add_relations("ppt/slideMasters/_rels/slideMaster1.xml.rels",
                      {{"rId1", "slideLayout", "../slideLayouts/slideLayout1.xml"},
                       {"rId2", "slideLayout", "../slideLayouts/slideLayout2.xml"},
                       {"rId3", "theme", "../theme/theme1.xml"}});
        for (const bool with_title : {true, false}) {
            const std::string name = with_title ? "slideLayout1.xml" : "slideLayout2.xml";
            add_part("ppt/slideLayouts/" + name, "slideLayout", pptx_layout(with_title));
            add_relations("ppt/slideLayouts/_rels/" + name + ".rels",
                          {{"rId1", "slideMaster", "../slideMasters/slideMaster1.xml"}});
        }
        add_part("ppt/notesMasters/notesMaster1.xml", "notesMaster", pptx_notes_master());
        add_relations("ppt/notesMasters/_rels/notesMaster1.xml.rels", {{"rId1", "theme", "../theme/theme2.xml"}});
        master_ = relate("slideMaster", "slideMasters/slideMaster1.xml");
        notes_master_ = relate("notesMaster", "notesMasters/notesMaster1.xml");
        relate("theme", "theme/theme1.xml");
        add_part("ppt/presProps.xml", "presProps", empty_part("p:presentationPr"));
        add_part("ppt/viewProps.xml", "viewProps", empty_part("p:viewPr"));
        relate("presProps", "presProps.xml");
        relate("viewProps", "viewProps.xml");
    }

    static FileBytes empty_part(const char* name) {
        pugi::xml_document part;
        add(part, name,
            {{"xmlns:a", drawing_namespace}, {"xmlns:r", relation_namespace}, {"xmlns:p", presentation_namespace}});
        return xml_bytes(part);
    }

    void add_slide(std::size_t index) {
        const std::string number = std::to_string(index + 1);
        SlidePart slide = pptx_slide(document_.pages[index], document_, size_, pictures_ + 1);
        pictures_ += slide.media.size();
        const std::string notes_id = "rId" + std::to_string(slide.relations.size() + 1);
        slide.relations.push_back({notes_id, "notesSlide", "../notesSlides/notesSlide" + number + ".xml"});
        add_part("ppt/slides/slide" + number + ".xml", "slide", std::move(slide.xml));
        add_relations("ppt/slides/_rels/slide" + number + ".xml.rels", slide.relations);
        std::move(slide.media.begin(), slide.media.end(), std::back_inserter(parts));
        text::Document page;
        page.pages.push_back({.dpi = 0, .picture = {}, .blocks = document_.pages[index].blocks});
        add_part("ppt/notesSlides/notesSlide" + number + ".xml", "notesSlide",
                 pptx_notes(text::plain_text(page), document_));
        add_relations("ppt/notesSlides/_rels/notesSlide" + number + ".xml.rels",
                      {{"rId1", "notesMaster", "../notesMasters/notesMaster1.xml"},
                       {"rId2", "slide", "../slides/slide" + number + ".xml"}});
        slides_.push_back(relate("slide", "slides/slide" + number + ".xml"));
    }

    [[nodiscard]] FileBytes presentation() const {
        pugi::xml_document part;
        pugi::xml_node root =
            add(part, "p:presentation",
                {{"xmlns:a", drawing_namespace}, {"xmlns:r", relation_namespace}, {"xmlns:p", presentation_namespace}});
        add(add(root, "p:sldMasterIdLst"), "p:sldMasterId", {{"id", master_id}, {"r:id", master_}});
        add(add(root, "p:notesMasterIdLst"), "p:notesMasterId", {{"r:id", notes_master_}});
        pugi::xml_node list = slides_.empty() ? pugi::xml_node() : add(root, "p:sldIdLst");
        int id = first_slide_id;
        for (const std::string& slide : slides_) {
            add(list, "p:sldId", {{"id", id++}, {"r:id", slide}});
        }
        add(root, "p:sldSz", {{"cx", emu(size_.width)}, {"cy", emu(size_.height)}});
        add(root, "p:notesSz", {{"cx", emu(540)}, {"cy", emu(780)}});
        return xml_bytes(part);
    }

    const text::Document& document_;
    SlideSize size_;
    std::vector<Relation> relations_;
    std::vector<std::string> slides_;
    std::string master_;
    std::string notes_master_;
    std::size_t pictures_ = 0;
};

} // namespace

FileBytes write_pptx(const text::Document& document, const std::optional<Protection>& protection) {
    Presentation presentation(document);
    presentation.write();
    FileBytes archive =
        ooxml_package(document, "ppt/presentation.xml", presentation.typed, std::move(presentation.parts));
    return protection ? lock_ooxml(archive, protection->user_password) : archive;
}

} // namespace saring::output
