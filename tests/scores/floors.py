#!/usr/bin/env python3
"""Reads the table of score_photos.py on standard input and fails where a figure has fallen below its floor."""
import sys

RECALL = {"paper_print": 0.93, "slide": 0.87, "other_text": 0.87, "whiteboard": 0.62, "paper_hand": 0.52}
wrong = []
for line in sys.stdin:
    fields = line.split()
    if fields and fields[0] in RECALL and float(fields[3]) < RECALL[fields[0]]:
        wrong.append(f"{fields[0]}: recall {fields[3]}, floor {RECALL[fields[0]]}")
    if fields and fields[0] == "negative":
        extra, review, block, failed = map(int, fields[-7:-3])
        if block or failed or review > 1 or extra >= 20:
            wrong.append(f"negative: {extra} extra words, {review} review, {block} block, {failed} failed")
    if line.startswith("easy words") and float(line.split("Jaccard")[1].split()[0]) < 0.92:
        wrong.append("mean Jaccard below 0.92")
print("\n".join(wrong) or "all floors hold")
sys.exit(bool(wrong))
