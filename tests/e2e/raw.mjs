// A running server met by bare sockets, for the scripts beside it: no browser, no package.
//   import { cli, digest, equal, ok, ready, serve } from "./raw.mjs";
//   const server = await serve();                       // comes in by the link: server.cookie, server.token
//   const answers = await server.send(server.head({ method: "POST", ... }) + body);   // until the server hangs up
//   await server.stop();
import { execFileSync, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { connect } from "node:net";

export const ok = (sentence, condition, why) => {
  console.log(`${condition ? "ok" : "not ok"} - ${sentence}`);
  if (!condition && why !== undefined) console.log("# " + JSON.stringify(why).slice(0, 3000));
};
export const equal = (sentence, there, wanted) =>
  ok(sentence, JSON.stringify(there) === JSON.stringify(wanted), { there, wanted });

export const cli = (...args) => execFileSync(process.env.ESPALIER, args, { encoding: "utf8", stdio: ["ignore", "pipe",
  "pipe"] });
export const journeyOf = (client) => JSON.parse(cli("status", client, "--json"))[0].journey;

// Everything that the practice says of itself.
export function digest(clients) {
  const hash = createHash("sha256");
  for (const args of [["client", "list"], ["status"]]) hash.update(cli(...args, "--json"));
  for (const client of clients)
    for (const verb of ["client show", "review", "history", "notes", "canvas"])
      hash.update(cli(...verb.split(" "), client, ...(verb === "canvas" ? ["--format", "json"] : ["--json"])));
  return hash.digest("hex");
}

// RELIABILITY 3.4, word for word: on every answer, whatever it is.
const required = {
  "content-security-policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; " +
    "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'; object-src 'none'",
  "x-content-type-options": "nosniff", "referrer-policy": "no-referrer", "cache-control": "no-store",
  "cross-origin-opener-policy": "same-origin", "cross-origin-resource-policy": "same-origin",
  "cross-origin-embedder-policy": "require-corp",
  "permissions-policy": "camera=(), microphone=(), geolocation=(), usb=(), clipboard-read=()",
};
// What is wrong with the head of an answer.
export function faults(answer) {
  const wrong = Object.entries(required).filter(([name, value]) => answer.headers[name]?.join("|") !== value)
    .map(([name]) => `${name}: ${answer.headers[name]}`);
  for (const name of Object.keys(answer.headers))
    if (/^access-control-|^server$|^x-powered-by$|^strict-transport/.test(name)) wrong.push(name);
  return wrong;
}

// The answers in a stream of bytes, each with its status, headers and body; what is left over, if it is no answer.
export function read(bytes, toHead = false) {
  const answers = [];
  for (let text = bytes; text.length > 0;) {
    const end = text.indexOf("\r\n\r\n"), lines = text.slice(0, end).split("\r\n");
    const status = Number(/^HTTP\/1\.1 (\d{3}) [A-Za-z ]+$/.exec(lines[0])?.[1]);
    if (end < 0 || !status) return [...answers, { status: 0, headers: {}, body: text }];
    const headers = {};
    for (const line of lines.slice(1)) {
      const colon = line.indexOf(": ");
      (headers[line.slice(0, colon).toLowerCase()] ??= []).push(line.slice(colon + 2));
    }
    const length = toHead || status < 200 || status === 204 ? 0 : Number(headers["content-length"]?.[0] ?? text.length);
    const from = end + 4;
    if (status >= 200) answers.push({ status, headers, body: text.slice(from, from + length),
      missing: from + length - text.length });
    text = text.slice(from + length);
  }
  return answers;
}

// A promise that fails with a sentence instead of waiting for ever.
export const ready = (promise, what, seconds = 60) => Promise.race([promise,
  new Promise((_, no) => setTimeout(() => no(new Error(what + " did not happen")), seconds * 1000).unref())]);

export async function serve(env = {}) {
  const child = spawn(process.env.ESPALIER, ["serve"], { env: { ...process.env, ...env }, stdio: ["pipe", "pipe", "pipe"] });
  process.on("exit", () => child.kill());
  let told = "";
  child.stderr.setEncoding("utf8").on("data", (more) => { told += more; });
  const link = await ready(new Promise((done) => {
    let text = "";
    child.stdout.setEncoding("utf8").on("data", (more) => {
      const found = /^(http:\S+)\n/m.exec(text += more);
      if (found) done(found[1]);
    });
  }), "the link");
  const port = Number(new URL(link).port), host = `espalier.localhost:${port}`;

  // Bytes, a piece at a time; resolves with all that came when the other side has hung up.  `half`: we end first;
  // `late`: we read only when all is written, as browsers do.
  const bytes = (pieces, { half = false, late = false } = {}) => ready(new Promise((done) => {
    const socket = connect({ port, host: "127.0.0.1" }), came = [], last = [pieces].flat().length - 1;
    socket.on("error", () => {}).on("close", () => done(Buffer.concat(came).toString("latin1")));
    const listen = () => socket.on("data", (more) => came.push(more)).resume();
    if (late) socket.pause(); else listen();
    socket.on("connect", () => {
      [pieces].flat().forEach((piece, i) => socket.write(piece, "latin1", late && i === last ? listen : undefined));
      if (half) socket.end();
    });
  }), `an end of ${JSON.stringify(String([pieces].flat()[0]).slice(0, 200))}`);

  // The head of a request, as a page of ours would send it but for what is given; undefined leaves a header out.
  const server = { child, port, host, bytes, get told() { return told; }, cookie: undefined, token: "" };
  server.head = ({ method = "GET", target = "/", version = "HTTP/1.1", ...others } = {}) => {
    const headers = { Host: host, Cookie: server.cookie, ...(method === "POST" ? {
      "Sec-Fetch-Site": "same-origin", "Content-Type": "application/x-www-form-urlencoded", "X-Token": server.token } : {}),
      Connection: "close", ...others };
    return `${method} ${target} ${version}\r\n` + Object.entries(headers).filter(([, value]) => value !== undefined)
      .map(([name, value]) => `${name}: ${value}\r\n`).join("") + "\r\n";
  };
  server.form = (target, fields, others = {}) => {
    const body = typeof fields === "string" ? fields : new URLSearchParams(fields).toString();
    return server.head({ method: "POST", target, "Content-Length": Buffer.byteLength(body, "latin1"), ...others }) + body;
  };
  server.send = async (pieces, how) => read(await bytes(pieces, how), /^HEAD /.test([pieces].flat()[0]));
  server.stop = async () => {
    const gone = new Promise((done) => child.once("exit", (status, signal) => done(signal ?? status)));
    child.kill("SIGTERM");
    equal("the server ends in peace", await ready(gone, "the end of the server"), 0);
  };

  const [entered] = await server.send(server.form("/enter", { code: new URL(link).hash.slice(3) }));
  server.cookie = entered.headers["set-cookie"][0].split(";")[0];
  const [desk] = await server.send(server.head());
  server.token = /name="token" value="([0-9a-f]{64})"/.exec(desk.body)[1];
  return server;
}

process.on("unhandledRejection", (e) => {
  console.log("not ok - the script went to its end\n# " + String(e.stack ?? e).replaceAll("\n", "\n# "));
  process.exit(1);
});
