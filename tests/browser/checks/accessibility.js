// No violation of axe's rules on any page type, in both windows and both themes, with everything folded out.

import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { desktop, phone, schemes, within } from "../lib/browser.js";
import { ownPages, samplePages } from "../lib/types.js";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** @param {import("../run.js").Given} given */
export async function check({ browser, own, sample }) {
  /** @type {string[]} */
  const wrong = [];
  const addresses = [...Object.values(ownPages).map((path) => own.address + path), ...Object.values(samplePages).map((path) => sample.address + path)];
  for (const viewport of [desktop, phone]) {
    for (const colorScheme of schemes) {
      await within(browser, { viewport, colorScheme, bypassCSP: true }, async (page) => {
        for (const address of addresses) {
          await page.goto(address);
          for (const finding of await violations(page)) wrong.push(`${new URL(address).pathname} at ${viewport.width}, ${colorScheme}: ${finding}`);
        }
      });
    }
  }
  return wrong;
}

/** @param {import("playwright-core").Page} page @returns {Promise<string[]>} */
async function violations(page) {
  await page.evaluate(() => document.querySelectorAll("details").forEach((details) => (details.open = true)));
  await page.evaluate(axe);
  return page.evaluate(async () => {
    // @ts-expect-error axe was put into the page.
    const { violations } = await globalThis.axe.run(document, { resultTypes: ["violations"] });
    return violations.map((/** @type {any} */ found) => `${found.id}: ${found.nodes[0].html.slice(0, 160)}`);
  });
}
