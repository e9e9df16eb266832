#!/usr/bin/env python3
"""saring convert as users meet it, with the tools of others to open what it writes.

usage: convert_test.py SARING SAMPLES
"""
import json
import os
import pty
import re
import resource
import shutil
import stat
import subprocess
import sys
import tempfile
import unittest
import zipfile

import small_disk

SARING, SAMPLES = sys.argv[1:3]
PUBLIC = os.path.join(SAMPLES, "letter-public.jpg")
SECRET = os.path.join(SAMPLES, "letter-sangat-rahasia.jpg")
SLIDE = os.path.join(SAMPLES, "slide-public.jpg")
PASSWORD = "Kunci-Rapat 2026"


def run(*arguments, stdin=b"", env=None, **options):
    environment = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", **(env or {})}
    return subprocess.run([SARING, "convert", *arguments], input=stdin, capture_output=True, env=environment, timeout=300,
                          **options)


def text_of(pdf, *arguments):
    return subprocess.run(["pdftotext", *arguments, pdf, "-"], capture_output=True, text=True)


class InFolder(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.mkdtemp(prefix="saring-convert-")
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)

    def path(self, name):
        return os.path.join(self.folder, name)

    def password_file(self, password=PASSWORD):
        with open(os.open(self.path("kunci"), os.O_CREAT | os.O_WRONLY, 0o600), "wb") as stream:
            stream.write(password.encode() if isinstance(password, str) else password)
        return self.path("kunci")

    def left_over(self):
        return sorted(os.listdir(self.folder))


class Convert(InFolder):
    def test_a_photo_becomes_a_searchable_pdf_and_a_line_says_what_it_is(self):
        out = self.path("surat.pdf")
        done = run(PUBLIC, "-o", out)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertRegex(done.stdout.decode(), r"surat\.pdf: 1 page, \d+ words, mean confidence \d+ %, \d+ kB, no password")
        self.assertIn("KEMENTERIAN CONTOH", text_of(out).stdout)
        self.assertEqual(subprocess.run(["qpdf", "--check", out], capture_output=True).returncode, 0)
        self.assertEqual(stat.S_IMODE(os.stat(out).st_mode), 0o600)
        self.assertLess(os.path.getsize(out), 300_000)

    def test_several_photos_are_pages_in_the_order_given(self):
        out = self.path("dua.pdf")
        done = run(SLIDE, PUBLIC, "-o", out)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("2 pages", done.stdout.decode())
        self.assertNotIn("KEMENTERIAN", text_of(out, "-l", "1").stdout)
        self.assertIn("KEMENTERIAN", text_of(out, "-f", "2").stdout)

    def test_every_format_holds_the_text(self):
        for extension in ("docx", "pptx", "odt", "txt", "md", "hocr", "alto"):
            with self.subTest(extension):
                out = self.path("surat." + extension)
                done = run(PUBLIC, "-o", out)
                self.assertEqual(done.returncode, 0, done.stderr)
                with open(out, "rb") as stream:
                    content = stream.read()
                if extension in ("docx", "pptx", "odt"):
                    with zipfile.ZipFile(out) as archive:
                        content = b"".join(archive.read(name) for name in archive.namelist() if name.endswith(".xml"))
                self.assertTrue(b"PENGUMUMAN" in content, extension)

    def test_pictures_are_one_file_a_page(self):
        done = run(PUBLIC, SLIDE, "-o", self.path("foto.png"))
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(self.left_over(), ["foto-1.png", "foto-2.png"])

    def test_a_pdf_comes_in_like_a_photo(self):
        first, second = self.path("satu.pdf"), self.path("dua.docx")
        self.assertEqual(run(PUBLIC, "-o", first).returncode, 0)
        done = run(first, "-o", second)
        self.assertEqual(done.returncode, 0, done.stderr)

    def test_a_photo_may_come_by_standard_input(self):
        with open(PUBLIC, "rb") as stream:
            done = run("-", "-o", self.path("surat.txt"), stdin=stream.read())
        self.assertEqual(done.returncode, 0, done.stderr)

    def test_the_summary_speaks_json(self):
        done = run(PUBLIC, "-o", self.path("surat.pdf"), "--format", "json")
        report = json.loads(done.stdout)
        self.assertEqual(report["schema"], "saring/1")
        self.assertEqual(report["conversion"]["pages"][0]["source"], PUBLIC)
        self.assertFalse(report["conversion"]["locked"])
        self.assertEqual(report["result"]["verdict"], "safe")


class Care(InFolder):
    def test_a_document_that_blocks_is_refused_without_a_password_and_the_way_on_is_told(self):
        done = run(SECRET, "-o", self.path("surat.pdf"))
        self.assertEqual(done.returncode, 1, done.stderr)
        for option in (b"--password-file", b"--ask-password", b"--generate-password", b"--allow-unprotected"):
            self.assertIn(option, done.stderr)
        self.assertIn(b"SANGAT RAHASIA", done.stderr)
        self.assertEqual(self.left_over(), [])

    def test_who_is_entitled_to_may_say_so(self):
        self.assertEqual(run(SECRET, "-o", self.path("surat.txt"), "--allow-unprotected").returncode, 0)

    def test_a_locked_pdf_opens_with_its_password_alone(self):
        out = self.path("surat.pdf")
        done = run(SECRET, "-o", out, "--password-file", self.password_file())
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("locked", done.stdout.decode())
        self.assertIn("SANGAT RAHASIA", text_of(out, "-upw", PASSWORD).stdout)
        self.assertNotEqual(text_of(out).returncode, 0)
        self.assertNotEqual(text_of(out, "-upw", "salah").returncode, 0)
        shown = subprocess.run(["qpdf", "--show-encryption", f"--password={PASSWORD}", out], capture_output=True, text=True)
        self.assertIn("AESv3", shown.stdout)
        self.assertNotEqual(subprocess.run(["qpdf", "--check", out], capture_output=True).returncode, 0)

    def test_locked_office_files_hide_their_text(self):
        for extension in ("docx", "pptx", "odt"):
            with self.subTest(extension):
                out = self.path("surat." + extension)
                done = run(SECRET, "-o", out, "--password-file", self.password_file(), "--force")
                self.assertEqual(done.returncode, 0, done.stderr)
                with open(out, "rb") as stream:
                    content = stream.read()
                self.assertFalse(b"RAHASIA" in content)
                self.assertEqual(content[:4], b"PK\x03\x04" if extension == "odt" else b"\xd0\xcf\x11\xe0")

    def test_formats_that_cannot_be_locked_refuse_a_password_before_reading(self):
        for extension in ("txt", "png", "md", "hocr", "alto", "jpg"):
            with self.subTest(extension):
                done = run(SECRET, "-o", self.path("surat." + extension), "--password-file", self.password_file())
                self.assertEqual(done.returncode, 2)
                self.assertIn(b"password", done.stderr)
                self.assertEqual(self.left_over(), ["kunci"])

    def test_a_made_up_password_is_kept_in_a_file_of_its_own(self):
        out, key = self.path("surat.pdf"), self.path("kunci-baru")
        done = run(SECRET, "-o", out, "--generate-password", "--password-out", key)
        self.assertEqual(done.returncode, 0, done.stderr)
        with open(key, encoding="utf-8") as stream:
            password = stream.read().strip()
        self.assertGreaterEqual(len(password), 20)
        self.assertEqual(stat.S_IMODE(os.stat(key).st_mode), 0o600)
        self.assertNotIn(password.encode(), done.stdout + done.stderr)
        self.assertIn("SANGAT RAHASIA", text_of(out, "-upw", password).stdout)


class BadInput(InFolder):
    def check_refused(self, *arguments, code=2, says=b"", left=()):
        done = run(*arguments)
        self.assertEqual(done.returncode, code, done.stdout + done.stderr)
        self.assertIn(says, done.stderr)
        self.assertEqual(self.left_over(), sorted(left))
        return done

    def test_an_existing_file_stays_as_it_is_without_force(self):
        out = self.path("surat.txt")
        with open(out, "w", encoding="utf-8") as stream:
            stream.write("milik orang")
        self.check_refused(PUBLIC, "-o", out, says=b"--force", left=["surat.txt"])
        with open(out, encoding="utf-8") as stream:
            self.assertEqual(stream.read(), "milik orang")
        self.assertEqual(run(PUBLIC, "-o", out, "--force").returncode, 0)
        with open(out, encoding="utf-8") as stream:
            self.assertIn("KEMENTERIAN", stream.read())

    def test_a_missing_folder_and_an_unknown_format_are_told_before_reading(self):
        self.check_refused(PUBLIC, "-o", self.path("tidak-ada/surat.pdf"), says=b"tidak-ada")
        self.check_refused(PUBLIC, "-o", self.path("surat.xyz"), says=b".docx")

    def test_passwords_that_a_format_cannot_hold_are_refused_never_cut(self):
        for password in ("", "x" * 128, "é" * 64, b"\xff\xfe"):
            with self.subTest(password=password):
                file = self.password_file(password)
                self.check_refused(SECRET, "-o", self.path("surat.pdf"), "--password-file", file, says=b"password", left=["kunci"])
                os.remove(file)

    def test_short_long_and_foreign_passwords_open_what_they_lock(self):
        for password in ("x", "x" * 127, "sandi rahasia é ł 日本"):
            with self.subTest(password=password):
                out = self.path("surat.pdf")
                done = run(PUBLIC, "-o", out, "--password-file", self.password_file(password), "--force")
                self.assertEqual(done.returncode, 0, done.stderr)
                plain = self.path("terbuka.pdf")  # pdftotext takes no more than 32 bytes
                opened = subprocess.run(["qpdf", "--password-mode=bytes", "--password-file=" + self.path("kunci"), "--decrypt", out, plain], capture_output=True)
                self.assertEqual(opened.returncode, 0, opened.stderr)
                self.assertIn("KEMENTERIAN", text_of(plain).stdout)

    def test_an_unreadable_photo_stops_the_document_unless_it_may_be_left_out(self):
        broken = self.path("rusak.jpg")
        with open(PUBLIC, "rb") as whole, open(broken, "wb") as stream:
            stream.write(whole.read(2000))
        out = self.path("surat.txt")
        self.check_refused(PUBLIC, broken, "-o", out, says=b"rusak.jpg", left=["rusak.jpg"])
        done = run(PUBLIC, broken, "-o", out, "--skip-unreadable")
        self.assertEqual(done.returncode, 2)
        self.assertIn("KEMENTERIAN", open(out, encoding="utf-8").read())

    def test_a_full_disk_leaves_nothing_behind(self):
        def small_files():
            resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))

        done = run(PUBLIC, "-o", self.path("surat.pdf"), preexec_fn=small_files)
        self.assertEqual(done.returncode, 2, done.stderr)
        self.assertEqual(self.left_over(), [])

    @unittest.skipUnless(small_disk.can_be_had(), "a small disk needs the right to mount one")
    def test_a_disk_that_runs_full_leaves_nothing_behind_and_keeps_what_was_there(self):
        disk = self.path("disk")
        os.mkdir(disk)
        script = f'echo lama > surat.pdf; "{SARING}" convert "{PUBLIC}" -o surat.pdf --force; s=$?; ls -A; cat surat.pdf; exit $s'
        done = small_disk.run_on(disk, "8k", ["env", "-C", disk, "sh", "-c", script], timeout=300)
        self.assertEqual(done.stdout, b"surat.pdf\nlama\nstatus 2\n", done.stderr)
        self.assertIn(b"space", done.stderr)

    def test_a_picture_without_a_page_becomes_a_page_all_the_same(self):
        plain = self.path("polos.png")
        subprocess.run(["qpdf", "--version"], capture_output=True, check=True)
        with open(plain, "wb") as stream:
            stream.write(png(400, 300))
        done = run(plain, "-o", self.path("polos.pdf"))
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn(b"blank", done.stderr)


def png(width, height):
    """A white picture."""
    import struct
    import zlib

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = (b"\0" + b"\xff" * width) * height
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)) +
            chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b""))


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1], verbosity=2)
