// Two hundred connections that take their time, and a coach who goes on meanwhile.  What is asserted is that the coach is
// answered while they all hang; how fast is printed.  Called by web_slow.sh.
//   node web_slow.mjs CLIENT FULL       FULL: a client of whom there is much to read
//   node web_slow.mjs CLIENT FULL goal  with the goals, for `make bench`
import { connect } from "node:net";
import { cli, equal, journeyOf, ok, ready, serve } from "./raw.mjs";

const [client, full, goal] = process.argv.slice(2);
const ATTACKERS = 200, CONNECTIONS = 64, ROUNDS = goal ? 200 : 40;
const server = await serve();
const room = `/journeys/${journeyOf(client)}`, much = `/journeys/${journeyOf(full)}`;
const size = Number((await server.send(server.head({ target: much })))[0].headers["content-length"][0]);
ok(`there is an answer of 1 MB to read slowly (${size} bytes)`, size > 1 << 20);

// ---- those who take their time: what they begin with, and what they go on with -------------------------------------

const kinds = [
  ["say nothing"],
  ["trickle a head", `GET / HTTP/1.1\r\nHost: ${server.host}\r\nX: `, "y"],
  ["trickle headers", `GET / HTTP/1.1\r\nHost: ${server.host}\r\n`, "X: y\r\n"],
  ["trickle a request line", "GET /", "y"],
  ["trickle a body", server.head({ method: "POST", target: "/enter", "Content-Length": 5000, Cookie: undefined }), "y"],
  ["trickle a body as the coach", server.head({ method: "POST", target: `${room}/note`, "Content-Length": 200000 }), "y"],
  ["read nothing", server.head({ target: "/", Cookie: undefined, Connection: undefined }).repeat(9)],
  ["read nothing of much", server.head({ target: much, Connection: undefined }).repeat(3)],
];
const attackers = [], told = new Set();
let hanging = 0, calls = 0, over = false;
function attack(i) {
  const own = i > 3 * kinds.length && i % kinds.length === kinds.length - 1; // only some know the coach's secret
  const [what, first = "", again] = kinds[own ? 0 : i % kinds.length];
  const socket = connect({ port: server.port, host: "127.0.0.1" });
  attackers[i] = socket;
  calls++;
  let there = false;
  const gone = () => {
    if (there) hanging--;
    if (!over && attackers[i] === socket) setTimeout(attack, 500, i);
    there = false;
  };
  socket.on("error", () => {}).on("close", gone).on("connect", () => {
    there = true;
    hanging++;
    if (first) socket.write(first);
    if (!again) return;
    const trickle = setInterval(() => socket.destroyed ? clearInterval(trickle) : socket.write(again), 50);
    trickle.unref();
  });
  if (/^read/.test(what)) socket.pause();
  else socket.on("data", (bytes) => told.add(`${what}: ${bytes.toString().slice(0, 60)}`));
}

// ---- the coach -------------------------------------------------------------------------------------------------------

// One connection that is kept, as browsers do: a request and the whole of its answer.
function keep() {
  const socket = connect({ port: server.port, host: "127.0.0.1" });
  let came = "", done, ended = false;
  const look = () => {
    const end = came.indexOf("\r\n\r\n"), length = Number(/content-length: (\d+)/i.exec(came.slice(0, end))?.[1] ?? 0);
    if (!done || (end < 0 || came.length < end + 4 + length) && !ended) return;
    const text = came.slice(0, end + 4 + length);
    came = came.slice(text.length);
    done(Number(text.slice(9, 12)));
    done = undefined;
  };
  socket.on("data", (bytes) => { came += bytes.toString("latin1"); look(); });
  socket.on("error", () => {}).on("close", () => { ended = true; look(); });
  return {
    ask: (bytes) => ready(new Promise((answer) => { done = answer; socket.write(bytes); look(); }), "an answer"),
    end: () => socket.destroy(), get ended() { return ended; },
  };
}
let said = 0;
const kept = (fields) => server.form(`${room}/answer`, { key: "all/a_text", v: `said ${++said}`, ...fields },
  { Connection: undefined });
async function hold(coach, times) {
  const wrong = [];
  for (let i = 0; i < ROUNDS; i++) {
    const from = process.hrtime.bigint();
    const posted = await coach.ask(kept());
    times.push(Number(process.hrtime.bigint() - from) / 1e6);
    const got = i % 4 === 0 ? await coach.ask(server.head({ target: room, Connection: undefined })) : 200;
    // One that comes in only now, too.
    const [fresh] = i % 4 === 2 ? await server.send(server.head({ target: room })) : [{ status: 200 }];
    if (posted !== 303 || got !== 200 || fresh?.status !== 200 || !(over || hanging >= CONNECTIONS / 2))
      wrong.push([posted, got, fresh?.status, hanging]);
  }
  return wrong;
}
const middle = (times) => [...times].sort((a, b) => a - b)[times.length >> 1];
const tell = (times) => `median ${middle(times).toFixed(1)} ms, largest ${Math.max(...times).toFixed(1)} ms`;

const quiet = [], besieged = [], coach = keep(), stranger = keep();
stranger.ask(server.head({ Cookie: undefined, Connection: undefined }));
over = true; // nobody hangs yet
equal(`${ROUNDS} answers while nobody else is there`, await hold(coach, quiet), []);
over = false;
for (let i = 0; i < ATTACKERS; i++) attack(i);
await ready(new Promise((done) => {
  const look = setInterval(() => { if (calls >= ATTACKERS && hanging >= CONNECTIONS / 2
    && stranger.ended) { clearInterval(look); done(); } }, 20);
}), "the siege");
ok("the control: a stranger who had come before them has been sent away for them", stranger.ended);
equal(`${ROUNDS} answers while ${ATTACKERS} connections take their time, the coach's own still there`, await hold(coach,
  besieged), []);
ok("the coach's own connection was never ended", !coach.ended);
equal("none of them was told anything", [...told].filter((text) => !/HTTP\/1\.1 40[08]/.test(text)), []);
equal("what was said last is saved", JSON.parse(cli("review", client, "--json")).answered.find((one) =>
  one.id === "a_text").value, `said ${said}`);
over = true;
for (const socket of attackers) socket.destroy();
equal("afterwards all is as before", await hold(coach, []), []);
console.log(`# ${calls} connections of ${ATTACKERS} attackers; an answer without them: ${tell(quiet)}; with them: ${tell(besieged)}`);
const late = (times) => [...times].sort((a, b) => a - b)[Math.floor(times.length * 0.99)].toFixed(1);
if (goal)
  console.log(`an answer while 200 connections take their time: 99 of 100 within ${late(besieged)} ms  goal 100  ` +
    `${late(besieged) < 100 ? "met" : "missed"}  (median ${middle(besieged).toFixed(1)}; without them ${late(quiet)}, ${middle(quiet).toFixed(1)})`);
coach.end();
await server.stop();
process.exit(0);
