// The entrance, the desk and the page of a client, with and without scripts, in English and French.
import { fileURLToPath } from "node:url";
import { dirname, join } from "node:path";
import { cli, day, equal, ok, start } from "./web.mjs";

const top = join(dirname(fileURLToPath(import.meta.url)), "../..");
const demo = (n) => join(top, `workflows/business-model/demo/sitting-${n}.yaml`);
const people = (page) => page.locator("[data-name]:visible h3").allInnerTexts();
const h1 = (page) => page.locator("h1").innerText();

async function entrance(app) {
  await app.everywhere("entrance", "/", { stranger: true });
  const page = await app.page({ stranger: true, script: false });
  await app.go(page, "/");
  equal("a stranger is told that the desk is locked", await h1(page), "This desk is locked");
  ok("and finds nothing else", (await page.locator("form[action='/clients'], form[action='/leave']").count()) === 0);
  const link = await app.link();
  await page.locator("#code").fill("0".repeat(64));
  await page.getByRole("button", { name: "Come in" }).click();
  ok("a wrong code is refused, with the way in", (await page.locator("[role=alert]").innerText()).includes("new link"));
  equal("and the form is there again", await page.locator("#code").count(), 1);
  await page.locator("#code").fill(new URL(link).hash.slice(3));
  await page.getByRole("button", { name: "Come in" }).click();
  equal("the code lets in without a script", await h1(page), "Your desk");
  const other = await app.page({ stranger: true });
  await other.goto(link);
  ok("a link lets in once", (await other.locator("[role=alert]").innerText()).includes("new link"));
  await page.locator(".menu > summary").click();
  await page.getByRole("button", { name: "Leave" }).click();
  equal("who leaves is outside", await h1(page), "This desk is locked");
  await app.go(page, "/clients/anybody");
  equal("and stays there", await page.locator("#code").count(), 1);
  await page.context().close();
  await other.context().close();
  const gone = await app.page();
  await app.go(gone, "/nowhere");
  ok("an address that is none is told kindly", (await gone.locator("[role=alert]").innerText()).includes("no such page"));
  await app.axe(gone, "error");
  await app.keep(gone, "error");
  await gone.context().close();
}

async function first(app) {
  const page = await app.page({ script: false });
  await app.go(page, "/");
  ok("an empty desk welcomes", await page.getByText("Welcome", { exact: true }).isVisible());
  equal("with three steps", await page.locator(".welcome-steps > li").count(), 3);
  await app.everywhere("empty", "/");
  await page.locator("#name").fill("  ");
  await page.locator("#pseudonym").fill("A. D.");
  await page.locator("#client_language").selectOption("fr");
  await page.evaluate(() => { document.querySelector("form[action='/clients']").noValidate = true; });
  await page.getByRole("button", { name: "Add to the desk" }).click();
  equal("a client needs a name", await page.locator("#name-wrong").innerText(), "Please write a name.");
  equal("what was written is kept", [await page.locator("#pseudonym").inputValue(),
    await page.locator("#client_language").inputValue()], ["A. D.", "fr"]);
  await page.locator("#name").fill("Amara Diallo");
  await page.locator("#email").fill("amara@example.org");
  await page.getByRole("button", { name: "Add to the desk" }).click();
  equal("then the client has a page", await h1(page), "Amara Diallo");
  ok("with what was said", (await page.locator(".facts").innerText()).includes("amara@example.org"));
  equal("four conversations are offered", await page.locator(".offer strong").count(), 4);
  await page.locator(".offer", { hasText: "45 minutes" }).locator("input").check();
  await page.locator("#journey_language").selectOption("en");
  await page.getByRole("button", { name: "Begin", exact: true }).click();
  ok("a journey begins", /\/journeys\/[0-9a-f-]{36}$/.test(page.url()), page.url());
  const status = JSON.parse(cli(["status", "amara", "--json"]));
  equal("as it was chosen", [status[0].workflow, status.length], ["one-session", 1]);
  await app.go(page, `/clients/${status[0].client_id}`);
  await page.locator(".offer", { hasText: "45 minutes" }).locator("input").check();
  await page.getByRole("button", { name: "Begin", exact: true }).click();
  ok("the same twice is refused in words", (await page.locator("[role=alert]").innerText()).includes("under way already"));
  await page.context().close();
}

function fill() {
  cli(["client", "add", "Jonas Weber"], day(-40));
  cli(["start", "jonas"], day(-40));
  cli(["answer", "jonas", "--file", demo(1)], day(-24));
  for (const [name, at] of [["Inès Moreau", -6], ["Wilhelmina Featherstonehaugh-Oppenheimer", -3]]) {
    cli(["client", "add", name], day(at));
    cli(["start", name], day(at));
    cli(["answer", name, "--file", demo(1)], day(at));
  }
  cli(["client", "add", "Selin Arslan"], day(-30));
  cli(["start", "selin"], day(-30));
  for (const n of [1, 2, 3]) cli(["answer", "selin", "--file", demo(n)], day(-9));
  cli(["client", "add", "Tomasz Kowalczyk"]);
  cli(["client", "add", "<img src=x onerror=alert(1)>"]);
}

async function desk(app) {
  const page = await app.page({ script: false });
  await app.go(page, "/");
  equal("who has waited longest stands first", (await people(page)).slice(0, 4),
    ["Jonas Weber", "Inès Moreau", "Wilhelmina Featherstonehaugh-Oppenheimer", "Amara Diallo"]);
  const row = page.locator("[data-name]", { hasText: "Jonas Weber" });
  const told = (await row.innerText()).replace(/\s+/g, " ");
  ok("with phase, last contact and that it is quiet",
    /Phase \d of 4/.test(told) && /2[34] days ago/.test(told) && told.includes("quiet for two weeks"), told);
  ok("others are not quiet", (await page.locator(".tag", { hasText: "quiet" }).count()) === 1);
  ok("a name is text", (await people(page)).includes("<img src=x onerror=alert(1)>"));
  const due = (await page.locator(".due").innerText()).replace(/\s+/g, " ");
  ok("what is due stands beside, with whose it is", due.includes("Selin Arslan") && due.includes("yours"), due);
  await row.getByRole("link", { name: /Go on/ }).click();
  ok("one click goes on", /\/journeys\/[0-9a-f-]{36}$/.test(page.url()));
  await app.go(page, "/?find=ines");
  equal("a name is found without its accents", await people(page), ["Inès Moreau"]);
  await app.go(page, "/?find=zzz");
  ok("nobody is said kindly", await page.locator("[data-nobody]").isVisible());
  await app.go(page, "/");
  await page.locator("[data-name]", { hasText: "Tomasz" }).getByRole("button").click();
  ok("one click begins", /\/journeys\/[0-9a-f-]{36}$/.test(page.url()));
  await app.go(page, "/");
  await page.locator(".new > summary").click();
  await page.locator("#name").fill("jonas weber");
  await page.getByRole("button", { name: "Add to the desk" }).click();
  ok("a name is given once", (await page.locator("#name-wrong").innerText()).includes("already"));
  equal("and kept in its field", await page.locator("#name").inputValue(), "jonas weber");
  await page.getByRole("button", { name: "Français" }).click();
  equal("the desk speaks French", [await h1(page), await page.locator("html").getAttribute("lang")], ["Votre bureau", "fr"]);
  await page.locator(".menu > summary").click();
  await Promise.all([page.waitForEvent("load"), page.getByRole("button", { name: "Sombre" }).click()]);
  equal("and is dark when asked", await page.evaluate(() =>
    [document.documentElement.dataset.theme, getComputedStyle(document.documentElement).backgroundColor]), ["dark", "rgb(31, 30, 28)"]);
  await page.context().close();
}

async function keyboard(app) {
  const page = await app.page();
  await app.go(page, "/");
  const focused = () => page.evaluate(() => document.activeElement.id || document.activeElement.innerText);
  await page.keyboard.press("/");
  equal("a slash goes to the field", await focused(), "find");
  await page.keyboard.type("INES");
  equal("typing finds", await people(page), ["Inès Moreau"]);
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/clients\//);
  equal("Enter goes there", await h1(page), "Inès Moreau");
  await page.keyboard.press("?");
  ok("a question mark shows the shortcuts", await page.locator("#shortcuts").isVisible());
  await page.keyboard.press("Escape");
  ok("and Escape closes them", !(await page.locator("#shortcuts").isVisible()));
  await page.keyboard.press("/");
  await page.waitForURL((url) => url.pathname === "/");
  equal("a slash finds from everywhere", await focused(), "find");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  equal("the arrows go from one to the next", await focused(), "Inès Moreau");
  await page.keyboard.press("n");
  equal("n is for somebody new", await focused(), "name");
  await page.keyboard.type("n/?");
  equal("and in a field keys are letters", await page.locator("#name").inputValue(), "n/?");
  await page.locator(".menu > summary").click();
  await page.getByRole("button", { name: "Dark" }).click();
  equal("dark comes at once, and what was typed stays", [await page.evaluate(() => document.documentElement.dataset.theme),
    await page.locator("#name").inputValue()], ["dark", "n/?"]);
  await page.waitForTimeout(300);
  await page.reload();
  equal("and is there the next time", await page.locator("html").getAttribute("data-theme"), "dark");
  await page.evaluate(() => { window.kept = true; });
  await page.getByRole("link", { name: "New client" }).click();
  equal("the button above opens the form", await focused(), "name");
  await page.keyboard.type("jonas weber");
  await page.keyboard.press("Enter");
  await page.locator("#name-wrong").waitFor();
  equal("what is wrong is told without a reload, and what was typed stays",
    [await page.evaluate(() => window.kept), await page.locator("#name").inputValue()], [true, "jonas weber"]);
  await page.locator("#name").fill("Jonas Weber (Lyon)");
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "Jonas Weber (Lyon)" }).waitFor();
  equal("the page of the new client comes without one, too, and is read from its top",
    [await page.evaluate(() => window.kept), await page.title(), new URL(page.url()).pathname.split("/")[1]],
    [true, "Jonas Weber (Lyon) · espalier", "clients"]);
  await page.context().close();
}

async function client(app) {
  const { client_id: id, journey } = JSON.parse(cli(["status", "selin", "--json"]))[0];
  await app.everywhere("client", `/clients/${id}`);
  const page = await app.page({ script: false });
  await app.go(page, `/clients/${id}`);
  equal("a finished journey leads to what came of it",
    await page.locator(".journey a").evaluateAll((all) => all.map((one) => one.getAttribute("href"))),
    ["/review", "/board", "/plan", ""].map((end) => `/journeys/${journey}${end}`));
  await page.getByRole("button", { name: "Begin", exact: true }).click();
  await app.go(page, `/clients/${id}`);
  equal("the next round stands first", await page.locator(".journey header").first().innerText()
    .then((text) => /round 2/.test(text)), true);
  await page.context().close();
}

async function weight(app) {
  const page = await app.page({ stranger: true });
  const bytes = await app.weigh(page, "/");
  ok(`the first visit is light: ${bytes} bytes`, bytes > 5000 && bytes < 80000);
  await page.context().close();
  const inside = await app.page();
  const all = await app.weigh(inside, "/");
  ok(`and so is the desk: ${all} bytes`, all < 80000);
  await inside.context().close();
}

const app = await start();
await first(app);
await entrance(app);
fill();
await desk(app);
await app.everywhere("desk", "/");
await keyboard(app);
await client(app);
await weight(app);
await app.stop();
