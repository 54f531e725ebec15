/** Rows that history keeps of a branch; what keeps them is none of the domain's business. */
import type { AlertLogEntry, AlertRecord } from '#shared/alerts.ts';
import type { MoveRecord } from '#shared/moves.ts';
import type { SourceQuality } from '#shared/reports.ts';
import type { Visit } from '../branch/visit.ts';

/** A row of one interval of one queue, agent or counter; `start` is epoch ms, `day` the hall's day (see hall-day). */
export interface IntervalRow<Sums> {
  branch: string;
  /** Id of the queue, agent or counter. */
  id: string;
  start: number;
  day: number;
  sums: Sums;
}

export interface VisitRow extends Visit {
  branch: string;
  /** The hall's day of its `at`. */
  day: number;
}

/** A rating given to a contact after the fact; `score` is a ratio 0–1. */
export interface RatingRow {
  branch: string;
  contact: string;
  at: number;
  score: number;
}

/** An alert as it stands after the last of its steps. */
export interface AlertRow extends AlertRecord {
  branch: string;
}

/** A step in the life of an alert. */
export interface AlertStepRow extends AlertLogEntry {
  branch: string;
}

/** A staffing suggestion as it stands after the last of its steps. */
export interface MoveRow extends MoveRecord {
  branch: string;
}

/** Quality of one source on one of the hall's days (rule DQ1); counts, seconds. */
export interface SourceDay extends SourceQuality {
  branch: string;
  source: string;
  day: number;
}
