// Entries as elements. Text of strangers only ever enters the page as text nodes.
function make(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (value !== null && value !== undefined && value !== false) element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
  return element;
}

const say = (key, ...values) => values.reduce((text, value, i) => text.replace("{" + i + "}", () => value), words[key]);

function badge(kind, text) {
  return make("span", { class: "badge b-" + kind }, text);
}

// Pictures stand behind the entries in the file, each in an element of its own, and are decoded when they are near.
function picture(finding) {
  if (finding.picture === undefined) return null;
  const source = document.getElementById("p" + finding.picture);
  if (!source) return make("span", { class: "small soft" }, "…"); // not loaded yet
  return make("img", { src: "data:image/jpeg;base64," + source.textContent, alt: say("picture_of", finding.title),
    loading: printing ? "eager" : "lazy", decoding: "async", width: 160, height: 100 });
}

async function copy(button, text) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    getSelection().selectAllChildren(button.previousElementSibling);
    document.execCommand("copy");
  }
  button.textContent = say("copied");
  setTimeout(() => { button.textContent = say("copy"); }, 2000);
}

function acceptance(finding) {
  const a = finding.acceptance;
  if (!a) return null;
  const parts = [say(a.expired ? "accepted_expired" : "accepted_by", a.who, a.when.slice(0, 10)), "“" + a.why + "”",
    a.until ? say("until", a.until) : say("for_good")];
  return make("p", { class: "small" }, parts.join(" · "));
}

function accepting(finding) {
  if (!data.commands || finding.decision !== "open" || !finding.fingerprint) return null;
  const command = "saring audit accept " + finding.fingerprint + " --why \"…\"";
  const button = make("button", { type: "button" }, say("copy"));
  button.addEventListener("click", () => copy(button, command));
  return make("div", { class: "accept" }, make("code", {}, command), button);
}

function findingElement(finding) {
  const image = picture(finding);
  const kind = finding.blocks ? "block" : finding.severity === "low" ? "safe" : "review";
  const about = make("div", {},
    make("div", {}, make("bdi", { class: "match" }, finding.match), " ",
      finding.decision === "open" ? badge(kind, words.severity[finding.severity]) : badge("none", words.decision[finding.decision])),
    make("div", {}, finding.title, make("span", { class: "soft small" },
      [" ", finding.page, finding.confidence + " %", words.category[finding.category]].filter(Boolean).join(" · "))),
    finding.context && finding.context !== finding.match ? make("p", { class: "context" }, make("bdi", {}, finding.context)) : null,
    finding.decision === "open" ? make("div", { class: "small" }, "→ " + finding.advice) : null,
    acceptance(finding), accepting(finding));
  return make("div", { class: "finding" + (image ? "" : " bare") + (finding.decision === "open" ? "" : " done") }, image, about);
}

const MOST_FINDINGS = 4; // of one file before the rest is folded away

function findingElements(entry) {
  const first = entry.shown.slice(0, printing ? Infinity : MOST_FINDINGS).map(findingElement);
  const rest = entry.shown.slice(first.length);
  if (!rest.length) return first;
  const more = make("details", { class: "copies" }, make("summary", {}, say("more_findings", rest.length)));
  more.addEventListener("toggle", () => more.append(...rest.splice(0).map(findingElement)), { once: true });
  return [...first, more];
}

function copiesElement(copies) {
  if (!copies.length) return null;
  const list = make("ul", { class: "plain" });
  const fill = () => list.append(...copies.map((c) => make("li", { class: "name" }, make("bdi", {}, c.path))));
  const out = make("details", { class: "copies", open: printing }, make("summary", {}, say("copies", copies.length + 1)), list);
  if (printing) fill();
  else out.addEventListener("toggle", fill, { once: true });
  return out;
}

function entryElement(row) {
  const entry = row.entry;
  const kind = entry.removed ? "none" : entry.verdict;
  const meta = [entry.owner && say("owner", entry.owner), entry.day, entry.pages > 1 && say("pages", entry.pages),
    entry.stale && words.stale, entry.removed && words.removed, !entry.complete && words.incomplete].filter(Boolean);
  const hidden = entry.findings.length - entry.shown.length;
  return make("article", { class: "entry v-" + kind },
    make("header", {}, badge(kind, entry.removed ? words.removed : words.verdict[entry.verdict]),
      make("h3", { class: "name" }, make("bdi", {}, entry.path))),
    make("p", { class: "meta" }, ...meta.map((text) => make("span", {}, text))),
    ...findingElements(entry),
    ...(entry.verdict === "safe" ? [] : entry.unread).map((text) => make("p", { class: "unread" }, words.unread + ": " + text)),
    ...(entry.shown.length || entry.unread.length ? [] : entry.reasons).map((text) => make("p", { class: "unread" }, text)),
    hidden > 0 ? make("p", { class: "small soft" }, say("hidden_findings", hidden)) : null,
    copiesElement(row.copies));
}
