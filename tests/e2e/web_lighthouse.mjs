// What Lighthouse says of the pages that are used most, as on the phone that it imagines (a slow network, a processor
// four times slower than this one), and that nothing on them jumps when the scripts come.  Called by
// browser_lighthouse.sh in a folder with a practice of its own.
//   node web_lighthouse.mjs CLIENT
// A machine that does something else meanwhile makes a page look slower than it is: of the speed the best of up to four
// runs counts, and the last two of them on a busy machine ask of its processor what is left of it.
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { cpus, loadavg } from "node:os";
import { pathToFileURL } from "node:url";
import { borrowed, cli, equal, ok, start } from "./web.mjs";

const require = createRequire(process.env.NODE_PACKAGES + "/package.json");
const { default: lighthouse } = await import(pathToFileURL(require.resolve("lighthouse")));
const least = { accessibility: 1, "best-practices": 1, performance: 0.98 };
const slower = 4, runs = 4;

// A port that is free now.
const port = await new Promise((found) => {
  const server = createServer().listen(0, "127.0.0.1", () => {
    const { port } = server.address();
    server.close(() => found(port));
  });
});

// How many times slower than this one the processor of the phone is.
function slowdown(run) {
  const left = Math.min(1, cpus().length / loadavg()[0]);
  return run <= runs / 2 ? slower : Math.max(1, slower * left);
}

// What took points off.
const lost = (report, category) => report.categories[category].auditRefs
  .map(({ id, weight }) => ({ ...report.audits[id], weight }))
  .filter((one) => one.weight > 0 && one.score !== null && one.score < 1)
  .map((one) => [one.id, one.score, one.displayValue, (one.details?.items ?? []).slice(0, 3)]);

async function judge(app, name, path) {
  let wanted = Object.keys(least);
  for (let run = 1; run <= runs && wanted.length > 0; run++) {
    const cpuSlowdownMultiplier = slowdown(run);
    const { lhr } = await lighthouse(app.url(path), { port, onlyCategories: wanted, disableFullPageScreenshot: true,
      throttling: { cpuSlowdownMultiplier }, logLevel: "error" });
    const seen = [new URL(lhr.finalDisplayedUrl).pathname, lhr.runtimeError, lhr.configSettings.throttling.cpuSlowdownMultiplier];
    equal(`${name}: it is this page that is judged`, seen, [path, undefined, cpuSlowdownMultiplier]);
    for (const category of wanted) {
      const { score } = lhr.categories[category];
      if (score < least[category] && category === "performance" && run < runs) continue;
      ok(`${name}: ${category} is ${Math.round(score * 100)}, at least ${least[category] * 100}`, score >= least[category],
        lost(lhr, category));
      wanted = wanted.filter((one) => one !== category);
    }
  }
}

// The page is painted before its scripts come, and stays where it is when they do.
async function stays(app, name, path) {
  const page = await app.page({ width: 412 });
  let paint;
  const painted = new Promise((done) => { paint = done; });
  await page.exposeFunction("painted", () => paint());
  await page.addInitScript(() => {
    window.moved = [];
    new PerformanceObserver((list) => window.painted(list)).observe({ type: "paint", buffered: true });
    new PerformanceObserver((list) => list.getEntries().forEach((one) => window.moved.push([one.value,
      one.sources.map(({ node }) => (node?.outerHTML ?? node?.data ?? "").slice(0, 80))])))
      .observe({ type: "layout-shift", buffered: true });
  });
  await page.route("**/*.js", (route) => painted.then(() => route.continue()));
  await app.go(page, path);
  await page.waitForFunction(() => document.documentElement.classList.contains("ready"));
  // Two frames later it is known what moved.
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done)))));
  equal(`${name}: nothing jumps when the scripts come`, await page.evaluate(() => window.moved), []);
  await page.context().close();
}

await borrowed([`--remote-debugging-port=${port}`]);
const app = await start();
await app.admit();
const { journey } = JSON.parse(cli(["status", process.argv[2], "--json"]))[0];
const pages = { desk: "/", room: `/journeys/${journey}`, board: `/journeys/${journey}/board`, plan: `/journeys/${journey}/plan` };
for (const [name, path] of Object.entries(pages)) await stays(app, name, path);
for (const [name, path] of Object.entries(pages)) await judge(app, name, path);
await app.stop();
