// Lighthouse on a phone: 100 for accessibility, best practices and search engines. Performance depends on the machine and is told only;
// RUNS says of how many runs the median is told.

import lighthouse from "lighthouse";
import { chromium } from "playwright-core";
import { executable } from "../lib/browser.js";
import { measured } from "../lib/types.js";

const runs = Number(process.env.RUNS ?? 1);
const gates = ["accessibility", "best-practices", "seo"];

/** @param {import("../run.js").Given} given */
export async function check(given) {
  const port = 9229;
  const browser = await chromium.launch({ executablePath: executable, args: ["--no-sandbox", `--remote-debugging-port=${port}`] });
  /** @type {string[]} */
  const wrong = [];
  try {
    for (const [name, address] of Object.entries(measured(given))) {
      /** @type {any[]} */
      const results = [];
      for (let run = 0; run < runs; run += 1) results.push(await audit(address, port));
      /** @param {(result: any) => number} value */
      const middle = (value) => results.map(value).sort((a, b) => a - b)[Math.floor(runs / 2)];
      const score = (/** @type {string} */ category) => middle((result) => Math.round(result.categories[category].score * 100));
      const figure = (/** @type {string} */ audit) => middle((result) => result.audits[audit].numericValue);
      const scores = ["performance", ...gates].map((category) => `${category} ${score(category)}`);
      const times = `LCP ${Math.round(figure("largest-contentful-paint"))} ms, TBT ${Math.round(figure("total-blocking-time"))} ms`;
      console.log(`  ${name}: ${scores.join(", ")}; ${times}, CLS ${figure("cumulative-layout-shift")}`);
      for (const category of gates.filter((category) => score(category) < 100)) wrong.push(`${name}: ${category} ${score(category)}: ${failed(results[0], category)}`);
    }
  } finally {
    await browser.close();
  }
  return wrong;
}

/** @param {string} address @param {number} port @returns {Promise<any>} */
async function audit(address, port) {
  const result = await lighthouse(address, { port, logLevel: "silent", output: "json" });
  if (!result) throw new Error(`Lighthouse gave nothing for ${address}`);
  return result.lhr;
}

/** @param {any} result @param {string} category */
function failed(result, category) {
  const weighty = result.categories[category].auditRefs.filter((/** @type {any} */ part) => part.weight > 0);
  return weighty.map((/** @type {any} */ part) => result.audits[part.id]).filter((/** @type {any} */ part) => part.score !== null && part.score < 1).map((/** @type {any} */ part) => part.id).join(", ");
}
