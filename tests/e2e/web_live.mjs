// Windows that follow a journey, the client's screen, and drafts, as people meet them.  Called by browser_live.sh in a
// folder with a practice of its own; prints a line for each thing that is shown.
//   node web_live.mjs STAGE:ARGUMENT ...
import { readFileSync } from "node:fs";
import { execFileSync, spawn } from "node:child_process";
import { start, ok, equal, play } from "./web.mjs";

const espalier = (...args) => execFileSync(process.env.ESPALIER, args, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
const journeyOf = (who) => JSON.parse(espalier("status", who, "--json"))[0]?.journey ?? "";
const bar = (page) => page.locator("#live");
const main = (page, attribute) => page.locator("main").getAttribute(attribute);
const revision = (page, wanted) =>
  page.waitForFunction((n) => document.querySelector("main").dataset.revision === n, String(wanted), { timeout: 6000 });

const stages = {
  // Two windows of one journey.
  async live(who) {
    const app = await start(), journey = journeyOf(who), path = `/journeys/${journey}`;
    const one = await app.page(), two = await app.page();
    await app.go(one, path);
    await app.go(two, path);
    const at = Number(await main(one, "data-revision"));
    const field = (page) => page.locator("form[action$='/answer'] [name=v]").first();

    // What the other window shows comes by itself, and quickly.
    await field(one).fill("delegation");
    await one.keyboard.press("Enter");
    await revision(two, at + 1);
    ok("an answer in one window is shown in the other", true);
    await revision(one, at + 1);
    equal("and no bar stands there", [await bar(one).textContent(), await bar(two).textContent()], ["", ""]);

    // By another program.
    const begun = Date.now();
    espalier("answer", who, "goal=My team decides without me.");
    await revision(one, at + 2);
    const took = Date.now() - begun;
    ok(`an answer in the terminal is shown within two seconds (${took} ms)`, took < 2000);
    await revision(two, at + 2);

    // Half typed, and something new that leaves the question where it is.
    await two.locator("main").evaluate((m) => {
      const form = document.createElement("form");
      form.setAttribute("action", "/nowhere");
      form.innerHTML = "<textarea name=own aria-label=own></textarea>";
      m.append(form);
    });
    await two.locator("[name=own]").fill("half a thou");
    espalier("answer", who, "where_now=4");
    await bar(two).getByRole("button").waitFor();
    ok("what is half typed and would be lost stays, and a bar offers the news", true);
    equal("it is as it was", await two.locator("[name=own]").inputValue(), "half a thou");
    await revision(one, at + 3);
    await bar(two).getByRole("button").click();
    await revision(two, at + 3);
    equal("the bar goes when the news are shown", await bar(two).textContent(), "");

    // The same in a form that is there before and after: focus, text and caret stay.
    const typed = field(two);
    if (await typed.count()) {
      await typed.focus();
      await two.keyboard.type("ti");
    }
    await two.evaluate(() => { document.activeElement.dataset.mine = "yes"; });
    espalier("note", who, "a note is no answer");
    await two.waitForTimeout(1300);
    equal("a note changes nothing", await main(two, "data-revision"), String(at + 3));
    ok("the focus is where it was", await two.evaluate(() => document.activeElement.dataset.mine === "yes"));

    // Windows that nobody sees do not take part.
    await one.context().close();
    await app.stop();
  },

  // The server ends, and comes back on the same port.
  async stopped(who) {
    const app = await start(), journey = journeyOf(who);
    const page = await app.page();
    await app.go(page, `/journeys/${journey}`);
    await page.waitForTimeout(300);
    const gone = new Promise((done) => app.child.once("exit", done));
    app.child.kill("SIGTERM");
    equal("a server that is asked to end does so in peace, also while it is watched", await gone, 0);
    await page.locator("#live p").waitFor({ timeout: 6000 });
    const told = await bar(page).textContent();
    ok("the page says calmly that the server has stopped", /espalier/.test(told), told);
    const port = new URL(app.origin).port;
    const again = spawn(process.env.ESPALIER, ["serve", "--port", port], { stdio: ["pipe", "pipe", "inherit"] });
    process.on("exit", () => again.kill());
    await page.waitForFunction((before) => document.getElementById("live").textContent !== before, told, { timeout: 15000 });
    ok("a server that is there again asks for its own link", /link|lien/.test(await bar(page).textContent()));
    again.kill();
    await app.browser.close();
  },

  // The client's screen, in a window of its own.
  async screen(who, tall) {
    const app = await start(), journey = journeyOf(who);
    const room = await app.page();
    await app.go(room, `/journeys/${journey}`);
    const opening = room.context().waitForEvent("page");
    await room.locator("form[action$='/screen'] button").click();
    const screen = await opening;
    await screen.waitForURL(/\/screen\/[0-9a-f]{64}$/);
    await screen.setViewportSize({ width: 1920, height: 1080 });
    ok("the screen asks what is asked", (await screen.locator("h1").textContent()).includes("work on"));
    await room.locator("form[action$='/screen/end'] button").waitFor();
    ok("the room offers to end it", true);

    await room.locator("form[data-key$='/topic'] [name=v]").fill("delegation <b>now</b>");
    await room.locator(".save").first().click();
    await screen.getByText("In three months, delegation <b>now</b>").waitFor({ timeout: 5000 });
    ok("it follows the conversation", true);
    ok("and says what was said", (await screen.locator(".screen-before").textContent()).includes("delegation"));
    espalier("answer", who, "goal=My team decides without me.");
    espalier("answer", who, "where_now=4");
    espalier("answer", who, "boss_knows=true");
    espalier("note", who, "KANARI a note");
    const large = await screen.locator(".wall .note").first().evaluate((n) => n.getBoundingClientRect().height);
    const much = ["time", "nerves", ...Array.from({ length: 10 }, (_, i) => `the ${i + 1}. of many things that could get in the way, told at some length`)];
    espalier("answer", who, "obstacles=" + JSON.stringify(much.map((text) => ({ text }))));
    await screen.getByText("the 10. of many").first().waitFor({ timeout: 25000 });
    ok("what is on a canvas is larger while there is little",
      await screen.locator(".wall .note").first().evaluate((n) => n.getBoundingClientRect().height) < large);
    await screen.getByText("One moment").waitFor({ timeout: 5000 }).catch(() => {});
    const stranger = await app.page({ width: 1920, height: 1080, stranger: true });
    await stranger.goto(screen.url());
    ok("a window without any login can show it", (await stranger.locator(".wall").textContent()).includes("nerves"));

    await app.everywhere("screen", new URL(screen.url()).pathname, { stranger: true, speaks: "en" });
    const size = await stranger.locator("h1").evaluate((h) => parseFloat(getComputedStyle(h).fontSize));
    ok(`the question is read across a room (${size} px)`, size >= 40);

    // A canvas of forty notes.
    await app.go(room, `/journeys/${journeyOf(tall)}`);
    const another = room.context().waitForEvent("page");
    await room.locator("form[action$='/screen'] button").click();
    const full = await another;
    await full.setViewportSize({ width: 1920, height: 1080 });
    await full.locator(".wall .note").nth(39).waitFor();
    await full.waitForFunction(() => document.documentElement.scrollHeight <= innerHeight, null, { timeout: 25000 })
      .then(() => ok("a long canvas stands on the screen as a whole", true), () => ok("a long canvas is whole", false));
    await full.close();
    await app.go(room, `/journeys/${journey}`);

    // Where the coach goes the screen goes: the room is turned to a question that may stay open.
    espalier("undo", who);
    await screen.getByText("What could get in the way").first().waitFor({ timeout: 5000 });
    espalier("undo", who);
    await app.go(room, `/journeys/${journey}?at=define%2Fboss_knows`);
    await screen.locator("h1", { hasText: "superior" }).waitFor({ timeout: 5000 });
    const looped = [];
    screen.on("request", (r) => looped.push(r.url()));
    await screen.waitForTimeout(1200);
    equal("it goes where the coach goes, and rests there", looped.length, 0);

    await room.reload();
    await room.locator("form[action$='/screen/end'] button").click();
    await screen.locator("#live p").waitFor({ timeout: 4000 });
    equal("a screen that is ended shows nothing any more", (await screen.locator("main").textContent()).trim(), "");
    equal("nor opens again", (await stranger.reload()).status(), 404);
    await app.stop();
  },

  // Words that must never be on it stand in every private place; and its secret opens nothing else.
  async secrecy(who, other) {
    const app = await start(), journey = journeyOf(who), another = journeyOf(other);
    const room = await app.page();
    await app.go(room, `/journeys/${journey}`);
    const opening = room.context().waitForEvent("page");
    await room.locator("form[action$='/screen'] button").click();
    const screen = await opening;
    await screen.waitForURL(/\/screen\//);
    const path = new URL(screen.url()).pathname, secret = path.split("/")[2];
    const base = app.origin, seen = [];

    // The stream, read as bytes from beginning to end.
    const stop = new AbortController();
    let stream = "";
    const reading = fetch(base.replace("espalier.localhost", "127.0.0.1") + path + "/live", { signal: stop.signal })
      .then(async (answer) => { for await (const bytes of answer.body) stream += Buffer.from(bytes).toString(); })
      .catch(() => {});
    const look = async () => seen.push(await (await fetch(base.replace("espalier.localhost", "127.0.0.1") + path)).text());
    const say = async (...args) => { espalier(...args); await look(); };

    await look();
    await say("answer", who, "all/topic=bread");
    await say("answer", who, "all/things=flour");
    await say("note", who, "KANARI note");
    await say("note", who, "KANARI shared note", "--shared").catch(() => {});
    await say("answer", who, "all/secret=KANARI secret");
    await say("answer", who, "all/wound=KANARI wound");
    await say("answer", who, "all/seen=KANARI seen");
    await say("skip", who, "all/free", "--why", "KANARI why").catch(() => {});
    await look();
    await screen.waitForTimeout(1500);
    seen.push(await screen.content());
    stop.abort();
    await reading;
    ok("the stream told what changed", /event: changed\ndata: [\d.]+\n\n/.test(stream), stream);
    equal("and nothing else", stream.replace(/(event: changed\ndata: [\d.]+\n\n|: still here\n\n)/g, ""), "");
    ok("the screen showed the conversation", seen.some((html) => html.includes("bread")));
    const canary = seen.concat(stream).filter((html) => html.includes("KANARI"));
    equal("no private word was ever on the screen", canary.map((html) => html.match(/.{60}KANARI.{60}/s)?.[0]), []);
    const links = seen.join("").match(/href="\/(?!assets)[^"]*"/g) ?? [];
    equal("no link leads from it to anywhere", links, []);
    equal("no form is on it", seen.join("").match(/<form/g), null);
    for (const word of ["Other Person", "/clients/", "/journeys/"])
      ok(`nothing of "${word}" is on it`, !seen.join("").includes(word));

    // Every route, with the secret in every place where one could be.
    const table = readFileSync(new URL("../../engine/web/routes.def", import.meta.url), "utf8");
    const routes = [...table.matchAll(/ROUTE\("(\w+)", "([^"]+)", (\w+)/g)].map(([, method, to, need]) => ({ method, to, need }));
    ok(`the table of routes is read (${routes.length})`, routes.length > 20);
    const wrong = [];
    for (const { method, to, need } of routes) {
      if (need === "NEED_NOTHING") continue;
      for (const [j, as] of [[journey, "own"], [another, "another"], [secret, "secret"]])
        for (const place of ["cookie", "query", "token"]) {
          const url = to.replace(":journey", j).replace(":client", j).replace(":secret", need === "NEED_SCREEN" ? "f".repeat(64) : secret)
            .replace(/:\w+/g, "x");
          const headers = { Origin: base.replace("espalier.localhost", "127.0.0.1"), "Sec-Fetch-Site": "same-origin" };
          if (place === "cookie") headers.Cookie = "sid=" + secret;
          if (place === "token") headers["X-Token"] = secret;
          const body = method === "POST" ? new URLSearchParams({ token: secret, sid: secret }) : undefined;
          const answer = await fetch(headers.Origin + url + (place === "query" ? "?sid=" + secret : ""), { method, headers, body, redirect: "manual" });
          if (![401, 404].includes(answer.status)) wrong.push([method, url, as, place, answer.status]);
          const text = await answer.text();
          if (/KANARI|bread|Other Person/.test(text)) wrong.push([method, url, "tells", place]);
        }
    }
    equal("the secret of a screen opens no other route", wrong, []);
    equal("and the screen takes nothing", (await fetch(base.replace("espalier.localhost", "127.0.0.1") + path, { method: "POST",
      headers: { "Sec-Fetch-Site": "same-origin" }, body: new URLSearchParams({ a: 1 }) })).status, 405);

    // It ends when its coach leaves.
    await room.goto(base + "/");
    await room.locator("form[action='/leave']").evaluate((form) => form.submit());
    await screen.locator("#live p").waitFor({ timeout: 4000 });
    equal("it ends when the coach leaves", (await fetch(base.replace("espalier.localhost", "127.0.0.1") + path)).status, 404);
    await app.stop();
  },

  // What is half typed is there again after a crash.
  async drafts(who) {
    const app = await start(), journey = journeyOf(who), path = `/journeys/${journey}`;
    const page = await app.page();
    await app.go(page, path);
    const field = page.locator("form[data-key$='/topic'] [name=v]");
    await field.fill("half a thought & more é");
    await page.waitForResponse((r) => r.url().endsWith("/draft"), { timeout: 4000 });
    equal("while one writes no offer is in the way", await page.locator(".draft:visible").count(), 0);
    await field.fill("half a thought & more é, then");
    const sent = page.waitForResponse((r) => r.url().endsWith("/draft"), { timeout: 2500 });
    await sent;
    ok("what is typed is kept within two seconds", true);

    // The machine stops.
    const gone = new Promise((done) => app.child.once("exit", done));
    app.child.kill("SIGKILL");
    await gone;
    await app.browser.close();

    const later = await start();
    for (const script of [true, false])
      for (const french of [false, true]) {
        const again = await later.page({ script, french });
        await later.go(again, path);
        const offer = again.locator(".draft");
        ok(`the draft is offered (script ${script}, ${french ? "fr" : "en"})`,
          new RegExp(french ? "écrire ici" : "writing here").test(await offer.textContent()), await offer.textContent());
        if (script) await later.axe(again, `an offered draft, ${french ? "fr" : "en"}`);
        await offer.getByRole("link").or(offer.getByRole("button")).first().click();
        await again.waitForURL(/draft=/);
        equal("and stands in its field when it is taken up",
          await again.locator("form[data-key$='/topic'] [name=v]").inputValue(), "half a thought & more é, then");
        await again.context().close();
      }
    const last = await later.page();
    await later.go(last, path);
    await later.keep(last, "draft");
    await last.locator(".draft a").click();
    await last.waitForURL(/draft=/);
    await last.locator("form[data-key$='/topic'] [name=v]").press("End");
    await last.keyboard.type(" done");
    await last.waitForTimeout(1700);
    await last.keyboard.press("Enter");
    await last.locator("form[data-key$='/goal']").waitFor();
    equal("it is answered as it was taken up", JSON.parse(espalier("review", who, "--json")).answered.find((one) => one.key.endsWith("/topic"))?.value,
      "half a thought & more é, then done");
    await last.waitForTimeout(2000);
    await later.go(last, path);
    equal("then there is no draft any more", await last.locator(".draft").count(), 0);
    await last.locator("form[data-key$='/goal'] [name=v]").fill("thrown away");
    await last.waitForResponse((r) => r.url().endsWith("/draft"), { timeout: 4000 });
    await last.reload();
    await last.locator(".draft").getByRole("button").last().click();
    await last.locator(".draft").waitFor({ state: "detached" });
    equal("and one can be thrown away", await last.locator("form[data-key$='/goal'] [name=v]").inputValue(), "");
    await later.stop();
  },

  // Two servers on one practice, and the terminal beside them.
  async servers(who) {
    const here = await start(), there = await start(), path = `/journeys/${journeyOf(who)}`;
    const one = await here.page(), two = await there.page();
    await here.go(one, path);
    await there.go(two, path);
    const field = (page) => page.locator("form[data-key$='/topic'] [name=v]");
    await field(two).fill("mine");
    await field(one).fill("theirs");
    await field(one).press("Enter");
    await revision(one, 1);
    await bar(two).getByRole("button").waitFor({ timeout: 4000 });
    equal("what is half typed in the other server's window stays", await field(two).inputValue(), "mine");
    await field(two).press("Enter");
    await two.getByText("theirs").first().waitFor({ timeout: 4000 });
    const shown = await two.locator("main").textContent();
    ok("who answers the same question second is shown both", shown.includes("mine") && shown.includes("theirs"), shown);
    espalier("answer", who, "goal=In the terminal");
    await revision(one, 2);
    ok("and the terminal is heard by both", (await one.locator("main").textContent()).includes("In the terminal"));
    await here.stop();
    await there.browser.close();
    there.child.kill();
  },

  // What watching costs, and who is not let in any more.
  async many(who) {
    const app = await start(), page = await app.page(), id = journeyOf(who);
    const base = app.origin.replace("espalier.localhost", "127.0.0.1");
    await app.go(page, "/");
    const { value } = (await page.context().cookies()).find((one) => one.name === "sid");
    const cpu = () => {
      const stat = readFileSync(`/proc/${app.child.pid}/stat`, "utf8").split(") ")[1].split(" ");
      return (Number(stat[11]) + Number(stat[12])) * 10; // in ticks of a hundredth of a second
    };
    const stop = new AbortController(), told = [];
    const watch = (i) => fetch(`${base}/journeys/${id}/live`, { headers: { Cookie: "sid=" + value }, signal: stop.signal })
      .then(async (answer) => {
        told[i] = "";
        for await (const bytes of answer.body) told[i] += Buffer.from(bytes).toString();
      }).catch(() => {});
    for (let i = 0; i < 32; i++) watch(i);
    await page.waitForTimeout(700);
    equal("32 windows can watch", told.filter((text) => text.startsWith("event: changed")).length, 32);
    const more = await fetch(`${base}/journeys/${id}/live`, { headers: { Cookie: "sid=" + value } });
    equal("one more is told that there are enough", more.status, 413);
    await more.text();
    const before = cpu();
    await page.waitForTimeout(4000);
    const spent = cpu() - before;
    ok(`they cost nothing while nothing changes (${spent} ms of work in 4 s)`, spent <= 40);
    espalier("answer", who, "topic=x");
    await page.waitForTimeout(1600);
    equal("all of them hear of an answer, once", told.filter((text) => text.split("event: changed").length === 3).length, 32);
    const stream = await fetch(`${base}/journeys/00000000-0000-7000-8000-000000000000/live`, { headers: { Cookie: "sid=" + value } });
    equal("nothing is to be watched of a journey that is not there", stream.status, 404);
    stop.abort();
    await app.stop();
  },

  // Whoever has left sees nothing more.
  async leaving(who) {
    const app = await start(), journey = journeyOf(who);
    const one = await app.page();
    await app.go(one, `/journeys/${journey}`);
    const two = await one.context().newPage();
    await app.go(two, "/");
    await one.waitForTimeout(300);
    await two.locator("form[action='/leave']").evaluate((form) => form.submit());
    await one.locator("#live p").waitFor({ timeout: 3000 });
    ok("a window learns at once that its login has ended", /link|lien/.test(await bar(one).textContent()));
    await app.browser.close(); // Chromium remarks in its console on what is cleared when somebody leaves
    app.child.kill();
  },
};

await play(stages, process.argv.slice(2));
