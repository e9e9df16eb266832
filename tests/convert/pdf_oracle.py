#!/usr/bin/python3
"""Has finished PDFs judged by programs that share no code with the writer: qpdf, Poppler, pikepdf and veraPDF.

usage: pdf_oracle.py [--password WORD] [--words FILE] [--verapdf FOLDER] FILE...

--password   the files are locked with it: they must open with it, not without, and claim no PDF/A
--words      words that the text of each file must hold, one line each
--verapdf    where veraPDF lies or shall be fetched to; without it PDF/A and PDF/UA are not checked

Exit 1 and a line for every breach; 77 where a program is missing. Open files must keep PDF/A-2b. They keep all of
PDF/A-2a and PDF/UA-1 too, apart from not claiming them, and this is checked as well.
"""
import argparse
import os
import re
import shutil
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
SKIP = 77
# What a file that claims 2b breaks of the other standards: the claim itself.
UNCLAIMED = {"2b": set(), "2a": {"6.6.4-3"}, "ua1": {"5-1"}}


def run(*command):
    return subprocess.run(command, capture_output=True, text=True, errors="replace")


def check_qpdf(path, password):
    answer = run("qpdf", "--check", f"--password={password}", path)
    if answer.returncode != 0 or "linearized" not in answer.stdout or "not linearized" in answer.stdout:
        yield f"qpdf --check: {(answer.stderr or answer.stdout).strip()}"
    if password and run("qpdf", "--check", path).returncode == 0:
        yield "opens without its password"


def check_poppler(path, password, words):
    key = ["-upw", password] if password else []
    answer = run("pdftotext", *key, "-raw", path, "-")
    text = " ".join(answer.stdout.replace("\u00ad\n", "").split())
    for word in words:
        if word not in text:
            yield f"pdftotext does not find {word!r}"
    for tool in (["pdffonts"], ["pdfimages", "-list"], ["pdfinfo", "-struct-text"]):
        answer = run(tool[0], *key, *tool[1:], path)
        if answer.returncode != 0 or answer.stderr.strip():
            yield f"{tool[0]}: {answer.stderr.strip() or answer.returncode}"
    for row in run("pdffonts", *key, path).stdout.splitlines()[2:]:
        if not re.search(r"\byes +(yes|no) +yes +\d+ +\d+$", row):
            yield f"a font is not embedded or has no ToUnicode: {row}"
    facts = run("pdfinfo", *key, path).stdout
    for fact in ("Tagged: +yes", r"Optimized: +yes", "PDF version: +1.7", f"Encrypted: +{'yes' if password else 'no'}"):
        if not re.search(fact, facts):
            yield f"pdfinfo lacks {fact!r}"
    if password and "algorithm:AES-256" not in facts:
        yield "is not encrypted with AES-256"


def check_pikepdf(path, password):
    import pikepdf
    if password:
        for wrong in ("", password + "x"):
            try:
                pikepdf.open(path, password=wrong).close()
                yield f"pikepdf opens it with {wrong!r}"
            except pikepdf.PasswordError:
                pass
    with pikepdf.open(path, password=password) as pdf:
        with pdf.open_metadata() as metadata:
            if bool(metadata.pdfa_status) == bool(password):
                yield f"claims PDF/A {metadata.pdfa_status!r}"
            for name, there in (("/Title", "dc:title"), ("/Producer", "pdf:Producer")):
                if str(pdf.docinfo.get(name, "")) != str(metadata.get(there, "")):
                    yield f"{name} and {there} differ"
        for name in ("/Lang", "/StructTreeRoot", "/MarkInfo", "/ViewerPreferences"):
            if name not in pdf.Root:
                yield f"the catalog lacks {name}"
        if password and not pdf.allow.accessibility:
            yield "assistive technology may not read"


def verapdf(folder):
    fetched = run(os.path.join(HERE, "fetch_verapdf"), folder)
    if fetched.returncode != 0 or not shutil.which("javac"):
        print("veraPDF is missing:", fetched.stderr.strip() or "no javac", file=sys.stderr)
        sys.exit(SKIP)
    jars = os.path.join(folder, "jars", "*")
    subprocess.run(["javac", "-cp", jars, "-d", folder, os.path.join(HERE, "VeraPdf.java")], check=True)
    return ["java", "-cp", f"{jars}:{folder}", "VeraPdf"]


def check_verapdf(program, files):
    for flavour, allowed in UNCLAIMED.items():
        for row in run(*program, flavour, *files).stdout.splitlines():
            broken = re.match(r"(.*): \w+ breaks (.*)", row)
            clauses = set(re.findall(r"(?:^|\| )([\d.]+-\d+): ", broken[2])) if broken else set()
            if clauses - allowed:
                yield f"{broken[1]}: {flavour}: {broken[2]}"
            elif not broken and not row.endswith("keeps"):
                yield row


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--password", default="")
    parser.add_argument("--words")
    parser.add_argument("--verapdf")
    parser.add_argument("files", nargs="+")
    options = parser.parse_args()
    missing = [name for name in ("qpdf", "pdftotext") if not shutil.which(name)]
    if missing:
        print("missing:", *missing, file=sys.stderr)
        sys.exit(SKIP)
    words = open(options.words, encoding="utf-8").read().splitlines() if options.words else []
    breaches = []
    for path in options.files:
        for check in (check_qpdf(path, options.password), check_poppler(path, options.password, words),
                      check_pikepdf(path, options.password)):
            breaches += [f"{path}: {breach}" for breach in check]
    if options.verapdf and not options.password:
        breaches += check_verapdf(verapdf(options.verapdf), options.files)
    print("\n".join(breaches) or f"{len(options.files)} files hold")
    sys.exit(1 if breaches else 0)


if __name__ == "__main__":
    main()
