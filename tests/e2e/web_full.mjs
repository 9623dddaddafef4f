// A disk that is full while the server writes: the page says so and has what was typed, nothing that was said is lost,
// and with room again it goes on.  Called by web_walk.sh on a disk of its own.
//   node web_full.mjs CLIENT FILLER
import { closeSync, openSync, rmSync, writeSync } from "node:fs";
import { cli, equal, journeyOf, ok } from "./raw.mjs";
import { enter } from "./walk.mjs";

const [client, filler] = process.argv.slice(2);
const app = await enter();
const room = `/journeys/${journeyOf(client)}`, key = "define/topic";
const answer = (v, language) => app.post(`${room}/answer`, { key, v }, language);

equal("an answer is saved", (await answer("said before")).status, 303);
const file = openSync(filler, "w");
try { for (;;) if (writeSync(file, Buffer.alloc(4096, 1)) < 4096) break; } catch { /* full */ }
const long = "typed on a full disk ".repeat(400).trim();
const refused = await answer(long), in_french = await answer(long, "fr");
equal("on a full disk the page says that it was not stored", [refused.status, in_french.status], [507, 507]);
ok("why, and what to do", /There is no room left on the disk/.test(refused.text) && /make room and try again/.test(refused.text),
  refused.text.slice(0, 3000));
ok("in French, too", /Il n’y a plus de place sur le disque/.test(in_french.text));
ok("and what was typed stands in the form", refused.text.includes(long) && in_french.text.includes(long));
equal("a draft is refused, too", (await app.post(`${room}/draft`, { key, v: long })).status, 507);
ok("the page of before is there", (await app.get(room)).status === 200);
closeSync(file);
rmSync(filler);
equal("with room again it is saved", (await answer(long)).status, 303);
await app.stop("SIGTERM", 0);
const review = JSON.parse(cli("review", client, "--json"));
equal("and there afterwards", review.answered.find((one) => one.key === key)?.value, long);
cli("doctor", "--deep");
