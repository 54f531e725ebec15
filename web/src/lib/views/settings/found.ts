/** Those of which some text has what was typed, in any case. */
export function found<T>(list: readonly T[], typed: string, textOf: (one: T) => string): T[] {
  const wanted = typed.trim().toLowerCase();
  return list.filter((one) => textOf(one).toLowerCase().includes(wanted));
}
