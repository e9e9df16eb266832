#!/usr/bin/env python3
"""Are these files SARIF 2.1.0, by its own schema, and do their URIs name what they should?

usage: sarif_oracle.py SCHEMA FILE…      (exit 1 and a line for every breach)
"""
import json
import sys
import urllib.parse

import jsonschema


def breaches(validator, report):
    for error in validator.iter_errors(report):
        yield "/".join(map(str, error.absolute_path)) + ": " + error.message[:200]
    for run in report["runs"]:
        for number, result in enumerate(run["results"]):
            uri = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
            parts = urllib.parse.urlsplit(uri)
            if parts.query or parts.fragment or parts.netloc or parts.scheme not in ("", "file") or not uri.isascii():
                yield f"results/{number}: the URI {uri!r} is not a path alone"
            if run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] != result["ruleId"]:
                yield f"results/{number}: ruleIndex and ruleId differ"


def main():
    with open(sys.argv[1], encoding="utf-8") as stream:
        validator = jsonschema.Draft4Validator(json.load(stream))
    failed = False
    for name in sys.argv[2:]:
        with open(name, encoding="utf-8") as stream:
            report = json.load(stream)
        found = list(breaches(validator, report))
        failed |= bool(found)
        print("\n".join(f"{name}: {line}" for line in found) or f"{name}: {len(report['runs'][0]['results'])} results, valid")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
