#!/usr/bin/env python3
"""Reads the tables of the score scripts on standard input and fails where a figure has fallen below its floor."""
import re
import sys

RECALL = {"paper_print": 0.95, "slide": 0.92, "other_text": 0.89, "whiteboard": 0.7, "paper_hand": 0.56}
HELD = {"ordinary": 0.5, "trap": 20.0}  # everyday lines that are held back, of a thousand
wrong, seen = [], set()
for line in sys.stdin:
    fields = line.split()
    if fields and fields[0] in RECALL:
        seen.add(fields[0])
        if float(fields[3]) < RECALL[fields[0]]:
            wrong.append(f"{fields[0]}: recall {fields[3]}, floor {RECALL[fields[0]]}")
    if fields and fields[0] == "negative":
        extra, review, block, failed = map(int, fields[-7:-3])
        if block or failed or review > 1 or extra >= 20:
            wrong.append(f"negative: {extra} extra words, {review} review, {block} block, {failed} failed")
    if line.startswith("easy words") and float(line.split("Jaccard")[1].split()[0]) < 0.92:
        wrong.append("mean Jaccard below 0.92")
    if phrases := re.match(r"recall (\d+)/(\d+)  false alarms (\d+)/", line):
        seen.add("phrases")
        found, there, alarms = map(int, phrases.groups())
        if found < there or alarms > 1:
            wrong.append(f"phrases: {line.strip()}")
    if fields and fields[0] in HELD:
        seen.add(fields[0])
        held = sum(float(n) for n in re.findall(r"verdict (?:block|review|failed) ([\d.]+)", line))
        if held > HELD[fields[0]]:
            wrong.append(f"{fields[0]} lines: {held} of a thousand held back")
wrong += [f"{name}: no figure" for name in sorted(({"phrases"} | set(RECALL) | set(HELD)) - seen)]
print("\n".join(wrong) or "all floors hold")
sys.exit(bool(wrong))
