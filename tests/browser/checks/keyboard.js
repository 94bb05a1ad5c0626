// Walks with the keyboard alone: skip link, contents, tabs, copy, answers, next guide. Focus is always seen, nothing lies over it, and
// nothing holds it.

import { desktop, phone, within } from "../lib/browser.js";

/** The pages that are walked, and what the walk must meet, in this order. @type {Record<string, string[]>} */
const walks = {
  "errors/http/503/index.html": [".skip", "header.site a", "form.find input", "header.site nav a", ".crumbs a", ".fix-now a", ".contents :is(a, summary)", ".tabs input", "figcaption button", ".cards a", ".references a", ".turn a", "footer.site a"],
  "compare/429-vs-503/index.html": [".skip", ".subjects a", ".comparison a", ".cards a", "footer.site a"],
  "playbooks/api-timeout/index.html": [".skip", ".start a", "summary", ".branches a", ".bar a", "footer.site a"],
  "index.html": [".skip", "form.find input", "form.find button", ".groups a", "footer.site a"],
  "codes/index.html": [".skip", ".letters a", ".list a", "footer.site a"],
};
const guide = "errors/http/503/index.html";

/** @param {import("../run.js").Given} given */
export async function check({ browser, own }) {
  /** @type {string[]} */
  const wrong = [];
  for (const viewport of [desktop, phone]) {
    await within(browser, { viewport, permissions: ["clipboard-read", "clipboard-write"], reducedMotion: "reduce" }, async (page) => {
      for (const [path, milestones] of Object.entries(walks)) {
        await page.goto(own.address + path);
        wrong.push(...(await walk(page, milestones)).map((problem) => `${path} at ${viewport.width}: ${problem}`));
      }
      const told = [...(await fromLookup(page, own.address)), ...(await skip(page, own.address + guide)), ...(await tabs(page)), ...(await copy(page))];
      wrong.push(...told.map((problem) => `at ${viewport.width}: ${problem}`));
    });
  }
  return wrong;
}

/** From a page through lookup to its guide, and on to that guide's end, without a mouse. @param {import("playwright-core").Page} page @param {string} address */
async function fromLookup(page, address) {
  await page.goto(`${address}errors/http/429/index.html`);
  await page.keyboard.press("Tab");
  while (!(await page.evaluate(() => document.activeElement?.matches("form.find input")))) await page.keyboard.press("Tab");
  await page.keyboard.type("HTTP/1.1 503");
  await page.waitForSelector("form.find [role=option]");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await page.waitForURL(/http\/503/);
  return walk(page, [".contents :is(a, summary)", ".tabs input", "figcaption button", ".turn a"]);
}

/** @param {import("playwright-core").Page} page @param {string[]} milestones */
async function walk(page, milestones) {
  const wrong = [];
  let reached = 0;
  // A list may hold hundreds of links; what can have focus, has it once.
  const most = (await page.locator("a, button, input, summary, textarea, [tabindex]").count()) + 5;
  for (let stop = 0; stop < most; stop += 1) {
    await page.keyboard.press("Tab");
    const found = await page.evaluate(stopHere, milestones);
    // Behind the last stop focus leaves the page, or begins again.
    if (found === null || (stop > 0 && found.matches.includes(".skip"))) {
      if (reached < milestones.length) wrong.push(`${milestones[reached]} is not reached in its turn`);
      return wrong;
    }
    if (reached < milestones.length && found.matches.includes(milestones[reached])) reached += 1;
    if (found.problem) wrong.push(`${found.name}: ${found.problem}`);
  }
  return [...wrong, `the walk does not end after ${most} stops: ${await page.evaluate(() => document.activeElement?.outerHTML.slice(0, 120))}`];
}

/** @param {string[]} milestones */
function stopHere(milestones) {
  const element = document.activeElement;
  if (element === null || element === document.body) return null;
  // A hidden radio input shows its focus on its label.
  const shown = element.matches(".tabs input") ? /** @type {Element} */ (element.nextElementSibling) : element;
  const box = shown.getBoundingClientRect();
  const style = getComputedStyle(shown);
  // Something may lie over it: the header, the bar of a playbook.
  const line = shown.getClientRects()[0] ?? box;
  const above = document.elementFromPoint(line.left + line.width / 2, line.top + line.height / 2);
  const covered = above !== null && !shown.contains(above) && !above.contains(shown);
  const problem =
    style.outlineStyle === "none" || parseFloat(style.outlineWidth) < 2
      ? "focus is not seen"
      : box.bottom <= 0 || box.top >= innerHeight
        ? "focus is outside the window"
        : covered
          ? `focus lies under ${above?.localName}.${above?.className}`
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
