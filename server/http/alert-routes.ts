/** Alerts over HTTP: the active ones, their log, what people do with them, their rules (rules AL1–AL5). */
import express, { Router } from 'express';
import { z } from 'zod';
import {
  ALERT_COMMANDS,
  type AlertCommandWord,
  AlertLogQuery,
  AlertRulesQuery,
  AlertsQuery,
  BranchRule,
  type PlacedAlert,
} from '#shared/alert-requests.ts';
import { AlertCommand, type AlertRule } from '#shared/alerts.ts';
import type { BranchProfile } from '#shared/network.ts';
import type { AlertRow } from '#shared/views.ts';
import type { AlertReport } from '../reports/alert-report.ts';
import { onlyJson } from './only-json.ts';
import { query } from './query.ts';
import { Refusal } from './refuse.ts';
import { streamCsv } from './stream-rows.ts';

/** What the routes need of those who keep alerts. */
export interface AlertRouteParts {
  branches: () => readonly BranchProfile[];
  /** What whoever asks may do with a branch. */
  may: (action: 'see' | 'readRecords' | 'acknowledge' | 'configure', branch: string) => boolean;
  /** The name of whoever asks, as the log shall bear it. */
  personOf: () => string;
  /** Puts what somebody did into the audit trail. */
  audit: (act: { action: string; subject: string; branch: string; before?: unknown; after: unknown }) => void;
  desk: {
    branchOf(alert: string): string | undefined;
    active(branches: readonly string[]): (AlertRow & { branch: string })[];
    command(
      branch: string,
      alert: string,
      command: AlertCommand,
      by: string,
    ): Promise<{ alert: AlertRow | null } | { refused: 'unknown' | 'tooManyShelved' | 'tooBusy' }>;
    setRule(branch: string, rule: AlertRule, by: string): Promise<AlertRule>;
  };
  report: AlertReport;
}

const MAX_BODY = '16kb';
const Words = z.enum(Object.keys(ALERT_COMMANDS) as [AlertCommandWord, ...AlertCommandWord[]]);

/** The routes. */
export function alertRoutes(parts: AlertRouteParts): Router {
  const { branches, may, personOf, audit, desk, report } = parts;
  const json = express.json({ limit: MAX_BODY, strict: true });

  type Asked = { branch?: string | undefined; scope: string };
  const inScope = (action: 'see' | 'readRecords', { branch, scope }: Asked): BranchProfile[] => {
    const found = branches().filter(
      ({ id, region }) =>
        may(action, id) && (branch === undefined ? scope === 'all' || region.id === scope : id === branch),
    );
    if (found.length === 0 && branch !== undefined) throw new Refusal('not-found', 'branch');
    return found;
  };
  const named = (id: string): BranchProfile => {
    const [found] = inScope('readRecords', { branch: id, scope: 'all' });
    if (found === undefined) throw new Refusal('not-found', 'branch');
    return found;
  };
  const placed = (row: AlertRow & { branch: string }): PlacedAlert => {
    const name = branches().find(({ id }) => id === row.branch)?.name;
    return { ...row, nameZh: name?.zh ?? row.branch, nameEn: name?.en ?? row.branch };
  };

  return Router()
    .get('/api/v1/alerts', (request, response) => {
      const ids = inScope('see', query(AlertsQuery, request)).map(({ id }) => id);
      response.json({ alerts: desk.active(ids).map(placed) });
    })
    .get('/api/v1/alerts/log', async (request, response) => {
      const { format, rule, days, limit, ...scope } = query(AlertLogQuery, request);
      const ids = inScope('readRecords', scope).map(({ id }) => id);
      const entries = await report.log(ids, { rule, days, limit });
      if (format === 'csv') await streamCsv(response, onePage(entries));
      else response.json({ entries });
    })
    .post('/api/v1/alerts/:id/:command', onlyJson, json, async (request, response) => {
      const { id, command: word } = request.params as { id: string; command: string };
      const known = Words.safeParse(word);
      const branch = desk.branchOf(id);
      if (!known.success || branch === undefined || !may('see', branch)) throw new Refusal('not-found');
      if (!may('acknowledge', branch)) throw new Refusal('forbidden');
      const command = read(AlertCommand, { ...(request.body as object), do: ALERT_COMMANDS[known.data] });
      const answer = await desk.command(branch, id, command, personOf());
      if ('refused' in answer) throw refusalFor(answer.refused);
      audit({ action: `alert.${word}`, subject: id, branch, after: command });
      response.json({ alert: answer.alert && placed({ ...answer.alert, branch }) });
    })
    .get('/api/v1/alert-rules', async (request, response) => {
      const { branch } = query(AlertRulesQuery, request);
      response.json(await report.rules(named(branch)));
    })
    .put('/api/v1/alert-rules/:rule', onlyJson, json, async (request, response) => {
      const { branch, rule } = read(BranchRule, request.body);
      if (rule.id !== request.params.rule) throw new Refusal('invalid', 'rule.id');
      const profile = named(branch);
      if (!may('configure', branch)) throw new Refusal('forbidden');
      const before = await desk.setRule(branch, rule, personOf());
      audit({ action: 'alertRule.set', subject: rule.id, branch, before, after: rule });
      response.json(await report.rules(profile));
    })
    .post('/api/v1/alert-rules/back-test', onlyJson, json, async (request, response) => {
      const { branch, rule } = read(BranchRule, request.body);
      response.json(await report.backTest(named(branch), rule));
    });
}

const refusalFor = (reason: 'unknown' | 'tooManyShelved' | 'tooBusy'): Refusal => {
  if (reason === 'unknown') return new Refusal('not-found');
  return reason === 'tooBusy' ? new Refusal('unavailable') : new Refusal('conflict');
};

/** A body by its schema; refused with the name of the first field that is wrong. */
function read<S extends z.ZodType>(schema: S, value: unknown): z.output<S> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const field = issue?.code === 'unrecognized_keys' ? issue.keys[0] : issue?.path.join('.');
  throw new Refusal('invalid', field);
}

function* onePage(rows: readonly object[]): Generator<readonly object[], object> {
  yield rows;
  return {};
}
