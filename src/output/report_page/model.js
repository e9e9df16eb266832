// What the page knows: the entries, grouped where they look alike, and which of them the filter lets through.
const data = JSON.parse(document.getElementById("data").textContent);
const words = data.words;
const VERDICTS = ["safe", "review", "block"];
const SEVERITIES = ["low", "medium", "high", "critical"];

// Entries of one group are shown once: the first stands for all, which are its copies.
function grouped(entries) {
  const heads = new Map();
  const rows = [];
  for (const entry of entries) {
    const head = entry.group && heads.get(entry.group);
    if (head) {
      head.copies.push(entry);
      continue;
    }
    const row = { entry, copies: [] };
    if (entry.group) heads.set(entry.group, row);
    rows.push(row);
  }
  return rows;
}

// The kind of a finding (rule, title, advice, category, severity) is told once for all that share it.
function prepare(entry) {
  entry.findings.forEach((finding) => Object.assign(finding, data.kinds[finding.kind]));
  entry.severity = Math.max(-1, ...entry.findings.filter((f) => f.decision === "open").map((f) => SEVERITIES.indexOf(f.severity)));
  entry.weight = VERDICTS.indexOf(entry.verdict) * 10 + entry.severity;
  entry.words = [entry.path, ...entry.reasons, ...entry.unread,
    ...entry.findings.flatMap((f) => [f.title, f.match, f.context, f.rule, f.fingerprint])].join("\n").toLowerCase();
}

data.entries.forEach(prepare);

const inFolder = (path, folder) => path === folder || path.startsWith(folder.endsWith("/") ? folder : folder + "/");

function fits(finding, filter) {
  return (!filter.decision || finding.decision === filter.decision) &&
    (!filter.rule || finding.rule === filter.rule) && (!filter.category || finding.category === filter.category);
}

// The entry's findings that the filter lets through; null when the entry as a whole is out.
function shownFindings(entry, filter) {
  if (filter.verdict && entry.verdict !== filter.verdict) return null;
  if (filter.owner && entry.owner !== filter.owner) return null;
  if (filter.folder && !inFolder(entry.path, filter.folder)) return null;
  if (filter.text && !filter.text.toLowerCase().split(/\s+/).every((word) => entry.words.includes(word))) return null;
  const findings = entry.findings.filter((finding) => fits(finding, filter));
  // What is not safe without a finding (writing that was not read, say) is open as long as it is there.
  const bare = !filter.rule && !filter.category && (!filter.decision || filter.decision === "open") &&
    entry.verdict !== "safe" && !entry.removed;
  return findings.length || bare ? findings : null;
}

const byPath = (a, b) => (a.entry.path < b.entry.path ? -1 : a.entry.path > b.entry.path ? 1 : 0);
const ORDERS = {
  severity: (a, b) => b.entry.weight - a.entry.weight || byPath(a, b),
  folder: byPath,
  newest: (a, b) => (a.entry.day < b.entry.day ? 1 : a.entry.day > b.entry.day ? -1 : byPath(a, b)),
  oldest: (a, b) => (a.entry.day < b.entry.day ? -1 : a.entry.day > b.entry.day ? 1 : byPath(a, b)),
};

// Copies are grouped behind the filter, so that a folder shows what lies in it though its likes lie elsewhere.
function select(filter) {
  const shown = [];
  for (const entry of data.entries) {
    const findings = shownFindings(entry, filter);
    if (findings) {
      entry.shown = findings;
      shown.push(entry);
    }
  }
  const rows = grouped(shown).sort(ORDERS[filter.order] || ORDERS.severity);
  return { rows, files: shown.length, findings: shown.reduce((sum, entry) => sum + entry.shown.length, 0) };
}
