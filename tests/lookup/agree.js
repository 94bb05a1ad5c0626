// Puts the texts of a vector file to static/lookup/lookup.js and compares its hits with those that the file says.
//
//     node agree.js <public/lookup> <vectors.json>

const { readFileSync } = require("node:fs");
const { runInThisContext } = require("node:vm");

const [folder, vectors] = process.argv.slice(2);
globalThis.self = globalThis;
const run = (/** @type {string} */ file) => runInThisContext(readFileSync(file, "utf8"));
run(`${__dirname}/../../static/lookup/lookup.js`);
run(`${folder}/index.js`);
const lookup = fieldguideLookup(fieldguideData.index);

/** @param {string[]} names */
function need(names) {
  for (const name of names) {
    run(`${folder}/${name}.js`);
    lookup.take(name, fieldguideData[name]);
  }
}

/** @param {string} text */
function find(text) {
  need(lookup.forText(text));
  const hits = lookup.recognise(text);
  if (hits.length > 0) return hits;
  need(lookup.forWords(text));
  const guides = lookup.search(text);
  need(lookup.forHits(guides));
  return guides;
}

const all = JSON.parse(readFileSync(vectors, "utf8"));
let wrong = 0;
for (const { text, hits } of all) {
  const lines = text.split("\n");
  const found = find(text).map(({ entry, reason, line, start, end, count }) => [lookup.guides.get(entry).title, reason, line, lines[line - 1].slice(start, end), count]);
  if (JSON.stringify(found) === JSON.stringify(hits)) continue;
  wrong += 1;
  if (wrong <= 5) console.error(`${JSON.stringify(text.slice(0, 400))}\n  should be ${JSON.stringify(hits)}\n  but is    ${JSON.stringify(found)}`);
}
console.log(`${all.length} texts, ${wrong} with other hits`);
process.exit(wrong === 0 && all.length > 0 ? 0 : 1);
