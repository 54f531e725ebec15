/** What the figures of suggestions are made of. */
import type { KeptPromises } from '#shared/kept-promises.ts';
import type { MoveOption, Suggestion, SuggestionOutcome } from '#shared/suggestions.ts';
import { m } from '../../paraglide/messages.js';
import { hourMinute } from './clock-time.ts';
import { explain, type Explanation } from './explanation.ts';

/** A figure that an option promises: simulated when it was planned. */
export function promisedFigure(
  figure: 'promisedWait' | 'saved' | 'helps' | 'ifLate' | 'giverLoses' | 'onTheWay',
  { proposedAt }: Pick<Suggestion, 'proposedAt'>,
  { promise }: Pick<MoveOption, 'promise'>,
  zone: string,
): Explanation {
  const time = (at: number): string => hourMinute(at, zone);
  return explain(
    figure,
    m.window_arrivals({ from: time(promise.from), to: time(promise.to) }),
    m.source_simulated({ time: time(proposedAt) }),
  );
}

/** The promised range beside what was measured. */
export const measuredFigure = (
  { measuredAt, customers }: SuggestionOutcome,
  { promise }: Pick<MoveOption, 'promise'>,
  zone: string,
): Explanation =>
  explain(
    'measuredWait',
    m.window_arrivals({ from: hourMinute(promise.from, zone), to: hourMinute(promise.to, zone) }),
    m.source_measured({ time: hourMinute(measuredAt, zone) }),
    customers,
  );

/** How promises came true over the last days. */
export const recordFigure = ({ of }: KeptPromises, days: number): Explanation =>
  explain('record', m.window_days({ days }), m.source_moves(), of);
