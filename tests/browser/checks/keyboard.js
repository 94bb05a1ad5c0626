// A walk through an error guide with the keyboard alone: skip link, contents, tabs, copy, next guide. Focus is always seen, is never
// under the header, and nothing holds it.

import { desktop, phone, within } from "../lib/browser.js";

const guide = "errors/http/503/index.html";
/** What the walk must meet, in this order. */
const milestones = [".skip", "header.site a", ".crumbs a", ".fix-now a", ".tabs input", "figcaption button", ".cards a", ".references a", ".turn a", "footer.site a"];

/** @param {import("../run.js").Given} given */
export async function check({ browser, own }) {
  /** @type {string[]} */
  const wrong = [];
  for (const viewport of [desktop, phone]) {
    await within(browser, { viewport, permissions: ["clipboard-read", "clipboard-write"], reducedMotion: "reduce" }, async (page) => {
      await page.goto(own.address + guide);
      const told = [...(await walk(page)), ...(await skip(page, own.address + guide)), ...(await tabs(page)), ...(await copy(page))];
      wrong.push(...told.map((problem) => `at ${viewport.width}: ${problem}`));
    });
  }
  return wrong;
}

/** @param {import("playwright-core").Page} page */
async function walk(page) {
  const wrong = [];
  let reached = 0;
  for (let stop = 0; stop < 300; stop += 1) {
    await page.keyboard.press("Tab");
    const found = await page.evaluate(stopHere, milestones);
    if (found === null) {
      if (reached < milestones.length) wrong.push(`${milestones[reached]} is not reached in its turn`);
      return wrong;
    }
    if (reached < milestones.length && found.matches.includes(milestones[reached])) reached += 1;
    if (found.problem) wrong.push(`${found.name}: ${found.problem}`);
  }
  return [...wrong, "the walk does not end"];
}

/** @param {string[]} milestones */
function stopHere(milestones) {
  const element = document.activeElement;
  if (element === null || element === document.body) return null;
  // A hidden radio input shows its focus on its label.
  const shown = element.matches(".tabs input") ? /** @type {Element} */ (element.nextElementSibling) : element;
  const box = shown.getBoundingClientRect();
  const style = getComputedStyle(shown);
  const header = /** @type {Element} */ (document.querySelector("header.site"));
  const covered = getComputedStyle(header).position === "sticky" && !element.closest("header.site, .skip") && box.bottom <= header.getBoundingClientRect().bottom;
  const problem =
    style.outlineStyle === "none" || parseFloat(style.outlineWidth) < 2
      ? "focus is not seen"
      : box.bottom <= 0 || box.top >= innerHeight
        ? "focus is outside the window"
        : covered
          ? "focus is under the header"
          : "";
  return { name: `${element.localName} ${element.textContent?.trim().slice(0, 30)}`, matches: milestones.filter((selector) => element.matches(selector)), problem };
}

/** @param {import("playwright-core").Page} page @param {string} address */
async function skip(page, address) {
  await page.goto(address);
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  const id = await page.evaluate(() => document.activeElement?.id);
  return id === "content" ? [] : ["the skip link leads nowhere"];
}

/** @param {import("playwright-core").Page} page */
async function tabs(page) {
  await page.focus(".tabs input:checked");
  await page.keyboard.press("ArrowRight");
  const shown = await page.evaluate(() => [...document.querySelectorAll(".tabs figure")].map((figure) => getComputedStyle(figure).display !== "none"));
  return shown[1] && !shown[0] ? [] : ["the arrow keys do not change the tab"];
}

/** @param {import("playwright-core").Page} page */
async function copy(page) {
  await page.focus("figure.code figcaption button:last-child");
  await page.keyboard.press("Enter");
  await page.waitForSelector("text=Copied");
  const [text, code] = await page.evaluate(async () => [await navigator.clipboard.readText(), document.querySelector("figure.code code")?.textContent]);
  return text === code ? [] : ["the copy differs from the sample"];
}
