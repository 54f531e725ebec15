/** Questions to history as they stand in an address: every field is checked, unknown ones are refused by name. */
import { z } from 'zod';
import { Time } from './events.ts';
import { Id } from './ids.ts';

const DAY_MS = 86_400_000;
/** Days are longer by this when summer time ends within them. */
const LONGER_DAY_MS = 3_600_000;
const EPOCH_MS = /^\d{1,15}$/;
/** An unescaped `+` of an offset arrives as a space. */
const SPACED_OFFSET = / (?=\d{2}:?\d{2}$)/;

/** An instant: ISO 8601 with offset, or epoch ms. */
const Instant = z
  .string()
  .max(40)
  .transform((text) => (EPOCH_MS.test(text) ? Number(text) : text.replace(SPACED_OFFSET, '+')))
  .pipe(Time);

/** A day as `YYYY-MM-DD`; inside, days since 1970-01-01. */
const Day = z.iso.date().transform((text) => Date.parse(text) / DAY_MS);

/** Branches: repeated, or separated by commas. */
const Branches = z
  .union([z.string(), z.array(z.string())])
  .transform((given) => (typeof given === 'string' ? [given] : given));

const Format = z.enum(['json', 'csv']).optional();

/** Longest span a question may ask for, days, by step: an answer stays readable and the halls stay live. */
export const MAX_DAYS = { '15m': 31, '1h': 92, '1d': 800 } as const;
export type Step = keyof typeof MAX_DAYS;

export const SUBJECTS = ['queue', 'agent', 'counter', 'branch', 'network'] as const;
export type Subject = (typeof SUBJECTS)[number];

interface Span {
  from: number;
  to: number;
}

const isForward = { message: 'is not after from', path: ['to'] };

/** `GET /api/v1/intervals`. `from` ≤ start of a row < `to`. */
export const IntervalsQuery = z
  .strictObject({
    branch: Branches.optional(),
    region: Id.optional(),
    queue: Id.optional(),
    agent: Id.optional(),
    counter: Id.optional(),
    of: z.enum(SUBJECTS).optional(),
    from: Instant,
    to: Instant,
    step: z.enum(['15m', '1h', '1d']).default('15m'),
    format: Format,
  })
  .refine(({ from, to }) => from < to, isForward)
  .refine(({ from, to, step }) => to - from <= MAX_DAYS[step] * DAY_MS + LONGER_DAY_MS, {
    message: 'is too long after from for this step',
    path: ['to'],
  })
  .transform((query, context) => {
    const named = (['queue', 'agent', 'counter'] as const).filter((kind) => query[kind] !== undefined);
    const of: Subject = query.of ?? named[0] ?? 'queue';
    const other = named.find((kind) => kind !== of);
    if (other !== undefined) context.addIssue({ code: 'custom', message: `is not of ${of}`, path: [other] });
    const { branch, region, from, to, step, format } = query;
    return { branch, region, of, id: named[0] && query[named[0]], from, to, step, format };
  });
export type IntervalsQuery = z.output<typeof IntervalsQuery>;

/** `GET /api/v1/figures`: the live windows. */
export const FiguresQuery = z.strictObject({
  branch: Branches.optional(),
  region: Id.optional(),
  of: z.enum(SUBJECTS).optional(),
});
export type FiguresQuery = z.output<typeof FiguresQuery>;

/** Longest span of visits, days. */
const MAX_VISIT_DAYS = 31;

/** Where a page of visits ended: the time it counts at, and the contact of the last one. */
const Cursor = z
  .string()
  .max(90)
  .regex(/^\d{1,15}~./u, 'is not from a page of visits')
  .transform((text) => {
    const [at = ''] = text.split('~', 1);
    return { at: Number(at), contact: text.slice(at.length + 1) };
  });

/** `GET /api/v1/visits`: those that ended their wait, or left, in `from` ≤ at < `to`. */
export const VisitsQuery = z
  .strictObject({
    branch: Id,
    queue: Id.optional(),
    from: Instant,
    to: Instant,
    limit: z.coerce.number().int().min(1).max(1_000).default(200),
    cursor: Cursor.optional(),
    format: Format,
  })
  .refine(({ from, to }: Span) => from < to, isForward)
  .refine(({ from, to }: Span) => to - from <= MAX_VISIT_DAYS * DAY_MS + LONGER_DAY_MS, {
    message: 'is too long after from',
    path: ['to'],
  });
export type VisitsQuery = z.output<typeof VisitsQuery>;

/** `GET /api/v1/quality`: the hall's days `fromDay` … `toDay`, both included. */
export const QualityQuery = z
  .strictObject({
    branch: Branches.optional(),
    region: Id.optional(),
    fromDay: Day,
    toDay: Day,
    format: Format,
  })
  .refine(({ fromDay, toDay }) => fromDay <= toDay, { message: 'is before fromDay', path: ['toDay'] })
  .refine(({ fromDay, toDay }) => toDay - fromDay < MAX_DAYS['1d'], {
    message: 'is too long after fromDay',
    path: ['toDay'],
  });
export type QualityQuery = z.output<typeof QualityQuery>;

/** Longest span of splits, days: each is followed by a model. */
const MAX_DRIVER_DAYS = 7;

/** `GET /api/v1/drivers`: a span, or one of the hall's days, or without either the day that runs. */
export const DriversQuery = z
  .strictObject({
    branch: Branches.optional(),
    region: Id.optional(),
    from: Instant.optional(),
    to: Instant.optional(),
    day: Day.optional(),
    format: Format,
  })
  .transform(({ from, to, ...query }, context) => {
    const refuse = (field: string, message: string): void => {
      context.addIssue({ code: 'custom', message, path: [field] });
    };
    if (from === undefined && to === undefined) return { ...query, span: undefined };
    if (from === undefined || to === undefined) {
      refuse(from === undefined ? 'from' : 'to', 'is missing');
      return z.NEVER;
    }
    if (query.day !== undefined) refuse('day', 'stands beside from and to');
    if (from >= to) refuse('to', isForward.message);
    else if (to - from > MAX_DRIVER_DAYS * DAY_MS + LONGER_DAY_MS) refuse('to', 'is too long after from');
    return { ...query, span: { from, to } };
  });
export type DriversQuery = z.output<typeof DriversQuery>;
