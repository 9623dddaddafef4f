// The pages that look back, as a coach uses them; run by browser_review.sh in a practice of its own.
import { start, ok, equal } from "./web.mjs";
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { Agent, request } from "node:http";

const run = (...words) => {
  try {
    return execFileSync(process.env.ESPALIER, words, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
  } catch (e) {
    return e.stdout;
  }
};
// Every byte of the practice, also of what is not yet in its main file.
const digest = () => {
  const hash = createHash("sha256");
  for (const end of ["", "-wal"]) {
    const file = process.env.ESPALIER_DB + end;
    if (existsSync(file)) hash.update(readFileSync(file));
  }
  return hash.digest("hex");
};
const journeys = Object.fromEntries(JSON.parse(run("status", "--json")).map((one) => [one.client, one.journey]));
const at = (client, rest) => `/journeys/${journeys[client]}/${rest}`;
const answer = (client, key) =>
  JSON.parse(run("review", client, "--json")).answered.find((one) => one.key === key)?.shown;

const app = await start({ env: { TZ: "XXX-1" } }); // an hour before Greenwich
const plain = await app.page({ script: false });
const scripted = await app.page();
const text = (page, selector) => page.locator(selector).first().innerText();
const preview = (page) => page.locator(".change-do button").first().click();
const save = (page) => page.locator(".change-do button").nth(1).click();

// ---- the path ----
await app.everywhere("review", at("Amara", "review?history=define/wish"));
await plain.goto(app.url(at("Amara", "review")));
equal("the path has every answer", await plain.locator("[data-entry]").count(),
  JSON.parse(run("review", "Amara", "--json")).answered.length);
ok("a list is a list", await plain.locator("#main .answer-list li", { hasText: "Keeping accounts" }).first().isVisible());
ok("with what was said of each entry", /Lies idle/.test(await text(plain, ".answer-list li:has-text('Keeping accounts')")));
ok("a grid is a table", (await text(plain, ".answer-table")).includes("interpreter"));
ok("what was sorted stands in its columns",
  (await plain.locator(".answer-group", { hasText: "I could do without it" }).first().innerText()).includes("Shop and carry"));
ok("what is private is marked", (await plain.locator(".entry.is-private .tag").count()) > 0);
// One connection for all of them, as browsers keep theirs.
const agent = new Agent({ keepAlive: true, maxSockets: 1 });
const cookies = (await scripted.context().cookies()).map((one) => `${one.name}=${one.value}`).join("; ");
const ask = (method, path) => new Promise((done) => {
  const asked = request({ host: "127.0.0.1", port: new URL(app.origin).port, method, path, agent,
    headers: { Host: new URL(app.origin).host, Cookie: cookies } }, (got) => got.resume().on("end", () => done(got.statusCode)));
  asked.setTimeout(20000, () => asked.destroy(new Error("no answer"))).on("error", (e) => done(String(e))).end();
});
const times = [];
for (let i = 0; i < 7; i++) {
  const before = performance.now();
  await ask("GET", at("Amara", "review"));
  times.push(performance.now() - before);
}
equal("asking for the head of a stream leaves its connection to the next request",
  [await ask("HEAD", at("Amara", "live")), await ask("GET", at("Amara", "review"))], [200, 200]);
agent.destroy();
console.log(`# the page of ${await plain.locator("[data-entry]").count()} answers: ` +
  `${times.sort((a, b) => a - b)[3].toFixed(0)} ms (middle of ${times.length})`);

// ---- find ----
await plain.locator("#find").fill("SUNDAYS");
await plain.locator(".find button").click();
ok("without a script the field narrows the path", (await plain.locator("[data-entry]").count()) < 40);
ok("case and accents do not matter", await plain.locator("[data-entry]", { hasText: "And I want my Sundays back" }).first().isVisible());
await scripted.goto(app.url(at("Amara", "review")));
await scripted.locator("#find").pressSequentially("zzzz");
ok("with a script at once", await scripted.locator("[data-none]").isVisible());
await scripted.locator("#find").fill("");
ok("and all of it comes back", await scripted.locator("[data-entry]").first().isVisible());

// ---- history ----
run("answer", "Amara", "wish=Another wish");
run("undo", "Amara");
for (const page of [plain, scripted]) {
  await page.goto(app.url(at("Amara", "review")));
  await page.locator("[data-entry]", { hasText: "What should be different for you" }).getByRole("link", { name: "History" }).click();
  await page.locator(".history").waitFor();
  ok("the history of an answer is one click away", /taken back[\s\S]*Another wish[\s\S]*Sundays/.test(await text(page, ".history")));
  const hours = Number((await text(page, ".history .time")).slice(0, 2)) - new Date().getUTCHours();
  ok("its times are those of the machine", hours === 1 || hours === -23 || hours === 2, hours);
  await page.getByRole("button", { name: "Français" }).click();
  await page.getByRole("button", { name: "Français", pressed: true }).waitFor();
  ok("another language shows the same history", await page.locator(".history").isVisible());
  await page.getByRole("button", { name: "English" }).click();
  await page.getByRole("button", { name: "English", pressed: true }).waitFor();
}

// ---- a change, seen before it is saved, without a script ----
const question = at("Amara", "question?key=define/cs_not_paying");
await plain.goto(app.url(question));
await plain.locator("input[name=v][value=false]").check();
const before = digest();
await preview(plain);
ok("the answer now and then", /yes[\s\S]*no/.test(await text(plain, ".before-after")));
ok("answers that are set aside", (await text(plain, ".effects")).includes("What do these sponsors want"));
ok("a line of the plan", (await text(plain, ".diff .plus")).startsWith("added: I help") ||
  (await plain.locator(".diff .plus", { hasText: "I help" }).count()) === 1);
ok("a note of the canvas", (await plain.locator(".diff .minus", { hasText: "The Linden Foundation" }).count()) > 0);
equal("a preview writes nothing, to the byte", digest(), before);
await plain.reload().catch(() => {});
await plain.goto(app.url(at("Amara", "preview?key=define/wish")));
ok("its address alone leads to the question", plain.url().includes("/question?key="));
await plain.goto(app.url(question));
await plain.locator("input[name=v][value=false]").check();
await preview(plain);
await plain.getByRole("button", { name: "Go back and change" }).click();
ok("going back keeps what was chosen", await plain.locator("input[name=v][value=false]").isChecked());
equal("and has still written nothing", digest(), before);
await preview(plain);
await plain.getByRole("button", { name: "Save this answer" }).click();
ok("then it is saved", (await text(plain, ".notice.saved")) === "Saved." && answer("Amara", "define/cs_not_paying") === "no");
ok("what is set aside is counted", (await text(plain, ".review-head .lead")).includes("3 set aside"));
await plain.locator("#aside summary").click();
ok("and can be seen", await plain.locator("#aside [data-entry]", { hasText: "The Linden Foundation" }).first().isVisible());
await plain.getByRole("button", { name: "Undo" }).click();
ok("undo is in sight", answer("Amara", "define/cs_not_paying") === "yes" && /\/review/.test(plain.url()));
await plain.getByRole("button", { name: "Redo" }).click();
ok("redo too", answer("Amara", "define/cs_not_paying") === "no");
await scripted.goto(app.url(at("Amara", "review")));
await scripted.locator("h1").click();
await scripted.keyboard.press("u");
await scripted.locator("#aside").waitFor({ state: "detached" });
ok("u takes back", answer("Amara", "define/cs_not_paying") === "yes");

// ---- with a script ----
await scripted.goto(app.url(at("Amara", "question?key=define/kr")));
await app.axe(scripted, "a list to change");
await app.keep(scripted, "question");
await scripted.locator("textarea[name$='.text']").first().fill("Four languages");
await preview(scripted);
await scripted.locator(".effects .diff").first().waitFor();
ok("another name of a note on the canvas", (await scripted.locator(".diff .other", { hasText: "Four languages" }).count()) > 0);
await app.axe(scripted, "a preview");
await app.fits(scripted, "a preview");
await app.look(scripted, "review-preview");
await scripted.getByRole("button", { name: "Go back and change" }).click();
await scripted.locator(".change-do").waitFor();
equal("what was typed is kept", await scripted.locator("textarea[name$='.text']").first().inputValue(), "Four languages");
await scripted.getByRole("button", { name: "Save", exact: true }).click();
await scripted.locator(".notice.saved").waitFor();
ok("and saved", answer("Amara", "define/kr").startsWith("Four languages"));

// ---- input errors, leaving out, notes ----
for (const page of [plain, scripted]) {
  await page.goto(app.url(at("Amara", "question?key=define/co_hours")));
  await page.locator("input[name=v]").fill("quite a few");
  await preview(page);
  await page.locator("[role=alert]").waitFor();
  ok("what is wrong is said at the question, and what was typed is there",
    (await page.locator("input[name=v]").inputValue()) === "quite a few");
  await save(page);
  await page.locator("[role=alert]").waitFor();
  ok("nor is it saved", answer("Amara", "define/co_hours") === "52 hours");
}
await app.axe(scripted, "a question with an error");
await app.keep(scripted, "wrong");
await plain.goto(app.url(at("Amara", "question?key=define/ch")));
await plain.locator("details.fold summary").first().click();
await plain.locator("#why").fill("not now");
await plain.locator("#why").press("Enter");
ok("leaving out has a preview", /Left out\.\s+not now/.test(await text(plain, ".before-after .after")));
await plain.getByRole("button", { name: "Leave it out" }).click();
ok("and is told with its reason",
  /Left out\. not now/.test(await text(plain, "[data-entry]:has-text('On which ways do people find you')")));
run("undo", "Amara");
await plain.goto(app.url(at("Amara", "question?key=define/wish")));
await plain.locator("details.fold summary").nth(1).click();
await plain.locator("#note-text").fill("Ask again in <b>May</b>.");
await plain.getByRole("button", { name: "Keep the note" }).click();
ok("a note at the question", (await text(plain, ".change-beside .private")).includes("Ask again in <b>May</b>."));

// ---- two windows ----
for (const page of [plain, scripted]) {
  await page.goto(app.url(at("Amara", "question?key=define/wish")));
  run("answer", "Amara", `wish=Theirs ${page === plain}`);
  await page.locator("textarea[name=v]").fill("Mine");
  await save(page);
  await page.locator("#conflict-title").waitFor();
  const both = await text(page, ".notice.error");
  ok("the second is told and shown both", both.includes("Theirs") && both.includes("Mine"));
  equal("and has what was typed", await page.locator("textarea[name=v]").inputValue(), "Mine");
  if (page === scripted) await app.axe(page, "a conflict");
  await page.getByRole("button", { name: "Save mine instead" }).click();
  await page.locator(".notice.saved").waitFor();
  ok("and may save it all the same", answer("Amara", "define/wish") === "Mine");
}

// ---- to check ----
const french = await app.page({ french: true });
run("answer", "Zoé", "topic=delegation", "goal=Mon équipe décide sans moi", "where_now=4", "boss_knows=no");
run("answer", "Zoé", "topic=other");
await french.goto(app.url(at("Zoé", "review")));
await app.axe(french, "the path of a French journey");
await app.keep(french, "review-fr");
ok("what is to be checked stands first, with its reason", /a changé/.test(await text(french, "#check")));
await app.look(french, "review-check", { fullPage: false });
await french.goto(app.url(at("Zoé", "question?key=topic")));
await french.locator("input[name=v]").fill("la relève");
await preview(french);
await french.locator("main.preview").waitFor();
await app.axe(french, "a French preview");
await french.goto(app.url(at("Zoé", "review")));
await french.getByRole("button", { name: /Toujours juste/ }).first().click();
await french.locator("#check").waitFor({ state: "detached" });
ok("it can be said to be right as it is", JSON.parse(run("review", "Zoé", "--json")).progress.to_check === 0);
ok("the words of the page are French", (await text(french, "h1")) === "Tout le chemin");

// ---- hostile words ----
const payloads = ["<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "'><svg onload=alert(1)>",
  "</textarea><script>alert(1)</script>", "javascript:alert(1)", "{{constructor.constructor('alert(1)')()}}",
  "<iframe srcdoc='<script>parent.alert(1)</script>'>", "<a href=\"javascript:alert(1)\">x</a>", "<details open ontoggle=alert(1)>",
  "&lt;script&gt;alert(1)&lt;/script&gt;", "<!--<img src=\"--><img src=x onerror=alert(1)>", "<style>*{display:none}</style>",
  "<math><mtext><img src=x onerror=alert(1)>", "<form action=https://example.org><button>x</button></form>",
  "<base href=https://example.org/>", "<meta http-equiv=refresh content=0;url=https://example.org>", "{{words}}{{{token}}}{{&token}}",
  "[x](javascript:alert(1))", "![x](https://example.org/x.png)", "`<img src=x onerror=alert(1)>`"];
const unseen = [];
for (let i = 0; i < payloads.length; i += 5) { // five at a time: what one of them hid would be missed of the others
  const page = i % 2 ? plain : scripted, some = payloads.slice(i, i + 5);
  const look = (seen, where) => unseen.push(...some.filter((one) => !seen.includes(one)).map((one) => [where, one, seen]));
  await page.goto(app.url(at("Amara", "question?key=define/wish")));
  await page.locator("textarea[name=v]").fill(some.join("\n"));
  await preview(page);
  await page.locator(".before-after .after").waitFor();
  look(await text(page, ".before-after .after"), "in the preview");
  await page.getByRole("button", { name: "Save this answer" }).click();
  await page.locator(".notice.saved").waitFor();
  look(await text(page, "[data-entry]:has-text('What should be different for you')"), "in the path");
}
equal("hostile words are shown as text in previews and in the path", unseen, []);
await scripted.goto(app.url(at("Amara", "review?find=" + encodeURIComponent(payloads[1]) + "&history=define/wish")));
equal("hostile words are looked for as they are", await scripted.locator("#find").inputValue(), payloads[1]);
const history = await scripted.goto(app.url(at("Amara", "review?history=define/wish")));
ok("and stand in the history as text", (await text(scripted, ".history")).includes(payloads[0]) && history.ok());
const gone = await scripted.goto(app.url(at("Amara", "question?key=" + encodeURIComponent("<script>alert(1)</script>"))));
equal("a question that is not there", gone.status(), 404);
await app.stop();
