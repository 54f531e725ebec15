import { describe, expect, it } from 'vitest';
import { readEventLines } from '#server/sources/event-lines.ts';
import { collect } from '../../support/readings.ts';

const line = (event: object): string => JSON.stringify(event);
const ended = { id: 'e1', at: '1999-01-01T10:00:00+02:00', type: 'contact.ended', contact: 'c1' };

describe('readEventLines', () => {
  it('reads events in the order of the file, times as milliseconds', async () => {
    const text = [
      line({ ...ended, id: 'late', branch: 'b' }),
      line({ ...ended, id: 'early', at: 5, branch: 'b' }),
    ];
    const { facts } = await collect(readEventLines([text.join('\r\n')]));
    expect(facts).toEqual([
      { branch: 'b', event: { id: 'late', at: Date.parse(ended.at), type: 'contact.ended', contact: 'c1' } },
      { branch: 'b', event: { id: 'early', at: 5, type: 'contact.ended', contact: 'c1' } },
    ]);
  });

  it('takes the branch of the option over the one in the line', async () => {
    const { facts } = await collect(readEventLines([line({ ...ended, branch: 'b' })], { branch: 'mine' }));
    expect(facts).toMatchObject([{ branch: 'mine' }]);
  });

  it('gives lines without a branch one of their own', async () => {
    const { facts } = await collect(readEventLines([line(ended)]));
    expect(facts).toMatchObject([{ branch: 'replay' }]);
  });

  it('names why a line is set aside', async () => {
    const text = ['{', '7', 'null', '[]', line({ ...ended, colour: 'red' }), '  ', '{"id":1}'].join('\n');
    const { facts, refused } = await collect(readEventLines([text]));
    expect(facts).toEqual([]);
    expect(refused).toEqual({ 'bad-line': 3, invalid: 3 });
  });
});
