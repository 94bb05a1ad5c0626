// Puts the texts of a vector file to static/lookup/lookup.js and compares its hits with those that the file says.
//
//     node agree.js <index.js> <words.js> <vectors.json>

const { readFileSync } = require("node:fs");
const { runInThisContext } = require("node:vm");

const [index, words, vectors] = process.argv.slice(2);
runInThisContext(readFileSync(`${__dirname}/../../static/lookup/lookup.js`, "utf8"));
for (const file of [index, words]) runInThisContext(readFileSync(file, "utf8"));
const { recognise, search } = fieldguideLookup(fieldguideIndex);

/** @param {string} text */
function find(text) {
  const hits = recognise(text);
  return hits.length > 0 ? hits : search(text, fieldguideWords);
}

const all = JSON.parse(readFileSync(vectors, "utf8"));
let wrong = 0;
for (const { text, hits } of all) {
  const lines = text.split("\n");
  const found = find(text).map(({ entry, reason, line, start, end, count }) => [entry, reason, line, lines[line - 1].slice(start, end), count]);
  if (JSON.stringify(found) === JSON.stringify(hits)) continue;
  wrong += 1;
  if (wrong <= 5) console.error(`${JSON.stringify(text.slice(0, 400))}\n  should be ${JSON.stringify(hits)}\n  but is    ${JSON.stringify(found)}`);
}
console.log(`${all.length} texts, ${wrong} with other hits`);
process.exit(wrong === 0 && all.length > 0 ? 0 : 1);
