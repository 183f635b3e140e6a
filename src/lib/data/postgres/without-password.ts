/** A source as it may be stored or shown. */

/** A database address without its password; anything else as it is. Whoever reads it again gives the password by PGPASSWORD or a password file. */
export function withoutPassword(source: string): string {
  if (!/^postgres(?:ql)?:\/\//.test(source) || !URL.canParse(source)) return source;
  const url = new URL(source);
  url.password = '';
  url.searchParams.delete('password');
  return url.toString();
}
