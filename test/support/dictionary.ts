/** The dictionary of figures, docs/kpi.md: its table, and the example whose figures it prints. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Figure, FigureSet } from '#server/domain/metrics/figure.ts';
import {
  noAgentInterval,
  noCounterInterval,
  noQueueInterval,
  WAIT_LIMITS_SECONDS,
} from '#server/domain/metrics/interval.ts';
import { queueFigures } from '#server/domain/metrics/queue-figure-set.ts';
import { agentFigures, counterFigures } from '#server/domain/metrics/staff-figure-set.ts';

const text = readFileSync(join(import.meta.dirname, '../../docs/kpi.md'), 'utf8');

export interface DictionaryRow {
  id: string;
  names: string;
  unit: string;
  formula: string;
  rule: string;
  golden: string;
  shown: string;
}

/** The rows of the table of figures. */
export const dictionaryRows: DictionaryRow[] = text
  .split('\n')
  .filter((line) => line.startsWith('| `'))
  .map((line) => {
    const [id = '', names = '', unit = '', formula = '', rule = '', golden = '', shown = ''] = line
      .slice(2, -2)
      .split(' | ')
      .map((cell) => cell.trim());
    return { id: id.replaceAll('`', ''), names, unit, formula, rule, golden, shown };
  });

/** The numbers of a line of the example by name. */
function example(kind: string): Record<string, number> {
  const line = text.split('\n').find((each) => each.startsWith(`- **${kind}**`)) ?? '';
  const numbers: Record<string, number> = {};
  for (const [, key = '', value] of line.matchAll(/`(\w+)` (\d+)/g)) numbers[key] = Number(value);
  return numbers;
}

function exampleWaits(): number[] {
  const { waits } = noQueueInterval();
  for (const [, count, limit] of text.matchAll(/(\d+) up to (\d+) s/g)) {
    waits[WAIT_LIMITS_SECONDS.findIndex((each) => each === Number(limit))] = Number(count);
  }
  return waits;
}

const MINUTE_MS = 60_000;
const inMs = (minutes: Record<string, number>): Record<string, number> =>
  Object.fromEntries(Object.entries(minutes).map(([key, value]) => [key, value * MINUTE_MS]));

/** The figures of the example. */
export function exampleFigures(): FigureSet {
  const queue = { ...noQueueInterval(), ...example('Queue'), waits: exampleWaits() };
  const level = { ...noQueueInterval(), ...example('Level feed') };
  const agent = noAgentInterval();
  Object.assign(agent.spentMs, inMs(example('Agent')));
  const { openInHours = 0, possible = 0, ...counterMs } = inMs(example('Counter'));
  const counter = { ...noCounterInterval(), openInHoursMs: openInHours };
  Object.assign(counter.spentMs, counterMs);
  const ofLevel = Object.entries(queueFigures(level)).filter(([id]) => /^(observed|derived)/.test(id));
  return {
    ...agentFigures(agent),
    ...counterFigures(counter, possible),
    ...queueFigures(queue),
    ...(Object.fromEntries(ofLevel) as FigureSet),
  };
}

/** A figure as the dictionary prints it. */
export function printed({ value, unit, error }: Figure): string {
  if (value === null) return '—';
  const rounded = (number: number, digits: number) => String(Number(number.toFixed(digits)));
  if (unit === 'ratio' || unit === 'score') return `${(value * 100).toFixed(2)} %`;
  if (unit !== 'seconds') return rounded(value, 2);
  return `${rounded(value, 2)} s${error === undefined ? '' : ` ± ${rounded(error, 2)} s`}`;
}
