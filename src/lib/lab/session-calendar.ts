/** The trading calendar that a specification names. */
import { didYouMean, SigmaError } from '../core/index.ts';
import { type Calendar, calendarNames, findCalendar } from '../data/index.ts';
import type { FeatureSpec } from '../features/index.ts';

/**
 * @param where file or name of the specification, for errors
 * @throws SigmaError features/invalid with near names
 */
export function sessionsOf({ session }: Pick<FeatureSpec, 'session'>, where: string): Calendar {
  const known = findCalendar(session.calendar);
  if (known !== undefined) return known;
  throw new SigmaError('features/invalid', `there is no calendar '${session.calendar}'`, {
    where: `${where}: session.calendar`,
    hint: didYouMean(session.calendar, calendarNames) || `there are ${calendarNames.join(', ')}`,
  });
}
