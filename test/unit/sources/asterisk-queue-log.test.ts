import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SourceEvent } from '#shared/events.ts';
import { readQueueLog } from '#server/sources/asterisk-queue-log.ts';
import { collect, countTypes } from '../../support/readings.ts';

const FIXTURE = readFileSync(join(import.meta.dirname, '../../fixtures/recordings/queue_log.txt'), 'utf8');
const read = (...lines: string[]) => collect(readQueueLog([lines.join('\n')]));
/** What the facts say, without their ids and times. */
async function said(...lines: string[]): Promise<object[]> {
  const { facts } = await read(...lines);
  return facts.map(({ event: { id: _id, at: _at, ...body } }) => body);
}

describe('readQueueLog', () => {
  it('follows a call through the queue, in whole seconds', async () => {
    const { facts } = await read(
      '100|1.1|sales|NONE|ENTERQUEUE||5550100|1',
      '112|1.1|sales|SIP/201|CONNECT|12|1.2|3',
      '190|1.1|sales|SIP/201|COMPLETEAGENT|12|78|1',
    );
    expect(facts.map(({ branch, event: { id: _id, ...body } }) => ({ branch, ...body }))).toEqual([
      {
        branch: 'pbx',
        at: 100_000,
        type: 'contact.queued',
        contact: '1.1',
        queue: 'sales',
        channel: 'voice',
      },
      { branch: 'pbx', at: 112_000, type: 'contact.started', contact: '1.1', agent: 'SIP/201' },
      { branch: 'pbx', at: 190_000, type: 'contact.ended', contact: '1.1', raw: 'COMPLETEAGENT' },
    ]);
  });

  it.each(['ABANDON|1|1|13', 'EXITWITHTIMEOUT|1|1|60', 'EXITEMPTY|1|1|9', 'EXITWITHKEY|#|1', 'SYSCOMPAT'])(
    '[AB1] counts %s as abandoned',
    async (rest) => {
      expect(await said(`100|1.1|sales|NONE|${rest}`)).toEqual([
        { type: 'contact.abandoned', contact: '1.1', raw: rest.split('|')[0] },
      ]);
    },
  );

  it.each([
    'TRANSFER|7000|default|5|60|1',
    'BLINDTRANSFER|7000|default|5|60|1',
    'ATTENDEDTRANSFER|BRIDGE|x|5|60|1',
  ])('ends the service at %s', async (rest) => {
    expect(await said(`100|1.1|sales|SIP/201|${rest}`)).toMatchObject([
      { type: 'contact.ended', contact: '1.1' },
    ]);
  });

  it.each(['NONE', 'Agent/UNKNOWN', ''])('knows no agent behind %j', async (agent) => {
    expect(await said(`100|1.1|sales|${agent}|CONNECT|0|1.2|0`)).toEqual([
      { type: 'contact.started', contact: '1.1' },
    ]);
  });

  it('makes agents who logged in ready again after a call, and no others', async () => {
    expect(
      await said(
        '90|NONE|NONE|Agent/7|AGENTLOGIN|SIP/7',
        '100|1.1|sales|Agent/7|COMPLETECALLER|0|9|1',
        '101|1.2|sales|Agent/8|COMPLETECALLER|0|9|1',
        '200|NONE|NONE|Agent/7|AGENTLOGOFF|SIP/7|110',
        '300|1.3|sales|Agent/7|COMPLETECALLER|0|9|1',
      ),
    ).toMatchObject([
      { type: 'agent.signedIn', agent: 'Agent/7' },
      { type: 'contact.ended', contact: '1.1' },
      { type: 'agent.stateChanged', agent: 'Agent/7', state: 'available' },
      { type: 'contact.ended', contact: '1.2' },
      { type: 'agent.signedOut', agent: 'Agent/7' },
      { type: 'contact.ended', contact: '1.3' },
    ]);
  });

  it('signs a member in with its queues, and out with the last one', async () => {
    expect(
      await said(
        '1|MANAGER|sales|SIP/1|ADDMEMBER|',
        '2|MANAGER|care|SIP/1|ADDMEMBER|',
        '3|MANAGER|sales|SIP/1|REMOVEMEMBER|',
        '4|MANAGER|care|SIP/1|REMOVEMEMBER|',
      ),
    ).toEqual([
      { type: 'agent.signedIn', agent: 'SIP/1', queues: ['sales'] },
      { type: 'agent.signedIn', agent: 'SIP/1', queues: ['sales', 'care'] },
      { type: 'agent.signedIn', agent: 'SIP/1', queues: ['care'] },
      { type: 'agent.signedOut', agent: 'SIP/1' },
    ]);
  });

  it('takes an agent for paused when every queue is, once, with the reason', async () => {
    const { facts, refused } = await read(
      '1|NONE|sales|SIP/1|ADDMEMBER|',
      '2|NONE|care|SIP/1|ADDMEMBER|',
      '3|NONE|sales|SIP/1|PAUSE|lunch',
      '3|NONE|care|SIP/1|PAUSE|lunch',
      '3|NONE|NONE|SIP/1|PAUSEALL|lunch',
      '9|NONE|sales|SIP/1|UNPAUSE|',
      '9|NONE|NONE|SIP/1|UNPAUSEALL|',
    );
    expect(facts.slice(2).map(({ event }) => event)).toMatchObject([
      { at: 3_000, type: 'agent.stateChanged', agent: 'SIP/1', state: 'break', reason: 'lunch' },
      { at: 9_000, type: 'agent.stateChanged', agent: 'SIP/1', state: 'available' },
    ]);
    expect(refused).toEqual({ 'not-a-fact': 3 });
  });

  it('keeps the pause asked for during a call', async () => {
    expect(
      await said('1|NONE|sales|SIP/1|ADDMEMBER|PAUSED', '2|1.1|sales|SIP/1|COMPLETECALLER|0|9|1'),
    ).toMatchObject([
      { type: 'agent.signedIn' },
      { type: 'agent.stateChanged', state: 'break' },
      { type: 'contact.ended' },
      { type: 'agent.stateChanged', state: 'break' },
    ]);
  });

  it('names why a line is set aside', async () => {
    const { facts, refused } = await read(
      '100|NONE|NONE|NONE|CONFIGRELOAD|',
      '100|NONE|NONE|NONE|QUEUESTART',
      '101|1.1|sales|SIP/1|RINGNOANSWER|5000\r',
      '102|1.1|sales|SIP/1|SOMETHINGNEW|',
      '103|NONE|sales|NONE|ENTERQUEUE||x',
      '103|1.1|NONE|NONE|ENTERQUEUE||x',
      '104|NONE|NONE|NONE|PAUSEALL|',
      'yesterday|1.1|sales|NONE|ABANDON|1|1|1',
      '105|1.1',
      'x',
      '',
    );
    expect(facts).toEqual([]);
    expect(refused).toEqual({ 'not-a-fact': 3, 'unknown-event': 1, 'bad-line': 6 });
  });

  it('gives real lines whole, valid, and the same again', async () => {
    const { facts, refused } = await collect(readQueueLog([FIXTURE], { branch: 'bank' }));
    expect(countTypes(facts)).toEqual({
      'contact.queued': 42,
      'contact.started': 39,
      'contact.ended': 37,
      'contact.abandoned': 2,
    });
    expect(refused).toEqual({});
    expect(new Set(facts.map(({ event }) => event.id)).size).toBe(facts.length);
    for (const { event } of facts) SourceEvent.parse(event);
    expect((await collect(readQueueLog([FIXTURE], { branch: 'bank' }))).facts).toEqual(facts);
  });

  it('never throws on what a line may hold', async () => {
    const word = fc.constantFrom(
      'ENTERQUEUE',
      'CONNECT',
      'ABANDON',
      'ADDMEMBER',
      'PAUSE',
      'COMPLETEAGENT',
      'X',
    );
    const line = fc.tuple(fc.nat(), fc.string(), fc.string(), fc.string(), word, fc.string());
    await fc.assert(
      fc.asyncProperty(fc.array(line), async (lines) => {
        const { facts } = await read(...lines.map((fields) => fields.join('|')));
        for (const { event } of facts) SourceEvent.parse(event);
      }),
    );
  });
});
