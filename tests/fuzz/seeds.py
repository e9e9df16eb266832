#!/usr/bin/env python3
"""Small files of every format, and request lines, for the fuzzers to begin from.

usage: seeds.py OUT SAMPLES GOLDEN RULES SENTENCES
"""
import base64
import io
import os
import shutil
import sys
import tarfile
import zipfile

import cv2
import numpy as np
from PIL import Image

out, samples, golden, rules, sentences = sys.argv[1:6]
picture = np.zeros((24, 32, 3), np.uint8)
picture[4:12, 6:20] = (30, 60, 220)
load = os.path.join(out, "load")
for extension in ("jpg", "png", "bmp", "webp", "tiff"):
    cv2.imwrite(os.path.join(load, "a." + extension), picture)
image = Image.fromarray(picture)
image.save(os.path.join(load, "a.gif"), save_all=True, append_images=[image.rotate(90)])
image.convert("1").save(os.path.join(load, "b.tiff"), compression="group4")
image.convert("CMYK").save(os.path.join(load, "c.jpg"))
image.save(os.path.join(load, "d.jpg"), progressive=True)
image.convert("P").save(os.path.join(load, "p.png"))
image.convert("LA").save(os.path.join(load, "la.png"))
image.save(os.path.join(load, "a.pdf"))
for extension, codec in (("avi", "MJPG"), ("mp4", "mp4v"), ("mkv", "MJPG")):
    film = cv2.VideoWriter(os.path.join(load, "a." + extension), cv2.VideoWriter_fourcc(*codec), 5, (32, 24))
    for shift in range(0, 12, 4):
        film.write(np.roll(picture, shift, axis=1))
    film.release()
for name in (name for name in os.listdir(golden) if name.endswith(".pdf")):
    with open(os.path.join(golden, name), "rb") as stream, open(os.path.join(load, name), "wb") as copy:
        copy.write(stream.read())
with open(os.path.join(load, "p.png"), "rb") as stream:
    data = base64.b64encode(stream.read()).decode()
for i, line in enumerate(('{"id": "1", "text": "SANGAT RAHASIA"}', '{"id": 2, "data": "%s", "name": "a.png", "progress": true}' % data,
                          '{"id": "3", "text": "TLP:RED", "options": {"fast": true, "language": "id", "max_pages": 3, "page_seconds": 0.5}}',
                          '{"id": 4, "data": "%s", "crop": {"page": 0, "quads": [[[2, 2], [20, 2], [20, 9], [2, 9]]], "cover": [[[2, 2], [20, 2], [20, 9], [2, 9]]]}}' % data,
                          "[]", "{")):
    with open(os.path.join(out, "worker", str(i)), "w") as stream:
        stream.write(line)
for i, text in enumerate(("SANGAT RAHASIA\nNOMOR ... TAHUN ...", "R A H A S I A", "RА\u200bНАSІА", "Sifat : RHS\ntidak untuk dlsebar1uaskan", "TLP : RED",
                          "CONFI-\nDENTIAL", "\u202eAISAHAR")):
    with open(os.path.join(out, "text", str(i)), "w") as stream:
        stream.write(text)
with open(sentences, encoding="utf-8") as lines:
    for i, line in enumerate(lines):
        if i % 5 == 1:
            with open(os.path.join(out, "text", f"s{i}"), "w", encoding="utf-8") as stream:
                stream.write(line.rstrip("\n").split("\t")[5].replace("\\n", "\n"))
for name in os.listdir(rules):
    if name.endswith(".toml"):
        shutil.copy(os.path.join(rules, name), os.path.join(out, "pack"))
with open(os.path.join(out, "pack", "small"), "w", encoding="utf-8") as stream:
    stream.write('name = "a"\n[[cue]]\nname = "c"\nwords = ["kata"]\n[[rule]]\nid = "x"\ncategory = "marker"\nseverity = "low"\n'
                 'title = { id = "a", en = "b" }\nadvice = { id = "a", en = "b" }\nsource = "s"\nterms = ["proyek merapi"]\nwith = ["@c"]\n'
                 'flag = ["kata proyek merapi"]\nuntil = 2026-08-17\n')
archives = os.path.join(out, "archive")
members = {"a.jpg": b"\xff\xd8\xff" * 40, "b/c.txt": b"text", "../d.png": bytes(600)}


def zip_of(files, compression):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", compression) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return stream.getvalue()


def tar_of(files, mode):
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode=mode) as archive:
        for name, content in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return stream.getvalue()


seeds = {"deflated.zip": zip_of(members, zipfile.ZIP_DEFLATED), "stored.zip": zip_of(members, zipfile.ZIP_STORED)}
seeds.update({"a.tar" + mode: tar_of(members, "w:" + mode) for mode in ("", "gz", "bz2", "xz")})
seeds["inner.zip"] = zip_of({"inner.zip": seeds["deflated.zip"], "inner.tar": seeds["a.tar"]}, zipfile.ZIP_STORED)
for name, content in seeds.items():
    with open(os.path.join(archives, name), "wb") as stream:
        stream.write(content)
