// Nothing is wider than its window, from 320 px (400 % zoom of 1280) to 1280 px, in either direction of writing; no target is too small.

import { within } from "../lib/browser.js";
import { ownPages, samplePages } from "../lib/types.js";

/** @param {import("../run.js").Given} given */
export async function check({ browser, own, sample }) {
  /** @type {string[]} */
  const wrong = [];
  const addresses = [...Object.values(ownPages).map((path) => own.address + path), ...Object.values(samplePages).map((path) => sample.address + path)];
  for (const width of [320, 390, 703, 1023, 1280]) {
    await within(browser, { viewport: { width, height: width === 320 ? 256 : 800 } }, async (page) => {
      for (const address of addresses) {
        await page.goto(address);
        for (const direction of ["ltr", "rtl"]) {
          await page.evaluate((dir) => (document.documentElement.dir = dir), direction);
          const found = await page.evaluate(problems);
          wrong.push(...found.map((problem) => `${new URL(address).pathname} at ${width}, ${direction}: ${problem}`));
        }
      }
    });
  }
  return wrong;
}

function problems() {
  const found = [];
  const root = document.documentElement;
  if (root.scrollWidth > innerWidth) {
    const wide = [...document.querySelectorAll("body *")].filter((element) => {
      const box = element.getBoundingClientRect();
      return (box.right > innerWidth + 1 || box.left < -1) && !element.closest("pre, .table, .scroll, .skip");
    });
    found.push(`${root.scrollWidth} px wide; ${wide.slice(0, 3).map((element) => `${element.localName}.${element.className}`).join(", ")}`);
  }
  for (const target of document.querySelectorAll("a, button, summary, label")) {
    const { height, width } = target.getBoundingClientRect();
    const style = getComputedStyle(target);
    const isInText = style.display === "inline" || target.closest("svg") !== null;
    if (!isInText && style.visibility !== "hidden" && height > 0 && (height < 24 || width < 24)) found.push(`a target of ${width} × ${height}: ${target.textContent?.trim()}`);
  }
  return found;
}
