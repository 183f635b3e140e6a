/** Wall-clock times of a zone as UTC, one look-up an hour of the clock. */
import { DateTime, IANAZone } from 'luxon';
import { SigmaError } from '../core/index.ts';
import { HOUR } from '../model/index.ts';

/**
 * A function from wall-clock milliseconds (read as if they were UTC) to UTC epoch milliseconds.
 * A time that the clock skips in spring moves on by the gap; one that it shows twice in autumn is the first.
 * @throws SigmaError usage/bad-option when the zone is unknown
 */
export function zoneShift(timeZone: string): (wallClock: number) => number {
  if (!IANAZone.isValidZone(timeZone) && !/^utc$/i.test(timeZone))
    throw new SigmaError('usage/bad-option', `'${timeZone}' is not a time zone`, {
      where: 'timeZone',
      hint: 'write an IANA name such as America/New_York or UTC',
    });
  const quarter = HOUR / 4;
  let knownQuarter = Number.NaN;
  let shift = 0;
  return (wallClock) => {
    const current = Math.floor(wallClock / quarter);
    if (current !== knownQuarter) {
      knownQuarter = current;
      shift = offsetAt(current * quarter, timeZone);
    }
    return wallClock - shift;
  };
}

/** Milliseconds the zone's clock is ahead of UTC when it shows this time. */
function offsetAt(wallClock: number, timeZone: string): number {
  if (!Number.isFinite(wallClock)) return 0;
  const parts = new Date(wallClock);
  const local = DateTime.fromObject(
    {
      year: parts.getUTCFullYear(),
      month: parts.getUTCMonth() + 1,
      day: parts.getUTCDate(),
      hour: parts.getUTCHours(),
      minute: parts.getUTCMinutes(),
    },
    { zone: timeZone },
  );
  return wallClock - local.toMillis();
}
