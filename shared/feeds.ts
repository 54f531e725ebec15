/**
 * Feeds: what each source tells of each branch, how fast, how late and how well (rule DQ1).
 *
 * | route, under `/api/v1` | query | answer |
 * |---|---|---|
 * | GET /feeds | branch or region; all without | FeedsAnswer: the silent first, then by the time they were heard |
 */
import { z } from 'zod';
import { Id } from './ids.ts';
import type { SourceRow } from './views.ts';

export const FeedsQuery = z.strictObject({ branch: Id.optional(), region: Id.optional() });

/** One source of one branch. */
export interface Feed {
  branch: string;
  source: string;
  state: SourceRow['state'];
  /** Epoch ms. */
  lastHeardAt: number;
  /** Longest silence to expect, seconds. */
  expectedSeconds: number;
  /** Facts a minute over the last 15 min. */
  perMinute: number;
  /** From what happened until it was told, by the corrected clock, over the last 15 min; `null` when nothing was told. */
  delaySeconds: { mean: number; most: number } | null;
  /** How much its clock is behind ours (+) or ahead (−), seconds. */
  skewSeconds: number;
}

/** A branch that nobody has told of yet has no feed. */
export interface FeedsAnswer {
  feeds: Feed[];
  /** Branches of the question that no source has told of since the log began. */
  untold: string[];
}
