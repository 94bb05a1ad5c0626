#!/usr/bin/env python3
"""Measure site generators on the same corpus, in interleaved rounds.

    run.py --guides 1000 --rounds 5 --work DIR [--hugo PATH] [--zola PATH] ...
           [--fieldguide 'CMD'] [--only hugo,zola] [--json FILE]

Each round runs every variant once, in turn, so a change in the machine's speed
hits all of them.  Printed: medians, the spread of the wall time, and for each
variant the median over rounds of its ratio to the --base variant.

A --fieldguide command is split as a shell splits words; {site} stands for the
corpus in its own format, {out} for the folder it must write.  It may be given more than
once as NAME=CMD.  Linux, standard library only.
"""
import argparse
import gc
import json
import os
import shlex
import shutil
import statistics
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
HZ = os.sysconf("SC_CLK_TCK")


def busy():
    with open("/proc/stat") as f:
        v = [int(x) for x in f.readline().split()[1:]]
    return (v[0] + v[1] + v[2] + v[5] + v[6]) / HZ, v[7] / HZ, v[4] / HZ


def spawn(cmd, cwd, log, env=None):
    e = dict(os.environ)
    e.update(env or {})
    here = os.getcwd()
    os.chdir(cwd)
    try:
        fd = os.open(log, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o644)
        try:
            pid = os.posix_spawnp(cmd[0], cmd, e, file_actions=[
                (os.POSIX_SPAWN_DUP2, fd, 1), (os.POSIX_SPAWN_DUP2, fd, 2)])
        finally:
            os.close(fd)
    finally:
        os.chdir(here)
    return pid


def once(v, settle):
    # Moved aside, not deleted: ext4 is slow at making inodes just after many were
    # deleted (it will not reuse them for a while), and a fresh checkout has none.
    for p in v["clean"]:
        if os.path.lexists(p):
            os.makedirs(v["trash"], exist_ok=True)
            os.rename(p, os.path.join(v["trash"], str(len(os.listdir(v["trash"])))))
    for c in v.get("before", []):
        subprocess.run(c, cwd=v["cwd"], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    gc.collect()
    os.sync()
    time.sleep(settle)
    b0, s0, w0 = busy()
    t0 = time.monotonic()
    pid = spawn(v["cmd"], v["cwd"], v["log"], v.get("env"))
    _, st, ru = os.wait4(pid, 0)
    t1 = time.monotonic()
    b1, s1, w1 = busy()
    cpu = ru.ru_utime + ru.ru_stime
    ncpu = os.cpu_count()
    r = {"wall": t1 - t0, "user": ru.ru_utime, "sys": ru.ru_stime, "cpu": cpu,
         "rss": ru.ru_maxrss / 1024, "rc": os.waitstatus_to_exitcode(st),
         "others": max(0.0, (b1 - b0) - cpu) / ((t1 - t0) * ncpu) if t1 > t0 else 0.0,
         "steal": (s1 - s0) / ((t1 - t0) * ncpu), "iowait": (w1 - w0) / ((t1 - t0) * ncpu)}
    return r


def tree(path):
    files = pages = size = 0
    for root, _, names in os.walk(path):
        for n in names:
            files += 1
            pages += n.endswith(".html")
            size += os.lstat(os.path.join(root, n)).st_size
    return files, pages, size


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--guides", type=int, default=1000)
    ap.add_argument("--rounds", type=int, default=5)
    ap.add_argument("--seed", default="1")
    ap.add_argument("--work", default="/tmp/peers-bench")
    ap.add_argument("--only", help="comma-separated variants")
    ap.add_argument("--skip", default="", help="comma-separated variants")
    ap.add_argument("--base", default="hugo")
    ap.add_argument("--json")
    ap.add_argument("--settle", type=float, default=0.3, help="idle seconds before each run")
    ap.add_argument("--warmup", type=int, default=1, help="rounds that do not count")
    ap.add_argument("--timeout", type=float, default=300, help="drop a variant whose run took longer")
    for t in ("hugo", "zola", "mdbook", "zensical", "mkdocs", "pagefind", "limits"):
        ap.add_argument("--" + t, default=shutil.which(t))
    ap.add_argument("--eleventy", help="folder whose node_modules hold Eleventy and its plugins")
    ap.add_argument("--fieldguide", action="append", default=[])
    a = ap.parse_args()

    sites = {}
    work = os.path.abspath(a.work)
    os.makedirs(work, exist_ok=True)

    def site(fmt, *flags):
        name = "-".join([fmt, str(a.guides), "s" + a.seed, *(f.strip("-") for f in flags)])
        p = os.path.join(work, name)
        if p in sites:
            return p
        stamp = p + ".done"
        if not os.path.exists(stamp):
            print("making", name, file=sys.stderr, flush=True)
            subprocess.run([sys.executable, os.path.join(HERE, "corpus.py"), "--guides", str(a.guides), "--format", fmt,
                            "--seed", a.seed, "--out", p, *flags], check=True)
            open(stamp, "w").close()
        sites[p] = True
        return p

    want = set(a.only.split(",")) if a.only else None
    skip = set(a.skip.split(","))
    V = {}

    def add(name, fmt, cmd, out, clean=(), before=(), flags=(), env=None):
        if name in skip or (want is not None and name not in want):
            return
        s = site(fmt, *flags)
        o = os.path.join(s, out)
        sub = lambda x: x.replace("{site}", s).replace("{out}", o)
        V[name] = {"name": name, "cwd": s, "out": o, "cmd": [sub(c) for c in cmd], "env": env,
                   "clean": [os.path.join(s, c) for c in clean], "before": [[sub(c) for c in b] for b in before],
                   "log": os.path.join(work, name.replace(":", "-") + ".log"), "trash": os.path.join(work, "trash"), "runs": []}

    if a.hugo:
        base = ["public", "resources", ".hugo_build.lock"]
        add("hugo", "hugo", [a.hugo, "--quiet"], "public", base)
        add("hugo-warm", "hugo", [a.hugo, "--quiet"], "public", [], [[a.hugo, "--quiet"]])
        add("hugo-nohl", "hugo", [a.hugo, "--quiet"], "public", base, flags=("--no-highlight",))
        if a.pagefind:
            add("hugo+pagefind", "hugo", ["sh", "-c", f"{shlex.quote(a.hugo)} --quiet && {shlex.quote(a.pagefind)} --site public"], "public", base)
    if a.zola:
        add("zola", "zola", [a.zola, "build"], "public", ["public"])
        add("zola-nohl", "zola", [a.zola, "build"], "public", ["public"], flags=("--no-highlight",))
    if a.mdbook:
        add("mdbook", "mdbook", [a.mdbook, "build"], "book", ["book"])
        add("mdbook-search", "mdbook-search", [a.mdbook, "build"], "book", ["book"])
    if a.zensical:
        add("zensical", "zensical", [a.zensical, "build"], "public", ["public", ".cache"])
        add("zensical-warm", "zensical", [a.zensical, "build"], "public", [], [[a.zensical, "build"]])
    if a.mkdocs:
        add("material", "material", [a.mkdocs, "build", "-q"], "public", ["public"])
    if a.eleventy:
        s = site("eleventy") if not (want is not None and "eleventy" not in want) and "eleventy" not in skip else None
        if s:
            link = os.path.join(s, "node_modules")
            if not os.path.islink(link):
                os.symlink(os.path.abspath(os.path.join(a.eleventy, "node_modules")), link)
            add("eleventy", "eleventy", ["node", "--max-old-space-size=16000", "node_modules/@11ty/eleventy/cmd.cjs", "--quiet"], "public", ["public"])
    for i, f in enumerate(a.fieldguide):
        name, cmd = f.split("=", 1) if "=" in f.split()[0] else (f"fieldguide{i or ''}", f)
        if want is not None:
            want.add(name)
        add(name, "fieldguide", shlex.split(cmd), f"out-{name}", [f"out-{name}"])
    if a.limits:
        # The machine's own limits: the files that the base variant writes.
        if a.base in V:
            src = V[a.base]
            subprocess.run(src["cmd"], cwd=src["cwd"], check=True, stdout=subprocess.DEVNULL)
            model, lst = os.path.join(work, f"model-{a.guides}"), os.path.join(work, f"model-{a.guides}.list")
            if not os.path.isdir(model):
                shutil.copytree(src["out"], model)
            with open(lst, "w") as f:
                subprocess.run([a.limits, "list", model], stdout=f, check=True)
            ncpu = str(os.cpu_count())
            add("limit:read", "fieldguide", [a.limits, "read", "{site}/content", ncpu], "none")
            add("limit:cp", "fieldguide", ["cp", "-r", model, "{out}"], "out-cp", ["out-cp"])
            add("limit:write1", "fieldguide", [a.limits, "write", lst, "{out}", "1"], "out-w1", ["out-w1"])
            add("limit:write", "fieldguide", [a.limits, "write", lst, "{out}", ncpu], "out-w", ["out-w"])
            add("limit:flat", "fieldguide", [a.limits, "flat", lst, "{out}", ncpu], "out-f", ["out-f"])
            add("limit:rewrite", "fieldguide", [a.limits, "write", lst, "{out}", ncpu], "out-r", [], [[a.limits, "write", lst, "{out}", ncpu]])
            add("limit:same", "fieldguide", [a.limits, "same", lst, "{out}", ncpu], "out-r2", [], [[a.limits, "write", lst, "{out}", ncpu]])

    print("load at start:", os.getloadavg(), file=sys.stderr)
    for k in range(a.warmup + a.rounds):
        for name, v in list(V.items()):
            r = once(v, a.settle)
            if r["rc"] != 0:
                print(f"{name}: exit {r['rc']}, see {v['log']}", file=sys.stderr)
                v["failed"] = r["rc"]
                del V[name]
                continue
            if k >= a.warmup:
                v["runs"].append(r)
            if k == a.warmup + a.rounds - 1 or r["wall"] > a.timeout:
                v["tree"] = tree(v["out"])
            if r["wall"] > a.timeout:
                print(f"{name}: {r['wall']:.0f} s, dropped after this run", file=sys.stderr)
                v["runs"] = v["runs"] or [r]
                v["dropped"] = True
            print(f"  round {k} {name}: wall {r['wall']:.2f} cpu {r['cpu']:.2f} others {r['others']:.0%}", file=sys.stderr, flush=True)
        for name in [n for n, v in V.items() if v.get("dropped")]:
            globals().setdefault("LATE", {})[name] = V.pop(name)
    V.update(globals().get("LATE", {}))

    med = statistics.median
    base = V.get(a.base)
    print(f"\n{a.guides} guides, seed {a.seed}, {a.rounds} rounds, medians; {os.cpu_count()} cores; base of the ratios: {a.base}")
    print("| variant | wall s | (min-max) | user s | sys s | cpu s | peak MiB | files | html | MB out | wall / base | cpu / base | others |")
    print("| --- " * 13 + "|")
    out = {}
    for name, v in V.items():
        R = v["runs"]
        if not R:
            continue
        files, pages, size = v.get("tree", (0, 0, 0))
        m = {k: med(r[k] for r in R) for k in R[0]}
        ratio = {}
        for k in ("wall", "cpu"):
            if base and base["runs"]:
                ratio[k] = med(x[k] / y[k] for x, y in zip(R, base["runs"]) if y[k] > 0)
        lo, hi = min(r["wall"] for r in R), max(r["wall"] for r in R)
        print(f"| {name} | {m['wall']:.3f} | {lo:.2f}-{hi:.2f} | {m['user']:.2f} | {m['sys']:.2f} | {m['cpu']:.3f} | {m['rss']:.0f} | {files} | {pages} | {size / 1e6:.1f} | "
              f"{ratio.get('wall', 0):.3f} | {ratio.get('cpu', 0):.3f} | {m['others']:.0%} |", flush=True)
        out[name] = {"median": m, "ratio": ratio, "files": files, "pages": pages, "bytes": size, "runs": R}
    if a.json:
        with open(a.json, "w") as f:
            json.dump({"guides": a.guides, "seed": a.seed, "rounds": a.rounds, "variants": out}, f, indent=1)
    shutil.rmtree(os.path.join(work, "trash"), ignore_errors=True)


if __name__ == "__main__":
    main()
