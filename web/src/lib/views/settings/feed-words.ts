/** How a source tells, in words. */
import type { Feed } from '#shared/feeds.ts';
import { duration } from '#lib/format/duration.ts';
import { ageText } from '#lib/format/words.ts';
import { m } from '../../../paraglide/messages.js';

/** A clock off by less than this is not worth a word, seconds. */
const NOTABLE_SKEW = 2;

/** Tells feeds apart, also in an address. */
export const keyOfFeed = ({ branch, source }: Pick<Feed, 'branch' | 'source'>): string =>
  JSON.stringify([branch, source]);

/** Facts a minute: `12`, `0.4`. */
export const paceText = (perMinute: number): string =>
  perMinute >= 10 || perMinute === 0 ? String(Math.round(perMinute)) : perMinute.toFixed(1);

/** Mean and worst delay: `0:01 · 0:04`; "—" while nothing was told. */
export const delayText = ({ delaySeconds }: Feed): string =>
  delaySeconds === null ? '—' : `${duration(delaySeconds.mean)} · ${duration(delaySeconds.most)}`;

/** How far its clock is off. */
export const clockText = ({ skewSeconds }: Pick<Feed, 'skewSeconds'>): string =>
  Math.abs(skewSeconds) < NOTABLE_SKEW
    ? m.clock_right()
    : m.clock_off({
        direction: skewSeconds > 0 ? 'behind' : 'ahead',
        by: ageText(Math.abs(skewSeconds)),
      });
