/** What is asked of a database for each question; cells come in the order that read-rows.ts expects. */
import { type RawBuilder, sql } from 'kysely';
import {
  ALERT_COLUMNS,
  ALERT_STEP_COLUMNS,
  INTERVAL_HEAD,
  MOVE_COLUMNS,
  SOURCE_COLUMNS,
  TOTAL_HEAD,
  VISIT_COLUMNS,
} from './read-rows.ts';
import type { Question, Questions } from './reader.ts';
import {
  type AlertQuery,
  AnswerTooLarge,
  type DayQuery,
  type IntervalQuery,
  type TotalQuery,
  type VisitQuery,
} from './store.ts';
import { agentShape, counterShape, queueShape, type Shape } from './sums.ts';
import { type Table, TABLES } from './tables.ts';

type Sql = RawBuilder<unknown>;
type Columns = Pick<Shape<unknown>, 'columns'>;

const NOTHING = sql``;
const names = (columns: readonly string[]): Sql => sql.join(columns.map((name) => sql.ref(name)));

/** Most rows of one answer: larger ones would take more memory than a server should lend. */
const MOST_ROWS = 250_000;

/** Refuses an answer that was cut off. */
export function checkSize(rows: number): void {
  if (rows > MOST_ROWS)
    throw new AnswerTooLarge(`more than ${MOST_ROWS} rows; ask for less time, or for totals`);
}

const LIMIT = sql`limit ${sql.lit(MOST_ROWS + 1)}`;

/** The query of a question. */
export function queryFor<Name extends keyof Questions>({ name, query }: Question<Name>): Sql {
  return QUERIES[name](query);
}

const QUERIES: { [Name in keyof Questions]: (query: Questions[Name]) => Sql } = {
  queueIntervals: (query) => intervals(TABLES.queueIntervals, queueShape, query),
  agentIntervals: (query) => intervals(TABLES.agentIntervals, agentShape, query),
  counterIntervals: (query) => intervals(TABLES.counterIntervals, counterShape, query),
  queueDays: (query) => days(TABLES.queueDays, [...INTERVAL_HEAD, ...sumsOf(queueShape)], query),
  agentDays: (query) => days(TABLES.agentDays, [...INTERVAL_HEAD, ...sumsOf(agentShape)], query),
  counterDays: (query) => days(TABLES.counterDays, [...INTERVAL_HEAD, ...sumsOf(counterShape)], query),
  queueTotals: (query) => totals(TABLES.queueDays, queueShape, query),
  agentTotals: (query) => totals(TABLES.agentDays, agentShape, query),
  counterTotals: (query) => totals(TABLES.counterDays, counterShape, query),
  sourceDays: (query) => days(TABLES.sourceDays, SOURCE_COLUMNS, query, 'source'),
  alerts: (query) => lately(TABLES.alerts, ALERT_COLUMNS, 'raised_at', query),
  alertSteps: (query) => lately(TABLES.alertSteps, ALERT_STEP_COLUMNS, 'at', query),
  moves: (query) => lately(TABLES.moves, MOVE_COLUMNS, 'proposed_at', query),
  visits,
};

const sumsOf = (shape: Columns): string[] => shape.columns.map(({ name }) => name);

const intervals = (table: Table, shape: Columns, query: IntervalQuery): Sql => sql`
  select ${names([...INTERVAL_HEAD, ...sumsOf(shape)])} from ${sql.table(table.name)}
  where branch in ${branches(table, query)} and start >= ${query.from} and start < ${query.to} ${only('id', query)}
  order by branch, start, id ${LIMIT}`;

const days = (table: Table, columns: readonly string[], query: DayQuery, id = 'id'): Sql => sql`
  select ${names(columns)} from ${sql.table(table.name)} where ${inDays(table, query, id)}
  order by branch, day, ${sql.ref(id)} ${LIMIT}`;

function totals(table: Table, shape: Columns, query: TotalQuery): Sql {
  const head = TOTAL_HEAD.map((key) => (query.by.includes(key) ? sql.ref(key) : sql`null`));
  // PostgreSQL sums integers as decimals, which come as text.
  const sums = shape.columns.map(({ name, merge }) =>
    merge === 'max' ? sql`max(${sql.ref(name)})` : sql`cast(sum(${sql.ref(name)}) as double precision)`,
  );
  const groups = query.by.length === 0 ? NOTHING : sql`group by ${names(query.by)}`;
  const order = query.by.length === 0 ? NOTHING : sql`order by ${names(query.by)}`;
  return sql`
    select ${sql.join([...head, ...sums])} from ${sql.table(table.name)} where ${inDays(table, query, 'id')}
    ${groups} having count(*) > 0 ${order} ${LIMIT}`;
}

const inDays = (table: Table, query: DayQuery, id: string): Sql =>
  sql`branch in ${branches(table, query)} and day >= ${query.fromDay} and day < ${query.toDay} ${only(id, query)}`;

/** Rows with a time and an id beside it, the latest first. */
function lately(table: Table, columns: readonly string[], time: string, query: AlertQuery): Sql {
  const ofRule = query.rule === undefined ? NOTHING : sql`and rule = ${query.rule}`;
  const at = sql.ref(time);
  return sql`
    select ${names(columns)} from ${sql.table(table.name)}
    where branch in ${branches(table, query)} and ${at} >= ${query.from} and ${at} < ${query.to} ${ofRule}
    order by ${at} desc, branch, ${sql.ref(columns[1] ?? '')} limit ${Math.min(query.limit, MOST_ROWS)}`;
}

const only = (column: string, query: { id?: string }): Sql =>
  query.id === undefined ? NOTHING : sql`and ${sql.ref(column)} = ${query.id}`;

function branches(table: Table, query: { branches: readonly string[] | null }): Sql {
  if (query.branches === null) return sql`(${everyBranch(table)})`;
  return query.branches.length === 0 ? sql`(null)` : sql`(${sql.join(query.branches)})`;
}

/** All branches a table knows, found by jumps along its key: reading on time alone would look at every row. */
export const everyBranch = (table: Table): Sql => sql`
  with recursive known(branch) as (
    select min(branch) from ${sql.table(table.name)}
    union all
    select (select min(branch) from ${sql.table(table.name)} where branch > known.branch)
    from known where known.branch is not null
  )
  select branch from known where branch is not null`;

/** Each visit with the last rating given since it began, unless the contact's next visit had begun by then. */
function visits(query: VisitQuery): Sql {
  const columns = VISIT_COLUMNS.map((name) => sql.ref(`visit.${name}`));
  const { after } = query;
  const onward = after ? sql`and (visit.at, visit.contact) > (${after.at}, ${after.contact})` : NOTHING;
  const ofQueue = query.queue === undefined ? NOTHING : sql`and visit.queue = ${query.queue}`;
  return sql`
    select ${sql.join(columns)}, (
      select rating.score from ratings as rating
      where rating.branch = visit.branch and rating.contact = visit.contact and rating.at >= visit.began_at
        and not exists (
          select 1 from visits as later
          where later.branch = visit.branch and later.contact = visit.contact
            and later.began_at > visit.began_at and later.began_at <= rating.at
        )
      order by rating.at desc limit 1
    )
    from visits as visit
    where visit.branch = ${query.branch} and visit.at >= ${query.from} and visit.at < ${query.to}
      ${ofQueue} ${onward}
    order by visit.at, visit.contact limit ${Math.min(query.limit, MOST_ROWS)}`;
}
