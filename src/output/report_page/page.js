// The filter, the pages of the list, and print, which takes everything that the filter shows.
const PER_PAGE = 40;
let printing = false;
let selection = { rows: [], files: 0, findings: 0 };
let page = 0;

const form = document.getElementById("filter");
const list = document.getElementById("list");
const at = (id) => document.getElementById(id);

function filterNow() {
  return Object.fromEntries(new FormData(form));
}

function addOptions(id, pairs) {
  at(id).append(...pairs.map(([value, text]) => make("option", { value }, text)));
}

const counted = (values) => {
  const counts = new Map();
  for (const value of values) if (value) counts.set(value, (counts.get(value) || 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
};

function fillForm() {
  addOptions("verdict", ["block", "review", "safe"].map((v) => [v, words.verdict[v]]));
  addOptions("category", Object.entries(words.category));
  const titles = new Map(data.kinds.map((kind) => [kind.rule, kind.title]));
  addOptions("rule", counted(data.entries.flatMap((e) => e.findings.map((f) => f.rule))).map(([rule, n]) => [rule, titles.get(rule) + " (" + n + ")"]));
  addOptions("owner", counted(data.entries.map((e) => e.owner)).map(([owner, n]) => [owner, owner + " (" + n + ")"]));
  addOptions("folders", data.folders.map((folder) => [folder, ""]));
  at("owner").closest("label").hidden = at("owner").options.length < 2;
}

// The filter in words, for paper.
function filterInWords() {
  return [...form.elements].filter((field) => field.name && field.value)
    .map((field) => field.labels[0].firstChild.textContent.trim() + ": " +
      (field.selectedOptions ? field.selectedOptions[0].textContent : field.value)).join(" · ");
}

function showPage() {
  const pages = Math.max(1, Math.ceil(selection.rows.length / PER_PAGE));
  page = Math.min(Math.max(page, 0), pages - 1);
  const rows = printing ? selection.rows : selection.rows.slice(page * PER_PAGE, (page + 1) * PER_PAGE);
  list.replaceChildren(...rows.map(entryElement));
  if (!rows.length) list.append(make("p", { class: "empty" }, say("nothing")));
  at("count").textContent = say("count", selection.findings, selection.files, data.entries.length);
  at("shown").textContent = filterInWords();
  for (const pager of document.querySelectorAll(".pager")) {
    pager.hidden = pages < 2;
    pager.querySelector("output").textContent = say("page", page + 1, pages);
    pager.querySelector("[data-step='-1']").disabled = page === 0;
    pager.querySelector("[data-step='1']").disabled = page === pages - 1;
  }
}

function update() {
  selection = select(filterNow());
  page = 0;
  showPage();
}

function step(by) {
  page += by;
  showPage();
  at("entries").scrollIntoView({ block: "start" });
}

// Typing is answered when it pauses; choices at once.
let pause = 0;
form.addEventListener("input", (event) => {
  clearTimeout(pause);
  pause = setTimeout(update, event.target.tagName === "INPUT" ? 120 : 0);
});
form.addEventListener("submit", (event) => event.preventDefault());
form.addEventListener("reset", () => setTimeout(update));
for (const button of document.querySelectorAll(".pager button")) {
  button.addEventListener("click", () => step(Number(button.dataset.step)));
}
// A bar of a plot filters by what it stands for.
for (const bar of document.querySelectorAll("[data-field]")) {
  bar.addEventListener("click", () => {
    at(bar.dataset.field).value = bar.dataset.value;
    update();
    at("entries").scrollIntoView({ block: "start" });
  });
}

function setPrinting(on) {
  printing = on;
  for (const details of document.querySelectorAll(".errors details")) details.open = on || details.dataset.open === "1";
  showPage();
}
addEventListener("beforeprint", () => setPrinting(true));
addEventListener("afterprint", () => setPrinting(false));

fillForm();
update();
for (const element of document.querySelectorAll("[data-needs-script]")) element.hidden = false;
// Pictures come last in the file: the rows are there before them.
addEventListener("DOMContentLoaded", showPage);
