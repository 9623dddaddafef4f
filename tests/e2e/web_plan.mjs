// The plan and all that is handed over: previews for every reader, downloads, consent, the answers behind each line,
// worksheets that come back, and that a drawing delays nobody.
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { dirname, join } from "node:path";
import { cli as run, equal, ok, start } from "./web.mjs";

const top = join(dirname(fileURLToPath(import.meta.url)), "../..");
const cli = (...words) => run(words);
const h1 = (page) => page.locator("h1").innerText();
const wait = (ms) => new Promise((done) => setTimeout(done, ms));

cli("client", "add", "Amara Diallo", "--pseudonym", "Tabelle");
cli("start", "Amara Diallo");
for (const n of [1, 2]) cli("answer", "Amara Diallo", "--file", join(top, `workflows/business-model/demo/sitting-${n}.yaml`));
const hostile = `"><img src=x onerror=alert(1)><script>alert(2)</script>{{token}} &amp;`;
cli("client", "add", "Zoé <b onclick=alert(4)>");
cli("start", "Zoé <b onclick=alert(4)>");
const signs = JSON.stringify(hostile);
writeFileSync("hostile.yaml", `answers:
  client_type: both
  job_scope: several
  job: ${signs}
  wish: ${signs}
  block_order: person
  kr: [{ text: ${signs}, kind: skill, use: weekly }, { text: ${signs} again, kind: asset, use: weekly }]
`.replace(`${signs} again`, JSON.stringify(hostile + " again")));
cli("answer", "Zoé <b onclick=alert(4)>", "--file", "hostile.yaml");
const journeys = Object.fromEntries(JSON.parse(cli("status", "--json")).map((row) => [row.client, row.journey]));
const of = (who, rest) => `/journeys/${journeys[who]}/${rest}`;
const amara = (rest) => of("Amara Diallo", rest);

const app = await start({ env: { ESPALIER_DRAW: process.env.ESPALIER_DRAW } });

for (const [name, path] of [["plan", "plan"], ["coach", "plan?for=coach&document=prep"], ["refused", "plan?for=sponsor"],
  ["papers", "papers"], ["back", "worksheet"]])
  await app.everywhere(`page-${name}`, amara(path));

// Light or dark as chosen, against the device.
{
  const page = await app.page({ dark: true });
  await page.context().addCookies([{ name: "theme", value: "light", url: app.origin }]);
  await app.go(page, amara("plan"));
  equal("a document is as light as the page", await page.locator("#paper h1").evaluate((h) => getComputedStyle(h).color),
    "rgb(43, 42, 40)");
  await app.axe(page, "plan in light on a dark device");
  await page.emulateMedia({ media: "print" });
  ok("on paper there is nothing but the document", await page.locator(".top-inner").isHidden() &&
    await page.locator(".plan-tools").isHidden() && await page.locator("#paper h1").isVisible() &&
    await page.locator("#paper .board .top").first().isVisible());
  await page.context().close();
}

// Downloads, with their names and kinds.
const visitor = await app.page();
await app.go(visitor, amara("plan"));
const cookie = (await visitor.context().cookies()).map((one) => `${one.name}=${one.value}`).join("; ");
const near = (path) => app.url(path).replace("espalier.localhost", "127.0.0.1");
const get = async (path) => {
  const answer = await fetch(near(path), { headers: { Cookie: cookie }, redirect: "manual" });
  return { status: answer.status, headers: Object.fromEntries(answer.headers), body: Buffer.from(await answer.arrayBuffer()) };
};
const day = /%20-%20\d{4}-\d\d-\d\d\./;
for (const [path, type, begins] of [
  ["plan.pdf", "application/pdf", "%PDF-"], ["plan.pdf?paper=Letter", "application/pdf", "%PDF-"],
  ["plan.docx", /wordprocessingml/, "PK"], ["plan.odt", /opendocument\.text/, "PK"],
  ["plan.html", /^text\/html/, "<!doctype html>"], ["plan.md", /^text\/markdown/, "# "], ["plan.txt", /^text\/plain/, ""],
  ["plan.json", "application/json", "{"], ["canvas.pdf", "application/pdf", "%PDF-"],
  ["canvas.svg?state=blank", /^image\/svg/, "<?xml"], ["canvas.png", "image/png", "\x89PNG"],
  ["canvas.md", /^text\/markdown/, ""], ["canvas.txt", /^text\/plain/, ""], ["canvas.json", "application/json", "{"],
  ["worksheet.html", /^text\/html/, "<!"], ["calendar.ics", /^text\/calendar/, "BEGIN:VCALENDAR"],
  ["tables/items.csv", /^text\/csv/, "\xef\xbb\xbf"], ["tables/hours.csv", /^text\/csv/, "\xef\xbb\xbf"]]) {
  const answer = await get(amara(path));
  ok(`${path} is a file of its kind`, answer.status === 200 && answer.headers["content-type"].match(type) &&
    answer.body.toString("latin1").startsWith(begins), [answer.status, answer.headers["content-type"]]);
  const name = answer.headers["content-disposition"] ?? "";
  ok(`${path} has a good name`, name.startsWith("attachment; filename*=UTF-8''Amara%20Diallo%20-%20") && day.test(name), name);
  ok(`${path} has the required headers`, answer.headers["x-content-type-options"] === "nosniff" &&
    answer.headers["cache-control"] === "no-store" && /default-src 'none'/.test(answer.headers["content-security-policy"]));
  if (!path.includes("?")) writeFileSync(path.replaceAll("/", "-"), answer.body);
}
for (const path of ["plan.exe", "plan.svg", "canvas.docx", "tables/secrets.csv", "tables/items.pdf", "plan?for=nobody",
  "plan?document=nothing", "plan.pdf?document=../x", "canvas.pdf?state=prototype99"])
  ok(`${path} is not there`, [400, 404].includes((await get(amara(path))).status), (await get(amara(path))).status);
const strange = await get(of("Zoé <b onclick=alert(4)>", "plan.md"));
ok("a name with signs is encoded", /UTF-8''Zo%C3%A9%20_b%20onclick%3Dalert%284%29_/.test(strange.headers["content-disposition"]),
  strange.headers["content-disposition"]);
ok("a programme is not told the name", !/Amara/.test((await get(amara("plan.md?for=programme"))).headers["content-disposition"] ?? ""));

// Who may receive what; all of it without a script.
{
  const page = await app.page({ script: false, acceptDownloads: true });
  const refused = await get(amara("plan.pdf?for=sponsor"));
  ok("a file without the client's word leads to the page that explains", refused.status === 303 &&
    refused.headers.location.endsWith("/plan?document=plan&for=sponsor"), refused.headers.location);
  equal("of the coach's own sheet no other reader is offered",
    (await app.go(page, amara("plan?document=prep&for=client"))).includes("why"), false);
  await app.go(page, amara("plan?for=sponsor"));
  equal("the reason is told", await h1(page), "Not without the client's word");
  const notes = () => (cli("notes", "Amara Diallo", "--json").match(/given to the sponsor/g) ?? []).length;
  const before = notes();
  await page.locator(".fold > summary").click();
  await page.locator("#why").fill("Agreed by telephone");
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Give it" }).click()]);
  await download.saveAs("sponsor.pdf");
  ok("it is given with a reason", readFileSync("sponsor.pdf").toString("latin1").startsWith("%PDF-"));
  equal("which is kept", notes(), before + 1);
  await get(amara("plan.md?for=sponsor&why=because"));
  equal("and a link alone gives nothing", notes(), before + 1);
  await page.context().close();
}

// Nothing that a person wrote is markup.
for (const path of ["plan", "plan?for=coach&document=prep", "plan?document=book", "papers"]) {
  await app.go(visitor, of("Zoé <b onclick=alert(4)>", path));
  equal(`${path} has no markup of others`, await visitor.locator("main [onclick], main [onerror], main script, main img").count(), 0);
}
await app.go(visitor, of("Zoé <b onclick=alert(4)>", "plan?for=coach&document=prep"));
ok("and their words as they are", (await visitor.locator("main").innerText()).includes("Zoé <b onclick"));

// The preview follows the session.
{
  await app.go(visitor, amara("plan?for=coach&document=prep"));
  const before = await visitor.locator("main").getAttribute("data-revision");
  cli("answer", "Amara Diallo", "--file", join(top, "workflows/business-model/demo/sitting-3.yaml"));
  await visitor.waitForFunction((old) => document.querySelector("main").dataset.revision !== old, before, { timeout: 15000 });
  ok("what was answered elsewhere is in the preview", true);
}

// The answers behind each line, while others are answered.
{
  await app.go(visitor, amara("plan?for=coach"));
  await visitor.locator("[data-sources]").click();
  let slowest = 0, n = 0;
  while (await visitor.locator("#paper .sources").count() === 0 && n < 900) {
    const begun = performance.now();
    await get("/assets/none");
    slowest = Math.max(slowest, performance.now() - begun);
    n++;
    await wait(100);
  }
  ok("every line leads to its answers", (await visitor.locator("#paper .why a").count()) > 20);
  ok("and each answer to its question", (await visitor.locator("#paper .sources .ask a").first().getAttribute("href"))
    .startsWith(amara("question?key=")));
  ok("others were answered meanwhile", n > 2, { n, slowest });
  await app.axe(visitor, "plan with sources");
}

// A slow drawing delays nobody; two at once, eight in line; whoever leaves takes the drawing along.
{
  rmSync("begun", { force: true });
  writeFileSync("slow", "");
  const many = Array.from({ length: 12 }, () => get(amara("canvas.svg")));
  await wait(700);
  const times = [];
  for (let i = 0; i < 20; i++) {
    const begun = performance.now();
    await get("/assets/none");
    times.push(performance.now() - begun);
  }
  equal("two are drawn at once", readFileSync("begun", "utf8").trim().split("\n").length, 2);
  ok("answers come at once meanwhile", times.sort((a, b) => a - b)[10] < 1000, times);
  rmSync("slow");
  const all = await Promise.all(many);
  equal("ten get their drawing", all.filter((one) => one.status === 200).length, 10);
  ok("and the others are told to come again", all.filter((one) => one.status === 503 && one.headers["retry-after"]).length === 2,
    all.map((one) => one.status));
  writeFileSync("slow", "");
  rmSync("begun");
  const leaving = new AbortController();
  const gone = fetch(near(amara("canvas.svg")),
    { headers: { Cookie: cookie }, signal: leaving.signal }).catch(() => "gone");
  for (let i = 0; i < 50 && !existsSync("begun"); i++) await wait(50);
  const pid = Number(readFileSync("begun", "utf8"));
  leaving.abort();
  equal("somebody leaves", await gone, "gone");
  let alive = true;
  for (let i = 0; i < 20 && alive; i++) {
    await wait(50);
    alive = existsSync(`/proc/${pid}`);
  }
  equal("and the drawing ends", alive, false);
  rmSync("slow");
}

// A worksheet comes back: pasted without a script, picked with one.
{
  const sheet = { espalier: "answers" };
  const page = await app.page({ script: false });
  await app.go(page, amara("worksheet"));
  await page.locator("#answers").fill("no file of answers " + hostile);
  await page.getByRole("button", { name: "Take the answers in" }).click();
  ok("what is none is told", (await page.locator("#wrong").innerText()).length > 10);
  equal("and kept as it was typed", await page.locator("#answers").inputValue(), "no file of answers " + hostile);
  await page.context().close();
  const picking = await app.page();
  await app.go(picking, amara("worksheet"));
  writeFileSync("picked.json", JSON.stringify(sheet));
  await picking.locator("#file").setInputFiles("picked.json");
  await picking.waitForFunction(() => document.getElementById("answers").value !== "");
  equal("a file is read into the field", await picking.locator("#answers").inputValue(), JSON.stringify(sheet));
  await picking.context().close();
}

await app.stop();
