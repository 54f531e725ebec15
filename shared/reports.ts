/** Answers about history, as they cross the wire; questions are in report-queries.ts. */
import type { Targets } from './targets.ts';

/** A figure with what it is made of; `value` is `null` when nobody can know it (rule SL3). Units: the catalogue. */
export interface ReportFigure {
  value: number | null;
  numerator: number | null;
  denominator: number | null;
  /** How far the value may be off by the way it is made; exact without. */
  error?: number;
  /** True when it was not counted but follows from a law. */
  derived?: true;
}

/** What figures are called, made of and measured in, by their ids. */
export type FigureLegend = Record<
  string,
  { zh: string; en: string; unit: string; formula: string; rule: string }
>;

/** What a queue was judged by; waits in seconds, ratios 0–1 (rules SL1, SL2, AB1, AS3). */
export interface ReportDefinition extends Targets {
  /** The hall's day, YYYY-MM-DD; `null` since ever. */
  validFrom: string | null;
}

type Sums = Record<string, number>;
/** `spentMs` holds the time in each activity, ms. */
type StaffSums = Record<string, number | Sums>;

/** One step of one queue, agent or counter, or summed over a branch or a network. */
export interface IntervalReportRow {
  /** `null` over a network. */
  branch: string | null;
  /** Id of the queue, agent or counter; `null` over several. */
  id: string | null;
  /** Epoch ms, `to` exclusive. */
  from: number;
  to: number;
  /** `from` by the clock of the hall, with its offset. */
  local: string;
  /** The hall's day, YYYY-MM-DD. */
  day: string;
  /** False while it still runs, or not all that was told of it is in history. */
  complete: boolean;
  /** Branches that are in it. */
  branches: number;
  /** What its queues were judged by, each version once. */
  definitions: ReportDefinition[];
  /** Of what it is about: over a branch or a network of all three. */
  sums: { queue?: Sums; agent?: StaffSums; counter?: StaffSums };
  /** Of queues: those answered by the length of their wait, `to60` those over the limit before and up to 60 s. */
  waits?: Sums;
  figures: Record<string, ReportFigure>;
}

/** What can be said when all rows are made. */
export interface IntervalReportFoot {
  /** Until when all that was told of these branches is in history, epoch ms. */
  projectedTo: number;
  /** Branches of which history holds nothing in this time: they are in no sum. */
  leftOut: string[];
  legend: FigureLegend;
}

/** One visit; times epoch ms, `score` 0–1, `null` what is not known or did not happen. Agents and counters by id. */
export interface VisitReportRow {
  branch: string;
  /** The hall's day of `at`, YYYY-MM-DD. */
  day: string;
  /** When it counts: at the end of its wait, or when it left. */
  at: number;
  contact: string;
  source: string;
  queue: string | null;
  ticket: string | null;
  channel: 'hall' | 'remote';
  priority: number;
  result: 'answered' | 'abandoned' | 'rerouted' | 'lost';
  arrivedAt: number | null;
  queuedAt: number | null;
  calledAt: number | null;
  startedAt: number | null;
  endedAt: number | null;
  abandonedAt: number | null;
  waitSeconds: number | null;
  totalWaitSeconds: number | null;
  serviceSeconds: number | null;
  holdSeconds: number | null;
  agent: string | null;
  counter: string | null;
  score: number | null;
}

export interface VisitPage {
  rows: VisitReportRow[];
  /** What to ask for the page after this one; `null` when it was the last. */
  next: string | null;
}

/** What a day says of a source (rule DQ1); counts, seconds. */
export interface SourceQuality {
  events: number;
  late: number;
  repeated: number;
  implied: number;
  unfinished: number;
  /** Told again under the same id, and refused at the door. */
  duplicate: number;
  rejected: number;
  /** Largest |skew| of its clock, and the longest silence inside opening hours. */
  skewSecondsMax: number;
  gapSecondsMax: number;
}

/** Quality of one source on one of the hall's days. */
export interface QualityRow extends SourceQuality {
  branch: string;
  source: string;
  day: string;
  figures: Record<string, ReportFigure>;
}
