/** Nested plain data as one list of leaves. */

/** Every leaf as text under its dotted path; members that are undefined are left out. */
export function flatten(value: unknown, path = ''): ReadonlyMap<string, string> {
  const leaves = new Map<string, string>();
  gather(value, path, leaves);
  return leaves;
}

function gather(value: unknown, path: string, leaves: Map<string, string>): void {
  if (typeof value !== 'object' || value === null) {
    if (value !== undefined) leaves.set(path, String(value));
    return;
  }
  for (const [key, member] of Object.entries(value)) gather(member, path === '' ? key : `${path}.${key}`, leaves);
}
