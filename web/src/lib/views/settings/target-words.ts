/** Targets in words. */
import type { ServiceLevelName } from '#shared/network.ts';
import type { TargetField, Targets } from '#shared/targets.ts';
import { duration } from '#lib/format/duration.ts';
import { percent } from '#lib/format/number.ts';
import { targetText } from '#lib/format/words.ts';
import { m } from '../../../paraglide/messages.js';

const HOTLINE = 'voice';

/** What a formula counts, in one line. */
export const formulaText = (formula: ServiceLevelName, channel = HOTLINE): string =>
  m.formula_service_level({ channel, formula });

/** One promise: `15 分`, `80%`, or the formula. */
export function promiseText(field: TargetField, value: Targets[TargetField]): string {
  if (field === 'serviceLevel') return formulaText(value as ServiceLevelName);
  if (field === 'serviceLevelTarget') return percent(Number(value));
  return targetText(Number(value));
}

/** All that a version says: `最长等待 ≤ 15 分 · …`. */
export const saysText = (
  says: { [F in TargetField]?: Targets[F] | undefined },
  fields: readonly TargetField[],
): string =>
  fields
    .flatMap((field) => {
      const value = says[field];
      return value === undefined ? [] : [`${m.target_field({ field })} ${promiseText(field, value)}`];
    })
    .join(' · ');

/** Seconds that are being typed, as `m:ss`; nothing while they are none. */
export const typedText = (seconds: string): string => {
  const value = Number(seconds);
  return seconds === '' || !Number.isFinite(value) ? '' : `= ${duration(value)}`;
};
