#!/usr/bin/env python3
"""saring audit as users meet it: killed, out of disk, with files that hang, crash and vanish; and what it decides.

Most of it with a fake reader (fake_reader.py), so that moments are many and results follow from the files alone.

usage: audit_test.py SARING SAMPLES
"""
import base64
import contextlib
import glob
import io
import json
import os
import random
import re
import resource
import shutil
import signal
import sqlite3
import stat
import subprocess
import sys
import tarfile
import tempfile
import time
import unittest
import zipfile

import small_disk
from fake_reader import MARK

SARING, SAMPLES = sys.argv[1:3]
FAKE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "fake_reader.py")
VOLATILE = {"began", "ended", "first_seen", "tool", "modified"}
SECRET_LINE = "surat ini rahasia nomor {}"
FAKETIME = "/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1"


def without_volatile(value):
    if isinstance(value, dict):
        return {key: without_volatile(inner) for key, inner in value.items() if key not in VOLATILE}
    return [without_volatile(inner) for inner in value] if isinstance(value, list) else value


def fake_picture(*lines):
    return MARK + "\n".join(lines).encode()


class InFolder(unittest.TestCase):
    """A gallery, a store and a reader of its own in a temporary folder."""

    def setUp(self):
        self.folder = tempfile.mkdtemp(prefix="saring-audit-")
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)
        self.gallery = self.path("gallery")
        os.mkdir(self.gallery)
        # Its own name, so that workers left over can be told from those of other tests.
        self.worker = shutil.copy(FAKE, self.path("reader"))
        self.rules({"rahasia": "critical"})
        self.env = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", "HOME": self.folder, "FAKE_RULES": self.path("rules.json")}

    def path(self, *names):
        return os.path.join(self.folder, *names)

    def rules(self, words):
        with open(self.path("rules.json"), "w") as stream:
            json.dump(words, stream)

    def add(self, name, *lines, data=None):
        file = os.path.join(self.gallery, name)
        os.makedirs(os.path.dirname(file), exist_ok=True)
        with open(file, "wb") as stream:
            stream.write(fake_picture(*lines) if data is None else data)
        return file

    def fill(self, count):
        for i in range(count):
            self.add(f"{i % 4}/{i:04}.jpg", f"foto {i}", *([SECRET_LINE.format(i)] if i % 3 == 0 else []))

    def command(self, *arguments, db=None, worker=True):
        fake = ["--worker", self.worker, "-j", "2"] if worker else []
        return [SARING, "audit", *arguments, *fake, "--db", db or self.path("state", "audit.db")]

    def run_audit(self, *arguments, stdin=b"", db=None, env=None, worker=True, **options):
        return subprocess.run(self.command(*arguments, db=db, worker=worker), input=stdin, capture_output=True,
                              env={**self.env, **(env or {})}, timeout=120, cwd=self.folder, **options)

    def sub(self, name, *arguments, db=None):
        """accept, diff …: they know no worker."""
        return self.run_audit(name, *arguments, db=db, worker=False)

    def start(self, *arguments, db=None, env=None):
        return subprocess.Popen(self.command(*arguments, db=db), env={**self.env, **(env or {})}, cwd=self.folder,
                                stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE)

    def report(self, db=None, *arguments):
        out = self.path("told.json")
        done = self.run_audit("--report", out, *arguments, db=db)
        self.assertIn(done.returncode, (0, 1, 2), done.stderr)
        with open(out) as stream:
            return json.load(stream)

    def result(self, db=None):
        """What an audit came to: the report, and each file once with its content or error."""
        with contextlib.closing(sqlite3.connect(f"file:{db or self.path('state', 'audit.db')}?mode=ro", uri=True)) as store:
            files = store.execute("SELECT path, sha256, error IS NOT NULL, gone_run IS NOT NULL FROM files ORDER BY path").fetchall()
            contents = store.execute("SELECT sha256, verdict FROM contents ORDER BY sha256").fetchall()
            findings = store.execute("SELECT hex(sha256), fingerprint FROM findings JOIN contents ON contents.id = content "
                                     "WHERE gone_run IS NULL ORDER BY 1, 2").fetchall()
        return without_volatile(self.report(db)), files, contents, findings

    def findings(self, report, decision=None):
        return [(os.path.basename(entry["path"]), found["match"]) for entry in report["entries"] for found in entry["findings"]
                if decision in (None, found["decision"])]

    def fingerprint_of(self, report, name):
        return next(entry["findings"][0]["fingerprint"] for entry in report["entries"] if entry["path"].endswith(name))

    def workers(self):
        out = []
        for file in glob.glob("/proc/[0-9]*/cmdline"):
            with contextlib.suppress(OSError), open(file, "rb") as stream:
                if self.worker.encode() in stream.read().split(b"\0")[:2]:
                    out.append(int(file.split("/")[2]))
        return out

    def assert_no_worker_left(self):
        until = time.monotonic() + 5
        while self.workers() and time.monotonic() < until:
            time.sleep(0.01)
        self.assertEqual(self.workers(), [])

    def assert_stored(self, text, stored):
        self.assertEqual(text.encode() in self.store_bytes(), stored, text)  # without the bytes of the store in the message

    def counted(self, done):
        """read, judged again, unchanged: from the summary."""
        found = re.search(rb"([\d,]+) files? read, ([\d,]+) judged again, ([\d,]+) unchanged", done.stdout)
        self.assertIsNotNone(found, done.stdout + done.stderr)
        return tuple(int(number.replace(b",", b"")) for number in found.groups())

    def store_bytes(self):
        out = b""
        for file in glob.glob(self.path("state", "*")):
            with open(file, "rb") as stream:
                out += stream.read()
        return out


class Killed(InFolder):
    MOMENTS = 20
    FILES = 60
    SLOW = {"FAKE_SLOW": "0.02"}

    def kill(self, process, whom):
        victims = {"parent": [process.pid], "worker": self.workers()[:1], "workers": self.workers(),
                   "both": [process.pid, *self.workers()]}[whom]
        for pid in victims:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)

    def test_killed_at_any_moment_it_goes_on_to_the_same_result(self):
        self.fill(self.FILES)
        began = time.monotonic()
        done = self.run_audit(self.gallery, db=self.path("reference.db"), env=self.SLOW)
        took = time.monotonic() - began
        self.assertEqual(done.returncode, 1, done.stderr)
        reference = self.result(self.path("reference.db"))
        self.assertEqual(len(reference[1]), self.FILES)
        dice = random.Random(20260817)
        killed = 0
        for moment in range(self.MOMENTS):
            whom = ("parent", "worker", "both", "workers")[moment % 4]
            wait = dice.uniform(0.02, took * 0.9)
            with self.subTest(moment=moment, whom=whom, wait=round(wait, 3)):
                db = self.path(f"killed-{moment}.db")
                process = self.start(self.gallery, db=db, env=self.SLOW)
                time.sleep(wait)
                self.kill(process, whom)
                out, err = process.communicate(timeout=60)
                if whom in ("parent", "both"):
                    killed += process.returncode == -signal.SIGKILL
                    self.assert_no_worker_left()
                    again = self.run_audit(self.gallery, db=db, env=self.SLOW)
                    self.assertEqual(again.returncode, 1, again.stderr)
                else:
                    self.assertEqual(process.returncode, 1, err)
                self.assertEqual(self.result(db), reference)
        self.assertGreater(killed, self.MOMENTS // 4, "most moments must lie within the run")
        self.assert_no_worker_left()

    def test_what_was_stored_before_the_kill_is_not_read_again(self):
        self.fill(self.FILES)
        process = self.start(self.gallery, env={"FAKE_SLOW": "0.05"})
        time.sleep(1.2)
        self.kill(process, "both")
        process.communicate(timeout=60)
        read, _, unchanged = self.counted(self.run_audit(self.gallery))
        self.assertEqual(read + unchanged, self.FILES)
        self.assertGreater(unchanged, 5)

    def test_ctrl_c_stops_cleanly_and_says_how_to_go_on(self):
        self.stops_by(signal.SIGINT)

    def test_a_machine_that_shuts_down_stops_it_as_cleanly(self):
        self.stops_by(signal.SIGTERM)

    def stops_by(self, number):
        self.fill(self.FILES)
        process = self.start(self.gallery, env={"FAKE_SLOW": "0.05"})
        time.sleep(0.8)
        process.send_signal(number)
        began = time.monotonic()
        out, err = process.communicate(timeout=60)
        self.assertEqual(process.returncode, 130, err)
        self.assertLess(time.monotonic() - began, 3)
        self.assertIn(b"The same command goes on from here", err)
        self.assert_no_worker_left()
        done = self.run_audit(self.gallery)
        self.assertEqual(done.returncode, 1, done.stderr)
        self.assertEqual(len(self.result()[1]), self.FILES)

    def test_a_log_gets_plain_lines(self):
        self.fill(3)
        done = self.run_audit(self.gallery)
        for text in (done.stdout, done.stderr):
            self.assertNotIn(b"\x1b", text)
            self.assertNotIn(b"\r", text)

    def test_two_audits_on_one_store_and_a_report_meanwhile(self):
        self.fill(20)
        process = self.start(self.gallery, env={"FAKE_SLOW": "0.2"})
        until = time.monotonic() + 10
        while not self.workers() and time.monotonic() < until:
            time.sleep(0.05)
        time.sleep(0.7)
        second = self.run_audit(self.gallery)
        self.assertEqual(second.returncode, 2)
        self.assertIn(str(process.pid).encode(), second.stderr)
        meanwhile = self.report()
        self.assertGreater(meanwhile["counts"]["files"], 0)
        self.assertEqual(self.sub("accept", "0123456789", "--why", "x").returncode, 2)
        process.communicate(timeout=60)
        self.assertEqual(self.report()["counts"]["files"], 20)


class Faults(InFolder):
    def errors(self, report):
        return {os.path.basename(entry["path"]): entry["error"]["code"] for entry in report["entries"] if "error" in entry}

    def test_each_bad_file_is_told_once_and_hurts_no_other(self):
        self.fill(30)
        for i in range(300):
            self.add(f"rusak/{i:03}.jpg", data=b"\xff\xd8\xff\xe0 damaged %d" % i)
        self.add("hang.jpg", "x")
        self.add("eats.jpg", "y")
        self.add("crash.jpg", "z")
        os.symlink(self.path("nowhere"), os.path.join(self.gallery, "dangling.jpg"))
        done = self.run_audit(self.gallery, "--follow-links", "--file-seconds", "1", "--worker-memory", "256")
        self.assertEqual(done.returncode, 2, done.stderr)
        report = self.report()
        errors = self.errors(report)
        self.assertEqual(errors.pop("hang.jpg"), "time_limit")
        self.assertEqual(errors.pop("eats.jpg"), "out_of_memory")
        self.assertEqual(errors.pop("crash.jpg"), "worker_failed")
        self.assertEqual(errors.pop("dangling.jpg", "not_found"), "not_found")
        self.assertEqual(set(errors.values()), {"corrupt"})
        self.assertEqual(len(errors), 300)
        paths = [entry["path"] for entry in report["entries"]]
        self.assertEqual(len(paths), len(set(paths)))
        self.assertEqual(len(self.findings(report)), 10)
        self.assertEqual(report["counts"]["safe"], 20)
        self.assertIn(b"crash.jpg", done.stdout)
        self.assert_no_worker_left()
        # What cannot pass is not tried again; what may (a crash, a hang) is.
        again = self.run_audit(self.gallery, "--file-seconds", "1", "--worker-memory", "256")
        self.assertEqual(again.returncode, 2)
        self.assertEqual(self.counted(again)[0], 0)

    def test_ten_thousand_corrupt_files_are_told_one_by_one(self):
        heads = (b"\xff\xd8\xff\xe0 damaged %d", b"\x89PNG\r\n\x1a\n %d", b"%%PDF-1.7 %d", b"II*\0\xff\xff\xff\x7f %d", b"BM %d")
        count = 10_000
        for i in range(count):
            self.add(f"{i % 50}/{i}.jpg", data=heads[i % len(heads)] % i)
        shutil.copy(os.path.join(SAMPLES, "slide-public.jpg"), self.gallery)
        done = self.run_audit(self.gallery, worker=False)
        self.assertEqual(done.returncode, 2, done.stderr[-2000:])
        self.assertEqual(self.counted(done)[0], 1)
        self.assertLess(len(done.stdout), 20_000)  # a summary for people
        out = self.path("told.json")
        self.run_audit("--report", out, worker=False)
        with open(out) as stream:
            report = json.load(stream)
        self.assertEqual(report["counts"]["failed"], count)
        self.assertEqual(report["counts"]["safe"], 1)
        self.assertEqual(len({entry["path"] for entry in report["entries"] if "error" in entry}), count)
        again = self.run_audit(self.gallery, worker=False)
        self.assertEqual((again.returncode, self.counted(again)), (2, (0, 0, count + 1)))

    def test_a_clock_that_jumps_loses_nothing_and_reads_nothing_twice(self):
        self.fill(40)
        self.run_audit(self.gallery, db=self.path("reference.db"))
        self.assertTrue(os.path.exists(FAKETIME), "scripts/setup tests installs it")
        clock = self.path("clock")
        reader = self.worker
        self.worker = self.path("reader-by-the-true-clock")
        with open(self.worker, "w") as stream:
            stream.write(f'#!/bin/sh\nunset LD_PRELOAD\nexec "{reader}" "$@"\n')
        os.chmod(self.worker, 0o755)
        faked = {"LD_PRELOAD": FAKETIME, "FAKETIME_TIMESTAMP_FILE": clock, "FAKETIME_NO_CACHE": "1",
                 "FAKETIME_DONT_FAKE_MONOTONIC": "1", "NO_FAKE_STAT": "1", "FAKE_SLOW": "0.05"}

        def set_clock(offset):
            with open(clock + ".new", "w") as stream:
                stream.write(offset)
            os.replace(clock + ".new", clock)

        set_clock("-400d")
        process = self.start(self.gallery, "--retain", "90d", env=faked)
        for offset in ("+400d", "-3d", "+20d"):
            time.sleep(0.3)
            set_clock(offset)
        out, _ = process.communicate(timeout=60)
        self.assertEqual(process.returncode, 1, out)
        self.assertEqual(self.result(), self.result(self.path("reference.db")))
        for offset in ("+800d", "-800d"):
            set_clock(offset)
            done = self.run_audit(self.gallery, "--retain", "90d", env=faked)
            self.assertEqual(self.counted(done), (0, 0, 40), offset)
        self.assertEqual(self.result(), self.result(self.path("reference.db")))

    def test_files_that_vanish_and_a_folder_that_changes_under_the_walk(self):
        self.fill(80)
        process = self.start(self.gallery, env={"FAKE_SLOW": "0.03"})
        time.sleep(0.5)
        shutil.rmtree(os.path.join(self.gallery, "2"))
        os.rename(os.path.join(self.gallery, "3"), os.path.join(self.gallery, "pindah"))
        for i in range(5):
            self.add(f"0/baru-{i}.jpg", f"baru {i}")
        out, err = process.communicate(timeout=60)
        self.assertIn(process.returncode, (1, 2), err)
        done = self.run_audit(self.gallery)
        self.assertEqual(done.returncode, 1, done.stdout)
        here = {os.path.join(folder, name) for folder, _, names in os.walk(self.gallery) for name in names}
        files = {path.decode(): gone for path, _, _, gone in self.result()[1]}
        self.assertEqual({path for path, gone in files.items() if not gone}, here)
        self.assertEqual(self.run_audit(self.gallery, db=self.path("fresh.db")).returncode, 1)
        known, fresh = self.report(), self.report(self.path("fresh.db"))
        self.assertEqual(sorted(self.findings(known, "open")), sorted(self.findings(fresh, "open")))

    def as_nobody(self):
        """Permissions do not bite root."""
        nobody = 65534
        if os.getuid() != 0:
            return None
        for folder, _, names in os.walk(self.folder):
            for one in (folder, *(os.path.join(folder, name) for name in names)):
                os.chown(one, nobody, nobody)

        def become():
            os.setgid(nobody)
            os.setuid(nobody)
        return become

    def test_what_may_not_be_opened_is_told_and_not_taken_for_removed(self):
        self.fill(8)
        become = self.as_nobody()
        if become is not None and subprocess.run([SARING, "--version"], preexec_fn=become, capture_output=True).returncode != 0:
            self.skipTest("the program cannot be run by others")
        self.assertEqual(self.run_audit(self.gallery, preexec_fn=become).returncode, 1)
        before = self.findings(self.report(), "open")
        for place in ("0", "1/0001.jpg"):
            os.chmod(os.path.join(self.gallery, place), 0)
        self.addCleanup(os.chmod, os.path.join(self.gallery, "0"), 0o700)
        done = self.run_audit(self.gallery, "--report", self.path("r.json"), preexec_fn=become)
        self.assertEqual(done.returncode, 2, done.stderr)
        with open(self.path("r.json")) as stream:
            report = json.load(stream)
        self.assertEqual(self.errors(report).get("0"), "no_permission")
        self.assertEqual(self.findings(report, "open"), before)

    def test_a_root_that_is_not_there_is_told(self):
        self.add("a.jpg", "x")
        done = self.run_audit(self.gallery, self.path("none"))
        self.assertEqual(done.returncode, 2)
        self.assertIn(b"none", done.stdout + done.stderr)

    def test_a_full_disk_is_told_and_the_next_run_completes(self):
        self.fill(200)
        for i in range(200):
            self.add(f"isi/{i}.jpg", *(f"{random.Random(i * 100 + j).random()}" for j in range(40)))
        self.run_audit(self.gallery, db=self.path("reference.db"))
        reference = self.result(self.path("reference.db"))

        def small_disk():
            resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        for ignored in (True, False):
            with self.subTest(signal_ignored=ignored):
                db = self.path(f"full-{ignored}", "audit.db")
                full = self.run_audit(self.gallery, db=db, preexec_fn=small_disk if ignored else lambda: resource.setrlimit(
                    resource.RLIMIT_FSIZE, (200_000, 200_000)), restore_signals=False)
                self.assertEqual(full.returncode, 2, full.stdout + full.stderr)
                self.assertIn(b"audit.db", full.stderr)
                self.assert_no_worker_left()
                done = self.run_audit(self.gallery, db=db)
                self.assertEqual(done.returncode, 1, done.stderr)
                self.assertEqual(self.result(db), reference)

    @unittest.skipUnless(small_disk.can_be_had(), "a small disk needs the right to mount one")
    def test_a_store_on_a_disk_that_is_full_is_told_and_completed_once_there_is_room(self):
        self.fill(100)
        for i in range(150):
            self.add(f"isi/{i}.jpg", *(f"{random.Random(i * 100 + j).random()}" for j in range(40)))
        self.run_audit(self.gallery, db=self.path("reference.db"))
        reference = self.result(self.path("reference.db"))
        for size in ("64k", "200k", "400k"):  # full at the first table, in the log of writes, in the store
            with self.subTest(size=size):
                disk, db = self.path(f"disk-{size}"), self.path(f"state-{size}", "audit.db")
                os.mkdir(disk)
                os.mkdir(os.path.dirname(db))
                audit = self.command(self.gallery, db=os.path.join(disk, "audit.db"))
                done = small_disk.run_on(disk, size, audit, audit, after=f"cp {disk}/audit.db* {os.path.dirname(db)}",
                                         env=self.env, cwd=self.folder, timeout=120)
                self.assertEqual(re.findall(rb"^status (\d+)$", done.stdout, re.MULTILINE), [b"2", b"1"], done.stdout + done.stderr)
                self.assertIn(b"audit.db", done.stderr)
                self.assertIn(b"full", done.stderr)
                self.assert_no_worker_left()
                self.assertEqual(self.result(db), reference)

    def test_a_damaged_store_is_told_kept_and_rebuilt(self):
        self.fill(60)
        self.run_audit(self.gallery)
        reference = self.result()
        db = self.path("state", "audit.db")
        for where in (0, 4096, 3 * 4096):
            with self.subTest(where=where):
                with open(db, "r+b") as stream:
                    stream.seek(where)
                    stream.write(b"\xa5" * 4096)
                done = self.run_audit(self.gallery)
                self.assertEqual(done.returncode, 1, done.stderr)
                self.assertRegex(done.stderr, rb"damaged")
                self.assertTrue(glob.glob(db + ".damaged-*"))
                self.assertEqual(self.result(), reference)
                for file in glob.glob(db + ".damaged-*"):
                    self.assertEqual(stat.S_IMODE(os.stat(file).st_mode), 0o600)
                    os.remove(file)

    def test_no_reader_starts(self):
        self.add("a.jpg", "x")
        done = subprocess.run([SARING, "audit", self.gallery, "--worker", "/bin/false", "--db", self.path("audit.db")],
                              capture_output=True, env=self.env, timeout=60)
        self.assertEqual(done.returncode, 2)
        self.assertIn(b"no worker starts", done.stderr)


class Again(InFolder):
    def setUp(self):
        super().setUp()
        self.fill(9)
        self.first = self.run_audit(self.gallery)
        self.assertEqual(self.counted(self.first), (9, 0, 0))

    def test_what_did_not_change_is_not_read(self):
        self.assertEqual(self.counted(self.run_audit(self.gallery)), (0, 0, 9))

    def test_a_touched_a_renamed_and_a_copied_file_are_not_read_a_changed_one_is(self):
        os.utime(os.path.join(self.gallery, "0", "0000.jpg"), (1, 1))
        os.rename(os.path.join(self.gallery, "1", "0001.jpg"), os.path.join(self.gallery, "1", "lain.jpg"))
        shutil.copy(os.path.join(self.gallery, "2", "0002.jpg"), os.path.join(self.gallery, "2", "salinan.jpg"))
        self.assertEqual(self.counted(self.run_audit(self.gallery, env={"FAKE_BLIND": "1"})), (0, 0, 10))
        self.add("3/0003.jpg", "foto 3 rahasia lain")
        done = self.run_audit(self.gallery)
        self.assertEqual(self.counted(done), (1, 0, 9))
        self.assertEqual(sorted(self.findings(self.report())),
                         [("0000.jpg", "rahasia"), ("0003.jpg", "rahasia"), ("0006.jpg", "rahasia")])

    def test_same_size_and_time_but_another_content_behind_a_rename_is_read(self):
        file = os.path.join(self.gallery, "1", "0001.jpg")
        before = os.stat(file)
        other = self.add("1/tukar", "rah 9")
        self.assertLessEqual(os.stat(other).st_size, before.st_size)
        with open(other, "ab") as stream:
            stream.write(b" " * (before.st_size - os.stat(other).st_size))
        os.utime(other, ns=(before.st_atime_ns, before.st_mtime_ns))
        os.rename(other, file)
        self.assertEqual(self.counted(self.run_audit(self.gallery)), (1, 0, 8))

    def test_changed_rules_judge_again_without_reading(self):
        self.rules({"rahasia": "critical", "foto 4": "low"})
        done = self.run_audit(self.gallery, env={"FAKE_BLIND": "1"})
        self.assertEqual(self.counted(done), (0, 9, 0))
        self.assertEqual(done.returncode, 1, done.stderr)
        self.assertIn(("0004.jpg", "foto 4"), self.findings(self.report()))
        told = self.sub("diff")
        self.assertEqual(told.returncode, 1, told.stderr)
        self.assertIn(b"0004.jpg", told.stdout)
        self.assertNotIn(b"0003.jpg", told.stdout)
        self.rules({"rahasia": "critical"})
        self.assertEqual(self.counted(self.run_audit(self.gallery, env={"FAKE_BLIND": "1"})), (0, 9, 0))
        self.assertEqual(len(self.findings(self.report(), "open")), 3)
        self.assertEqual(self.sub("diff", "1", "3").returncode, 0)

    def test_a_verdict_by_former_rules_is_told_to_be_stale(self):
        self.assertFalse(any(entry["stale"] for entry in self.report()["entries"]))
        self.rules({"rahasia": "high"})
        self.assertTrue(all(entry["stale"] for entry in self.report()["entries"]))

    def test_another_reader_reads_again(self):
        self.assertEqual(self.counted(self.run_audit(self.gallery, env={"FAKE_MODEL": "2"})), (9, 0, 0))

    def test_without_text_changed_rules_read_again(self):
        db = self.path("bare.db")
        self.run_audit(self.gallery, "--no-text", db=db)
        self.assertEqual(self.counted(self.run_audit(self.gallery, "--no-text", db=db)), (0, 0, 9))
        self.rules({"rahasia": "high"})
        self.assertEqual(self.counted(self.run_audit(self.gallery, "--no-text", db=db)), (9, 0, 0))

    def test_an_empty_root_does_not_remove_what_was_there(self):
        os.rename(self.gallery, self.path("away"))
        os.mkdir(self.gallery)
        done = self.run_audit(self.gallery)
        self.assertEqual(done.returncode, 1, done.stderr)
        self.assertIn(b"is empty", done.stdout + done.stderr)
        self.assertEqual(len(self.findings(self.report(), "open")), 3)
        shutil.rmtree(self.gallery)
        os.rename(self.path("away"), self.gallery)
        self.assertEqual(self.counted(self.run_audit(self.gallery)), (0, 0, 9))

    def test_a_folder_that_is_gone_altogether_is_told_and_removes_nothing(self):
        os.rename(self.gallery, self.path("away"))
        done = self.run_audit(self.gallery)
        self.assertEqual(done.returncode, 2, done.stdout)
        self.assertEqual(len(self.findings(self.report(), "open")), 3)


class Decisions(InFolder):
    def setUp(self):
        super().setUp()
        self.fill(6) # two findings
        self.run_audit(self.gallery)

    def test_accepted_findings_do_not_fail_the_run_until_their_day(self):
        first, second = (self.fingerprint_of(self.report(), name) for name in ("0000.jpg", "0003.jpg"))
        done = self.sub("accept", first[:8], "--why", "sudah diumumkan", "--until", "2027-01-31")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(self.run_audit(self.gallery).returncode, 1)
        self.assertEqual(self.sub("accept", second, "--why", "izin kepala").returncode, 0)
        self.assertEqual(self.run_audit(self.gallery).returncode, 0)
        self.assertEqual(self.run_audit(self.gallery, "--as-of", "2027-01-31").returncode, 0)
        self.assertEqual(self.run_audit(self.gallery, "--as-of", "2027-02-01").returncode, 1)
        entry = next(entry for entry in self.report()["entries"] if entry["path"].endswith("0000.jpg"))
        self.assertIn("sudah diumumkan", json.dumps(entry))
        self.assertEqual(self.sub("withdraw", second[:8]).returncode, 0)
        self.assertEqual(self.run_audit(self.gallery).returncode, 1)
        self.assertEqual(self.sub("withdraw", "0123456789").returncode, 2)

    def test_a_day_may_be_written_short_and_still_ends(self):
        for name in ("0000.jpg", "0003.jpg"):
            self.sub("accept", self.fingerprint_of(self.report(), name), "--why", "x", "--until", "2027-2-1")
        self.assertEqual(self.run_audit(self.gallery, "--as-of", "2027-02-01").returncode, 0)
        self.assertEqual(self.run_audit(self.gallery, "--as-of", "2027-10-01").returncode, 1)

    def test_what_does_not_exist_cannot_be_accepted_nor_without_reason(self):
        self.assertEqual(self.sub("accept", "0123456789abcdef", "--why", "x").returncode, 2)
        self.assertEqual(self.sub("accept", "0123", "--why", "x").returncode, 2)
        known = self.fingerprint_of(self.report(), "0000.jpg")
        self.assertEqual(self.sub("accept", known).returncode, 2)
        self.assertEqual(self.sub("accept", known, "--why", "x", "--until", "besok").returncode, 2)
        self.assertEqual(len(self.findings(self.report(), "open")), 2)

    def test_an_accepted_finding_hides_nothing_new_in_the_same_file(self):
        for name in ("0000.jpg", "0003.jpg"):
            self.sub("accept", self.fingerprint_of(self.report(), name), "--why", "boleh")
        self.assertEqual(self.run_audit(self.gallery).returncode, 0)
        self.add("0/0000.jpg", "foto 0", SECRET_LINE.format(0), "lampiran rahasia")
        self.assertEqual(self.run_audit(self.gallery).returncode, 1)
        self.assertEqual(self.findings(self.report(), "open"), [("0000.jpg", "rahasia")])

    def test_an_accepted_finding_stays_accepted_where_the_file_moves(self):
        for name in ("0000.jpg", "0003.jpg"):
            self.sub("accept", self.fingerprint_of(self.report(), name), "--why", "boleh")
        os.rename(os.path.join(self.gallery, "0"), os.path.join(self.gallery, "arsip"))
        self.assertEqual(self.run_audit(self.gallery).returncode, 0)

    def test_a_baseline_lets_only_new_findings_fail(self):
        baseline = self.path("baseline.json")
        self.run_audit("--report", baseline)
        self.assertEqual(self.run_audit(self.gallery, "--baseline", baseline).returncode, 0)
        self.add("baru.jpg", "benar-benar rahasia")
        self.assertEqual(self.run_audit(self.gallery, "--baseline", baseline).returncode, 1)
        self.assertEqual(self.run_audit(self.gallery, "--baseline", FAKE).returncode, 2)

    def test_findings_of_removed_files_are_removed(self):
        os.remove(os.path.join(self.gallery, "0", "0000.jpg"))
        self.assertEqual(self.run_audit(self.gallery).returncode, 1)
        report = self.report()
        self.assertEqual(self.findings(report, "open"), [("0003.jpg", "rahasia")])
        self.assertEqual(self.findings(report, "removed"), [("0000.jpg", "rahasia")])
        self.assertEqual(report["counts"]["removed_findings"], 1)

    def test_owners_stand_in_the_report(self):
        report = self.report(None, "--owner", os.path.join(self.gallery, "0") + "=Bagian Umum")
        owned = {os.path.basename(e["path"]): e.get("owner") for e in report["entries"]}
        self.assertEqual(owned["0000.jpg"], "Bagian Umum")
        self.assertNotEqual(owned["0003.jpg"], "Bagian Umum")


class Privacy(InFolder):
    MARKER = "zebra kuda nil gajah"

    def test_forget_and_purge_really_delete(self):
        for deed in ("forget", "purge"):
            with self.subTest(deed=deed):
                file = self.add("rahasia-nama-unik.jpg", self.MARKER, "rahasia " + deed)
                self.add("tetap.jpg", "lain")
                self.run_audit(self.gallery)
                self.assert_stored("rahasia-nama-unik", True)
                self.assert_stored("rahasia " + deed, True)
                os.remove(file)
                if deed == "forget":
                    done = self.run_audit("--forget", file)
                else:
                    self.run_audit(self.gallery)
                    done = self.sub("purge")
                self.assertEqual(done.returncode, 0, done.stderr)
                for text in ("rahasia-nama-unik", "rahasia " + deed, self.MARKER):
                    self.assert_stored(text, False)
                self.assertEqual(self.counted(self.run_audit(self.gallery)), (0, 0, 1))

    def test_a_passphrase_keeps_the_text_from_who_takes_the_store(self):
        for name in ("kunci", "salah"):
            with open(os.open(self.path(name), os.O_CREAT | os.O_WRONLY, 0o600), "w") as stream:
                stream.write(f"Kata sandi {name} 2026\n")
        self.add("a.jpg", *(f"{self.MARKER} {i}" for i in range(50)))
        right = ("--passphrase-file", self.path("kunci"))
        done = self.run_audit(self.gallery, *right)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assert_stored("zebra", False)
        wrong = self.run_audit(self.gallery, "--passphrase-file", self.path("salah"))
        self.assertEqual(wrong.returncode, 2)
        self.assertIn(b"pass", wrong.stderr)
        self.assertEqual(self.run_audit(self.gallery).returncode, 2)
        self.rules({"zebra": "high"})
        self.assertEqual(self.counted(self.run_audit(self.gallery, *right, env={"FAKE_BLIND": "1"})), (0, 1, 0))

    def test_the_store_and_reports_are_for_the_user_only_whatever_the_umask(self):
        self.add("a.jpg", "rahasia")
        reports = [self.path("r." + kind) for kind in ("html", "csv", "json", "ndjson", "sarif")]
        asked = [word for file in reports for word in ("--report", file)]
        done = self.run_audit(self.gallery, *asked, preexec_fn=lambda: os.umask(0))
        self.assertEqual(done.returncode, 1, done.stderr)
        for file in [*glob.glob(self.path("state", "*")), *reports]:
            self.assertEqual(stat.S_IMODE(os.stat(file).st_mode), 0o600, file)
        self.assertEqual(stat.S_IMODE(os.stat(self.path("state")).st_mode) & 0o022, 0)

    def test_the_first_run_says_what_is_kept_and_where_and_later_ones_do_not(self):
        self.add("a.jpg", "x")
        first = self.run_audit(self.gallery).stderr
        self.assertIn(self.path("state", "audit.db").encode(), first)
        self.assertIn(b"UU 27/2022", first)
        self.assertNotIn(b"UU 27/2022", self.run_audit(self.gallery).stderr)


class Gallery(InFolder):
    def test_archives_are_read_in_place(self):
        with zipfile.ZipFile(os.path.join(self.gallery, "chat.zip"), "w") as archive:
            archive.writestr("a/dalam.jpg", fake_picture("rahasia zip"))
            archive.writestr("rusak.jpg", b"\xff\xd8\xff\xe0 damaged")
        with tarfile.open(os.path.join(self.gallery, "lama.tar.gz"), "w:gz") as archive:
            data = fake_picture("rahasia tar")
            member = tarfile.TarInfo("b/isi.jpg")
            member.size = len(data)
            archive.addfile(member, io.BytesIO(data))
        done = self.run_audit(self.gallery)
        self.assertEqual(done.returncode, 2, done.stderr)
        paths = {entry["path"]: entry for entry in self.report()["entries"]}
        self.assertEqual(set(paths), {os.path.join(self.gallery, name) for name in
                                      ("chat.zip!/a/dalam.jpg", "chat.zip!/rusak.jpg", "lama.tar.gz!/b/isi.jpg")})
        self.assertEqual(os.listdir(self.gallery), os.listdir(self.gallery))
        self.assertEqual(self.counted(self.run_audit(self.gallery)), (0, 0, 3))
        with zipfile.ZipFile(os.path.join(self.gallery, "chat.zip"), "w") as archive:
            archive.writestr("a/dalam.jpg", fake_picture("rahasia zip"))
        done = self.run_audit(self.gallery)
        self.assertEqual(done.returncode, 1, done.stdout)
        self.assertEqual(self.counted(done)[0], 0)

    def test_a_member_is_read_again_where_size_and_time_hide_that_it_changed(self):
        for line, code in (("terbuka", 0), ("rahasia", 1)):
            with zipfile.ZipFile(os.path.join(self.gallery, "chat.zip"), "w") as archive:
                archive.writestr(zipfile.ZipInfo("isi.jpg", (2026, 8, 17, 10, 0, 0)), fake_picture(line))
            done = self.run_audit(self.gallery)
            self.assertEqual(self.counted(done), (1, 0, 0))
            self.assertEqual(done.returncode, code, done.stdout)

    def test_dots_and_slashes_do_not_make_another_gallery(self):
        self.fill(4)
        os.symlink(self.path("gallery", "0"), self.path("tautan"))
        self.assertEqual(self.counted(self.run_audit("gallery")), (4, 0, 0))
        for root in ("./gallery/", "gallery/../gallery", "tautan/..", self.gallery + "//"):
            with self.subTest(root=root):
                self.assertEqual(self.counted(self.run_audit(root)), (0, 0, 4))
        listed = self.run_audit("--files-from", "-", stdin=b"gallery/0/0000.jpg\n")
        self.assertEqual(self.counted(listed), (0, 0, 1))
        self.assertEqual(self.report()["counts"]["files"], 4)
        forgotten = self.run_audit("--forget", "./gallery/0")
        self.assertIn(b"1 file forgotten", forgotten.stderr)

    def test_names_that_are_not_utf_8(self):
        self.add("lain.jpg", "x")
        name = os.fsencode(self.gallery) + b"/foto-\xff\xfe.jpg"
        with open(name, "wb") as stream:
            stream.write(fake_picture("rahasia"))
        done = self.run_audit(self.gallery)
        self.assertEqual(done.returncode, 1, done.stderr)
        self.assertEqual(len(self.findings(self.report())), 1)
        self.assertEqual(self.counted(self.run_audit(self.gallery)), (0, 0, 2))
        os.remove(name)
        self.assertEqual(self.run_audit(self.gallery).returncode, 0)

    def test_names_that_would_fool_a_terminal_are_shown_harmless(self):
        self.add("a\x1b[2Jb\nc.jpg", "rahasia")
        done = self.run_audit(self.gallery)
        self.assertEqual(done.returncode, 1, done.stderr)
        self.assertNotIn(b"\x1b", done.stdout + done.stderr)

    def test_a_list_with_nul_on_standard_input(self):
        odd = self.add("satu\ndua.jpg", "rahasia")
        plain = self.add("tiga.jpg", "x")
        self.add("tidak.jpg", "rahasia")
        done = self.run_audit("--files-from", "-", stdin=b"\0".join(os.fsencode(p) for p in (odd, plain)) + b"\0")
        self.assertEqual(done.returncode, 1, done.stderr)
        self.assertEqual(self.counted(done), (2, 0, 0))
        gone = self.run_audit("--files-from", "-", stdin=b"/nowhere/a.jpg\n")
        self.assertEqual(gone.returncode, 2)

    def test_filters_choose_and_what_they_leave_out_is_not_gone(self):
        self.fill(8)
        self.add("besar.jpg", "rahasia " + "x" * 5000)
        self.add(".sembunyi.jpg", "rahasia")
        self.run_audit(self.gallery, "--hidden")
        before = self.report()
        for chosen, files in ((("--include", "1/**"), 2), (("--exclude", "*/*"), 1), (("--max-size", "1000"), 8),
                              (("--min-size", "1000"), 1), (("--type", "application/pdf"), 0), (("--newer", "2099-01-01"), 0)):
            with self.subTest(chosen=chosen):
                done = self.run_audit(self.gallery, *chosen)
                self.assertEqual(sum(self.counted(done)), files, done.stdout)
                self.assertEqual(self.findings(self.report(), "removed"), [])
        self.assertEqual(without_volatile(self.report())["counts"], without_volatile(before)["counts"])

    def test_the_same_relative_name_in_another_folder_is_another_gallery(self):
        for where in ("timur", "barat"):
            os.makedirs(self.path(where, "foto"))
            with open(self.path(where, "foto", where + ".jpg"), "wb") as stream:
                stream.write(fake_picture("rahasia " + where))
            subprocess.run(self.command("foto"), env=self.env, cwd=self.path(where), capture_output=True, timeout=60)
        self.assertEqual(sorted(self.findings(self.report(), "open")), [("barat.jpg", "rahasia"), ("timur.jpg", "rahasia")])

    def test_watching_finds_what_is_dropped_in(self):
        self.add("a.jpg", "x")
        out = self.path("lihat.json")
        process = self.start(self.gallery, "--watch", "--report", out)
        self.wait_for(lambda: os.path.exists(out))
        self.add("b/c/jatuh.jpg", "rahasia")
        self.wait_for(lambda: b"jatuh.jpg" in self.bytes_of(out))
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=20)
        self.assertEqual(process.returncode, 130, err)
        self.assert_no_worker_left()

    def bytes_of(self, file):
        with open(file, "rb") as stream:
            return stream.read()

    def wait_for(self, what):
        until = time.monotonic() + 20
        while not what():
            self.assertLess(time.monotonic(), until, "nothing came")
            time.sleep(0.05)


class RealEngine(InFolder):
    NAMES = ("letter-public.jpg", "slide-internal.jpg", "slide-dark-tlp-red.jpg")

    def pictures_in(self, page):
        """The JPEGs of findings that a report holds, each once."""
        pictures = re.findall(r'<script type="text/plain" id="p\d+">([^<]*)</script>', page)
        decoded = [base64.b64decode(each, validate=True) for each in pictures]
        for each in decoded:
            self.assertTrue(each.startswith(b"\xff\xd8\xff") and each.endswith(b"\xff\xd9"))
        return decoded

    def test_samples_are_judged_and_not_read_twice(self):
        for name in self.NAMES:
            shutil.copy(os.path.join(SAMPLES, name), self.gallery)
        out = self.path("lihat.html")
        done = self.run_audit(self.gallery, "--report", out, worker=False)
        self.assertEqual(done.returncode, 1, done.stderr)
        self.assertEqual(self.counted(done), (3, 0, 0))
        with open(out) as stream:
            page = stream.read()
        self.assertIn("slide-internal.jpg", page)
        self.assertGreaterEqual(len(self.pictures_in(page)), 2)
        self.assertNotRegex(page, r"(src|href)=[\"']https?:")
        again = self.run_audit(self.gallery, worker=False)
        self.assertEqual(self.counted(again), (0, 0, 3))
        self.assertEqual(again.returncode, 1)
        agency = self.run_audit(self.gallery, "--profile", "agency", worker=False)
        self.assertEqual(self.counted(agency), (0, 3, 0))

    def test_findings_in_archives_are_shown_unless_the_archive_changed(self):
        archive = os.path.join(self.gallery, "chat.zip")
        with zipfile.ZipFile(archive, "w") as members:
            members.write(os.path.join(SAMPLES, "slide-dark-tlp-red.jpg"), "a/slide.jpg")
        out = self.path("lihat.html")
        self.run_audit(self.gallery, "--report", out, worker=False)
        with open(out) as stream:
            self.assertGreater(len(self.pictures_in(stream.read())), 0)
        with zipfile.ZipFile(archive, "w") as members:
            members.write(os.path.join(SAMPLES, "letter-public.jpg"), "a/slide.jpg")
        self.run_audit("--report", out, worker=False)
        with open(out) as stream:
            page = stream.read()
        self.assertIn("slide.jpg", page)
        self.assertEqual(self.pictures_in(page), [])

    def test_the_page_of_a_check_shows_its_findings_too(self):
        done = subprocess.run([SARING, "check", "--format", "html", os.path.join(SAMPLES, "slide-dark-tlp-red.jpg")],
                              stdout=subprocess.PIPE, text=True, check=False)
        self.assertEqual(done.returncode, 1)
        self.assertGreater(len(self.pictures_in(done.stdout)), 0)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1] + sys.argv[3:], verbosity=2)
