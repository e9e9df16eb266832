#!/usr/bin/env python3
"""The command line as users and programs meet it.

usage: cli_test.py SARING SAMPLES
"""
import base64
import json
import os
import pty
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import unittest

SARING, SAMPLES = sys.argv[1:3]
SECRET = os.path.join(SAMPLES, "letter-sangat-rahasia.jpg")
PUBLIC = os.path.join(SAMPLES, "slide-public.jpg")


def run(*arguments, stdin=b"", env=None, **options):
    environment = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", **(env or {})}
    return subprocess.run([SARING, *arguments], input=stdin, capture_output=True, env=environment, timeout=120, **options)


class InFolder(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.mkdtemp(prefix="saring-e2e-")
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)

    def file(self, name, content):
        path = os.path.join(self.folder if isinstance(name, str) else os.fsencode(self.folder), name)
        with open(path, "wb") as stream:
            stream.write(content)
        return path


class Check(InFolder):
    def test_a_marked_letter_blocks_and_says_where_and_what_to_do(self):
        done = run("check", SECRET)
        text = done.stdout.decode()
        self.assertEqual(done.returncode, 1, done.stderr)
        self.assertIn("DO NOT SHARE", text)
        self.assertIn("SANGAT RAHASIA", text)
        self.assertIn("top left", text)
        self.assertIn("→", text)
        self.assertNotIn("\033", text)

    def test_sarif_and_html_tell_findings_and_failures_in_one_document(self):
        sarif = run("check", "--format", "sarif", SECRET, PUBLIC, "/nonexistent.jpg")
        self.assertEqual(sarif.returncode, 2)
        results = json.loads(sarif.stdout)["runs"][0]
        self.assertEqual(results["results"][0]["ruleId"], "id.marker.sangat-rahasia")
        self.assertTrue(results["results"][0]["partialFingerprints"])
        self.assertEqual(results["invocations"][0]["toolExecutionNotifications"][0]["descriptor"]["id"], "not_found")
        page = run("check", "--format", "html", SECRET, PUBLIC, "/nonexistent.jpg").stdout.decode()
        self.assertTrue(page.startswith("<!DOCTYPE html>"))
        self.assertIn("SANGAT RAHASIA", page)
        self.assertIn("/nonexistent.jpg", page)

    def test_a_public_slide_is_safe_and_exits_0(self):
        done = run("check", PUBLIC)
        self.assertEqual(done.returncode, 0, done.stdout)
        self.assertIn("NO SIGN FOUND", done.stdout.decode())
        self.assertIn("were not judged", done.stdout.decode())

    def test_messages_follow_lang_and_the_environment(self):
        self.assertIn("JANGAN DIBAGIKAN", run("--lang", "id", "check", SECRET).stdout.decode())
        self.assertIn("JANGAN DIBAGIKAN", run("check", SECRET, env={"LANG": "id_ID.UTF-8"}).stdout.decode())
        self.assertIn("DO NOT SHARE", run("check", "--lang", "en", SECRET, env={"LANG": "id_ID.UTF-8"}).stdout.decode())

    def test_json_has_the_documented_form(self):
        done = run("check", "--format", "json", SECRET, os.path.join(self.folder, "missing.jpg"))
        self.assertEqual(done.returncode, 2)
        report = json.loads(done.stdout)
        self.assertEqual(report["schema"], "saring/1")
        self.assertRegex(report["tool"]["rules"]["id-classification"], "^[0-9a-f]{64}$")
        result, = report["results"]
        self.assertEqual(result["verdict"], "block")
        self.assertIs(result["complete"], True)
        finding = result["findings"][0]
        self.assertEqual((finding["rule"], finding["category"], finding["severity"]), ("id.marker.sangat-rahasia", "marker", "critical"))
        page = result["pages"][finding["page"]]
        for x, y in finding["quads"][0]:
            self.assertTrue(0 <= x <= page["width"] and 0 <= y <= page["height"])
        error, = report["errors"]
        self.assertEqual(sorted(error), ["advice", "code", "message", "page", "path", "stage"])
        self.assertEqual(error["code"], "not_found")

    def test_ndjson_gives_a_line_for_every_input_in_order(self):
        done = run("check", "--format", "ndjson", PUBLIC, "/nonexistent.png", SECRET)
        lines = [json.loads(line) for line in done.stdout.splitlines()]
        self.assertEqual([list(line)[0] for line in lines], ["result", "error", "result"])
        self.assertEqual(done.returncode, 2)

    def test_a_picture_comes_from_standard_input(self):
        with open(SECRET, "rb") as stream:
            done = run("check", "-", stdin=stream.read())
        self.assertEqual(done.returncode, 1)
        self.assertIn("SANGAT RAHASIA", done.stdout.decode())
        self.assertEqual(run("check", "-").returncode, 2)

    def test_text_comes_from_a_file_or_standard_input(self):
        done = run("check", "--format", "json", "--text", "-", stdin="Hal: x\nSANGAT RAHASIA\n".encode())
        self.assertEqual(done.returncode, 1)
        self.assertEqual(json.loads(done.stdout)["results"][0]["findings"][0]["span"], [7, 21])
        self.assertEqual(run("check", "--text", self.file("a.txt", b"Rahasia sukses tim: jujur")).returncode, 0)

    def test_the_preview_is_a_picture_readable_by_its_owner_only(self):
        out = os.path.join(self.folder, "out.png")
        self.assertEqual(run("check", "--preview", out, SECRET).returncode, 1)
        with open(out, "rb") as stream:
            self.assertEqual(stream.read(8), b"\x89PNG\r\n\x1a\n")
        self.assertEqual(os.stat(out).st_mode & 0o777, 0o600)
        self.assertEqual(os.listdir(self.folder), ["out.png"])
        self.assertEqual(run("check", "--preview", os.path.join(self.folder, "no", "out.png"), SECRET).returncode, 2)

    def test_bad_inputs_cost_one_line_each_and_the_others_are_read(self):
        with open(SECRET, "rb") as stream:
            jpeg = stream.read()
        bad = {
            "cut.jpg": (jpeg[:len(jpeg) // 2], "truncated"),
            "empty.png": (b"", "empty_file"),
            "text.jpg": (b"this is no picture", "unknown_format"),
            "bomb.png": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\xea\x60\0\0\xea\x60\x08\x02\0\0\0" + b"x" * 100, "too_many_pixels"),
            "broken.pdf": (b"%PDF-1.5\ngarbage", "truncated"),
        }
        paths = [self.file(name, content) for name, (content, _) in bad.items()]
        with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "golden", "locked.pdf"), "rb") as stream:
            paths.append(self.file("locked.pdf", stream.read()))
        done = run("check", "--format", "json", self.folder, *paths, "/nonexistent/x.jpg", PUBLIC)
        report = json.loads(done.stdout)
        self.assertEqual(done.returncode, 2)
        self.assertEqual([e["code"] for e in report["errors"]],
                         ["is_folder"] + [code for _, code in bad.values()] + ["password_needed", "not_found"])
        for error in report["errors"]:
            self.assertTrue(error["message"] and error["advice"] and error["path"], error)
        self.assertEqual([r["verdict"] for r in report["results"]], ["safe"])

    def test_a_file_that_may_not_be_read_is_told(self):
        path = self.file("closed.jpg", b"x")
        os.chmod(path, 0)
        as_nobody = [] if os.geteuid() else ["setpriv", "--reuid", "65534", "--clear-groups", "--inh-caps=-all"]
        os.chmod(self.folder, 0o755)
        done = subprocess.run([*as_nobody, SARING, "check", "--format", "json", path], capture_output=True, timeout=60)
        self.assertEqual(json.loads(done.stdout)["errors"][0]["code"], "no_permission")

    def test_a_name_that_is_not_utf8_is_read_and_shown_with_its_bytes(self):
        with open(PUBLIC, "rb") as stream:
            path = self.file(b"f\xffoto.jpg", stream.read())
        done = run("check", "--format", "json", path)
        self.assertEqual(done.returncode, 0)
        self.assertTrue(json.loads(done.stdout)["results"][0]["path"].endswith("f\\xFFoto.jpg"))

    def test_limits_hold(self):
        for option, value, code in (("--max-bytes", "100", "file_too_large"), ("--max-pixels", "1000", "too_many_pixels")):
            done = run("check", "--format", "json", option, value, PUBLIC)
            self.assertEqual(json.loads(done.stdout)["errors"][0]["code"], code)
        done = run("check", "--format", "json", "--page-seconds", "0.05", SECRET)
        result = json.loads(done.stdout)["results"][0]
        self.assertNotEqual(result["verdict"], "safe")
        self.assertIn("time_limit", {u["reason"] for u in result["pages"][0]["unread"]})

    def test_a_missing_language_or_model_is_an_error_not_a_thinner_check(self):
        self.assertEqual(run("check", "--ocr-languages", "ind+klingon", PUBLIC).returncode, 2)
        done = run("check", "--models", self.folder, PUBLIC)
        self.assertEqual(done.returncode, 2)
        self.assertIn("--models", done.stderr.decode())
        self.assertEqual(done.stdout, b"")

    def test_wrong_usage_exits_2(self):
        for arguments in ([], ["check"], ["check", "--format", "xml", PUBLIC], ["frobnicate"], ["check", "--preview", "x.png", PUBLIC, SECRET]):
            self.assertEqual(run(*arguments).returncode, 2, arguments)
        self.assertEqual(run("--help").returncode, 0)
        self.assertEqual(run("--version").returncode, 0)

    def test_colours_on_a_terminal_unless_no_color_is_set(self):
        for env, coloured in (({}, True), ({"NO_COLOR": "1"}, False)):
            parent, child = pty.openpty()
            subprocess.run([SARING, "check", SECRET], stdout=child, stderr=child, timeout=60,
                           env={"PATH": os.environ["PATH"], "LANG": "C.UTF-8", "TERM": "xterm", **env})
            os.close(child)
            shown = os.read(parent, 65536).decode()
            os.close(parent)
            self.assertEqual("\033[" in shown, coloured)

    def test_the_original_is_left_as_it_was(self):
        path = os.path.join(self.folder, "copy.jpg")
        shutil.copy(SECRET, path)
        os.utime(path, (1_000_000_000, 1_000_000_000))
        before = (open(path, "rb").read(), os.stat(path).st_mtime)
        run("check", path)
        self.assertEqual((open(path, "rb").read(), os.stat(path).st_mtime), before)

    def test_interrupted_it_ends_after_the_photo_at_hand_with_130(self):
        process = subprocess.Popen([SARING, "check", "--format", "json"] + [SECRET] * 60, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        time.sleep(2)
        process.send_signal(signal.SIGINT)
        out, _ = process.communicate(timeout=60)
        self.assertEqual(process.returncode, 130)
        self.assertLess(len(json.loads(out)["results"]), 60)


class Worker(unittest.TestCase):
    def ask(self, *lines, options=()):
        done = subprocess.run([SARING, "worker", *options], input="".join(line + "\n" for line in lines).encode(), capture_output=True, timeout=120)
        self.assertEqual(done.returncode, 0, done.stderr)
        return [json.loads(line) for line in done.stdout.splitlines()]

    def test_requests_are_answered_in_order_until_the_input_ends(self):
        with open(PUBLIC, "rb") as stream:
            data = base64.b64encode(stream.read()).decode()
        answers = self.ask(json.dumps({"id": "a", "path": SECRET}), "not json", "", json.dumps({"id": "b", "data": data, "name": "x.jpg"}),
                           json.dumps({"id": "c", "text": "SANGAT RAHASIA"}))
        self.assertEqual([a["id"] for a in answers], ["a", None, "b", "c"])
        self.assertEqual([a.get("result", {}).get("verdict") for a in answers], ["block", None, "safe", "block"])

    def test_a_line_longer_than_any_file_may_be_is_an_error_and_the_next_is_answered(self):
        answers = self.ask('{"id": "1", "data": "' + "A" * 3_000_000 + '"}', json.dumps({"id": "2", "text": "x"}), options=["--max-bytes", "1000"])
        self.assertEqual(answers[0]["error"]["code"], "bad_request")
        self.assertEqual(answers[1]["id"], "2")


class Others(InFolder):
    def test_rules_prove_their_examples(self):
        done = run("rules", "test")
        self.assertEqual(done.returncode, 0, done.stdout)
        self.assertIn("id-classification: ", done.stdout.decode())
        bad = self.file("bad.toml", b'name = "bad"\n[[rule]]\nid = "x"\ncategory = "marker"\nseverity = "low"\n'
                        b'title = { id = "a", en = "b" }\nadvice = { id = "a", en = "b" }\nsource = "s"\n'
                        b'terms = ["proyek merapi"]\nflag = ["gunung"]\n')
        done = run("rules", "test", "--rules", bad)
        self.assertEqual(done.returncode, 2)
        self.assertIn("bad.toml:2: x misses: gunung", done.stdout.decode())
        done = run("check", "--rules", bad, PUBLIC)
        self.assertEqual(done.returncode, 2)
        self.assertIn("misses its own example", done.stderr.decode())

    def test_an_explanation_says_what_was_found_and_what_nearly_was(self):
        text = run("rules", "explain", "-", stdin=b"RAHASIA\nrahasia sukses\npassword: Kppn#2026!").stdout.decode()
        self.assertRegex(text, r"id\.marker\.rahasia: RAHASIA\n  found, high, blocks\n  confidence 1\.00 = 1\.00 reading")
        self.assertIn("part of the harmless phrase rahasia sukses", text)
        self.assertNotIn("Kppn#2026", text)
        self.assertIn("Verdict: block", text)
        self.assertIn("SANGAT RAHASIA", run("rules", "explain", SECRET).stdout.decode())

    def test_a_reported_false_alarm_stays_away_and_nothing_else_does(self):
        env = {"XDG_CONFIG_HOME": self.folder}
        phrase = b"KOPI RAHASIA PAK BUDI"
        self.assertEqual(run("check", "--text", "-", stdin=phrase, env=env).returncode, 1)
        done = run("rules", "clean", "kopi rahasia pak budi", "--rule", "id.marker.rahasia", env=env)
        self.assertEqual(done.returncode, 0, done.stderr)
        pack = os.path.join(self.folder, "saring", "rules", "clean.toml")
        self.assertEqual(os.stat(pack).st_mode & 0o777, 0o600)
        self.assertEqual(run("check", "--text", "-", stdin=phrase, env=env).returncode, 0)
        self.assertEqual(run("check", "--text", "-", stdin=b"RAHASIA", env=env).returncode, 1)
        with open(pack, "rb") as stream:
            before = stream.read()
        done = run("rules", "clean", "x y z", "--rule", "no.such.rule", env=env)
        self.assertEqual(done.returncode, 2)
        self.assertIn("there is no rule 'no.such.rule'", done.stderr.decode())
        with open(pack, "rb") as stream:
            self.assertEqual(stream.read(), before)
        self.assertEqual(os.listdir(os.path.dirname(pack)), ["clean.toml"])

    def test_profiles_opt_ins_and_days_change_what_counts(self):
        ticket = b"BOARDING PASS"
        self.assertEqual(run("check", "--text", "-", stdin=ticket).returncode, 0)
        self.assertEqual(run("check", "--text", "-", "--enable", "travel", stdin=ticket).returncode, 1)
        self.assertEqual(run("check", "--text", "-", "--profile", "strict", stdin=ticket).returncode, 1)
        own = self.file("own.toml", b'name = "own"\n[[rule]]\nid = "own.x"\ncategory = "marker"\nseverity = "high"\n'
                        b'title = { id = "a", en = "b" }\nadvice = { id = "Tunggu.", en = "Wait." }\nsource = "s"\nask = "Biro Umum"\n'
                        b'until = 2026-08-17\nterms = ["proyek merapi"]\nflag = ["proyek merapi"]\n')
        on = run("check", "--text", "-", "--rules", own, "--as-of", "2026-08-17", stdin=b"Proyek Merapi")
        self.assertEqual(on.returncode, 1)
        self.assertIn("Ask: Biro Umum.", on.stdout.decode())
        self.assertEqual(run("check", "--text", "-", "--rules", own, "--as-of", "2026-08-18", stdin=b"Proyek Merapi").returncode, 0)
        done = run("check", "--text", "-", "--as-of", "soon", stdin=b"x")
        self.assertEqual(done.returncode, 2)
        self.assertIn("write 2026-08-17", done.stderr.decode())

    def test_rules_are_listed_with_category_and_severity(self):
        done = run("rules", "list")
        self.assertEqual(done.returncode, 0)
        self.assertRegex(done.stdout.decode(), r"(?m)^id\.marker\.sangat-rahasia\tmarker\tcritical\t")
        rules = json.loads(run("rules", "list", "--format", "json").stdout)
        self.assertTrue(all(rule["title"] and rule["advice"] and rule["source"] for rule in rules))

    def test_the_doctor_is_content_and_says_so_when_not(self):
        done = run("doctor")
        self.assertEqual(done.returncode, 0, done.stdout)
        self.assertEqual(len(re.findall("(?m)^ok ", done.stdout.decode())), 6)
        ill = run("doctor", "--ocr-languages", "klingon", "--tessdata", "/nonexistent")
        self.assertEqual(ill.returncode, 2)
        self.assertIn("WRONG", ill.stdout.decode())


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1] + sys.argv[3:])
