// All of "Fix it now" ends on the first screen, on every error guide with up to four fixes; others show their first four.

import { desktop, phone, within } from "../lib/browser.js";

/** Room that is kept free for a lookup box in the header. */
const reserve = 56;

/** @param {import("../run.js").Given} given */
export async function check({ browser, own, sample }) {
  /** @type {string[]} */
  const wrong = [];
  let seen = 0;
  for (const viewport of [desktop, phone]) {
    await within(browser, { viewport }, async (page) => {
      let lowest = 0;
      for (const site of [own, sample]) {
        for (const path of site.pages.filter((path) => /^errors\/.+\/.+\//.test(path))) {
          await page.goto(site.address + path);
          const found = await page.evaluate(measure);
          if (found === null) continue;
          seen += 1;
          const needed = found.bottom + (found.hasLookup ? 0 : reserve);
          lowest = Math.max(lowest, needed);
          if (needed > viewport.height) wrong.push(`${path} at ${viewport.width}: "Fix it now" ends at ${needed} of ${viewport.height}`);
        }
      }
      console.log(`  lowest end at ${viewport.width}: ${lowest} of ${viewport.height}`);
    });
  }
  if (seen < 20) wrong.push(`only ${seen} pages were looked at`);
  return wrong;
}

function measure() {
  const box = document.querySelector(".fix-now");
  if (box === null) return null;
  return { bottom: Math.ceil(box.getBoundingClientRect().bottom), hasLookup: document.querySelector("header.site form") !== null };
}
