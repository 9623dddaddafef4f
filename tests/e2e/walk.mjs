// A server met by fetch, for the scripts beside it: a coach who is logged in, without a browser.
//   const app = await enter();
//   const page = await app.get("/"); await app.post("/clients", { name: "Ada" }, "fr");   // {status, text, location}
//   await app.stop("SIGTERM", 0);        // it ends with that status, and the sanitizers had nothing to say
import { spawn } from "node:child_process";
import { equal, faults, ok, ready } from "./raw.mjs";

export async function enter() {
  const child = spawn(process.env.ESPALIER, ["serve", "--json"], { stdio: ["pipe", "pipe", "pipe"] });
  process.on("exit", () => child.kill());
  let told = "", text = "", asked = 0;
  const wrong = [];
  child.stderr.setEncoding("utf8").on("data", (more) => { told += more; });
  const lines = await ready(new Promise((done, fail) => {
    child.stdout.setEncoding("utf8").on("data", (more) => {
      text += more;
      try { done(JSON.parse(text)); } catch { /* more comes */ }
    });
    child.once("exit", () => fail(new Error("the server did not start: " + told)));
  }), "the start of the server");
  const base = `http://127.0.0.1:${lines.port}`;
  let cookie = "", token = "";

  async function ask(path, { language = "en", stranger = false, ...how } = {}) {
    const answer = await fetch(base + path, { redirect: "manual", ...how,
      headers: { Cookie: `language=${language}` + (stranger ? "" : `; ${cookie}`), "Sec-Fetch-Site": "same-origin", ...how.headers } });
    const headers = Object.fromEntries([...answer.headers].map(([name, value]) => [name, [value]]));
    asked++;
    if (faults({ headers }).length > 0) wrong.push(`${how.method ?? "GET"} ${path}: ${faults({ headers })}`);
    const bytes = Buffer.from(await answer.arrayBuffer());
    return { status: answer.status, text: bytes.toString("utf8"), bytes, location: answer.headers.get("location"),
      type: answer.headers.get("content-type"), cookie: answer.headers.get("set-cookie") };
  }

  const app = {
    base, child,
    get: (path, language) => ask(path, { language }),
    head: (path) => ask(path, { method: "HEAD" }),
    stranger: (path) => ask(path, { stranger: true }),
    post: (path, fields = {}, language) => ask(path, { method: "POST", language,
      body: new URLSearchParams(Array.isArray(fields) ? [["token", token], ...fields] : { token, ...fields }) }),
    // The first event of a stream.
    async event(path) {
      const end = new AbortController();
      const answer = await fetch(base + path, { headers: { Cookie: cookie }, signal: end.signal });
      const { value } = await ready(answer.body.getReader().read(), "an event");
      end.abort();
      return Buffer.from(value ?? "").toString();
    },
    async stop(signal, status) {
      const gone = new Promise((done) => child.once("close", (code) => done(code)));
      child.kill(signal);
      equal(`${signal} ends the server with ${status}`, await ready(gone, "the end of the server"), status);
      ok(`each of ${asked} answers has the required headers`, asked > 0 && wrong.length === 0, wrong.slice(0, 5));
      ok("nothing is amiss in its memory", !/Sanitizer|runtime error/.test(told), told.slice(0, 3000));
    },
  };
  const entered = await app.post("/enter", { code: new URL(lines.link).hash.slice(3) });
  cookie = entered.cookie.split(";")[0];
  token = (await app.get("/")).text.match(/name="token" value="([0-9a-f]{64})"/)[1];
  return app;
}

process.on("unhandledRejection", (e) => {
  console.log("not ok - the script went to its end\n# " + String(e.stack ?? e).replaceAll("\n", "\n# "));
  process.exit(1);
});
