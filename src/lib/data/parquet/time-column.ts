/** SQL that turns a time column of any type into epoch milliseconds, and a range of milliseconds into a condition on the column as it is stored. */
import { SigmaError } from '../../core/index.ts';
import { epochUnitMs } from '../epoch-unit.ts';

export type TimeColumn = {
  /** DOUBLE, epoch milliseconds. */
  readonly milliseconds: string;
  /** What a range is compared with: the column as it is stored, so that row groups outside of the range are not read. */
  readonly key: string;
  /** SQL of the key that stands for a time. */
  readonly stored: (time: number) => string;
};

/**
 * @param column quoted identifier
 * @param type DuckDB type name
 * @param largest largest stored value of an integer or floating column, which tells its unit
 * @throws SigmaError data/bad-time when the type holds no times
 */
export function timeColumn(column: string, type: string, largest: number, where: string): TimeColumn {
  const micros = (time: number): string => `make_timestamp(${Math.ceil(time * 1000)}::BIGINT)`;
  switch (type) {
    case 'TIMESTAMP':
    case 'TIMESTAMP_S':
      return { milliseconds: `epoch_us(${column})::DOUBLE / 1000.0::DOUBLE`, key: column, stored: micros };
    case 'TIMESTAMP_MS':
      return { milliseconds: `epoch_ms(${column})::DOUBLE`, key: column, stored: micros };
    case 'TIMESTAMP WITH TIME ZONE':
      return {
        milliseconds: `epoch_us(${column})::DOUBLE / 1000.0::DOUBLE`,
        key: column,
        stored: (time) => `to_timestamp(${time / 1000}::DOUBLE)`,
      };
    case 'TIMESTAMP_NS':
      return { milliseconds: `epoch_ns(${column})::DOUBLE / 1000000.0::DOUBLE`, key: column, stored: micros };
    case 'DATE':
      return { milliseconds: `epoch_ms(${column}::TIMESTAMP)::DOUBLE`, key: column, stored: micros };
    case 'VARCHAR':
      // ISO 8601 text; what is no time becomes NaN and is refused by the check of the bars.
      return textTimes(`epoch_us(try_cast(${column} AS TIMESTAMPTZ))::DOUBLE / 1000.0::DOUBLE`);
  }
  if (!/INT|DOUBLE|FLOAT|DECIMAL/.test(type))
    throw new SigmaError('data/bad-time', `column ${column} of type ${type} holds no times`, {
      where,
      hint: 'name the right column with --column time=NAME',
    });
  if (largest >= 19_000_101 && largest <= 29_991_231 && type.includes('INT')) {
    const day = `strptime(${column}::VARCHAR, '%Y%m%d')`;
    return {
      milliseconds: `epoch_ms(${day})::DOUBLE`,
      key: column,
      stored: (time) => `${Number(new Date(time).toISOString().slice(0, 10).replaceAll('-', ''))}`,
    };
  }
  const unit = epochUnitMs(largest);
  return { milliseconds: `${column}::DOUBLE * ${unit}::DOUBLE`, key: column, stored: (time) => `${time / unit}` };
}

function textTimes(milliseconds: string): TimeColumn {
  return { milliseconds, key: milliseconds, stored: (time) => `${time}::DOUBLE` };
}
