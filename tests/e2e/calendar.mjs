// What ical.js reads in a calendar: one line of JSON for each event.
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
const require = createRequire(process.env.NODE_PACKAGES + '/');
const loaded = await import(require.resolve('ical.js'));
const ICAL = loaded.default ?? loaded;
const calendar = new ICAL.Component(ICAL.parse(readFileSync(process.argv[2], 'utf8')));
if (calendar.name !== 'vcalendar') throw new Error('no calendar');
for (const component of calendar.getAllSubcomponents()) {
  const event = new ICAL.Event(component);
  console.log(JSON.stringify({
    is: component.name, uid: event.uid, from: event.startDate.toString(), to: event.endDate.toString(),
    wholeDay: event.startDate.isDate, text: event.summary, note: event.description ?? '', sequence: event.sequence,
    inside: component.getAllSubcomponents().length,
    attach: component.getAllProperties('attach').length,
  }));
}
