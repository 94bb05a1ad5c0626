// The two sites under test: the project's own, and a sample that holds every component and does not change with the content.

import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { serve } from "./server.js";

/** The folder of the project. */
export const project = fileURLToPath(new URL("../../../", import.meta.url));

/** The day on which all browser tests take place. */
export const today = "2026-11-24";

/**
 * A built site that is being served.
 * @typedef {object} Site
 * @property {string} folder Where its files lie.
 * @property {string} address The address of its root, with a slash at the end.
 * @property {string[]} pages The paths of its pages, without redirects.
 * @property {() => void} close Ends the server and removes the files.
 */

/** Builds and serves the project's own site. @returns {Promise<Site>} */
export function own() {
  return built((root) => {
    for (const part of ["site.toml", "content", "templates", "static"]) cpSync(join(project, part), join(root, part), { recursive: true });
  });
}

/** Builds and serves the sample: the small site of the Rust tests, its page of everything Markdown can do, and a guide that is too big. */
export function sample() {
  return built((root) => {
    for (const part of ["tests/site", "tests/golden/markdown/in", "tests/browser/site"]) cpSync(join(project, part), root, { recursive: true });
  });
}

/**
 * @param {(root: string) => void} lay Lays the sources out.
 * @returns {Promise<Site>}
 */
async function built(lay) {
  const root = mkdtempSync(join(tmpdir(), "fieldguide-browser-"));
  const folder = join(root, "public");
  const server = await serve(folder);
  const close = () => {
    server.close();
    rmSync(root, { recursive: true, force: true });
  };
  try {
    lay(root);
    const command = ["run", "--locked", "--quiet", "--", "build", "--quiet", "--root", root, "--today", today, "--base-url", server.address];
    // The sample has warnings on purpose; what a failed build says is part of the error.
    execFileSync("cargo", command, { cwd: project, stdio: ["ignore", "ignore", "pipe"] });
    return { folder, address: server.address, pages: pagesBelow(folder), close };
  } catch (error) {
    close();
    throw error;
  }
}

/** @param {string} folder @returns {string[]} */
function pagesBelow(folder) {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".html")).sort();
  return files.filter((file) => !readFileSync(join(folder, file), "utf8").includes('http-equiv="refresh"'));
}
