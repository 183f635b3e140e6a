/** Numbers as text, the same on every machine: no locale, no wall clock. */

/** What stands where a number is missing. */
export const MISSING = 'n/a';

/** Fixed digits with thousands separated by commas; `n/a` for NaN, `inf` and `-inf` for the infinities. */
export function formatNumber(value: number, digits = 2): string {
  if (Number.isNaN(value)) return MISSING;
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf';
  if (Math.abs(value) >= 1e21) return value.toExponential(2);
  const text = Math.abs(value).toFixed(digits);
  const [whole = '0', fraction] = text.split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  const sign = value < 0 && Number(text) !== 0 ? '-' : '';
  return `${sign}${grouped}${fraction === undefined ? '' : `.${fraction}`}`;
}

/** A fraction as a percentage: 0.1234 is `12.34%`. */
export function formatPercent(fraction: number, digits = 2): string {
  return Number.isFinite(fraction) ? `${formatNumber(fraction * 100, digits)}%` : formatNumber(fraction);
}

/** Like `formatPercent`, with a plus sign on gains. */
export function formatSignedPercent(fraction: number, digits = 2): string {
  const text = formatPercent(fraction, digits);
  return fraction > 0 && Number.isFinite(fraction) ? `+${text}` : text;
}

/** An amount without its currency: no cents from ten thousand upwards, where they only blur the number. */
export function formatMoney(value: number): string {
  return formatNumber(value, Math.abs(value) >= 10_000 ? 0 : 2);
}

/** A price with about six significant digits. */
export function formatPrice(value: number): string {
  if (!Number.isFinite(value) || value === 0) return formatNumber(value);
  const magnitude = Math.floor(Math.log10(Math.abs(value)));
  return formatNumber(value, Math.min(8, Math.max(2, 4 - magnitude)));
}

/** Day of a time in UTC: `2021-03-04`. */
export function formatDay(time: number): string {
  return Number.isFinite(time) ? new Date(time).toISOString().slice(0, 10) : MISSING;
}

/** Day and, when it is not midnight, the minute: `2021-03-04 13:30`. */
export function formatMinute(time: number): string {
  if (!Number.isFinite(time)) return MISSING;
  const iso = new Date(time).toISOString();
  const clock = iso.slice(11, 16);
  return clock === '00:00' ? iso.slice(0, 10) : `${iso.slice(0, 10)} ${clock}`;
}
