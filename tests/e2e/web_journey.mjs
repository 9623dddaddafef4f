// A whole journey in French, from the link that `espalier ui` opens to the printed plan.  Called by browser_journey.sh in
// a folder with the answers of a client to be (told.json).
//   node web_journey.mjs TOP PART ...
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { cli, equal, ok, start } from "./web.mjs";
import { compare, go, hold, journeyOf, review, said, send } from "./web_room.mjs";

const [top, ...parts] = process.argv.slice(2);
const patience = 25000;

// ---- is it French? -------------------------------------------------------------------------------------------------

// Our words and those of the workflows: none is English in the place of a French one, and all are set as French is.
const folder = `${top}/engine/web/pages/words`;
const names = readdirSync(folder).filter((name) => name.endsWith(".en.json"));
const words = (name) => JSON.parse(readFileSync(`${folder}/${name}`, "utf8"));
const pairs = names.flatMap((name) => {
  const other = words(name.replace(".en.", ".fr."));
  return Object.entries(words(name)).map(([key, one]) => [one, other[key]]);
});
const texts = (path) => readdirSync(path).filter((name) => name.endsWith(".yaml"))
  .flatMap((name) => readFileSync(`${path}/${name}`, "utf8").split("\n")).filter((line) => !/^\s*#/.test(line));
const lines = (path) => texts(path).map((line) => line.match(/^\s*(?:- )?\w+: "?([A-Z][^"{}[\]]{11,}?)"?$/)?.[1]).filter(Boolean);
const flows = readdirSync(`${top}/workflows`).filter((name) => existsSync(`${top}/workflows/${name}/fr`)).map((name) => `${top}/workflows/${name}`);
function judge() {
  const both = ("espalier Note Plan Phase Phases Pause Question Client Coach Programme Prototype Documents Dates Actions " +
    "E-mail Minutes minutes Word OpenDocument Markdown").split(" ");
  equal("no word is missing, or left in English", pairs.filter(([one, other]) => !other || one === other && !both.includes(one)), []);
  const wrong = /\p{L}'\p{L}|[\p{L} ][?!;»](?=[\s"]|$)|«[ \p{L}]|\p{L} :(?=\s)/u;
  equal("apostrophes and spaces are as in print", pairs.map(([, other]) => other)
    .concat(flows.flatMap((flow) => texts(flow + "/fr"))).filter((one) => wrong.test(one)), []);
}
const french = new Set(pairs.map(([, other]) => other));
const alone = new Set(pairs.map(([one]) => one).filter((one) => !french.has(one) && one !== "English"));
const inside = [...alone].filter((one) => one.length >= 12).concat(...flows.map(lines));
const common = /(^|[^\p{L}])(the|and|your|you|with|what|which|this|that|from|have|will|please|their|not|here)(?=$|[^\p{L}])/iu;

const english = new Map();
let pages = 0;
// Every text of the page, seen or folded, and what is said of it to those who do not see.
async function read(page) {
  const texts = await page.evaluate(() => {
    const found = new Set(), walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walk.nextNode()) {
      const { parentElement: e, data } = walk.currentNode;
      if (data.trim() && !e.closest("script, style, [lang=en], kbd")) found.add(data.trim().replace(/\s+/g, " "));
    }
    for (const name of ["aria-label", "placeholder", "title", "data-moved", "data-failed", "data-left"])
      for (const one of document.querySelectorAll(`body [${name}]`)) found.add(one.getAttribute(name).trim());
    return [...found, document.title, "lang=" + document.documentElement.lang];
  });
  pages++;
  if (!texts.includes("lang=fr")) english.set(page.url(), "the page is not said to be French");
  for (const text of texts)
    if (alone.has(text) || common.test(text) || inside.some((one) => text.includes(one))) english.set(text, page.url());
}

// ---- the client's screen -------------------------------------------------------------------------------------------

async function openScreen(app, room) {
  const opening = room.context().waitForEvent("page");
  await room.locator("form[action$='/screen'] button").click();
  const opened = await opening;
  await opened.waitForURL(/\/screen\/[0-9a-f]{64}$/);
  const address = opened.url(), sent = [];
  await opened.close();
  const screen = await app.page({ width: 1280, height: 720, stranger: true });
  screen.on("response", (answer) => {
    if (answer.url() === address) sent.push(answer.text().catch(() => ""));
  });
  screen.setDefaultTimeout(patience);
  await screen.goto(address);
  return { screen, sent };
}

// It shows the first open question that is the client's, and no other; for a moment nothing, if there is none.
async function follows(screen, page, name) {
  const [shown, hidden] = await page.locator(".question").evaluateAll((all) => {
    const asked = all.map((one) => ({ ask: one.querySelector(".asked, legend").textContent.trim(),
      own: /Pas pour le client|Délicat|À vous de répondre/.test(one.querySelector(".ask-marks").textContent) }));
    return [asked.find((one) => !one.own)?.ask, asked.filter((one) => one.own).map((one) => one.ask)];
  });
  const came = await (shown ? screen.locator("h1").getByText(shown, { exact: true }) : screen.locator("#now-moment"))
    .waitFor().then(() => true, () => false);
  const text = await screen.locator("main").textContent();
  ok(`the screen follows to ${name}${hidden.length ? ", without what is not for the client" : ""}`,
    came && !hidden.some((one) => text.includes(one)), { shown, hidden, text });
}

// ---- from the desk to the plan -------------------------------------------------------------------------------------

const open = (page, link) => go(page, () => page.locator(link).first().click());
const seen = (page) => page.locator(".question").evaluateAll((all) => all.map((one) => one.dataset.question));

async function begin(page, { client, workflow }) {
  await page.locator("button[name=language][value=fr]").click();
  await page.locator("html[lang=fr]").waitFor();
  await read(page);
  const fold = page.locator("details[data-new]");
  if (await fold.getAttribute("open") === null) await fold.locator("summary").click();
  await page.locator("#name").fill(client);
  await page.locator("#client_language").selectOption("fr");
  await open(page, "form[action='/clients'] button");
  await read(page);
  await page.locator(`input[name=workflow][value="${workflow}"]`).check();
  equal("the journey is offered in the client's language", await page.locator("#journey_language").inputValue(), "fr");
  await open(page, "form[action$='/start'] button");
  await page.locator(".question").first().waitFor();
  return new URL(page.url()).pathname;
}

// What may stay open right before the question that is due is offered once more.
async function resume(page, key) {
  while (!(await seen(page)).includes(key) && await page.locator(".pass a").count()) await open(page, ".pass a");
  return (await seen(page)).includes(key);
}
// To the desk, and from there to where one was.
async function pause(page, key) {
  await open(page, "form[action$='/pause'] button");
  await page.locator("main.desk").waitFor();
  await read(page);
  await app.look(page, "pause");
  await open(page, ".person-go");
  ok("after a pause one goes on where one was", await resume(page, key));
}

// To an earlier question, another answer there, and undone, redone, undone again.
async function back(page, client, path, key) {
  const wish = () => said(review(client)).get("define/wish").value, was = wish();
  await open(page, ".room-tools a");
  await read(page);
  await open(page, "a[href*='question?key=define'][href$='wish']");
  await page.locator("form.ask [name=v]").fill("Savoir si nous ouvrons le soir, et quand");
  await read(page);
  await open(page, "form.ask .change-do button:first-child");
  await page.locator("h1", { hasText: "Ce qui changerait" }).waitFor();
  await read(page);
  await app.look(page, "preview");
  await page.getByRole("button", { name: "Enregistrer cette réponse" }).click();
  await page.waitForURL(/\/review/);
  const changed = wish();
  await open(page, ".crumbs a[href='" + path + "']");
  await send(page, () => page.locator("form[action$='/undo'] button").click());
  const undone = wish();
  await send(page, () => page.locator("form[action$='/redo'] button").click());
  const redone = wish();
  await send(page, () => page.locator("form[action$='/undo'] button").click());
  equal("an answer is changed, undone, redone and undone", [changed, undone, redone, wish()], [changed, was, changed, was]);
  await app.go(page, path);
  ok("and one goes on where one was", await resume(page, key));
}

// What is for a table of decisions, decided on the board.
async function decide(page, key, value) {
  await open(page, "#small-board-title a");
  await open(page, ".board-tabs li:last-child a");
  await read(page);
  const table = page.locator(`.decide:has([data-key="${key}"])`);
  for (const [text, { to }] of Object.entries(value))
    await table.locator(".note", { has: page.getByText(text, { exact: true }) }).locator("select").selectOption(to);
  await app.look(page, "decide");
  await send(page, () => table.locator(".decide-end button").click());
  await app.look(page, "decided");
  await open(page, ".board-ways a");
}

// The plan for the client, on paper and as a file; the canvas as a file.
async function plan(page, name, wanted, hidden) {
  await page.locator(".ended").waitFor();
  await read(page);
  await app.look(page, `${name}-end`);
  await open(page, ".ended a[href$='/plan']");
  await page.locator("#paper").waitFor();
  await open(page, ".tabs.little a[href*='for=client']");
  await read(page);
  await app.look(page, `${name}-plan`);
  const save = async (link, file) => {
    const [download] = await Promise.all([page.waitForEvent("download"), page.locator(link).first().click()]);
    await download.saveAs(file);
  };
  await save(".downloads a[href*='plan.pdf']", `${name}-plan.pdf`);
  await page.emulateMedia({ media: "print" });
  writeFileSync(`${name}-print.pdf`, await page.pdf({ preferCSSPageSize: true }));
  await page.emulateMedia({ media: null });
  await open(page, ".plan-tools a[href$='/papers']");
  await read(page);
  await app.look(page, `${name}-papers`);
  await save("form[action$='canvas.pdf']:has([value=target]) button", `${name}-canvas.pdf`);
  for (const file of ["plan", "print", "canvas"]) {
    const text = execFileSync("pdftotext", ["-layout", `${name}-${file}.pdf`, "-"]).toString().replace(/\s+/g, " ");
    ok(`${name}-${file}.pdf holds what was said`, wanted[file].every((one) => text.includes(one)), text);
    ok("and nothing that is not for the client, nor of the page around it", !hidden.some((one) => text.includes(one)),
      hidden.filter((one) => text.includes(one)));
  }
}

// The pictures of the README, as WebP: Amara Diallo of the demonstration.
async function picture(page, name) {
  const shot = (await page.screenshot()).toString("base64"), drawing = await app.browser.newPage();
  const url = await drawing.evaluate(async (png) => {
    const image = new Image(), canvas = document.createElement("canvas");
    image.src = "data:image/png;base64," + png;
    await image.decode();
    [canvas.width, canvas.height] = [image.width, image.height];
    canvas.getContext("2d").drawImage(image, 0, 0);
    return canvas.toDataURL("image/webp", 0.8);
  }, shot);
  const bytes = Buffer.from(url.split(",")[1], "base64");
  ok(`${name}.webp is small (${bytes.length} bytes)`, bytes.length > 10000 && bytes.length < 100000);
  mkdirSync(process.env.PICTURES, { recursive: true });
  writeFileSync(`${process.env.PICTURES}/${name}.webp`, bytes);
  await drawing.close();
}

const app = await start({
  command: "ui",
  async opened(printed) {
    while (!existsSync("opener.link")) await new Promise((done) => setTimeout(done, 50));
    equal("the browser is given the link that is printed", readFileSync("opener.link", "utf8"), printed);
    return readFileSync("opener.link", "utf8");
  },
});

const own = ["3890", "2140", "1620", "La fermeture du restaurant", "Une grande table, toujours", "CANARI"];
const around = ["Imprimer", "Emporter", "Français", "Documents à remettre"];
const wanted = {
  plan: ["Je rends le déjeuner joyeux", "Douze couverts dans la salle du fond", "Le dimanche, je ferme"],
  print: ["Je rends le déjeuner joyeux", "Douze couverts dans la salle du fond", "Le dimanche, je ferme"],
  canvas: ["Les veufs du foyer", "La salle du fond"],
};

const journeys = {
  // On a laptop, with the client's screen beside it.
  async laptop() {
    const told = said(JSON.parse(readFileSync("told.json", "utf8"))), client = "Maud Lenoir";
    const page = await app.page({ acceptDownloads: true });
    page.setDefaultTimeout(patience);
    await app.go(page, "/");
    const path = await begin(page, { client, workflow: "business-model" });
    const { screen, sent } = await openScreen(app, page);
    let n = 0;
    const { done, types } = await hold(page, client, told, true, async (plain, section, one, key) => {
      await read(page);
      if (n++ % 10 === 3 || /lifeline$|money_in|_note$/.test(plain)) await follows(screen, page, plain);
      if (n % 8 === 5) await app.look(page, `laptop-${String(n).padStart(3, "0")}`);
      if (plain === "define/vp") await pause(page, key);
      if (plain === "define/kr") await back(page, client, path, key);
      if (plain === "define/ka") {
        await page.locator("[data-notes] > summary").click();
        await page.locator("#note-text").fill("CANARI une note");
        await page.locator("[data-note] button").click();
        await page.locator(".note-list li").waitFor();
      }
      if (!/kr_sort$/.test(plain)) return false;
      await decide(page, key, one.value);
      return true;
    });
    console.log(`# ${done.size} answers, ${[...types].sort().join(" ")}`);
    compare(client, told);
    await screen.locator("#now-done").waitFor();
    await app.look(screen, "screen-done");
    const shown = (await Promise.all(sent)).concat(await screen.content());
    ok(`nothing private was among ${shown.length} pages of the screen`,
      shown.length > 50 && !own.some((one) => shown.some((html) => html.includes(one))), shown.length);
    await plan(page, "laptop", wanted, own.concat(around));
    await screen.context().close();
    await page.context().close();
  },

  // On a telephone, by touch.
  async phone() {
    const told = said(JSON.parse(readFileSync("told.json", "utf8"))), client = "Anaïs";
    const page = await app.page({ width: 360, height: 740, isMobile: true, acceptDownloads: true });
    page.setDefaultTimeout(patience);
    await app.go(page, "/");
    await begin(page, { client, workflow: "business-model" });
    let n = 0;
    await hold(page, client, told, true, async () => {
      if (n++ % 6 === 0) {
        await read(page);
        await app.fits(page, `question ${n}`);
        await app.look(page, `phone-${String(n).padStart(3, "0")}`);
      }
      return false;
    });
    compare(client, told);
    await plan(page, "phone", wanted, own.concat(around));
    await page.context().close();
  },

  async pictures() {
    const client = "Amara Diallo", demo = `${top}/workflows/business-model/demo`;
    const first = readFileSync(`${demo}/sitting-1.yaml`, "utf8");
    writeFileSync("first.yaml", first.slice(0, first.indexOf("  kp:")));
    cli(["client", "add", client]);
    cli(["start", client]);
    cli(["answer", client, "--file", "first.yaml"]);
    const page = await app.page({ width: 1440, height: 900 }), path = `/journeys/${journeyOf(client)}`;
    await app.go(page, path);
    await resume(page, "define/kp");
    const note = page.locator(".question[data-question='define/kp'] .slip textarea");
    await note.nth(0).fill("Marthe, who has the keys");
    await note.nth(1).fill("Six volunteers who peel");
    await picture(page, "session");
    for (const n of [1, 2, 3]) cli(["answer", client, "--file", `${demo}/sitting-${n}.yaml`]);
    await app.go(page, path + "/board?state=target");
    await picture(page, "board");
    await page.context().close();
  },
};

if (!parts.includes("pictures")) judge();
for (const part of parts) await journeys[part]();
if (pages > 0) equal(`nothing in English on ${pages} pages`, [...english], []);
await app.stop();
