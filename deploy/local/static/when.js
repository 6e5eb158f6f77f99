// Dates and times as people read them, in London.

const zone = { timeZone: "Europe/London" };
const days = new Intl.DateTimeFormat("en-GB", {
  ...zone, weekday: "long", day: "numeric", month: "long", year: "numeric",
});
const times = new Intl.DateTimeFormat("en-GB", { ...zone, hour: "2-digit", minute: "2-digit" });

// "Monday 4 January 2027", without the comma that some browsers add
export const day = (instant) => days.format(instant).replace(",", "");
export const time = (instant) => times.format(instant);
export const full = (instant) => `${day(instant)}, ${time(instant)}`;
