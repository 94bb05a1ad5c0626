// Print, forced colours and reduced motion.

import { desktop, within } from "../lib/browser.js";
import { ownPages } from "../lib/types.js";

/** @param {import("../run.js").Given} given */
export async function check({ browser, own }) {
  return [...(await print(browser, own.address)), ...(await forced(browser, own.address)), ...(await motion(browser, own.address))];
}

/** @param {import("playwright-core").Browser} browser @param {string} address */
async function print(browser, address) {
  /** @type {string[]} */
  const wrong = [];
  await within(browser, { viewport: desktop, colorScheme: "dark" }, async (page) => {
    await page.emulateMedia({ media: "print", colorScheme: "dark" });
    for (const [type, path] of Object.entries(ownPages)) {
      await page.goto(address + path);
      const shown = await page.evaluate(() =>
        ["header.site", "footer.site", ".contents", ".crumbs", ".bar", "figcaption button"].filter((selector) =>
          [...document.querySelectorAll(selector)].some((element) => element.getClientRects().length > 0),
        ),
      );
      wrong.push(...shown.map((selector) => `${type} in print shows ${selector}`));
      for (const format of ["A4", "Letter"]) {
        const pdf = await page.pdf({ format, margin: { top: "15mm", bottom: "15mm", left: "15mm", right: "15mm" } });
        if (!pdf.subarray(0, 5).equals(Buffer.from("%PDF-"))) wrong.push(`${type} cannot be printed on ${format}`);
      }
      // The width of A4 between these margins, at 96 pixels an inch.
      await page.setViewportSize({ width: 680, height: 1000 });
      if (await page.evaluate(() => document.documentElement.scrollWidth > innerWidth)) wrong.push(`${type} is wider than a sheet`);
      await page.setViewportSize(desktop);
    }
    await page.goto(address + ownPages.error);
    const colour = await page.evaluate(() => getComputedStyle(document.body).color);
    if (colour !== "rgb(29, 28, 25)") wrong.push(`print is ${colour} where the screen is dark`);
    const sources = await page.evaluate(() => [...document.querySelectorAll(".references a")].map((link) => getComputedStyle(link, "::after").content));
    if (!sources.every((text) => text.includes("https://"))) wrong.push("addresses of references are not printed");
    const tabs = await page.evaluate(() => [...document.querySelectorAll(".tabs figure")].every((figure) => figure.getClientRects().length > 0));
    if (!tabs) wrong.push("tabs are not all printed");
    await page.goto(address + ownPages.playbook);
    const boxes = await page.evaluate(() => [...document.querySelectorAll(".node h3, .branches li")].map((step) => getComputedStyle(step, "::before").borderTopWidth));
    if (!boxes.every((width) => parseFloat(width) > 0)) wrong.push("a printed playbook has no boxes to tick");
  });
  return wrong;
}

/** Where colours go, borders stay. @param {import("playwright-core").Browser} browser @param {string} address */
async function forced(browser, address) {
  /** @type {string[]} */
  const wrong = [];
  await within(browser, { viewport: desktop, forcedColors: "active" }, async (page) => {
    for (const [type, path] of Object.entries(ownPages)) {
      await page.goto(address + path);
      const bare = await page.evaluate(() =>
        [".badge", ".fix-now", ".callout", ".node", ".card", ".code", ".start a", ".bar"].filter((selector) =>
          [...document.querySelectorAll(selector)].some((element) => parseFloat(getComputedStyle(element).borderBlockStartWidth) === 0),
        ),
      );
      wrong.push(...bare.map((selector) => `${type} with forced colours: ${selector} has no border`));
    }
  });
  return wrong;
}

/** @param {import("playwright-core").Browser} browser @param {string} address */
async function motion(browser, address) {
  /** @type {string[]} */
  const wrong = [];
  for (const [reducedMotion, expected] of /** @type {const} */ ([["reduce", "auto"], ["no-preference", "smooth"]])) {
    await within(browser, { reducedMotion }, async (page) => {
      await page.goto(address);
      const found = await page.evaluate(() => getComputedStyle(document.documentElement).scrollBehavior);
      if (found !== expected) wrong.push(`scrolling is ${found} with reduced motion ${reducedMotion}`);
    });
  }
  return wrong;
}
