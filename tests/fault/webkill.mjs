// A scripted client answers, undoes and types through the web app while the server is killed (-9) at random moments.
// What the server called saved is there afterwards, of what was typed at most the last two seconds are lost, and the
// practice is whole.  Called by webkill.sh; prints a line for each thing that is shown.
//   node webkill.mjs CLIENT TIMES
import { execFileSync, spawn } from "node:child_process";

const [who, times] = [process.argv[2], Number(process.argv[3])];
const espalier = (...args) => execFileSync(process.env.ESPALIER, args, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
const ok = (sentence, condition, why) => {
  console.log(`${condition ? "ok" : "not ok"} - ${sentence}`);
  if (!condition && why !== undefined) console.log("# " + JSON.stringify(why).slice(0, 2000));
};
const journey = JSON.parse(espalier("status", who, "--json"))[0].journey;
// So that a campaign can be tried again: SEED=N
let seed = Number(process.env.SEED ?? Date.now() % 100000);
console.log(`# SEED=${seed}`);
const random = () => { seed = (seed * 1103515245 + 12345) % 2147483648; return seed / 2147483648; };

async function serve() {
  const child = spawn(process.env.ESPALIER, ["serve", "--json"], { stdio: ["pipe", "pipe", "ignore"] });
  const lines = await new Promise((done, fail) => {
    let text = "";
    child.stdout.setEncoding("utf8").on("data", (more) => { text += more; try { done(JSON.parse(text)); } catch { /* more comes */ } });
    child.once("exit", () => fail(new Error("the server did not start")));
  });
  const base = `http://127.0.0.1:${lines.port}`;
  const entered = await fetch(base + "/enter", { method: "POST", redirect: "manual", headers: { "Sec-Fetch-Site": "same-origin" },
    body: new URLSearchParams({ code: new URL(lines.link).hash.slice(3) }) });
  const cookie = entered.headers.get("set-cookie").split(";")[0];
  const page = async (query = "") =>
    (await fetch(`${base}/journeys/${journey}${query}`, { headers: { Cookie: cookie } })).text();
  const token = (await page()).match(/name="token" value="([0-9a-f]{64})"/)[1];
  const post = (action, fields) => fetch(`${base}/journeys/${journey}/${action}`, { method: "POST", redirect: "manual",
    headers: { Cookie: cookie, "Sec-Fetch-Site": "same-origin" }, body: new URLSearchParams({ token, ...fields }) })
    .then((answer) => answer.status);
  return { child, page, post };
}

const key = "define/topic", said = [];
let saved = "", trying = "", draft = "", drafting = "", lost = [], kills = 0, n = 0, torn = [];

// Types and answers until the server is gone.
async function talk(server) {
  for (;;) {
    n++;
    drafting = `draft ${n}`;
    if (await server.post("draft", { key: "define/goal", v: drafting }) === 204) draft = drafting;
    trying = `answer ${n}`;
    const status = await server.post("answer", { key, v: trying });
    if (status === 303) saved = trying;
    else said.push(status);
  }
}

function judge() {
  const review = JSON.parse(espalier("review", who, "--json"));
  const there = review.answered.find((one) => one.key === key)?.value ?? "";
  if (there !== saved && there !== trying) lost.push({ saved, trying, there });
  saved = there;
}

espalier("answer", who, "topic=begun");
saved = trying = "begun";
while (kills < times) {
  const server = await serve();
  if (draft) {
    // Taken up, it stands in the field of its question.
    const html = await server.page("?draft=define%2Fgoal");
    const there = html.match(/<textarea[^>]*name="v"[^>]*>(draft \d+)<\/textarea>/)?.[1] ?? "";
    if (there !== draft && there !== drafting) torn.push({ draft, drafting, there });
    draft = there;
  }
  const gone = new Promise((done) => server.child.once("exit", done));
  setTimeout(() => server.child.kill("SIGKILL"), 5 + random() * 250);
  await talk(server).catch(() => {});
  await gone;
  kills++;
  judge();
  if (kills % 10 === 0)
    try { espalier("doctor", "--deep"); } catch (e) { lost.push(String(e.stdout ?? e)); }
}

ok(`killed ${kills} times: what was called saved is there`, lost.length === 0, lost.slice(0, 3));
ok("and what was typed, too", torn.length === 0, torn.slice(0, 3));
ok(`while ${n} answers and drafts were given`, n > kills);
ok("no answer was refused", said.length === 0, said.slice(0, 5));
process.exit(0);
