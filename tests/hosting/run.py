"""Built sites on real servers: nginx and Caddy with the configuration that the build writes, at the root and in a folder of a host.

Asks each server for the same things over a bare connection and tells what differs. Needs nginx, caddy and cargo.
"""

import http.client
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
TODAY = "2026-11-24"
ALIAS = "/errors/http/unavailable/"


def lay_out(root):
    """The small site of the Rust tests, with an alias and a text that nobody may see."""
    shutil.copytree(PROJECT / "tests/site", root)
    guide = root / "content/errors/http/503.md"
    guide.write_text(guide.read_text().replace("last_reviewed_on:", f"aliases: [{ALIAS}]\nlast_reviewed_on:", 1))
    (root / "static").mkdir(exist_ok=True)
    (root / "static/note.md").write_text("# A text that is long enough to compress\n\n" + "Grüße, and the same again. " * 200)


def build(root, output, base):
    address = f"https://guides.example{base}"
    command = ["cargo", "run", "--locked", "--quiet", "--", "build", "--quiet", "--root", root, "--output", output]
    subprocess.run([*command, "--today", TODAY, "--base-url", address, *PRECOMPRESS], cwd=PROJECT, check=True)


PRECOMPRESS = ["--precompress"]


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def nginx(folder, deploy, root, port):
    config = folder / "nginx.conf"
    temporary = "\n".join(f"{name}_temp_path {folder}/{name};" for name in ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"])
    config.write_text(
        f"daemon off;\nmaster_process off;\npid {folder}/nginx.pid;\nerror_log {folder}/error.log;\nevents {{}}\n"
        f"http {{\naccess_log off;\n{temporary}\ninclude {deploy}/nginx-http.conf;\n"
        f"server {{\nlisten 127.0.0.1:{port};\nroot {root};\ninclude {deploy}/nginx.conf;\n}}\n}}\n"
    )
    checked = subprocess.run(["nginx", "-t", "-p", folder, "-c", config], capture_output=True, text=True)
    if checked.returncode != 0 or "[warn]" in checked.stderr:
        raise SystemExit(f"nginx does not take the configuration:\n{checked.stderr}")
    return ["nginx", "-p", folder, "-c", config]


def caddy(folder, deploy, root, port):
    config = folder / "Caddyfile"
    config.write_text(
        f"{{\n\tadmin off\n\tauto_https off\n}}\nhttp://127.0.0.1:{port} {{\n\troot * {root}\n\timport {deploy}/Caddyfile\n}}\n"
    )
    return ["caddy", "run", "--config", config, "--adapter", "caddyfile"]


def ask(port, path, encoding="identity"):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.putrequest("GET", path, skip_accept_encoding=True)
        connection.putheader("Accept-Encoding", encoding)
        connection.endheaders()
        answer = connection.getresponse()
        return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()
    finally:
        connection.close()


def expectations(public, base, encodings):
    """What is asked, what is expected of status and headers, and the file whose bytes come."""
    page = "errors/http/503/"
    html = {"content-type": "text/html; charset=utf-8"}
    asks = {"cache-control": "no-cache"}
    forever = {"cache-control": "public, max-age=31536000, immutable"}
    target = {"location": f"{base}{page}"}
    sheet = next(file.name for file in public.glob("theme.*.css"))
    yield "", 200, html | asks, "index.html"
    yield page, 200, html | asks, f"{page}index.html"
    yield f"{page}index.html", 200, html | asks, f"{page}index.html"
    yield "errors/http/503", (301, 308), target, None
    for old in [ALIAS[1:], ALIAS[1:-1], f"{ALIAS[1:]}index.html", "e/http/503/", "e/http/503", "Errors/HTTP/503/", "E/http/503/"]:
        if old != "E/http/503/" or "gzip-only" in encodings:
            yield old, 301, target, None
    yield "compare/503-vs-429/", 301, {"location": f"{base}compare/429-vs-503/"}, None
    for missing in ["nowhere/", "nowhere", "theme.0123456789.css", "nowhere.md", "errors/http/5030/"]:
        yield missing, 404, html | asks, "404.html"
    hidden = [".fieldguide-manifest.json", "deploy/nginx.conf", "deploy/nginx-http.conf", "deploy/Caddyfile", "_headers", "_redirects", ".nojekyll"]
    for kept in hidden:
        yield kept, 404, html | asks, "404.html"
    yield sheet, 200, forever | {"content-type": "text/css; charset=utf-8"}, sheet
    yield "note.md", 200, asks | {"content-type": "text/markdown; charset=utf-8"}, "note.md"
    yield "feed.xml", 200, asks | {"content-type": "application/atom+xml; charset=utf-8"}, "feed.xml"


def check(name, port, public, base, encodings):
    wrong = []
    policy = next(line for line in (public / "_headers").read_text().splitlines() if "Content-Security-Policy" in line)
    every = {
        "content-security-policy": policy.split(": ", 1)[1],
        "x-content-type-options": "nosniff",
        "referrer-policy": "strict-origin-when-cross-origin",
    }
    for path, status, headers, file in expectations(public, base, encodings):
        got, sent, body = ask(port, base + path)
        statuses = status if isinstance(status, tuple) else (status,)
        if got not in statuses:
            wrong.append(f"{path}: status {got}, expected {status}")
        for header, value in {**every, **headers}.items():
            if sent.get(header) != value:
                wrong.append(f"{path}: {header} is {sent.get(header)!r}, expected {value!r}")
        if file is not None and body != (public / file).read_bytes():
            wrong.append(f"{path}: other bytes than {file}")
    for path in ["errors/http/503/", next(file.name for file in public.glob("theme.*.css")), "note.md"]:
        file = public / (f"{path}index.html" if path.endswith("/") else path)
        for encoding, ending in encodings.items():
            if encoding == "gzip-only":
                continue
            got, sent, body = ask(port, base + path, encoding)
            expected = Path(f"{file}.{ending}").read_bytes()
            if got != 200 or body != expected or sent.get("content-encoding") not in encoding or "vary" not in sent:
                wrong.append(f"{path}: {encoding} gives {got}, {sent.get('content-encoding')}, {len(body)} bytes")
            if sent.get("content-type") != ask(port, base + path)[1].get("content-type"):
                wrong.append(f"{path}: {encoding} gives type {sent.get('content-type')}")
    return [f"{name} at {base}: {line}" for line in wrong]


def serve_and_check(name, command, port, public, base, encodings, folder):
    log = open(folder / f"{name}.log", "w")
    environment = {**os.environ, "HOME": str(folder), "XDG_DATA_HOME": str(folder), "XDG_CONFIG_HOME": str(folder)}
    server = subprocess.Popen(command, stdout=log, stderr=log, env=environment)
    try:
        for _ in range(100):
            try:
                ask(port, "/")
                break
            except OSError:
                if server.poll() is not None:
                    break
                time.sleep(0.1)
        else:
            return [f"{name} does not answer"]
        if server.poll() is not None:
            return [f"{name} ended: {(folder / f'{name}.log').read_text()[-2000:]}"]
        return check(name, port, public, base, encodings)
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(timeout=20)


def main():
    wrong = []
    for base in ["/", "/docs/"]:
        with tempfile.TemporaryDirectory(prefix="fieldguide-hosting-") as temporary:
            folder = Path(temporary).resolve()
            folder.chmod(0o755)
            public = folder / "host" / base.strip("/") if base != "/" else folder / "host"
            lay_out(folder / "site")
            build(folder / "site", public, base)
            servers = [("nginx", nginx, {"gzip": "gz", "gzip-only": ""}), ("caddy", caddy, {"gzip": "gz", "br": "br", "br, gzip": "br"})]
            for name, configure, encodings in servers:
                port = free_port()
                command = configure(folder, public / "deploy", folder / "host", port)
                found = serve_and_check(name, command, port, public, base, encodings, folder)
                print(f"{name} at {base}: {'holds' if not found else f'{len(found)} wrong'}")
                wrong.extend(found)
    print("\n".join(wrong), file=sys.stderr, end="\n" if wrong else "")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
