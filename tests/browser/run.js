// Runs the checks of checks/ over both sites and tells what is wrong. Names of checks as arguments run only those.
// `UPDATE=1` rewrites the reference pictures.

import { readdirSync } from "node:fs";
import { launch } from "./lib/browser.js";
import { own, sample } from "./lib/sites.js";

/**
 * What a check is given. It returns what is wrong, one line each.
 * @typedef {object} Given
 * @property {import("playwright-core").Browser} browser
 * @property {import("./lib/sites.js").Site} own
 * @property {import("./lib/sites.js").Site} sample
 */

const wanted = process.argv.slice(2);
const all = readdirSync(new URL("checks/", import.meta.url)).map((file) => file.replace(/\.js$/, ""));
const unknown = wanted.filter((name) => !all.includes(name));
if (unknown.length > 0) throw new Error(`no check is called ${unknown.join(", ")}; there are ${all.join(", ")}`);
const names = wanted.length > 0 ? wanted : all;

const sites = await Promise.all([own(), sample()]);
const browser = await launch();
let wrong = 0;
try {
  /** @type {Given} */
  const given = { browser, own: sites[0], sample: sites[1] };
  for (const name of names) {
    const started = Date.now();
    const { check } = await import(`./checks/${name}.js`);
    /** @type {string[]} */
    const findings = await check(given).catch((/** @type {Error} */ error) => [error.stack ?? error.message]);
    findings.forEach((finding) => console.error(`  ${finding}`));
    console.log(`${name}: ${findings.length === 0 ? "holds" : `${findings.length} wrong`}, ${((Date.now() - started) / 1000).toFixed(1)} s`);
    wrong += findings.length;
  }
} finally {
  await browser.close();
  sites.forEach((site) => site.close());
}
process.exit(wrong === 0 ? 0 : 1);
