/** Label and value, one pair a line. */
export function pairs(lines: readonly (readonly [label: string, value: string])[]): string {
  const width = Math.max(0, ...lines.map(([label]) => label.length));
  return lines.map(([label, value]) => `${label.padEnd(width)}  ${value}`.trimEnd()).join('\n');
}
