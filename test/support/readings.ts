import type { ReadFact, Reading } from '#server/sources/reading.ts';

/** Everything a reader gives: its facts in order, and how many records it refused for each reason. */
export async function collect(
  readings: AsyncIterable<Reading>,
): Promise<{ facts: ReadFact[]; refused: Record<string, number> }> {
  const facts: ReadFact[] = [];
  const refused: Record<string, number> = {};
  for await (const reading of readings) {
    if ('event' in reading) facts.push(reading);
    else refused[reading.refused] = (refused[reading.refused] ?? 0) + (reading.count ?? 1);
  }
  return { facts, refused };
}

/** How many facts there are of each type. */
export function countTypes(facts: readonly { event: { type: string } }[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { event } of facts) counts[event.type] = (counts[event.type] ?? 0) + 1;
  return counts;
}
