"""A site on an S3-compatible server: the recipe of docs/deploying.md, read from there and run as it stands, three times.

First the whole site goes up, then what one edited guide changes, then a file is taken away. The server's own log says what was sent.
Needs rclone, cargo, and a Python that has requirements.txt; the server is moto, on loopback and in memory.
"""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.parse import unquote

import boto3

PROJECT = Path(__file__).resolve().parents[2]
BUCKET = "guides.example.org"
MANIFEST = ".fieldguide-manifest.json"
GUIDE = "errors/http/503"
# A name that begins like a comment of the list.
ODD = "# a note.txt"
HASHED = re.compile(r"\.[0-9a-f]{10}\.(css|js|mjs)$")


def recipe():
    """The two blocks of commands: once, and for each build."""
    section = (PROJECT / "docs/deploying.md").read_text().split("\n## S3, with rclone\n")[1].split("\n## ")[0]
    blocks = re.findall(r"(?:^    .*\n)+", section, re.MULTILINE)
    assert len(blocks) == 2, f"the recipe has {len(blocks)} blocks"
    return blocks


def lay_out(folder):
    """The project's own site, and a `cargo` that runs the project from where the site lies."""
    site = folder / "site"
    for part in ["content", "templates", "static", ".fieldguide"]:
        shutil.copytree(PROJECT / part, site / part)
    shutil.copy(PROJECT / "site.toml", site)
    (site / "static" / ODD).write_text("A text of the site.\n")
    cargo = folder / "bin/cargo"
    cargo.parent.mkdir()
    real = shutil.which("cargo")
    # The debug build, which the other tests have made already.
    command = f'exec "{real}" run --locked --quiet --manifest-path "{PROJECT}/Cargo.toml" "$@"'
    cargo.write_text(f'#!/bin/sh\n[ "$1 $2" = "run --release" ] || exit 64\nshift 2\n{command}\n')
    cargo.chmod(0o755)
    return site


def environment(folder, address):
    """Nobody's keys, and no other server than ours, whatever is set here for the real one."""
    others = {name: value for name, value in os.environ.items() if not name.startswith(("AWS_", "RCLONE_"))}
    tools = [folder / "bin", Path(sys.executable).parent, os.environ["PATH"]]
    return {
        **others,
        "PATH": os.pathsep.join(map(str, tools)),
        "AWS_ACCESS_KEY_ID": "nobody",
        "AWS_SECRET_ACCESS_KEY": "nothing",
        "AWS_CONFIG_FILE": os.devnull,
        "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
        "AWS_EC2_METADATA_DISABLED": "true",
        "AWS_ENDPOINT_URL": address,
        "RCLONE_CONFIG": str(folder / "rclone.conf"),
        "RCLONE_S3_ENDPOINT": address,
        # The one word of the recipe that is set aside: AWS gives each bucket a host name, which loopback cannot.
        "RCLONE_CONFIG_GUIDES_PROVIDER": "Other",
        "RCLONE_RETRIES": "1",
        "RCLONE_LOW_LEVEL_RETRIES": "1",
        "NO_PROXY": "127.0.0.1",
    }


def run(block, site, variables):
    done = subprocess.run(["bash", "-euo", "pipefail", "-c", block], cwd=site, env=variables, capture_output=True, text=True, timeout=300)
    if done.returncode != 0:
        raise SystemExit(f"the recipe ends with {done.returncode}:\n{block}\n{done.stdout}{done.stderr}")


def published(site):
    """The files that a host is to have, with their bytes."""
    public = site / "public"
    files = {str(file.relative_to(public)): file.read_bytes() for file in public.rglob("*") if file.is_file()}
    del files[MANIFEST]
    return files


def requests(log):
    """What was asked of objects: method and key, in order."""
    line = re.compile(rf'"(PUT|POST|DELETE) /{re.escape(BUCKET)}/([^ ?]+)(?:\?[^ ]*)? HTTP/1.1" (\d+)')
    found = line.findall(re.sub(r"\x1b\[[0-9;]*m", "", log.read_text()))
    return [(method, unquote(key)) for method, key, status in found if status.startswith("2")]


def objects(client):
    pages = client.get_paginator("list_objects_v2").paginate(Bucket=BUCKET)
    keys = [entry["Key"] for page in pages for entry in page.get("Contents", [])]
    return {key: client.get_object(Bucket=BUCKET, Key=key) for key in keys}


def compare(name, site, before, asked, client):
    """Deploys were by the list, the list is what differs, and the bucket holds what was built."""
    wrong = []
    files = published(site)
    lines = (site / "changed.txt").read_text().splitlines()
    listed = {
        "PUT": sorted(line[1:] for line in lines if line.startswith("/")),
        "DELETE": sorted(line[4:] for line in lines if line.startswith("#- /")),
    }
    differing = {
        "PUT": sorted(path for path in files if before.get(path) != files[path]),
        "DELETE": sorted(set(before) - set(files)),
    }
    sent = {method: sorted(key for found, key in asked if found == method) for method in listed}
    others = [request for request in asked if request[0] not in listed]
    found = objects(client)
    kept = {key: answer["Body"].read() for key, answer in found.items()}
    counts = f"{len(sent['PUT'])} of {len(files)} files uploaded, {len(sent['DELETE'])} deleted, {len(kept)} objects"
    print(f"{name}: {counts}; the list has {len(listed['PUT'])} to upload, {len(listed['DELETE'])} to delete")
    if len(lines) != len(listed["PUT"]) + len(listed["DELETE"]):
        wrong.append("the list has lines of another form")
    for method in listed:
        if listed[method] != differing[method]:
            wrong.append(f"listed for {method} is {listed[method]}, what differs is {differing[method]}")
        if sent[method] != listed[method]:
            wrong.append(f"{method} of {sent[method]}, listed is {listed[method]}")
    if others:
        wrong.append(f"other requests: {others}")
    if kept != files:
        odd = sorted(path for path in {*kept, *files} if kept.get(path) != files.get(path))
        wrong.append(f"the bucket differs from what was built: {odd}")
    wrong.extend(headers(found))
    return [f"{name}: {line}" for line in wrong], files


def headers(found):
    """Browsers keep what has a hash in its name and ask for the rest, and know what each file is."""
    types = {"html": "text/html; charset=utf-8", "css": "text/css; charset=utf-8", "svg": "image/svg+xml", "txt": "text/plain; charset=utf-8"}
    for key, answer in found.items():
        cache = "public, max-age=31536000, immutable" if HASHED.search(key) else "no-cache"
        if answer.get("CacheControl") != cache:
            yield f"{key}: Cache-Control is {answer.get('CacheControl')!r}, expected {cache!r}"
        expected = types.get(key.rpartition(".")[2])
        if expected is not None and answer["ContentType"] != expected:
            yield f"{key}: Content-Type is {answer['ContentType']!r}, expected {expected!r}"
        if key.endswith(".js") and "javascript" not in answer["ContentType"]:
            yield f"{key}: Content-Type is {answer['ContentType']!r}"


def deploys(folder, log, address):
    wrong = []
    site = lay_out(folder)
    variables = environment(folder, address)
    client = boto3.client("s3", endpoint_url=address, region_name="eu-central-1", aws_access_key_id="nobody", aws_secret_access_key="nothing")
    once, each = recipe()
    run(once, site, variables)
    website = client.get_bucket_website(Bucket=BUCKET)
    if website["IndexDocument"] != {"Suffix": "index.html"} or website["ErrorDocument"] != {"Key": "404.html"}:
        wrong.append(f"the bucket answers with {website}")

    def edit():
        guide = site / f"content/{GUIDE}.md"
        guide.write_text(guide.read_text().replace("\n## Meaning\n", "\n## Meaning\n\nOne sentence more.\n", 1))

    files = {}
    steps = [("everything", lambda: None), ("one guide edited", edit), ("one file gone", (site / "static" / ODD).unlink)]
    for name, change in steps:
        change()
        already = len(requests(log))
        run(each, site, variables)
        found, files = compare(name, site, files, requests(log)[already:], client)
        wrong.extend(found)
        if name == "everything":
            keys = [key for _, key in requests(log)]
            hashed = [bool(HASHED.search(key)) for key in keys]
            if hashed != sorted(hashed, reverse=True) or not any(hashed):
                wrong.append("pages are there before their stylesheet")
        if name == "one guide edited" and f"/{GUIDE}/index.html" not in (site / "changed.txt").read_text().splitlines():
            wrong.append("the page of the edited guide is not listed")
        if name == "one file gone" and (site / "gone.txt").read_text() != f"/{ODD}\n":
            wrong.append("the file that is gone is not listed")
    return wrong


def serve(folder, look):
    """Runs the server while something looks at it."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    log = folder / "server.log"
    command = [Path(sys.executable).parent / "moto_server", "-H", "127.0.0.1", "-p", str(port)]
    with open(log, "w") as output:
        server = subprocess.Popen(command, stdout=output, stderr=output, cwd=folder)
        try:
            until = time.monotonic() + 60
            while True:
                with socket.socket() as probe:
                    if probe.connect_ex(("127.0.0.1", port)) == 0:
                        break
                if server.poll() is not None or time.monotonic() > until:
                    raise SystemExit(f"the server does not answer: {log.read_text()[-2000:]}")
                time.sleep(0.1)
            return look(folder, log, f"http://127.0.0.1:{port}")
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait(timeout=20)


def main():
    with tempfile.TemporaryDirectory(prefix="fieldguide-s3-") as temporary:
        wrong = serve(Path(temporary).resolve(), deploys)
    print("S3 with rclone:", "holds" if not wrong else f"{len(wrong)} wrong")
    print("\n".join(wrong), file=sys.stderr, end="\n" if wrong else "")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
