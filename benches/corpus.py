#!/usr/bin/env python3
"""Deterministic corpus of error guides, compare guides and playbooks.

    corpus.py --guides N --format fieldguide|hugo|zola|mdbook|zensical|eleventy
              --out DIR [--seed S] [--no-highlight]

The same (guides, seed) always gives the same guides, byte for byte.  The peers'
formats differ only in front matter, links and the site's own files; README.md
says what more differs in fieldguide's.  Standard library only.
"""
import argparse
import json
import os
import random
import shutil
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

# --------------------------------------------------------------------------
# Words
# --------------------------------------------------------------------------
NOUNS = """token gateway tenant session quota certificate scope policy claim
endpoint broker queue listener proxy header cookie secret key principal role
binding cluster node pod volume mount shard replica index cursor lease lock
batch stream offset partition topic consumer producer schema migration
connection pool socket handshake cipher route subnet firewall rule peer tunnel
resolver record zone cache entry snapshot backup bucket object blob manifest
image layer registry tag digest pipeline stage job runner artifact release
deployment rollout canary probe metric alarm trace span log sink exporter
collector agent sidecar daemon worker scheduler timer retry backoff deadline
budget limit threshold window burst client server callback webhook payload
field column row constraint transaction savepoint journal checkpoint heap
thread process signal handle descriptor permission group audience issuer
subscription plan invoice region account workspace project environment
variable template parameter stack resource drift state plan module provider
plugin hook filter middleware controller adapter driver kernel runtime""".split()
ADJ = """stale expired missing invalid malformed duplicate unexpected partial
regional transient permanent upstream downstream idle pending detached orphaned
rotated revoked unsigned trusted external internal nested cached ambiguous
truncated oversized unreachable throttled degraded read-only immutable shared
exclusive concurrent scheduled manual automatic privileged delegated federated
legacy default custom managed ephemeral persistent remote local primary
secondary strict relaxed optional required conditional""".split()
VERBS = """rejects drops retries refreshes rotates validates caches forwards
signs resolves rewrites evicts reclaims blocks throttles queues replays commits
aborts locks releases audits masks inherits overrides negotiates renews probes
drains restarts isolates snapshots restores promotes demotes schedules cancels
reconciles compares truncates merges rebuilds""".split()
IMP = """Check Compare Inspect Rotate Restart Recreate Validate Confirm Trace
Capture Disable Enable Increase Reduce Remove Rebuild Replay Re-issue Pin
Isolate Drain Renew Export Query Review""".split()
CONN = """because while although when unless until after before whenever
once""".split()
ADV = """usually rarely often silently immediately eventually explicitly
intermittently consistently partially always""".split()
CAUSE_LEADS = """Policy Change|Clock Skew|Key Rotation|Pool Exhaustion|Headless
Automation|Risk Signal|Schema Drift|Stale Cache|Region Failover|Quota
Exceeded|Wrong Audience|Missing Role|Proxy Rewrite|Truncated Payload|Version
Mismatch|Expired Secret|Network Path|Duplicate Registration|Retry Storm|Slow
Consumer|Lock Contention|Broken Trust Chain|Partial Rollout|Unset
Variable""".replace("\n", " ").split("|")
FIX_LEADS = """For Interactive Apps|For Automation and Scripts|Check the Audit
Log|Review Named Locations|Rotate the Credential|Pin the Version|Raise the
Limit Carefully|Rebuild the Index|Drain and Restart|Correct the Claim|Split the
Batch|Move to a Managed Identity|Add a Deadline|Reset the Connection
Pool|Re-run the Migration|Roll Back the Change""".replace("\n", " ").split("|")
PREVENT_LEADS = """Use Workload Identities|Pilot Changes First|Alert on
Expiry|Budget Retries|Test the Failure Path|Record the Correlation ID|Keep
Clocks in Sync|Limit the Blast Radius|Document the Owner|Retire Legacy
Protocols|Rehearse the Rollback|Watch the Saturation
Signal""".replace("\n", " ").split("|")
TITLE_A = """Token Refused|Quota Exceeded|Handshake Failed|Schema Conflict|Lock
Timeout|Access Denied|Upstream Reset|Certificate Expired|Mount Failed|Deadline
Exceeded|Image Pull Failed|Replica Lag|State Locked|Payload Too Large|Signature
Mismatch|Route Not Found|Consumer Rebalance|Backoff Limit|Snapshot
Corrupt|Permission Missing|Session Revoked|Pool Exhausted|Zone
Unavailable|Invalid Grant""".replace("\n", " ").split("|")
SYL = "ka lo mi ter ver sen dor qua bri tal nex ori pha lun zet cor vim rad sol fen gar hep jin kul".split()
CONSTS = """ECONNRESET|DEADLINE_EXCEEDED|invalid_grant|HTTP 429|HTTP 503|ETIMEDOUT|ERR_CERT_DATE|SQLSTATE 40001|exit 137|EOF""".split("|")
LANGS = """rust python javascript typescript bash json yaml go java csharp
powershell http sql hcl""".split()
PROVIDER_ROOTS = """Azure AWS GCP Kubernetes Postgres Terraform GitHub Stripe
Okta Cloudflare Kafka Redis Docker Vault Nginx Elastic Mongo Snowflake Datadog
Twilio""".split()


TOPICS = """Human|Machine|Policy Logic|Network Path|Retry Logic|Cache Behavior|Identity
Model|Quota Accounting""".replace("\n", " ").split("|")
ASPECTS = """Meaning|Who owns it|Retry?|Typical cause|Log signal|First check|Escalation|User
impact|Fix time|Monitoring""".replace("\n", " ").split("|")


class Text:
    """Random prose and code, all from one seeded generator."""

    def __init__(self, rng):
        self.r = rng

    # -- small pieces ------------------------------------------------------
    def n(self):
        return self.r.choice(NOUNS)

    def a(self):
        return self.r.choice(ADJ)

    def v(self):
        return self.r.choice(VERBS)

    def num(self, lo=2, hi=9999):
        return self.r.randint(lo, hi)

    def ident(self):
        r = self.r
        k = r.random()
        if k < 0.5:
            return r.choice(NOUNS)
        return "".join(r.choice(SYL) for _ in range(r.randint(2, 3)))

    def snake(self):
        return self.ident() + "_" + self.ident()

    def camel(self):
        return self.ident() + self.ident().capitalize()

    def pascal(self):
        return self.ident().capitalize() + self.ident().capitalize()

    def hexid(self, n=8):
        return "%0*x" % (n, self.r.getrandbits(4 * n))

    # -- prose -------------------------------------------------------------
    def clause(self):
        r = self.r
        k = r.randrange(6)
        if k == 0:
            return f"the {self.a()} {self.n()} {self.v()} the {self.n()}"
        if k == 1:
            return f"a {self.n()} {r.choice(ADV)} {self.v()} the {self.a()} {self.n()}"
        if k == 2:
            return f"the {self.n()} {self.v()} every {self.n()} in the {self.n()}"
        if k == 3:
            return f"no {self.a()} {self.n()} {self.v()} the {self.n()} or the {self.n()}"
        if k == 4:
            return f"the {self.n()} of the {self.a()} {self.n()} {r.choice(ADV)} {self.v()} it"
        return f"each {self.n()} {self.v()} its own {self.n()}"

    def code_span(self):
        r = self.r
        k = r.randrange(5)
        if k == 0:
            return f"`{self.snake()}`"
        if k == 1:
            return f"`{self.camel()}()`"
        if k == 2:
            return f"`--{self.n()}-{self.n()}={self.num()}`"
        if k == 3:
            return f"`{r.choice(CONSTS)}`"
        return f"`{self.pascal()}.{self.camel()}`"

    def sentence(self, code=0.35, emph=0.12):
        r = self.r
        k = r.randrange(4)
        c = self.clause()
        if k == 0:
            s = f"{c} {r.choice(CONN)} {self.clause()}"
        elif k == 1:
            s = f"{r.choice(CONN)} {c}, {self.clause()}"
        elif k == 2:
            s = f"{c}, so {self.clause()}"
        else:
            s = f"{c} and {self.clause()}"
        if r.random() < code:
            s += f", as {self.code_span()} shows"
        if r.random() < emph:
            s += f" (*{self.a()} {self.n()}*)"
        return s[0].upper() + s[1:] + "."

    def para(self, lo, hi):
        return " ".join(self.sentence() for _ in range(self.r.randint(lo, hi)))

    # -- code --------------------------------------------------------------
    def code(self, lang):
        want = self.r.randint(8, 25)
        return getattr(self, "c_" + lang)(want)

    def _fill(self, head, tail, want, stmt, indent):
        body = []
        while len(head) + len(body) + len(tail) < want:
            body.extend(indent + line for line in stmt())
        return "\n".join(head + body + tail)

    def c_rust(self, want):
        r, t = self.r, self
        P, f = t.pascal(), t.snake()

        def stmt():
            k = r.randrange(6)
            x = t.snake()
            if k == 0:
                return [f'let {x} = client.{t.snake()}("{t.n()}-{t.num()}").await?;']
            if k == 1:
                return [f"if {x}.len() > {t.num()} {{",
                        f"    return Err({P}Error::{t.pascal()} {{ code: {t.num()}, retry: {r.choice(['true', 'false'])} }});",
                        "}"]
            if k == 2:
                return [f"// {t.clause()}", f"let {x}: Option<&str> = headers.get(\"x-{t.n()}\").map(String::as_str);"]
            if k == 3:
                return [f"for (i, {t.ident()}) in {x}.iter().enumerate().take({t.num(2, 64)}) {{",
                        f"    tracing::warn!(attempt = i, \"{t.a()} {t.n()}\");", "}"]
            if k == 4:
                return [f"match {x}.status() {{",
                        f"    {t.num(400, 599)} => sleep(Duration::from_millis({t.num(50, 900)})).await,",
                        f"    _ => {t.snake()}(&{x})?,", "}"]
            return [f"let mut {x} = Vec::<u{r.choice([8, 16, 32, 64])}>::with_capacity(0x{t.hexid(4)});"]
        head = [f"use {t.ident()}::{{{P}, {P}Error}};", "",
                f"/// {t.clause().capitalize()}.",
                f"pub async fn {f}(client: &{P}, limit: u32) -> Result<(), {P}Error> {{"]
        return self._fill(head, ["    Ok(())", "}"], want, stmt, "    ")

    def c_python(self, want):
        r, t = self.r, self
        f, P = t.snake(), t.pascal()

        def stmt():
            k = r.randrange(6)
            x = t.snake()
            if k == 0:
                return [f'{x} = client.{t.snake()}("{t.n()}", timeout={t.num(1, 60)}.{t.num(0, 9)})']
            if k == 1:
                return [f"if {x} is None or len({x}) > {t.num()}:",
                        f'    raise {P}Error(f"{t.a()} {t.n()}: {{{x}!r}}")']
            if k == 2:
                return [f"# {t.clause()}", f"{x} = [{t.ident()} for {t.ident()} in response.json()[\"{t.n()}\"]]"]
            if k == 3:
                return ["try:", f"    {t.snake()}({x}, retries={t.num(1, 9)})",
                        f"except {P}Error as exc:", f"    log.warning(\"%s: %s\", \"{t.n()}\", exc)"]
            if k == 4:
                return [f"with {t.ident()}.{t.ident()}(max_size=0x{t.hexid(3)}) as {x}:",
                        f"    {x}.{t.ident()}({r.choice(['True', 'False', 'None'])})"]
            return [f"{x}: dict[str, int] = {{\"{t.n()}\": {t.num()}, \"{t.n()}\": {t.num()}}}"]
        head = [f"from {t.ident()} import {P}, {P}Error", "", "",
                f"def {f}(client: {P}, limit: int = {t.num()}) -> bool:",
                f'    """{t.clause().capitalize()}."""']
        return self._fill(head, ["    return True"], want, stmt, "    ")

    def _js(self, want, ts):
        r, t = self.r, self
        f, P = t.camel(), t.pascal()

        def stmt():
            k = r.randrange(6)
            x = t.camel()
            ty = f": {P}" if ts else ""
            if k == 0:
                return [f'const {x}{ty} = await client.{t.camel()}({{ scopes: ["{t.n()}.{t.v()}"], limit: {t.num()} }});']
            if k == 1:
                return [f'if ({x}.errorCode === "{t.n().upper()}{t.num()}") {{',
                        f"  // {t.clause()}", f"  throw new {P}Error(`{t.a()} ${{{x}.code}}`);", "}"]
            if k == 2:
                return ["try {", f"  await {t.camel()}({x}, {{ retry: {r.choice(['true', 'false'])} }});",
                        "} catch (error) {", f"  console.warn(\"{t.a()} {t.n()}\", error.message);", "}"]
            if k == 3:
                return [f"for (const {t.ident()} of {x}.filter((item) => item.{t.ident()} > {t.num()})) {{",
                        f"  {t.camel()}.push(/{t.n()}-\\d+/.exec(String({t.ident()})) ?? null);", "}"]
            if k == 4:
                return [f"let {x}{': number' if ts else ''} = {t.num()} * 1e{t.num(1, 6)} - 0x{t.hexid(4)};"]
            return [f"setTimeout(() => {t.camel()}({x}), {t.num(10, 9000)});"]
        if ts:
            head = [f'import {{ {P}, type {P}Options }} from "@{t.ident()}/{t.ident()}";', "",
                    f"interface {t.pascal()}State {{", f"  {t.ident()}: string | undefined;",
                    f"  {t.ident()}Count?: number;", "}", "",
                    f"export async function {f}(client: {P}, options: {P}Options): Promise<void> {{"]
        else:
            head = [f'import {{ {P} }} from "{t.ident()}-{t.ident()}";', "",
                    f"export async function {f}(client, limit = {t.num()}) {{"]
        return self._fill(head, ["}"], want, stmt, "  ")

    def c_javascript(self, want):
        return self._js(want, False)

    def c_typescript(self, want):
        return self._js(want, True)

    def c_bash(self, want):
        r, t = self.r, self

        def stmt():
            k = r.randrange(6)
            x = t.ident().upper()
            if k == 0:
                return [f"# {t.clause()}", f"{t.ident()} {t.n()} show --name \"${{{x}}}\" --output json | jq -r '.{t.n()}[].{t.n()}'"]
            if k == 1:
                return [f'if [[ -z "${{{x}:-}}" ]]; then', f"  echo \"{t.a()} {t.n()}\" >&2", f"  exit {t.num(1, 99)}", "fi"]
            if k == 2:
                return [f"for attempt in $(seq 1 {t.num(2, 9)}); do", f"  {t.ident()} --{t.n()} {t.num()} && break", f"  sleep $((attempt * {t.num(2, 9)}))", "done"]
            if k == 3:
                return [f"{t.ident()} login --service-principal \\", f"  --username <app-id> \\", f"  --{t.n()} <{t.n()}-id>"]
            if k == 4:
                return [f"{x}=\"$(curl -fsS -H 'X-{t.n().capitalize()}: {t.hexid()}' https://{t.ident()}.example/{t.n()}/{t.num()})\""]
            return [f"export {x}={t.hexid(6)} {x}_{t.ident().upper()}=/var/lib/{t.ident()}/{t.n()}"]
        return self._fill(["#!/usr/bin/env bash", "set -euo pipefail"], [f"echo \"{t.n()} ok\""], want, stmt, "")

    def c_json(self, want):
        r, t = self.r, self
        rows = []

        def stmt():
            k = r.randrange(4)
            if k == 0:
                return [f'"{t.camel()}": "{t.a()} {t.n()} {t.num()}",']
            if k == 1:
                return [f'"{t.camel()}": {{', f'  "{t.ident()}": {t.num()},', f'  "enabled": {r.choice(["true", "false", "null"])}', "},"]
            if k == 2:
                return [f'"{t.camel()}": ["{t.ident()}", "{t.ident()}", {t.num()}.{t.num(0, 99)}],']
            return [f'"{t.camel()}": {t.num()},']
        return self._fill(["{", f'  "error": "{t.snake()}",'], [f'  "correlationId": "{t.hexid(8)}-{t.hexid(4)}-{t.hexid(12)}"', "}"], want, stmt, "  ")

    def c_yaml(self, want):
        r, t = self.r, self

        def stmt():
            k = r.randrange(4)
            if k == 0:
                return [f"{t.camel()}: {t.num()}  # {t.a()} {t.n()}"]
            if k == 1:
                return [f"{t.camel()}:", f"  - name: {t.ident()}-{t.num()}", f'    value: "{t.hexid()}"']
            if k == 2:
                return [f"{t.camel()}:", f"  {t.ident()}: {r.choice(['true', 'false'])}", f"  {t.ident()}: {t.num()}Mi"]
            return [f"{t.camel()}: [{t.ident()}, {t.ident()}]"]
        return self._fill([f"apiVersion: {t.ident()}.example/v{t.num(1, 3)}", f"kind: {t.pascal()}",
                           "metadata:", f"  name: {t.ident()}-{t.n()}", "spec:"], [], want, stmt, "  ")

    def c_go(self, want):
        r, t = self.r, self
        P = t.pascal()

        def stmt():
            k = r.randrange(5)
            x = t.camel()
            if k == 0:
                return [f'{x}, err := client.{t.pascal()}(ctx, "{t.n()}-{t.num()}")', "if err != nil {",
                        f'\treturn fmt.Errorf("{t.a()} {t.n()}: %w", err)', "}"]
            if k == 1:
                return [f"for i := 0; i < {t.num(2, 30)}; i++ {{", f"\tlog.Printf(\"{t.n()} %d\", i)", f"\ttime.Sleep({t.num()} * time.Millisecond)", "}"]
            if k == 2:
                return [f"// {t.clause()}", f"{x} := map[string]int{{\"{t.n()}\": {t.num()}, \"{t.n()}\": 0x{t.hexid(4)}}}"]
            if k == 3:
                return [f"switch {x}.StatusCode {{", f"case {t.num(400, 599)}:", "\tcontinue", "default:", f"\t{t.camel()}({x})", "}"]
            return [f"defer {x}.Close()"]
        head = [f"package {t.ident()}", "", f"// {P} {t.clause()}.",
                f"func {P}(ctx context.Context, client *{t.pascal()}) error {{"]
        return self._fill(head, ["\treturn nil", "}"], want, stmt, "\t")

    def c_java(self, want):
        r, t = self.r, self
        P = t.pascal()

        def stmt():
            k = r.randrange(5)
            x = t.camel()
            if k == 0:
                return [f'var {x} = client.{t.camel()}("{t.n()}", Duration.ofSeconds({t.num()}));']
            if k == 1:
                return [f"if ({x}.statusCode() == {t.num(400, 599)}) {{", f'    throw new {P}Exception("{t.a()} {t.n()}", {x});', "}"]
            if k == 2:
                return ["try {", f"    {t.camel()}.submit(() -> {t.camel()}({x}));", f"}} catch ({P}Exception e) {{",
                        f'    log.warn("{t.n()} {{}}", e.getMessage());', "}"]
            if k == 3:
                return [f"// {t.clause()}", f"Map<String, Integer> {x} = Map.of(\"{t.n()}\", {t.num()}, \"{t.n()}\", {t.num()});"]
            return [f"final long {x} = {t.num()}L << {t.num(1, 30)};"]
        head = [f"public final class {P} {{", f"    /** {t.clause().capitalize()}. */",
                f"    public static void {t.camel()}({t.pascal()} client) {{"]
        return self._fill(head, ["    }", "}"], want, stmt, "        ")

    def c_csharp(self, want):
        r, t = self.r, self
        P = t.pascal()

        def stmt():
            k = r.randrange(5)
            x = t.camel()
            if k == 0:
                return [f'var {x} = await client.{t.pascal()}Async("{t.n()}", new {t.pascal()}Options {{ Limit = {t.num()} }});']
            if k == 1:
                return [f"if ({x} is null || {x}.Count > {t.num()})", "{", f'    throw new {P}Exception($"{t.a()} {{{x}}}");', "}"]
            if k == 2:
                return ["try", "{", f"    await {t.pascal()}({x});", "}", f"catch ({P}Exception ex) when (ex.Code == {t.num()})", "{",
                        f'    logger.LogWarning("{t.n()}: {{Message}}", ex.Message);', "}"]
            if k == 3:
                return [f"// {t.clause()}", f"string {x} = Environment.GetEnvironmentVariable(\"{t.n().upper()}\") ?? \"{t.hexid()}\";"]
            return [f"var {x} = items.Where(i => i.{t.pascal()} > {t.num()}).Select(i => i.Id).ToList();"]
        head = [f"using {t.pascal()}.{t.pascal()};", "", f"public sealed class {P}", "{",
                f"    public async Task {t.pascal()}Async({t.pascal()} client)", "    {"]
        return self._fill(head, ["    }", "}"], want, stmt, "        ")

    def c_powershell(self, want):
        r, t = self.r, self

        def stmt():
            k = r.randrange(5)
            x = t.pascal()
            if k == 0:
                return [f"${x} = Get-{t.pascal()} -Name \"{t.n()}\" -Top {t.num()} | Where-Object {{ $_.{t.pascal()} -eq {t.num()} }}"]
            if k == 1:
                return [f"if (-not ${x}) {{", f'    Write-Error "{t.a()} {t.n()}: ${x}"', "}"]
            if k == 2:
                return ["try {", f"    Set-{t.pascal()} -Id ${x}.Id -ErrorAction Stop", "} catch {", f"    Write-Warning $_.Exception.Message", "}"]
            if k == 3:
                return [f"# {t.clause()}", f"Connect-{t.pascal()} -Scopes \"{t.n()}.Read.All\" -TenantId '{t.hexid()}'"]
            return [f"foreach (${t.ident()} in ${x}) {{ [void]$list.Add(${t.ident()}.ToString()) }}"]
        head = ["param(", f"    [Parameter(Mandatory)][string]${t.pascal()},", f"    [int]$Limit = {t.num()}", ")", ""]
        return self._fill(head, [], want, stmt, "")

    def c_http(self, want):
        r, t = self.r, self
        m = r.choice(["GET", "POST", "PUT", "PATCH"])
        head = [f"{m} /{t.n()}/v{t.num(1, 4)}/{t.n()}?{t.n()}={t.num()} HTTP/1.1",
                f"Host: {t.ident()}.example", "Authorization: Bearer <token>",
                "Content-Type: application/json"]
        while len(head) < want - 5:
            head.append(f"X-{t.n().capitalize()}-{t.n().capitalize()}: {r.choice([t.hexid(), t.a(), str(t.num())])}")
        return "\n".join(head + ["", "{", f'  "{t.camel()}": "{t.a()} {t.n()}",', f'  "{t.camel()}": {t.num()}', "}"])

    def c_sql(self, want):
        r, t = self.r, self

        def stmt():
            k = r.randrange(4)
            T = t.snake()
            if k == 0:
                return [f"-- {t.clause()}", f"SELECT {t.ident()}, count(*) AS {t.ident()}_total", f"FROM {T}",
                        f"WHERE {t.ident()} = '{t.a()}' AND {t.ident()} > {t.num()}", f"GROUP BY {t.ident()}", f"ORDER BY 2 DESC LIMIT {t.num()};"]
            if k == 1:
                return [f"UPDATE {T} SET {t.ident()} = {t.ident()} + {t.num()}, {t.ident()} = NULL", f"WHERE {t.ident()} IN ({t.num()}, {t.num()}, {t.num()});"]
            if k == 2:
                return [f"CREATE INDEX CONCURRENTLY {T}_idx ON {T} ({t.ident()}, {t.ident()} DESC);"]
            return [f"SELECT pg_{t.ident()}(pid), age(now(), {t.ident()}_start) FROM {T}", f"LEFT JOIN {t.snake()} USING ({t.ident()}) WHERE state <> 'idle';"]
        return self._fill(["BEGIN;"], ["COMMIT;"], want, stmt, "")

    def c_hcl(self, want):
        r, t = self.r, self

        def stmt():
            k = r.randrange(4)
            if k == 0:
                return [f'{t.snake()} = "{t.a()}-{t.n()}"']
            if k == 1:
                return [f"{t.n()} {{", f"  {t.snake()} = {t.num()}", f"  enabled = {r.choice(['true', 'false'])}", "}"]
            if k == 2:
                return [f"# {t.clause()}", f"{t.snake()} = [for k, v in var.{t.snake()} : lower(v) if v != \"{t.n()}\"]"]
            return [f"{t.snake()} = \"${{var.{t.snake()}}}-{t.num()}\""]
        return self._fill([f'resource "{t.ident()}_{t.n()}" "{t.ident()}" {{'], ["}"], want, stmt, "  ")


# --------------------------------------------------------------------------
# Guides
# --------------------------------------------------------------------------
class Guide:
    __slots__ = ("kind", "slug", "title", "short", "code", "description", "provider", "tags",
                 "last_reviewed", "references", "related", "subjects", "covers", "n", "slug_pair")

    @property
    def key(self):
        return self.kind + "/" + self.slug


KINDS = [("errors", "Error guides"), ("compare", "Compare guides"), ("playbooks", "Playbooks")]


def slugify(s):
    return "-".join("".join(c if c.isalnum() else " " for c in s.lower()).split())


class Corpus:
    def __init__(self, n, seed):
        self.n, self.seed = n, seed
        nc, np = max(4, round(n * 0.12)), max(4, round(n * 0.08))
        ne = n - nc - np
        nprov = 20 + n // 500
        ntags = 60 + n // 50
        r = random.Random(f"{seed}:meta")
        self.providers = [PROVIDER_ROOTS[i] if i < len(PROVIDER_ROOTS)
                          else PROVIDER_ROOTS[i % len(PROVIDER_ROOTS)] + " " + NOUNS[(i * 7) % len(NOUNS)].capitalize() + f" {i}"
                          for i in range(nprov)]
        # Providers whose names start alike still have codes of their own.
        self.prefixes = {p: "".join(c for c in p.upper() if c.isalpha())[:4] + (chr(64 + i // len(PROVIDER_ROOTS)) if i >= len(PROVIDER_ROOTS) else "")
                         for i, p in enumerate(self.providers)}
        tags = []
        for i in range(ntags):
            tags.append(f"{NOUNS[i % len(NOUNS)]}-{ADJ[(i * 5 + i // len(NOUNS)) % len(ADJ)]}" + (f"-{i // 400}" if i >= 400 else ""))
        self.tags = sorted(set(tags))
        self.errors, self.compare, self.playbooks = [], [], []
        for i in range(ne):
            g = self._new("errors", i, r)
            g.code = f"{self.prefixes[g.provider]}{10000 + i}"
            g.short = r.choice(TITLE_A)
            g.title = f"{g.code} - {g.short} ({r.choice(ADJ).capitalize()} {r.choice(NOUNS).capitalize()})"
            g.slug = slugify(g.code + " " + g.short)
            g.description = f"{g.provider} {g.code}: {Text(r).sentence(0, 0)} {Text(r).sentence(0, 0)}"
            self.errors.append(g)
        pairs = set()
        for i in range(nc):
            g = self._new("compare", i, r)
            a, b = sorted(r.sample(range(ne), 2))
            while (a, b) in pairs:
                a, b = sorted(r.sample(range(ne), 2))
            pairs.add((a, b))
            g.slug_pair = f"{self.errors[a].code}-vs-{self.errors[b].code}".lower()
            g.subjects = [self.errors[a].key, self.errors[b].key]
            g.code = f"C{i}"
            g.short = f"{self.errors[a].code} vs {self.errors[b].code}"
            g.title = f"{g.short}: {r.choice(['Root Cause', 'Which One Is It', 'Who Owns It', 'How to Tell'])}"
            g.slug = slugify(g.short + f" {i}")
            g.description = f"Debug {g.short} faster: {Text(r).sentence(0, 0)}"
            self.compare.append(g)
        for i in range(np):
            g = self._new("playbooks", i, r)
            ks = r.sample(range(ne), r.randint(3, 6))
            g.covers = [self.errors[k].key for k in ks]
            g.code = f"P{i}"
            g.short = f"{r.choice(NOUNS).capitalize()} and {r.choice(NOUNS).capitalize()} Playbook {i}"
            g.title = f"{g.short} ({' / '.join(self.errors[k].code for k in ks)})"
            g.slug = slugify(g.short)
            g.description = f"Use this playbook when {Text(r).clause()}: {Text(r).sentence(0, 0)}"
            self.playbooks.append(g)
        self.all = self.errors + self.compare + self.playbooks
        self.by_key = {g.key: g for g in self.all}
        assert len(self.by_key) == len(self.all)
        for g in self.errors:
            g.related = [x.key for x in r.sample(self.compare, 2) + r.sample(self.playbooks, 2)]
        for g in self.compare:
            o = [x for x in r.sample(self.compare, 2) if x is not g][:1]
            g.related = [x.key for x in r.sample(self.errors, 2) + o + r.sample(self.playbooks, 1)]
        for g in self.playbooks:
            o = [x for x in r.sample(self.playbooks, 2) if x is not g][:1]
            g.related = [x.key for x in r.sample(self.errors, 2) + r.sample(self.compare, 1) + o]

    def _new(self, kind, i, r):
        g = Guide()
        g.kind, g.n = kind, i
        g.subjects = g.covers = None
        g.provider = r.choice(self.providers)
        g.tags = sorted(r.sample(self.tags, 3))
        g.last_reviewed = f"2026-{r.randint(1, 10):02d}-{r.randint(1, 28):02d}"
        host = slugify(g.provider)
        g.references = [(f"{g.provider} docs: {r.choice(ADJ)} {r.choice(NOUNS)} {r.choice(NOUNS)}",
                         f"https://docs.{host}.example/{r.choice(NOUNS)}/{r.choice(NOUNS)}-{r.randint(1, 9999)}")
                        for _ in range(r.randint(3, 5))]
        return g

    # -- bodies ------------------------------------------------------------
    def body(self, g, link):
        """Markdown below the title; link(guide, from_guide) gives a link target."""
        t = Text(random.Random(f"{self.seed}:{g.kind}:{g.n}"))
        return getattr(self, "_" + g.kind)(g, t, lambda k: self._ln(k, g, link))

    def _ln(self, key, g, link):
        o = self.by_key[key]
        return f"[{o.short}]({link(o, g)})"

    def _bul(self, t, leads, lo, hi, slo=1, shi=2):
        r = t.r
        n = r.randint(lo, hi)
        return "\n".join(f"- **{lead}:** {t.para(slo, shi)}" for lead in r.sample(leads, n))

    def _num(self, t, lo, hi, leads=None):
        r = t.r
        n = r.randint(lo, hi)
        if leads:
            return "\n".join(f"{i}. **{lead}:** {t.para(1, 1)}" for i, lead in enumerate(r.sample(leads, n), 1))
        return "\n".join(f"{i}. {r.choice(IMP)} the {t.a()} {t.n()}. {t.sentence()}" for i in range(1, n + 1))

    def _table(self, t, head, rows):
        out = ["| " + " | ".join(head) + " |", "|" + " --- |" * len(head)]
        out += ["| " + " | ".join(row) + " |" for row in rows]
        return "\n".join(out)

    def _signals(self, t):
        r = t.r
        return self._table(t, ["Signal", "Meaning", "Next step"],
                           [[t.code_span(), f"{t.a()} {t.n()}", f"{r.choice(IMP).lower()} the {t.n()}"] for _ in range(r.randint(4, 6))])

    def _refs(self, g):
        return "\n".join(f"- [{title}]({url})" for title, url in g.references)

    def _errors(self, g, t, ln):
        r = t.r
        s = g.short
        topics = r.sample(TOPICS, 2)
        parts = [f"## What Does {s} Mean?", t.para(2, 3), t.para(1, 2) + f" See also {ln(g.related[0])}."]
        parts += ["## Common Causes", self._bul(t, CAUSE_LEADS, 4, 5, 1, 1)]
        parts += [f"## How to Fix {s}", self._num(t, 3, 4, FIX_LEADS)]
        parts += [f"## Step-by-Step Diagnosis for {s}", self._num(t, 3, 4)]
        parts += [f"## {topics[0]} vs. {t.a().capitalize()} {t.n().capitalize()}", t.para(1, 2),
                  f"- {t.sentence()}\n- {t.sentence()}"]
        parts += [f"## {topics[1]} Logic", self._signals(t), t.para(1, 2)]
        parts += ["## Implementation Examples"]
        for lang in r.sample(LANGS, 3):
            parts += [t.sentence(), f"```{lang}\n{t.code(lang)}\n```"]
        parts += ["## How to Verify the Fix", "\n".join(f"- {t.sentence()}" for _ in range(3))]
        parts += ["## How to Prevent Recurrence", self._bul(t, PREVENT_LEADS, 3, 4, 1, 1),
                  f"> **Pro tip:** {t.sentence()} Follow {ln(g.related[2])} when it returns."]
        parts += ["## Official References", self._refs(g)]
        parts += ["## Provider Context", f"This guidance is specific to {g.provider}. {t.sentence()}"]
        return "\n\n".join(parts) + "\n"

    def _compare(self, g, t, ln):
        r = t.r
        a, b = (self.by_key[k] for k in g.subjects)
        parts = ["## Quick Answer", t.para(2, 3), f"Use {ln(a.key)} for the first and {ln(b.key)} for the second."]
        aspects = r.sample(ASPECTS, 8)
        parts += ["## Side by Side", self._table(t, ["Aspect", a.code, b.code],
                  [[x, f"{t.a()} {t.n()} {t.code_span()}", f"{t.clause()}"] for x in aspects])]
        parts += [f"## When It Is {a.code}", t.para(3, 4), "\n".join(f"- {t.sentence()}" for _ in range(3))]
        parts += [f"## When It Is {b.code}", t.para(3, 4), "\n".join(f"- {t.sentence()}" for _ in range(3))]
        parts += ["## How to Tell Them Apart", self._num(t, 4, 6)]
        parts += ["## Implementation Examples"]
        for lang in r.sample(LANGS, 2):
            parts += [t.sentence(), f"```{lang}\n{t.code(lang)}\n```"]
        parts += ["## Common Mistakes", self._bul(t, CAUSE_LEADS, 3, 4)]
        parts += ["## Official References", self._refs(g)]
        return "\n\n".join(parts) + "\n"

    def _playbooks(self, g, t, ln):
        r = t.r
        parts = ["## When to Use This Playbook", t.para(3, 4)]
        parts += ["## Errors Covered", "\n".join(f"- {ln(k)}: {t.sentence()}" for k in g.covers)]
        parts += ["## Triage", self._table(t, ["Symptom", "Likely", "Go to step"],
                  [[f"{t.a()} {t.n()}", t.code_span(), str(r.randint(1, 8))] for _ in range(5)])]
        parts += ["## Steps"]
        n = r.randint(8, 12)
        steps = []
        for i in range(1, n + 1):
            s = f"{i}. **{r.choice(IMP)} the {t.a()} {t.n()}.** {t.para(1, 2)}"
            if i in (2, 5):
                lang = r.choice(["bash", "sql", "powershell", "json"])
                pad = " " * (len(str(i)) + 2)
                code = "\n".join((pad + line) if line else "" for line in t.code(lang).split("\n"))
                s += f"\n\n{pad}```{lang}\n{code}\n{pad}```\n"
            steps.append(s)
        parts += ["\n".join(steps)]
        parts += ["## Escalate", t.para(2, 3)]
        parts += ["## Verify Recovery", "\n".join(f"- {t.sentence()}" for _ in range(4))]
        parts += ["## Official References", self._refs(g)]
        return "\n\n".join(parts) + "\n"


# --------------------------------------------------------------------------
# Writing
# --------------------------------------------------------------------------
def q(s):
    return json.dumps(s, ensure_ascii=False)


def yaml_front(g, **extra):
    out = ["---", f"title: {q(g.title)}", f"description: {q(g.description)}"]
    for k, v in extra.items():
        out.append(f"{k}: {v}")
    out += [f"last_reviewed: {g.last_reviewed}", "references:"]
    for title, url in g.references:
        out += [f"  - title: {q(title)}", f"    url: {q(url)}"]
    for name in ("related", "subjects", "covers"):
        v = getattr(g, name)
        if v:
            out.append(f"{name}:")
            out += [f"  - {k}" for k in v]
    out.append("---")
    return "\n".join(out) + "\n\n"


def write(path, text):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8", newline="\n") as f:
        f.write(text)


def rel_md(o, g):
    return (o.slug if o.kind == g.kind else f"../{o.kind}/{o.slug}") + ".md"


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--guides", type=int, required=True)
    ap.add_argument("--format", required=True)
    ap.add_argument("--out", required=True)
    ap.add_argument("--seed", default="1")
    ap.add_argument("--no-highlight", action="store_true", help="turn build-time highlighting off in the site's config")
    a = ap.parse_args()
    import fieldguide_site
    import peers
    formats = {**peers.FORMATS, "fieldguide": fieldguide_site.fieldguide}
    fmt = formats.get(a.format)
    if fmt is None:
        ap.error("unknown format; one of " + ", ".join(formats))
    if os.path.isdir(a.out):
        shutil.rmtree(a.out)
    os.makedirs(a.out)
    c = Corpus(a.guides, a.seed)
    fmt(c, a.out, not a.no_highlight)


if __name__ == "__main__":
    main()
