#!/usr/bin/env python3
"""The HTML report in a real browser: Chromium without a window, driven by Selenium.

usage: browser_test.py FOLDER      (with sample.html and large.html, as report_samples writes them)

The times are floors with room for a busy machine, not measurements: they catch a page that has become slow by an order.
"""
import base64
import json
import os
import re
import shutil
import sys
import unittest

from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By

FOLDER = sys.argv.pop(1)
PATIENCE = 20  # seconds for anything to happen
RESPONSE_MS = 500  # of a filter or an order over 5,000 findings

# Runs CODE, waits until the list is another one and painted, gives the milliseconds.
TIMED = """
const done = arguments[arguments.length - 1], list = document.getElementById("list");
const before = list.firstChild, begin = performance.now();
new MutationObserver((_, observer) => {
  observer.disconnect();
  requestAnimationFrame(() => setTimeout(() => done(performance.now() - begin)));
}).observe(list, { childList: true });
CODE
"""
CHOOSE = 'const f = document.getElementById("%s"); f.value = "%s"; f.dispatchEvent(new Event("input", { bubbles: true }));'


def browser(script=True):
    options = webdriver.ChromeOptions()
    options.binary_location = shutil.which("chromium")
    for argument in ("--headless=new", "--no-sandbox", "--disable-gpu", "--window-size=1280,900"):
        options.add_argument(argument)
    if not script:
        options.add_experimental_option("prefs", {"profile.managed_default_content_settings.javascript": 2})
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    driver = webdriver.Chrome(service=Service(shutil.which("chromedriver")), options=options)
    driver.set_script_timeout(PATIENCE)
    return driver


class Report(unittest.TestCase):
    script = True

    def setUp(self):
        self.driver = browser(self.script)
        self.addCleanup(self.driver.quit)

    def open(self, name):
        self.driver.get("file://" + os.path.abspath(os.path.join(FOLDER, name)))

    def texts(self, selector):
        return [element.text for element in self.driver.find_elements(By.CSS_SELECTOR, selector)]

    def timed(self, code):
        return self.driver.execute_async_script(TIMED.replace("CODE", code))

    def choose(self, field, value):
        return self.timed(CHOOSE % (field, value))

    def count(self):
        return [int(number) for number in re.findall(r"\d+", self.texts("#count")[0])]

    def check_quiet(self):
        """No error, and no request but for the file itself and what is in it."""
        self.assertEqual(self.driver.get_log("browser"), [])
        requests = []
        for line in self.driver.get_log("performance"):
            message = json.loads(line["message"])["message"]
            if message["method"] == "Network.requestWillBeSent":
                requests.append(message["params"]["request"]["url"])
        self.assertEqual([url[:80] for url in requests if not url.startswith(("file:///", "data:image/jpeg"))], [])


class Large(Report):
    def setUp(self):
        super().setUp()
        self.open("large.html")

    def test_filter_and_order_answer_at_once_and_are_right(self):
        files = self.count()[2]
        self.assertGreater(files, 5000)
        self.assertLess(self.choose("verdict", "review"), RESPONSE_MS)
        self.assertLess(self.count()[1], files)
        self.assertEqual(set(self.texts(".entry header .badge")), {"Look again"})
        self.assertLess(self.choose("order", "oldest"), RESPONSE_MS)
        days = [re.search(r"\d{4}-\d\d-\d\d", text)[0] for text in self.texts(".entry .meta")]
        self.assertEqual(days, sorted(days))
        self.assertLess(self.choose("rule", "identifier.nik"), RESPONSE_MS)
        self.assertTrue(all("Identity number" in text for text in self.texts(".entry .finding")))
        self.choose("folder", "/srv/galeri/2012")
        self.assertTrue(all(text.startswith("/srv/galeri/2012/") for text in self.texts(".entry h3")))
        self.assertLess(self.timed('document.querySelector("button[type=reset]").click();'), RESPONSE_MS)
        self.choose("text", "img_4321.jpg")
        self.assertEqual(len(self.texts(".entry")), 1)
        self.check_quiet()

    def test_pages_turn_and_pictures_are_seen(self):
        first = self.texts(".entry h3")
        self.timed('document.querySelector("[data-step=\'1\']").click();')
        self.assertNotEqual(self.texts(".entry h3"), first)
        self.driver.execute_script('document.querySelector(".entry img").scrollIntoView()')
        width = self.driver.execute_async_script(
            'const done = arguments[0]; document.querySelector(".entry img").decode().then(() => '
            'done(document.querySelector(".entry img").naturalWidth), () => done(0));')
        self.assertEqual(width, 320)
        self.check_quiet()

    def test_a_page_of_rows_scrolls_smoothly(self):
        frames = self.driver.execute_async_script("""
            const done = arguments[0], frames = []; let last = performance.now();
            requestAnimationFrame(function next(now) {
              frames.push(now - last); last = now; scrollBy(0, 120);
              frames.length < 120 ? requestAnimationFrame(next) : done(frames.slice(1).sort((a, b) => a - b));
            });""")
        self.assertLess(frames[len(frames) // 2], 50, "milliseconds of a frame, median")


class Sample(Report):
    def setUp(self):
        super().setUp()
        self.open("sample.html")

    def test_hostile_names_are_text(self):
        names = self.texts(".entry h3")
        self.assertIn("/srv/galeri/</script><script>alert(1)</script>.jpg", names)
        self.assertIn("/srv/galeri/\\u202Egpj.exe", names)
        self.assertEqual(self.driver.execute_script('return document.querySelectorAll("img[src=x], #list script, #list b").length'), 0)
        self.assertIn("/srv/galeri/<b>berat.tif", self.texts(".errors li"))
        self.check_quiet()

    def test_copies_are_shown_once_and_decisions_on_demand(self):
        self.assertTrue(any("Salinan serupa: 2" in text for text in self.texts(".entry")))
        self.assertFalse(any("Sudah diumumkan" in text for text in self.texts(".entry")))
        self.choose("decision", "accepted")
        self.assertEqual(len(self.texts(".entry")), 1)
        self.assertIn("siti", self.texts(".entry")[0])
        self.assertIn("2026-12-31", self.texts(".entry")[0])
        self.choose("decision", "removed")
        self.assertIn("••••••••", self.texts(".entry")[0])
        self.check_quiet()

    def test_every_field_has_a_name_and_all_can_be_done_by_keyboard(self):
        unnamed = self.driver.execute_script(
            'return [...document.querySelectorAll("input, select")].filter((f) => !f.labels.length).length')
        self.assertEqual(unnamed, 0)
        self.driver.find_element(By.TAG_NAME, "body").send_keys("\ue004")  # Tab
        self.assertEqual(self.driver.switch_to.active_element.get_attribute("class"), "skip")

    def test_no_page_is_wider_than_a_phone(self):
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", {"width": 360, "height": 800, "deviceScaleFactor": 1, "mobile": True})
        self.assertLessEqual(self.driver.execute_script("return document.documentElement.scrollWidth"), 360)

    def test_print_has_all_that_the_filter_shows_and_no_controls(self):
        pdf = base64.b64decode(self.driver.execute_cdp_cmd("Page.printToPDF", {})["data"])
        self.assertEqual(pdf[:5], b"%PDF-")
        self.driver.execute_script("dispatchEvent(new Event('beforeprint'))")
        self.assertTrue(any("b.jpg" in text for text in self.texts(".copies li")))
        self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
        self.assertFalse(self.driver.find_element(By.ID, "filter").is_displayed())
        self.check_quiet()


class WithoutScript(Report):
    script = False

    def test_everything_reads_as_a_table(self):
        self.open("sample.html")
        rows = self.texts("noscript tbody tr")
        self.assertEqual(len(rows), 13)
        self.assertIn("SANGAT RAHASIA", rows[0])
        self.assertIn("Sudah diumumkan", rows[0])
        self.assertFalse(self.driver.find_element(By.ID, "filter").is_displayed())


if __name__ == "__main__":
    unittest.main()
