#!/usr/bin/env python3
"""A reader for tests of audits: speaks the whole protocol of `saring worker`, without reading any picture.

A "picture" is the mark of a JPEG and then lines of text. Words of the rules ($FAKE_RULES, a JSON object of words and
severities) in a line are findings. Everything in an answer follows from the content and the rules alone.

What a file's name says is done: hang, crash, eats, late (slow), broken (refused as damaged).
$FAKE_SLOW: seconds for each picture. $FAKE_BLIND: pictures cannot be read. $FAKE_MODEL: which reader it is.
"""
import base64
import hashlib
import json
import os
import signal
import sys
import time

MARK = b"\xff\xd8\xff\xe0FAKE\n"
QUAD = [[0, 0], [9, 0], [9, 9], [0, 9]]


class Refused(Exception):
    pass


def sha256(data):
    return hashlib.sha256(data).hexdigest()


def rules():
    with open(os.environ["FAKE_RULES"], "rb") as stream:
        return stream.read()


def finding(word, severity, line):
    return {"rule": f"fake.{word}", "category": "marker", "severity": severity, "title": f"The word {word}", "match": word,
            "page": 0, "quads": [QUAD], "confidence": 0.9, "blocks": severity == "critical", "context": line,
            "advice": "Do not share.", "fingerprint": sha256(f"{word}\n{line}".encode())[:32]}


def judged(digest, lines):
    text = rules()
    found = [finding(word, severity, line) for line in lines for word, severity in json.loads(text).items() if word in line]
    verdict = "safe" if not found else "block" if any(one["blocks"] for one in found) else "review"
    tool = {"name": "saring", "version": "0", "rules": {"fake": sha256(text)}, "models": {}, "profile": "public",
            "enabled": [], "reader": "fake " + os.environ.get("FAKE_MODEL", "1")}
    return {"path": "", "sha256": digest, "media_type": "image/jpeg", "verdict": verdict, "complete": True, "reasons": [],
            "pages": [{"index": 0, "width": 10, "height": 10, "unread": []}], "findings": found, "metadata": {}, "tool": tool}


def eat():
    food = []
    try:
        while True:
            food.append(b"x" * (16 << 20))
    except MemoryError:
        food.clear()  # so that there is enough to say so
    raise Refused("out_of_memory")


def misbehave(name):
    if "crash" in name:
        os.kill(os.getpid(), signal.SIGSEGV)
    if "hang" in name:
        time.sleep(3600)
    if "eats" in name:
        eat()
    time.sleep(float(os.environ.get("FAKE_SLOW", "0")) + (1 if "late" in name else 0))


def content_of(request):
    if "path" not in request and "data" not in request:
        raise Refused("bad_request")  # the first request of all has an id and nothing else
    name = os.path.basename(request.get("path") or request.get("name") or "")
    misbehave(name)
    if os.environ.get("FAKE_BLIND"):
        raise Refused("read_failed")
    try:
        if "data" in request:
            data = base64.b64decode(request["data"])
        else:
            with open(request["path"], "rb") as stream:
                data = stream.read()
    except FileNotFoundError:
        raise Refused("not_found") from None
    except OSError:
        raise Refused("read_failed") from None
    if not data.startswith(MARK) or "broken" in name:
        raise Refused("corrupt")
    return data


def answer(request):
    if "crop" in request:
        raise Refused("bad_request")
    if "text" in request:
        return {"result": judged(sha256(b""), [])}
    if "reading" in request:
        reading = json.loads(request["reading"])
        return {"result": judged(reading["sha256"], reading["lines"]), "kept": {"likeness": "0", "wording": "0"}}
    data = content_of(request)
    lines = data[len(MARK):].decode().splitlines()
    digest = sha256(data)
    reading = json.dumps({"sha256": digest, "lines": lines})
    # A likeness of its own for each content, so that none of them are grouped.
    return {"result": judged(digest, lines), "kept": {"likeness": digest[:16], "wording": digest[16:32], "reading": reading}}


def main():
    for line in sys.stdin:
        request = json.loads(line)
        try:
            out = answer(request)
        except Refused as refused:
            out = {"error": {"code": str(refused), "stage": "load", "path": request.get("path", ""), "page": None,
                             "message": "", "advice": ""}}
        print(json.dumps({"id": request["id"], **out}), flush=True)


if __name__ == "__main__":
    main()
