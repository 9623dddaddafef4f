// A whole journey in French, from the link that `espalier ui` opens to the printed plan.  Called by browser_journey.sh in
// a folder with the answers of a client to be (laptop.json, phone.json).
//   node web_journey.mjs TOP PART ...
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { equal, ok, start } from "./web.mjs";
import { compare, hold, named, said, send } from "./web_room.mjs";

const [top, ...parts] = process.argv.slice(2);
const patience = 25000;

// ---- is it French? -------------------------------------------------------------------------------------------------

// Our words in English where the French ones differ, and the words of the workflow.
const words = (language) => readdirSync(`${top}/engine/web/pages/words`).filter((name) => name.endsWith(`.${language}.json`))
  .flatMap((name) => Object.values(JSON.parse(readFileSync(`${top}/engine/web/pages/words/${name}`, "utf8"))));
const lines = (folder) => readdirSync(folder).filter((name) => name.endsWith(".yaml"))
  .flatMap((name) => readFileSync(`${folder}/${name}`, "utf8").split("\n"))
  .map((line) => line.match(/^\s*(?:- )?\w+: "?([A-Z][^"{}[\]]{11,}?)"?$/)?.[1]).filter(Boolean);
const french = new Set(words("fr"));
const alone = new Set(words("en").filter((one) => !french.has(one) && one !== "English"));
const inside = [...alone].filter((one) => one.length >= 12)
  .concat(...["business-model", "first-talk"].map((name) => lines(`${top}/workflows/${name}`)));
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
  const screen = await app.page({ width: 1920, height: 1080, stranger: true });
  screen.on("response", (answer) => {
    if (answer.url() === address) sent.push(answer.text().catch(() => ""));
  });
  screen.setDefaultTimeout(patience);
  await screen.goto(address);
  return { screen, sent };
}

// It shows the question that is open, or asks for a moment while the coach sees something private.
async function follows(screen, section, name) {
  const asked = (await section.locator(".asked, legend").first().innerText()).trim();
  const hidden = await section.locator(".ask-marks .is-private").count() > 0 ||
    (await section.locator(".ask-marks").innerText()).trim() !== "" &&
    await section.locator(".ask-marks").getByText(/Délicat|À vous/).count() > 0;
  const heading = screen.locator("h1");
  const came = await (hidden ? heading.getByText("Un instant") : heading.getByText(asked, { exact: true })).waitFor().then(() => true, () => false);
  const shown = await screen.locator("main").innerText();
  ok(`the screen ${hidden ? "hides" : "shows"} ${name}`, came && shown.includes(asked) === !hidden, { asked, shown });
}

// ---- from the desk to the plan -------------------------------------------------------------------------------------

async function begin(page, { client, workflow }) {
  await page.locator("button[name=language][value=fr]").click();
  await page.locator("html[lang=fr]").waitFor();
  await read(page);
  const fold = page.locator("details[data-new]");
  if (await fold.getAttribute("open") === null) await fold.locator("summary").click();
  await page.getByLabel("Nom", { exact: true }).fill(client);
  await page.locator("#client_language").selectOption("fr");
  await page.locator("form[action='/clients'] button").click();
  await page.waitForURL(/\/clients\//);
  await read(page);
  await page.locator(`input[name=workflow][value="${workflow}"]`).check();
  equal("the journey is offered in the client's language", await page.locator("#journey_language").inputValue(), "fr");
  await page.locator("form[action$='/start'] button").click();
  await page.waitForURL(/\/journeys\//);
  await page.locator(".question").first().waitFor();
  return new URL(page.url()).pathname;
}

const app = await start({
  command: "ui",
  async opened(printed) {
    while (!existsSync("opener.link")) await new Promise((done) => setTimeout(done, 50));
    equal("the browser is given the link that is printed", readFileSync("opener.link", "utf8"), printed);
    return readFileSync("opener.link", "utf8");
  },
});

const laptop = {
  async hold() {
    const told = said(JSON.parse(readFileSync("laptop.json", "utf8"))), client = "Maud Lenoir";
    const page = await app.page({ acceptDownloads: true });
    page.setDefaultTimeout(patience);
    await app.go(page, "/");
    await app.look(page, "laptop-desk");
    const path = await begin(page, { client, workflow: "business-model" });
    await app.look(page, "laptop-first");
    const { screen, sent } = await openScreen(app, page);
    const shown = new Set();
    let n = 0;
    const begun = performance.now();
    const { done, types } = await hold(page, client, told, true, async (plain, section) => {
      n++;
      await read(page);
      const block = plain.split("/").slice(-2).join("/");
      if (n % 8 === 1 || /lifeline$|money_in|_note$/.test(plain)) await follows(screen, section, plain);
      if (n % 8 === 5) await app.look(page, `laptop-${String(n).padStart(3, "0")}`);
      return false;
    });
    console.log(`# ${done.size} answers, ${[...types].join(" ")} in ${Math.round(performance.now() - begun)} ms`);
    compare(client, told);
  },
};

for (const part of parts) await { laptop }[part].hold();
equal(`nothing in English on ${pages} pages`, [...english], []);
await app.stop();
