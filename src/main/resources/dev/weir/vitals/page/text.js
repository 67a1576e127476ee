// Numbers, durations and times as a person reads them.

const WHOLE = new Intl.NumberFormat('en', {maximumFractionDigits: 0});
const ONE_DIGIT = new Intl.NumberFormat('en', {maximumFractionDigits: 1});
const COMPACT = new Intl.NumberFormat('en', {notation: 'compact', maximumFractionDigits: 1});

/** What stands where there is no number. */
export const NONE = '–';

/** No line ends between a number and its unit. */
const GLUE = '\u00a0';

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

export const whole = number => (number == null ? NONE : WHOLE.format(number));

/** For axes: 12K and the like. */
export const compact = number => COMPACT.format(number);

export const percent = number => (number == null ? NONE : `${ONE_DIGIT.format(number)}${GLUE}%`);

/** Small numbers with a digit behind the point, large ones without. */
export const fine = number => (number == null ? NONE : number < 100 ? ONE_DIGIT.format(number) : WHOLE.format(number));

export function millis(number) {
  if (number == null) {
    return NONE;
  }
  return number < 10_000 ? `${fine(number)}${GLUE}ms` : duration(number / 1000);
}

export function duration(seconds) {
  if (seconds < 10) {
    return `${ONE_DIGIT.format(seconds)}${GLUE}s`;
  }
  if (seconds < MINUTE) {
    return `${Math.floor(seconds)}${GLUE}s`;
  }
  if (seconds < HOUR) {
    return two(seconds, MINUTE, 'min', 1, 's');
  }
  return seconds < DAY ? two(seconds, HOUR, 'h', MINUTE, 'min') : two(seconds, DAY, 'd', HOUR, 'h');
}

function two(seconds, large, largeName, small, smallName) {
  const rest = Math.floor((seconds % large) / small);
  return `${whole(Math.floor(seconds / large))}${GLUE}${largeName}${rest ? `${GLUE}${rest}${GLUE}${smallName}` : ''}`;
}

/** How long before `now` something was, both in epoch milliseconds of Weir's clock. */
export const ago = (time, now) => `${duration(Math.max(0, Math.round((now - time) / 1000)))} ago`;

/** The plural is the regular one. */
export const counted = (count, noun) => `${whole(count)} ${noun}${count === 1 ? '' : 's'}`;

const pad = number => String(number).padStart(2, '0');

export function timeOfDay(epochMillis) {
  const time = new Date(epochMillis);
  return `${pad(time.getHours())}:${pad(time.getMinutes())}:${pad(time.getSeconds())}`;
}

export const hourAndMinute = epochSeconds => timeOfDay(epochSeconds * 1000).slice(0, 5);
