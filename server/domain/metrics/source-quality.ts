/** Quality of what a source tells, as a figure (rule DQ1). */
import type { BranchProfile } from '#shared/network.ts';
import { openStretches } from '../branch/opening-hours.ts';
import type { Outcome } from '../branch/outcome.ts';

/** Counts of facts, and seconds. */
export interface SourceQuality {
  events: number;
  /** Told more than 5 min after it happened. */
  late: number;
  /** Said again in other words: the fact was known. */
  repeated: number;
  /** Contacts that were called, started or ended without having queued, or ended without a start. */
  implied: number;
  /** Never heard of again. */
  unfinished: number;
  /** Largest |skew| of its clock, and the longest silence inside opening hours. */
  skewSecondsMax: number;
  gapSecondsMax: number;
  /** Told again under the same id, and refused at the door. */
  duplicate: number;
  rejected: number;
}

export const noQuality = (): SourceQuality => ({
  events: 0,
  late: 0,
  repeated: 0,
  implied: 0,
  unfinished: 0,
  skewSecondsMax: 0,
  gapSecondsMax: 0,
  duplicate: 0,
  rejected: 0,
});

/** An outcome that tells of a source. */
export type SourceOutcome = Extract<Outcome, { kind: 'heard' | 'implied' | 'unfinished' | 'refused' }>;

/** Counts one outcome for the day on which it was received. */
export function countQuality(quality: SourceQuality, outcome: SourceOutcome): void {
  switch (outcome.kind) {
    case 'heard':
      quality.events += 1;
      if (outcome.late) quality.late += 1;
      if (outcome.repeated) quality.repeated += 1;
      quality.skewSecondsMax = Math.max(quality.skewSecondsMax, Math.abs(outcome.skewSeconds));
      return;
    case 'implied':
      quality.implied += 1;
      return;
    case 'unfinished':
      quality.unfinished += 1;
      return;
    case 'refused':
      quality.duplicate += outcome.duplicate;
      quality.rejected += outcome.rejected;
      return;
    default:
      outcome satisfies never;
  }
}

/** How long a source was silent within opening hours before a fact, by the hall's day, seconds. */
export function gapsBefore(
  profile: BranchProfile,
  { silentSince, at }: Extract<SourceOutcome, { kind: 'heard' }>,
): { day: number; seconds: number }[] {
  if (silentSince === null || silentSince >= at) return [];
  return openStretches(profile, silentSince, at).map(({ day, from, to }) => ({
    day,
    seconds: (to - from) / 1_000,
  }));
}
