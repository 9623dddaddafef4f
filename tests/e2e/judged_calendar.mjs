// Calendars as ical.js reads them against the same events as JSON (NAME.ics, NAME.events): a line for each fault.
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
const require = createRequire(process.env.NODE_PACKAGES + '/');
const loaded = await import(require.resolve('ical.js'));
const ICAL = loaded.default ?? loaded;
let faults = 0;
for (const name of process.argv.slice(2)) {
  const calendar = new ICAL.Component(ICAL.parse(readFileSync(name, 'utf8')));
  const wanted = JSON.parse(readFileSync(name.replace(/ics$/, 'events'), 'utf8')).events;
  const found = calendar.getAllSubcomponents('vevent').map((component) => new ICAL.Event(component));
  const key = (date, text) => `${date} ${text}`;
  const is = new Set(found.map((event) => key(event.startDate, event.summary)));
  const lacking = wanted.filter((event) => !is.has(key(event.day, event.text)));
  if (found.length === wanted.length && lacking.length === 0) continue;
  faults++;
  console.log(`${name}: ${found.length} of ${wanted.length}; not there: ${JSON.stringify(lacking[0])}; is ${[...is][0]}`);
}
process.exit(faults ? 1 : 0);
