// The web app as a coach meets it, for the scripts beside it (web_*.mjs, run by browser_*.sh): a server of its own on
// the practice $ESPALIER_DB, a browser that comes in by the link, and what is asserted of a whole run.
//
//   import { start, cli, day, ok, equal } from "./web.mjs";
//   cli(["client", "add", "Ada"], day(-20));        // as it was twenty days ago
//   const app = await start();                      // or start({ env: {...} })
//   const page = await app.page({ width: 360, dark: true, french: true, script: false });
//   await page.goto(app.url("/clients/1")); ...     // app.go(page, "/path") does the same and returns its HTML
//   await app.everywhere("desk", "/");              // all of the following, in every window; see there
//   await app.fits(page, "desk");                   // nothing to scroll sideways, no text cut
//   await app.axe(page, "desk");                    // no violations
//   await app.keep(page, "desk");                   // its HTML as desk.html, for the checker; $LOOK/desk.png to look at
//   await app.stop();                               // headers of every answer, console, requests to elsewhere
//
// Pages come with a login; app.page({ stranger: true }) has none.  app.link() prints another link for it.
// A script that has stages, some of which need a server of their own, is `await play(stages, process.argv.slice(2))`:
// NAME or NAME:ARGUMENT:... are run in turn, in one browser.
import { execFileSync, spawn } from "node:child_process";
import { createRequire } from "node:module";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";

const require = createRequire(process.env.NODE_PACKAGES + "/package.json");
const { chromium } = require("playwright-core");
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const flags = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync"];

export const widths = [360, 768, 1280, 1920];

export const ok = (sentence, condition, why) => {
  console.log(`${condition ? "ok" : "not ok"} - ${sentence}`);
  if (!condition && why !== undefined) console.log("# " + JSON.stringify(why).slice(0, 2000));
};
export const equal = (sentence, there, wanted) =>
  ok(sentence, JSON.stringify(there) === JSON.stringify(wanted), { there, wanted });

// A command of the program, to have somebody to look at; `day` is when it was.
export const cli = (args, day) => execFileSync(process.env.ESPALIER, args, {
  env: { ...process.env, ...(day ? { ESPALIER_CLOCK: day + "T10:00:00Z" } : {}) }, stdio: ["ignore", "pipe", "pipe"] }).toString();

// A day so many days from now, as YYYY-MM-DD.
export const day = (from) => new Date(Date.now() + from * 86400000).toISOString().slice(0, 10);

// RELIABILITY 3.4: on every answer, whatever it is.
const required = {
  "content-security-policy": /^default-src 'none'; script-src 'self'; style-src 'self';/,
  "x-content-type-options": /^nosniff$/,
  "referrer-policy": /^no-referrer$/,
  "cache-control": /^no-store$/,
  "cross-origin-opener-policy": /^same-origin$/,
  "cross-origin-resource-policy": /^same-origin$/,
  "cross-origin-embedder-policy": /^require-corp$/,
  "permissions-policy": /camera=\(\)/,
};

// Starts the program; its lines as they come.  Its life ends with ours.
function program(command, env) {
  const child = spawn(process.env.ESPALIER, [command], { env: { ...process.env, ...env }, stdio: ["pipe", "pipe", "pipe"] });
  const links = [], waiting = [];
  let text = "";
  child.stdout.setEncoding("utf8").on("data", (more) => {
    text += more;
    for (let end; (end = text.indexOf("\n")) >= 0; text = text.slice(end + 1)) {
      const line = text.slice(0, end);
      if (!line.startsWith("http://")) continue;
      const next = waiting.shift();
      if (next) next(line); else links.push(line);
    }
  });
  child.told = "";
  child.stderr.setEncoding("utf8").on("data", (more) => { child.told += more; });
  child.nextLink = () => links.length ? Promise.resolve(links.shift()) : new Promise((done) => waiting.push(done));
  process.on("exit", () => child.kill());
  return child;
}

// The library, as the debugger brings it in: an expression that the browser need not send back is cheap.
export async function inject(page) {
  if (await page.evaluate(() => typeof axe === "object")) return;
  const debug = await page.context().newCDPSession(page);
  await debug.send("Runtime.evaluate", { expression: axe + ";0" });
  await debug.detach();
}

const heightOf = (width) => width < 700 ? 740 : 800;

const within = (promise, what, ms = 15000) => Promise.race([promise,
  new Promise((_, no) => setTimeout(() => no(new Error(what + " did not happen")), ms).unref())]);

// One browser for all that is done here; `more` flags for whoever asks first.
let lent, playing = false;
export async function borrowed(more = []) {
  if (!lent?.isConnected()) lent = await chromium.launch({ executablePath: process.env.CHROMIUM, args: [...flags, ...more] });
  return lent;
}

export async function play(stages, wanted) {
  playing = true;
  for (const [name, ...rest] of wanted.map((one) => one.split(":")))
    await stages[name](...rest).catch((e) => ok(`${name} goes to its end`, false, String(e.stack ?? e)));
  await lent?.close();
  process.exit(0);
}

// `opened` gives the link by which the first window comes in; without it, the one that is printed.
export async function start({ command = "serve", env = {}, opened } = {}) {
  const child = program(command, env);
  const printed = await within(child.nextLink(), "the link");
  const link = opened ? await within(opened(printed), "the opening of a browser") : printed;
  const origin = new URL(link).origin;
  const browser = await borrowed(), contexts = [];
  const trouble = [], headers = [];
  let answers = 0, state;

  function watch(context) {
    contexts.push(context);
    const seen = (page) => {
      page.on("dialog", (d) => { trouble.push("dialog " + d.message()); d.dismiss().catch(() => {}); });
      page.on("pageerror", (e) => trouble.push("error " + e));
      page.on("console", (m) => {
        // A page that says what is wrong is an answer like others; Chromium notes its status in the console.
        // So is what leaving clears.
        if (!/^(Failed to load resource: the server responded with a status of 4|Clear-Site-Data header)/.test(m.text()))
          trouble.push(m.text());
      });
    };
    context.on("page", seen);
    context.on("request", (r) => { if (!r.url().startsWith(origin) && !/^(data|blob):/.test(r.url())) trouble.push(r.url()); });
    context.on("response", (r) => {
      if (!r.url().startsWith(origin)) return;
      answers++;
      const sent = r.headers();
      for (const [name, pattern] of Object.entries(required))
        if (!pattern.test(sent[name] ?? "")) headers.push(`${r.status()} ${r.url()} ${name}: ${sent[name]}`);
    });
  }

  async function page({ width = 1280, height, dark = false, french = false, script = true, stranger = false, ...more } = {}) {
    const context = await browser.newContext({
      viewport: { width, height: height ?? heightOf(width) },
      colorScheme: dark ? "dark" : "light",
      locale: french ? "fr-FR" : "en-US",
      javaScriptEnabled: script,
      reducedMotion: "reduce",
      storageState: stranger ? undefined : state,
      hasTouch: width < 700,
      ...more,
    });
    watch(context);
    const opened = await context.newPage();
    opened.setDefaultTimeout(25000); // the machine may be busy with other tests
    return opened;
  }

  // Windows that are made anew by whoever looks at pages everywhere, kept from one page to the next.
  const windows = {};
  async function shape(page, debug, width) {
    await debug.send("Emulation.setTouchEmulationEnabled", { enabled: width < 700, maxTouchPoints: 1 });
    await page.setViewportSize({ width, height: heightOf(width) });
    await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
  }

  const app = {
    origin, browser, child, page,
    url: (path) => origin + path,
    async go(page, path) {
      const response = await page.goto(origin + path);
      return response.text();
    },
    // A new link, as a coach asks for it: by Enter in the terminal.
    link() {
      child.stdin.write("\n");
      return within(child.nextLink(), "another link");
    },
    async enter(page, link) {
      await page.goto(link);
      await page.waitForURL((url) => !url.hash && url.pathname === "/");
      await page.locator("form[action='/leave']").waitFor({ state: "attached" });
    },
    // A page as it is loaded on a desk, in English and in the light, and again on a phone, in French and in the dark: axe
    // finds nothing, and both fit the window when it is made as wide as each of `widths`.  What is kept is judged as HTML.
    // `visit` goes there if it takes more than a path; `speaks` is the language of a page that has one of its own.
    async everywhere(name, path, { stranger = false, speaks, visit = (page) => app.go(page, path) } = {}) {
      for (const dark of [false, true]) {
        const page = windows[`${stranger} ${dark}`] ??= await app.page({ stranger, dark, french: dark });
        const debug = await page.context().newCDPSession(page);
        const loaded = dark ? 360 : 1280, shown = (width) => `${name}-${width}${dark ? "-dark" : ""}`;
        await shape(page, debug, loaded);
        await visit(page);
        equal(`${shown(loaded)} speaks its language`, await page.locator("html").getAttribute("lang"), speaks ?? (dark ? "fr" : "en"));
        await app.axe(page, shown(loaded));
        await app.keep(page, shown(loaded));
        for (const width of widths) {
          await shape(page, debug, width);
          await app.fits(page, shown(width));
          if (width !== loaded) await app.look(page, shown(width));
        }
        await debug.detach();
      }
    },
    // Windows that others open in this browser are logged in too.
    async admit() {
      const cdp = await browser.newBrowserCDPSession();
      await cdp.send("Storage.setCookies", { cookies: state.cookies });
      await cdp.detach();
    },
    async fits(page, name) {
      const wide = await page.evaluate(() => {
        const room = document.documentElement.clientWidth;
        if (document.documentElement.scrollWidth <= room) return [];
        return [...document.querySelectorAll("body *")].filter((one) => one.getBoundingClientRect().right > room + 1)
          .slice(0, 5).map((one) => one.outerHTML.slice(0, 120));
      });
      equal(`${name} fits its window`, wide, []);
    },
    async axe(page, name) {
      await inject(page);
      const found = await page.evaluate(() => axe.run(document, { resultTypes: ["violations"] })
        .then((r) => r.violations.map((v) => [v.id, ...v.nodes.map((n) => n.target.join(" ") + " " +
          n.any.map((a) => a.message).join(" ")).slice(0, 3)])));
      equal(`${name}: axe finds nothing`, found, []);
    },
    async keep(page, name) {
      const html = await page.evaluate(() => fetch(location.href).then((answer) => answer.text()));
      writeFileSync(`${name}.html`, html);
      await app.look(page, name);
    },
    async look(page, name, options = {}) {
      if (!process.env.LOOK) return;
      mkdirSync(process.env.LOOK, { recursive: true });
      await page.screenshot({ path: `${process.env.LOOK}/${name}.png`, fullPage: true, ...options });
    },
    // Bytes over the wire until the page is there.
    async weigh(page, path) {
      const cdp = await page.context().newCDPSession(page);
      let bytes = 0;
      await cdp.send("Network.enable");
      cdp.on("Network.loadingFinished", (one) => { bytes += one.encodedDataLength; });
      await page.goto(origin + path, { waitUntil: "networkidle" });
      await cdp.detach();
      return bytes;
    },
    async stop() {
      ok(`each of ${answers} answers has the required headers`, answers > 0 && headers.length === 0, headers.slice(0, 5));
      equal("no console message, no dialog, nothing asked of others", trouble.slice(0, 5), []);
      await Promise.all(contexts.map((context) => context.close()));
      if (!playing) await browser.close();
      const gone = new Promise((done) => child.once("exit", (status) => done(status)));
      child.kill("SIGTERM");
      equal("the server ends in peace", await within(gone, "the end of the server"), 0);
    },
  };

  const first = await page({ stranger: true });
  await app.enter(first, link);
  state = await first.context().storageState();
  await first.context().close();
  return app;
}

// A failing step ends the script with its reason instead of silence.
process.on("unhandledRejection", (e) => {
  console.log("not ok - the script went to its end\n# " + String(e.stack ?? e).replaceAll("\n", "\n# "));
  process.exit(1);
});
