// Reads a calendar from standard input with ical.js and writes what it understood as JSON.
//   node read_ics.mjs PATH/TO/ical.js/dist/ical.js < feed.ics
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const { default: ICAL } = await import(pathToFileURL(process.argv[2]).href);
const component = new ICAL.Component(ICAL.parse(readFileSync(0, "utf-8")));

// Only the zones that the file itself carries: programs do not know ours by name.
for (const zone of component.getAllSubcomponents("vtimezone")) {
  ICAL.TimezoneService.register(zone);
}

function instant(time) {
  return time.isDate ? time.toString() : time.toJSDate().toISOString();
}

const events = component.getAllSubcomponents("vevent").map((part) => {
  const event = new ICAL.Event(part);
  return {
    uid: event.uid,
    title: event.summary,
    start: instant(event.startDate),
    end: instant(event.endDate),
    sequence: event.sequence,
    status: part.getFirstPropertyValue("status"),
  };
});

process.stdout.write(JSON.stringify({ name: component.getFirstPropertyValue("x-wr-calname"), events }));
