#!/usr/bin/env python3
"""Locked files against other programs: msoffcrypto-tool, olefile and LibreOffice open what Saring locks, with the right
password only; and Saring opens what LibreOffice locks. ODT has a second reader below, written after OpenDocument 1.2 part 3 on
python3-cryptography: of the packaged ones tried, only LibreOffice knows AES (ODFDOM 0.12 stops at Blowfish).

usage: /usr/bin/python3 lock_oracle.py LOCK_DRIVER
exit 1 with a line for every difference, 77 where a program that it needs is not installed
needs: python3-cryptography python3-docx python3-msoffcrypto-tool python3-olefile python3-uno libreoffice-writer libreoffice-impress
"""
import base64
import hashlib
import io
import os
import struct
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree
import zipfile
import zlib

try:
    import docx
    import msoffcrypto
    import olefile
    import uno
    from com.sun.star.beans import PropertyValue
    from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
except ImportError as missing:
    print(f"skipped: {missing}")
    sys.exit(77)

TEXT = "Notula rapat tertutup Merapi"
PASSWORDS = ["pendek", "frasa sandi dengan spasi 2026", "Kunci-Ünïcøde-密码-😀", "x" * 120]
WRONG = "bukan ini"
# [MS-OFFCRYPTO] 2.1 and 2.2 leave no choice for these; the sizes are those of files by Microsoft Office.
DATA_SPACES = {"\6DataSpaces/Version": 76, "\6DataSpaces/DataSpaceMap": 112, "\6DataSpaces/DataSpaceInfo/StrongEncryptionDataSpace": 64,
               "\6DataSpaces/TransformInfo/StrongEncryptionTransform/\6Primary": 200}


class Office:
    """A LibreOffice of our own, with a profile of its own, spoken to through a pipe."""

    def __init__(self, folder):
        self.pipe = f"saring{os.getpid()}"
        self.process = subprocess.Popen(
            ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--norestore", "--nologo",
             f"--accept=pipe,name={self.pipe};urp;"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        local = uno.getComponentContext()
        resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
        for _ in range(240):
            try:
                context = resolver.resolve(f"uno:pipe,name={self.pipe};urp;StarOffice.ComponentContext")
                break
            except Exception:
                time.sleep(0.5)
        else:
            raise RuntimeError("LibreOffice did not start")
        self.desktop = context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)

    @staticmethod
    def _properties(**values):
        return tuple(PropertyValue(Name=name, Value=value) for name, value in values.items())

    def load(self, url, **values):
        """The document, or None where LibreOffice refuses it."""
        try:
            return self.desktop.loadComponentFromURL(url, "_blank", 0, self._properties(Hidden=True, **values))
        except Exception:
            return None

    def store(self, document, path, filter_name, **values):
        document.storeToURL("file://" + path, self._properties(FilterName=filter_name, **values))
        document.close(True)

    def text(self, path, **values):
        document = self.load("file://" + path, **values)
        if document is None:
            return None
        try:
            if document.supportsService("com.sun.star.text.TextDocument"):
                return document.Text.String
            return "\n".join(shape.String for shape in document.DrawPages.getByIndex(0) if hasattr(shape, "String"))
        finally:
            document.close(True)

    def quit(self):
        try:
            self.desktop.terminate()
        except Exception:
            pass  # it closes the pipe while it answers
        self.process.wait(60)


def make_documents(folder, office):
    """A DOCX, ODT and PPTX of other makers; the DOCX holds more than a few segments of 4096 bytes."""
    paths = {kind: os.path.join(folder, "plain." + kind) for kind in ("docx", "odt", "pptx")}
    document = docx.Document()
    document.add_paragraph(TEXT)
    document.save(paths["docx"])
    office.store(office.load("file://" + paths["docx"]), paths["odt"], "writer8")
    slides = office.load("private:factory/simpress")
    shape = slides.createInstance("com.sun.star.drawing.TextShape")
    slides.DrawPages.getByIndex(0).add(shape)
    shape.setSize(uno.createUnoStruct("com.sun.star.awt.Size", 10000, 2000))
    shape.String = TEXT
    office.store(slides, paths["pptx"], "Impress MS PowerPoint 2007 XML")
    return paths


def read(path):
    with open(path, "rb") as stream:
        return stream.read()


def check_msoffcrypto(locked, plain, password):
    with open(locked, "rb") as stream:
        file = msoffcrypto.OfficeFile(stream)
        file.load_key(password=password, verify_password=True)
        out = io.BytesIO()
        file.decrypt(out, verify_integrity=True)
        if out.getvalue() != read(plain):
            yield "msoffcrypto decrypts to other bytes"
    with open(locked, "rb") as stream:
        file = msoffcrypto.OfficeFile(stream)
        try:
            file.load_key(password=WRONG, verify_password=True)
            yield "msoffcrypto takes a wrong password"
        except msoffcrypto.exceptions.InvalidKeyError:
            pass


class OpenDocument:
    """A locked OpenDocument package, unlocked as OpenDocument 1.2 part 3, 3.4 and 4.8 say."""

    MANIFEST = "{urn:oasis:names:tc:opendocument:xmlns:manifest:1.0}"
    SHA256 = "http://www.w3.org/2000/09/xmldsig#sha256"
    FIRST_KIBIBYTE = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0#sha256-1k"
    AES = "http://www.w3.org/2001/04/xmlenc#aes256-cbc"

    def __init__(self, path, password):
        self.package = zipfile.ZipFile(path)
        self.start = hashlib.sha256(password.encode()).digest()
        manifest = xml.etree.ElementTree.fromstring(self.package.read("META-INF/manifest.xml"))
        self.entries = {entry.get(self.MANIFEST + "full-path"): entry for entry in manifest}

    def read(self, name):
        """The plain bytes of an entry; None where the password is not its own."""
        stored, entry = self.package.read(name), self.entries.get(name)
        data = None if entry is None else entry.find(self.MANIFEST + "encryption-data")
        if data is None:
            return stored

        def attribute(element, key):
            found = data if element is None else data.find(self.MANIFEST + element)
            return found.get(self.MANIFEST + key)
        told = [attribute(None, "checksum-type"), attribute("algorithm", "algorithm-name"),
                attribute("start-key-generation", "start-key-generation-name"), attribute("key-derivation", "key-derivation-name")]
        if told != [self.FIRST_KIBIBYTE, self.AES, self.SHA256, "PBKDF2"]:
            raise ValueError(f"{name} is locked by {told}")
        key = hashlib.pbkdf2_hmac("sha1", self.start, base64.b64decode(attribute("key-derivation", "salt")),
                                  int(attribute("key-derivation", "iteration-count")), int(attribute("key-derivation", "key-size")))
        vector = base64.b64decode(attribute("algorithm", "initialisation-vector"))
        deciphered = Cipher(algorithms.AES(key), modes.CBC(vector)).decryptor().update(stored)
        packed = deciphered[:-deciphered[-1]]  # the last byte counts the padding, XML Encryption 5.2
        if base64.b64encode(hashlib.sha256(packed[:1024]).digest()).decode() != attribute(None, "checksum"):
            return None
        plain = zlib.decompress(packed, -zlib.MAX_WBITS)
        if len(plain) != int(entry.get(self.MANIFEST + "size")):
            raise ValueError(f"{name} has another size than the manifest tells")
        return plain


def check_opendocument(locked, plain, password):
    with zipfile.ZipFile(plain) as package:
        wanted = {name: package.read(name) for name in package.namelist()
                  if not name.endswith("/") and name not in ("mimetype", "META-INF/manifest.xml")}
    ours = OpenDocument(locked, password)
    for name, content in wanted.items():
        if ours.package.read(name) == content:
            yield f"{name} is not locked"
        if ours.read(name) != content:
            yield f"{name} unlocks to other bytes"
        if OpenDocument(locked, WRONG).read(name) is not None:
            yield f"{name} opens with a wrong password"


def key_of(entry):
    """The order of siblings, [MS-CFB] 2.6.4: shorter names first, then by capital letters."""
    return len(entry.name), entry.name.upper()


def check_tree(ole, sid, low, high):
    """A storage's children are a binary search tree by key_of()."""
    none = 0xFFFFFFFF
    if sid == none:
        return
    entry = ole.direntries[sid]
    if (low is not None and key_of(entry) <= low) or (high is not None and key_of(entry) >= high):
        yield f"the directory is not sorted at {entry.name!r}"
    yield from check_tree(ole, entry.sid_left, low, key_of(entry))
    yield from check_tree(ole, entry.sid_right, key_of(entry), high)
    yield from check_tree(ole, entry.sid_child, None, None)


def check_container(locked, plain):
    ole = olefile.OleFileIO(locked)
    for name, size in DATA_SPACES.items():
        if not ole.exists(name):
            yield f"no stream {name!r}"
        elif ole.get_size(name) != size:
            yield f"{name!r} has {ole.get_size(name)} bytes, not {size}"
    yield from check_tree(ole, ole.direntries[0].sid_child, None, None)
    size = os.path.getsize(plain)
    with ole.openstream("EncryptedPackage") as stream:
        package = stream.read()
    if struct.unpack("<Q", package[:8])[0] != size or len(package) != 8 + (size + 15) // 16 * 16:
        yield "EncryptedPackage tells another length"
    if ole.openstream("EncryptionInfo").read(8) != b"\4\0\4\0\x40\0\0\0":
        yield "EncryptionInfo is not version 4.4 with the agile flag"


def check_libreoffice(office, locked, password):
    if TEXT not in (office.text(locked, Password=password) or ""):
        yield "LibreOffice does not open it with its password"
    if office.text(locked, Password=WRONG) is not None:
        yield "LibreOffice opens it with a wrong password"
    if office.text(locked) is not None:
        yield "LibreOffice opens it without a password"


class Driver:
    def __init__(self, program, folder):
        self.program, self.folder = program, folder

    def run(self, verb, kind, password, source, target):
        """Empty, or the name of the error."""
        password_file = os.path.join(self.folder, "password")
        with open(os.open(password_file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as stream:
            stream.write(password + "\n")
        family = "odf" if kind == "odt" else "ooxml"
        done = subprocess.run([self.program, verb, family, password_file, source, target], capture_output=True, text=True)
        return done.stdout.strip() if done.returncode else ""


def check_ours(driver, office, kind, plain, password):
    locked, again = (os.path.join(driver.folder, f"{name}.{kind}") for name in ("locked", "again"))
    if error := driver.run("lock", kind, password, plain, locked):
        yield f"not locked: {error}"
        return
    if driver.run("unlock", kind, WRONG, locked, again) != "wrong_password":
        yield "we do not refuse a wrong password"
    if kind != "odt":
        yield from check_msoffcrypto(locked, plain, password)
        yield from check_container(locked, plain)
    else:
        yield from check_opendocument(locked, plain, password)
    yield from check_libreoffice(office, locked, password)


def check_theirs(driver, office, kind, plain, password):
    """What LibreOffice locks, we unlock. Not for DOCX and PPTX: it locks them by the older standard encryption."""
    if kind != "odt":
        return
    locked, opened = (os.path.join(driver.folder, f"{name}.{kind}") for name in ("theirs", "opened"))
    office.store(office.load("file://" + plain), locked, "writer8", Password=password)
    if TEXT.encode() not in (OpenDocument(locked, password).read("content.xml") or b""):
        yield "the second reader does not open what LibreOffice locked"
    if driver.run("unlock", kind, WRONG, locked, opened) != "wrong_password":
        yield "we do not refuse a wrong password for what LibreOffice locked"
    if error := driver.run("unlock", kind, password, locked, opened):
        yield f"we do not open what LibreOffice locked: {error}"
    elif TEXT not in (office.text(opened) or ""):
        yield "what LibreOffice locked and we opened has another text"


def main():
    differences = 0
    with tempfile.TemporaryDirectory() as folder:
        office = Office(folder)
        try:
            driver = Driver(os.path.abspath(sys.argv[1]), folder)
            documents = make_documents(folder, office)
            for kind, plain in documents.items():
                for password in PASSWORDS:
                    for check in (check_ours, check_theirs):
                        for difference in check(driver, office, kind, plain, password):
                            differences += 1
                            print(f"{kind}, password {password[:12]!r}: {difference}")
        finally:
            office.quit()
    print(f"{differences} differences in {len(documents) * len(PASSWORDS)} locked files")
    return 1 if differences else 0


if __name__ == "__main__":
    sys.exit(main())
