#!/usr/bin/env python3
"""Checks that src/ keeps its order: an upper folder never includes a lower one, and foreign headers stay where they belong.

usage: check_includes.py SRC      (exit 1 and a line for every breach)
"""
import os
import re
import sys

# Upper rows first; a folder may include itself and the folders above it, except where NEVER says otherwise.
ORDER = ["saring", "image", "text", "match", "output", "pipeline", "audit", "web", "cli"]
NEVER = {"match": {"image", "text"}, "image": {"text"}}
HIDDEN = re.compile(r'[<"](opencv2|tesseract|leptonica|poppler)/')  # these enter .cpp files and the bridge header only
BRIDGE = {"image/opencv_bridge.hpp"}
PUBLIC_FOREIGN = re.compile(r'#include\s+<(opencv2|tesseract|leptonica|poppler|nlohmann|toml|re2|unicode|exiv2|openssl)')


def breaches(root):
    for folder, _, files in os.walk(root):
        for name in sorted(files):
            if not name.endswith((".hpp", ".cpp")):
                continue
            path = os.path.relpath(os.path.join(folder, name), root)
            home = path.split(os.sep)[0]
            with open(os.path.join(root, path), encoding="utf-8") as lines:
                for number, line in enumerate(lines, 1):
                    if not line.startswith("#include"):
                        continue
                    target = re.match(r'#include\s+"([a-z]+)/', line)
                    if target and target[1] in ORDER:
                        below = ORDER.index(target[1]) > ORDER.index(home)
                        if below or target[1] in NEVER.get(home, ()):
                            yield f"{path}:{number}: {home} must not include {target[1]}"
                    if name.endswith(".hpp") and HIDDEN.search(line) and path not in BRIDGE:
                        yield f"{path}:{number}: foreign header outside .cpp files and the bridge: {line.strip()}"
                    if home == "saring" and name.endswith(".hpp") and PUBLIC_FOREIGN.search(line):
                        yield f"{path}:{number}: the public API shows a foreign header"


def main():
    found = list(breaches(sys.argv[1]))
    print("\n".join(found) or "the include order holds")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
