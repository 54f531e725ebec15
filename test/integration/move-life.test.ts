/** A suggestion from proposal to measured outcome: real log, real HTTP, people who do what was agreed on. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { NoticesAnswer } from '#shared/notices.ts';
import type { SuggestionRecordAnswer } from '#shared/kept-promises.ts';
import type { Suggestion, SuggestionsAnswer } from '#shared/suggestions.ts';
import { until } from '#test/support/until.ts';
import { type SteeredDemonstration, steeredDemonstration } from '#test/support/steered-demonstration.ts';

const MINUTE = 60_000;
const LONG_MS = 180_000;

let halls: SteeredDemonstration;
beforeAll(async () => {
  halls = await steeredDemonstration(['wola', 'srodmiescie-1']);
}, LONG_MS);
afterAll(() => halls.stop());

const list = async (): Promise<Suggestion[]> =>
  ((await halls.get('/api/v1/suggestions')) as SuggestionsAnswer).suggestions;
const one = async (id: string): Promise<Suggestion> =>
  ((await halls.get(`/api/v1/suggestions/${id}`)) as { suggestion: Suggestion }).suggestion;
const stepsOf = ({ steps }: Suggestion): string[] => steps.map(({ action }) => action);
const accept = (id: string): Promise<Response> =>
  fetch(`${halls.address}/api/v1/suggestions/${id}/accept`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: '{}',
  });

/** The first suggestion of a kind that comes up. */
async function comesUp(isIt: (suggestion: Suggestion) => boolean): Promise<Suggestion> {
  const found = async (): Promise<Suggestion | undefined> =>
    (await list()).find((each) => each.status === 'proposed' && isIt(each));
  await halls.passUntil(async () => (await found()) !== undefined, 'such a suggestion', 90 * MINUTE);
  const suggestion = await found();
  if (suggestion === undefined) throw new Error('gone again');
  return suggestion;
}

/** A receiver of webhooks in our own house. */
let heard: { action: string; signature: string }[] = [];
const receiver = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const { action } = JSON.parse(Buffer.concat(chunks).toString()) as { action: string };
    heard.push({ action, signature: String(request.headers['muster-signature']) });
    response.writeHead(204).end();
  });
});
const listen = (): Promise<string> =>
  new Promise((resolve) => {
    receiver.listen(0, '127.0.0.1', () => {
      resolve(`http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`);
    });
  });
afterAll(() => new Promise((resolve) => receiver.close(resolve)));

const setWebhook = (fields: object): Promise<Response> =>
  fetch(`${halls.address}/api/v1/webhooks/chat`, {
    method: 'PUT',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(fields),
  });

describe('a move between halls', () => {
  it('is to be told to a webhook, whose secret is shown once', async () => {
    heard = [];
    const made = (await (await setWebhook({ url: await listen() })).json()) as { secret?: string };
    expect(made.secret?.length).toBeGreaterThan(30);
    const shown = JSON.stringify(await halls.get('/api/v1/webhooks'));
    expect(shown).not.toContain(made.secret);
    for (const wrong of [
      { url: 'ftp://x' },
      { url: 'http://x/', branches: ['nowhere'] },
      { url: 'http://x/', colour: 1 },
    ])
      expect((await setWebhook(wrong)).status).toBe(422);
  });

  it(
    '[GD6] is proposed, accepted, seen to start, arrive and return, and measured',
    async () => {
      const { id, branch, options } = await comesUp(({ lever }) => lever === 'send');
      expect((await accept(id)).status).toBe(200);
      halls.suggestNoMore();
      const reaches = (action: string, minutes: number) =>
        halls.passUntil(async () => stepsOf(await one(id)).includes(action), action, minutes * MINUTE);
      await reaches('move.started', 40);
      await reaches('move.arrived', 60);
      const person = options[0]?.person?.id;
      const floor = (await halls.get(`/api/v1/branches/${branch}`)) as {
        tables: { agents: { id: string; activity: string }[] };
      };
      expect(floor.tables.agents.map((agent) => agent.id)).toContain(person);
      await reaches('move.returned', 180);
      await reaches('move.measured', 120);
      const { outcome, steps } = await one(id);
      expect(steps.filter(({ by }) => by !== null).map(({ action }) => action)).toEqual(['move.accepted']);
      expect(outcome?.customers).toBeGreaterThan(0);
      expect(outcome?.noChange.low).toBeLessThanOrEqual(outcome?.noChange.high ?? 0);
      const told = heard.map(({ action }) => action);
      const once = told.filter((action) => action !== 'move.late');
      expect(once.slice(0, 3)).toEqual(['move.accepted', 'move.started', 'move.arrived']);
      // It is measured after its promised hour, wherever the person is then.
      expect(once.slice(3).sort()).toEqual(['move.measured', 'move.returned']);
      expect(heard.every(({ signature }) => /^t=\d+,v1=[0-9a-f]{64}$/.test(signature))).toBe(true);
      const { notices } = (await halls.get('/api/v1/notices')) as NoticesAnswer;
      expect(notices.map(({ action }) => action)).toEqual(told.toReversed());
      const kept = async () => (await halls.get('/api/v1/suggestions/record')) as SuggestionRecordAnswer;
      // History follows the log a moment later.
      await until(async () => (await kept()).total.of > 0, 'the record');
      const record = await kept();
      expect(record.total.of).toBe(1);
      expect(record.byLever.map(({ lever }) => lever)).toEqual(['send']);
      expect(record.byBranch.map((each) => each.branch)).toEqual([branch]);
    },
    LONG_MS,
  );
});
