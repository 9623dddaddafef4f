// Everything that may be typed anywhere, filled with markup that would run: each page that shows it shows it as text.  What
// gets out of its text would call __xss, or leave an element or attribute named xss.  Called by browser_xss.sh.
//   node web_xss.mjs PAYLOADS
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { equal, ok, start } from "./web.mjs";

const payloads = readFileSync(process.argv[2], "utf8").split("\n").filter((line) => line.trim());
ok(`there are at least 150 payloads, all different (${payloads.length})`,
  payloads.length >= 150 && new Set(payloads).size === payloads.length);
const all = payloads.join(" | "), lines = payloads.join("\n");
// As many as fit a field of so many bytes, joined; every payload is in one of them.
const bundles = (most) => payloads.reduce((list, one) => {
  const more = [list.at(-1), one].filter(Boolean).join(" | ");
  return Buffer.byteLength(more) <= most ? [...list.slice(0, -1), more] : [...list, one];
}, [""]);
const espalier = (...words) => execFileSync(process.env.ESPALIER, words, { encoding: "utf8", stdio: ["ignore", "pipe",
  "pipe"] });

const app = await start();
const enter = async (wish) => {
  const page = await app.page(wish);
  page.setDefaultTimeout(60000);
  await page.addInitScript(() => {
    window.__hits = [];
    window.__xss = (n) => { window.__hits.push(n); console.error("__xss " + n); };
  });
  return page;
};
const page = await enter({});
await app.go(page, "/");
const token = await page.locator("[name=token]").first().inputValue();
const post = (path, fields) => page.evaluate(async ({ path, fields }) => {
  const answer = await fetch(path, { method: "POST", body: new URLSearchParams(fields), redirect: "manual" });
  return answer.type === "opaqueredirect" ? 303 : answer.status;
}, { path, fields: [["token", token], ...Object.entries(fields)] });
const take = async (name, path, fields, status = 303) => {
  const got = await post(path, fields);
  if (got !== status) ok(`${name} is taken`, false, got);
};

// ---- judging a document ----------------------------------------------------------------------------------------------

// Runs in the page: what got out of its text, and which of the texts are not there to be read.
function judge({ texts, html }) {
  const root = html === undefined ? document : new DOMParser().parseFromString(html, "text/html"), wrong = [];
  const flat = (text) => text.replace(/\s+/g, " ").trim();
  let seen = "";
  const walk = (from) => {
    for (const one of from.querySelectorAll("*")) {
      const what = one.outerHTML.slice(0, 120);
      if (/^xss/i.test(one.localName) || one.hasAttribute("xss")) wrong.push(what);
      for (const { name, value } of one.attributes) {
        seen += " \n" + value;
        if (/^(on|hx-|srcdoc)/i.test(name) || name === "style" && !/^zoom: [\d.]+;$/.test(value)
          || /^(data-)?hx-(on|vals|vars|get|post)/i.test(name)) wrong.push(name + " " + what);
        else if (/^(href|src|action|formaction|xlink:href|poster|ping|background|srcset|data)$/i.test(name)
          && !/^([/#?]|mailto:|data:image\/svg|blob:|$)/.test(value)
          || /^\/\//.test(value) && name !== "value"
            && !/^(aria-|data-|placeholder|content)/.test(name)) wrong.push(name + " " + what);
      }
      if (one.localName === "script" && !/^\/assets\//.test(one.getAttribute("src") ?? "")
        || /^(iframe|object|embed|base|frame)$/.test(one.localName)) wrong.push(what);
      if (one.localName === "template") walk(one.content);
      if (/^(input|textarea)$/.test(one.localName)) seen += " \n" + one.value;
    }
  };
  walk(root);
  const text = flat(root.documentElement.textContent + " \n" + seen);
  return { wrong: wrong.slice(0, 5), missing: texts.filter((one) => !text.includes(flat(one))).slice(0, 5),
    hits: window.__hits, size: root.documentElement.outerHTML.length };
}
const verdict = (name, { wrong, missing, hits, size }) =>
  ok(`${name}: text, and nothing but text (${size >> 10} KB)`, wrong.length === 0 && missing.length === 0
    && hits.length === 0, { wrong, missing, hits });
const judged = async (name, on = page, texts = payloads) => verdict(name, await on.evaluate(judge, { texts }));
// Loaded, and then the same swapped in.
const visit = async (name, path, texts = payloads) => {
  await page.goto(app.url(path));
  await judged(name, page, texts);
  await page.evaluate((path) => htmx.ajax("GET", path, { target: "#main", select: "#main", swap: "outerMorph" }), path);
  await judged(`${name}, swapped in`, page, texts);
};
// The answer to a form that is refused: swapped in, as pages do it, and without a script.
const bare = await enter({ script: false });
const refused = async (name, path, fields, texts) => {
  const pairs = [["token", token], ...Object.entries(fields)];
  await page.evaluate(({ path, pairs }) => {
    const form = document.createElement("form");
    Object.assign(form, { method: "post", action: path, id: "sent" });
    for (const [name, value] of pairs) {
      const field = document.createElement("textarea");
      Object.assign(field, { name, value });
      form.append(field);
    }
    document.getElementById("main").append(form);
    htmx.process(form);
  }, { path, pairs });
  const answer = page.waitForResponse((one) => one.request().method() === "POST");
  await page.evaluate(() => document.getElementById("sent").requestSubmit());
  const status = (await answer).status();
  await page.waitForFunction(() => !document.getElementById("sent"));
  ok(`${name} is refused (${status})`, status >= 400 || /shown/.test(name), status);
  await judged(name, page, texts);
};

// ---- people ----------------------------------------------------------------------------------------------------------

const names = bundles(190);
for (const name of names) await take("a name", "/clients", { name, pseudonym: name, email: name });
await visit("the desk", "/");
const people = JSON.parse(espalier("client", "list", "--json"));
let person = { wrong: [], missing: [], hits: [], size: 0 };
for (const one of people) {
  const html = await page.evaluate((path) => fetch(path).then((answer) => answer.text()), `/clients/${one.id}`);
  const found = await page.evaluate(judge, { html, texts: [one.name, one.pseudonym, one.email] });
  for (const key of ["wrong", "missing", "hits"]) person[key] = [...person[key], ...found[key]];
  person.size += found.size;
}
verdict(`the pages of ${people.length} people`, person);
await visit("the page of a client", `/clients/${people[0].id}`, [people[0].name]);
for (const find of bundles(1000).slice(0, 8)) {
  const html = await page.evaluate((path) => fetch(path).then((answer) => answer.text()),
    `/?find=${encodeURIComponent(find)}`);
  verdict("what is looked for", await page.evaluate(judge, { html, texts: [find] }));
}
await refused("a name that is too long", "/clients", { name: all, pseudonym: all, email: all });
await refused("a workflow that there is not", `/clients/${people[0].id}/start`, { workflow: all }, []);
await refused("a language that there is not", "/language", { language: all }, []);

// ---- a journey in which everything is said --------------------------------------------------------------------------

await take("the start", `/clients/${people[0].id}/start`, { workflow: "hostile" });
const journey = JSON.parse(espalier("status", "--json")).find((one) => one.journey).journey, room = `/journeys/${journey}`;
const answer = (id, fields) => take(id, `${room}/answer`, { key: `all/${id}`, ...fields });
const valueOf = (id) => JSON.parse(espalier("review", people[0].id, "--json")).answered.find((one) => one.id === id).value;
const few = bundles(300).slice(0, 3);
await answer("line", { v: all });
await answer("long", { v: lines });
await refused("a list with what is too long", `${room}/answer`, { key: "all/many",
  ...Object.fromEntries(payloads.flatMap((one, i) =>
  [[`i.${i}.text`, i ? one : one.repeat(50)], [`i.${i}.word`, one]])) });
await refused("a promise without what it is", `${room}/answer`, { key: "all/promise", know: all, help: all });
await refused("neither yes nor no", `${room}/answer`, { key: "all/agreed", agreed: all, who: all });
await answer("many", Object.fromEntries(payloads.flatMap((one, i) => [[`i.${i}.text`, one], [`i.${i}.word`, one],
  [`i.${i}.more`, one]])));
await answer("few", Object.fromEntries(few.map((one, i) => [`i.${i}.text`, one])));
await answer("promise", { what: all, by: "2027-01-05", know: all, help: all });
await answer("agreed", { agreed: "true", who: all });
await take("a reason", `${room}/skip`, { key: "all/left", why: all });
await answer("hidden", { v: lines });
await answer("many_fate", Object.fromEntries(valueOf("many").flatMap(({ id, text }) => [[`s.${id}.to`, "keep"],
  [`s.${id}.why`, text]])));
await take("a private note", `${room}/note`, { text: lines, key: "" });
await take("a note at a question", `${room}/note`, { text: lines, key: "all/line", visibility: "shared" });
await visit("the room", room);
await visit("the room at a list", `${room}?at=all/many`);
await visit("the room at what was sorted", `${room}?at=all/many_fate`);
await visit("the room at what was promised", `${room}?at=all/promise`);
await visit("the room at what was left out", `${room}?at=all/left`);
await take("a draft", `${room}/draft`, { key: "all/weights", v: lines }, 204);
await take("a draft of a text", `${room}/draft`, { key: "all/many", "i.0.text": lines }, 204);
await visit("the room at a draft", `${room}?at=all/many&draft=all/many`);
for (const name of ["at", "after", "said", "draft"])
  await visit(`an address with ${name}`, `${room}?${name}=${encodeURIComponent(bundles(900)[0])}`, []);

// ---- looking back ----------------------------------------------------------------------------------------------------

await answer("line", { v: `again ${all}` });
await visit("the path", `${room}/review`);
await visit("an answer with its history", `${room}/review?history=all/line`);
await visit("what is looked for on the path", `${room}/review?find=${encodeURIComponent(payloads[0])}`, [payloads[0]]);
for (const id of ["line", "many", "many_fate", "promise", "left", "agreed"]) await visit(`the edit of ${id}`,
  `${room}/question?key=all/${id}`);
await refused("an edit that changes another, shown before it is saved", `${room}/preview?key=all/line`, { key: "all/line",
  v: `new ${all}` });
await refused("an edit of a list, shown before it is saved", `${room}/preview?key=all/few`, { key: "all/few",
  "i.0.text": payloads[14], "i.1.text": "x".repeat(500) }, [payloads[14]]);

// ---- the board -------------------------------------------------------------------------------------------------------

await visit("the board", `${room}/board`);
const [first] = valueOf("many");
await visit("the board with a note that is open", `${room}/board?canvas=wall&note=${first.id}&list=all%2Fmany`);
await visit("the board in time", `${room}/board?at=3`, []);
for (const state of ["current", "target", "diff", "prototype"]) await visit(`the board, ${state}`,
  `${room}/board?state=${state}`, []);
for (const name of ["canvas", "state", "note", "list", "changed"])
  await visit(`the board with ${name}`, `${room}/board?${name}=${encodeURIComponent(bundles(900)[1])}`, []);
await take("a note on the board", `${room}/board/change`, { do: "add", to: "all/few", text: bundles(390)[2] });
await refused("a note that is too long", `${room}/board/change`, { do: "add", to: "all/few", text: all });
await refused("a list that there is not", `${room}/board/change`, { do: "add", to: all, text: "x" }, []);

// ---- what is handed over ---------------------------------------------------------------------------------------------

await visit("the plan for the client", `${room}/plan?document=plan&for=client`);
await visit("the plan for the coach, with its sources", `${room}/plan?document=notes&for=coach&sources=1`);
await visit("the papers", `${room}/papers`, []);
await refused("what is no worksheet", `${room}/worksheet`, { answers: all });
await refused("a reason to give it, without a document", `${room}/plan/give`, { why: all, document: all }, []);
const intro = encodeURIComponent(bundles(900)[0]);
for (const path of ["plan.html?document=plan&for=client", "canvas.svg?state=current", `worksheet.html?intro=${intro}`]) {
  // A page to take along brings its own style, which this page would complain about.
  const html = (await page.evaluate((path) => fetch(path).then((answer) => answer.text()), `${room}/${path}`))
    .replace(/<style>[^]*?<\/style>| style="[^"]*"/g, "");
  const { wrong, hits, size } = await page.evaluate(judge, { html, texts: [] });
  equal(`${path.split("?")[0]}: no element and no attribute comes of it (${size >> 10} KB)`,
    [wrong.filter((one) => /xss/i.test(one)), hits], [[], []]);
}

// ---- what comes in while one looks, and the client's screen ---------------------------------------------------------

const watching = await enter({}), client = await enter({ stranger: true });
await app.go(watching, room);
const secret = await watching.evaluate(({ room, token }) => fetch(room + "/screen", { method: "POST",
  body: new URLSearchParams({ token }) })
  .then((answer) => answer.url), { room, token });
await client.goto(secret);
await judged("the client's screen", client, []);
const was = await watching.locator("main").getAttribute("data-revision");
espalier("answer", people[0].id, `all/line=come in ${all}`);
for (const [one, name] of [[watching, "the room"], [client, "the client's screen"]]) {
  await one.getByText("come in ").first().waitFor({ state: "attached" });
  await judged(`${name}, come in by itself`, one, one === client ? [] : payloads);
}
ok("it came in by itself", await watching.locator("main").getAttribute("data-revision") !== was);
await app.go(bare, room);
await judged("the room without a script", bare);
equal("nothing ran anywhere", await page.evaluate(() => window.__hits), []);
// The control: what is looked for is found where it is.
await page.goto(app.url("/"));
await page.evaluate((html) => { document.getElementById("main").innerHTML = html; }, payloads[66]);
ok("an element that comes of a text would be found", (await page.evaluate(judge, { texts: [] })).wrong.length > 0);
await app.stop();
process.exit(0);
