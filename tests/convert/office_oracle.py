#!/usr/bin/env python3
"""Converted documents against other programs: python-docx, python-pptx and LibreOffice read in them what the sample
document says (tests/output/sample_document.cpp).

usage: /usr/bin/python3 office_oracle.py OFFICE_SAMPLES
exit 1 with a line for every difference, 77 where a program that it needs is not installed
needs: python3-docx python3-msoffcrypto-tool libreoffice-writer libreoffice-impress poppler-utils; python-pptx from
fetch_python_pptx
"""
import io
import os
import re
import subprocess
import sys
import tempfile
import xml.dom.minidom
import zipfile

try:
    import docx
    import msoffcrypto
    import pptx
except ImportError as missing:
    print(f"not installed: {missing.name}")
    sys.exit(77)

PASSWORD = "kata sandi π"
TITLE = "Surat Keterangan"
JOINED = "Kami sampaikan informasi berikut kepada Bapak/Ibu."
OTHER_SCRIPTS = "Grüße, Ελλάδα, Москва, 日本語, \U0001F600 dan \U0001D400."
ITEMS = ["Surat pengantar", "asli", "salinan", "Kartu keluarga"]
CELLS = [["Nama", "Nilai", "Nilai"], ["Siti", "8,5", ""], ["Siti", "7", "lulus"]]
HEAD = "PT Contoh Jaya"

differences = []


def expect(what, expected, found):
    if expected != found:
        differences.append(f"{what}: expected {expected!r}, found {found!r}")


def words(text):
    return re.findall(r"\w+", text)


def rows_of(table):
    return [[cell.text for cell in row.cells] for row in table.rows]


def check_docx(source):
    document = docx.Document(source)
    by_style = {}
    for paragraph in document.paragraphs:
        by_style.setdefault(paragraph.style.name, []).append(paragraph.text)
    expect("docx headings", [[TITLE], ["Lampiran"]], [by_style.get("Heading 1"), by_style.get("Heading 2")])
    expect("docx list", ITEMS, by_style.get("List Paragraph"))
    texts = [paragraph.text for paragraph in document.paragraphs]
    expect("docx joined word", True, JOINED in texts)
    expect("docx scripts", True, OTHER_SCRIPTS in texts)
    expect("docx table", [CELLS], [rows_of(table) for table in document.tables])
    expect("docx pictures", 2, len(document.inline_shapes))
    expect("docx head", HEAD, document.sections[0].header.paragraphs[0].text)
    expect("docx title", TITLE, document.core_properties.title)
    expect("docx language", "id-ID", document.core_properties.language)


def check_pptx(source):
    deck = pptx.Presentation(source)
    slides = list(deck.slides)
    expect("pptx slides", 2, len(slides))
    expect("pptx title", TITLE, slides[0].shapes.title.text_frame.text)
    texts = [shape.text_frame.text for slide in slides for shape in slide.shapes if shape.has_text_frame]
    expect("pptx joined word", True, JOINED in texts)
    expect("pptx list", True, "\n".join(ITEMS) in texts)
    expect("pptx scripts", True, OTHER_SCRIPTS in texts)
    tables = [shape.table for shape in slides[0].shapes if shape.has_table]
    origins = [[cell.text for cell in row.cells] for row in tables[0].rows]
    expect("pptx table", [["Nama", "Nilai", ""], ["Siti", "8,5", ""], ["", "7", "lulus"]], origins)
    pictures = [shape for slide in slides for shape in slide.shapes if shape.shape_type == 13]
    expect("pptx pictures", 2, len(pictures))
    notes = slides[0].notes_slide.notes_text_frame.text
    expect("pptx notes", True, TITLE in notes and JOINED in notes)


def check_odt(path):
    with zipfile.ZipFile(path) as archive:
        first = archive.infolist()[0]
        expect("odt first entry", ("mimetype", 0, b""), (first.filename, first.compress_type, first.extra))
        for name in archive.namelist():
            if name.endswith(".xml"):
                xml.dom.minidom.parseString(archive.read(name))


def text_by_libreoffice(path, folder):
    home = "-env:UserInstallation=file://" + os.path.join(folder, "home")
    out = os.path.join(folder, os.path.basename(path) + ".out")
    subprocess.run(["soffice", home, "--headless", "--convert-to", "pdf", "--outdir", out, path], check=True,
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=180)
    pdf = os.path.join(out, os.path.splitext(os.path.basename(path))[0] + ".pdf")
    pages = re.search(r"Pages:\s+(\d+)", subprocess.run(["pdfinfo", pdf], check=True, capture_output=True, text=True).stdout)
    text = subprocess.run(["pdftotext", pdf, "-"], check=True, capture_output=True, text=True).stdout
    return text, int(pages[1])


def check_libreoffice(path, folder):
    name = os.path.splitext(path)[1]
    text, pages = text_by_libreoffice(path, folder)
    expect(f"{name} pages in LibreOffice", 2, pages)
    found = words(text)
    for wanted in [TITLE, JOINED, "Surat pengantar", "Kartu keluarga", "Siti", "lulus", "Lampiran", "Москва"]:
        for word in words(wanted):
            expect(f"{name} in LibreOffice says {word}", True, word in found)
    markers = ["1.", "a)", "b)", "2."]
    expect(f"{name} markers in LibreOffice", True, all(marker in text for marker in markers))


def unlocked(path):
    with open(path, "rb") as stream:
        container = msoffcrypto.OfficeFile(stream)
        container.load_key(password=PASSWORD)
        plain = io.BytesIO()
        container.decrypt(plain)
    plain.seek(0)
    return plain


def main():
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([sys.argv[1], folder], check=True)
        sample = os.path.join(folder, "sample")
        check_docx(sample + ".docx")
        check_pptx(sample + ".pptx")
        check_odt(sample + ".odt")
        check_docx(unlocked(os.path.join(folder, "locked.docx")))
        check_pptx(unlocked(os.path.join(folder, "locked.pptx")))
        for extension in (".docx", ".pptx", ".odt"):
            check_libreoffice(sample + extension, folder)
        for extension in (".hocr", ".alto"):
            xml.dom.minidom.parse(sample + extension)
    print("\n".join(differences) or "other programs read what was written")
    return 1 if differences else 0


if __name__ == "__main__":
    sys.exit(main())
