// A static server with the policy that docs/theming.md promises. Text is sent compressed, as any host does.

import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { gzipSync } from "node:zlib";

/** Everything a page may load and do; nothing inline, nothing from elsewhere. */
export const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/** @type {Record<string, string>} */
const types = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".xml": "application/xml",
  ".txt": "text/plain; charset=utf-8",
};

/**
 * Serves a folder on a free port.
 * @param {string} folder
 * @returns {Promise<{ address: string, close: () => void }>}
 */
export async function serve(folder) {
  const server = createServer(async (request, response) => {
    const path = decodeURIComponent(new URL(request.url ?? "/", "http://localhost").pathname);
    const file = join(folder, normalize(path), path.endsWith("/") ? "index.html" : "");
    const found = await readFile(file).then((bytes) => ({ bytes, status: 200 })).catch(() => missing(folder));
    const type = found.status === 404 ? types[".html"] : (types[extname(file)] ?? "application/octet-stream");
    const headers = { "content-type": type, "content-encoding": "gzip", "content-security-policy": policy, "cache-control": "max-age=600" };
    response.writeHead(found.status, headers).end(gzipSync(found.bytes));
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(undefined)));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the server has no port");
  return { address: `http://127.0.0.1:${address.port}/`, close: () => server.close() };
}

/** @param {string} folder */
async function missing(folder) {
  return { bytes: await readFile(join(folder, "404.html")).catch(() => Buffer.from("not found")), status: 404 };
}
