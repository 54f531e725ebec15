import { describe, expect, it } from 'vitest';
import {
  areCalled,
  newestFirst,
  nextBoard,
  servicePages,
  type CallBoard,
  waitOnWall,
} from '#lib/selectors/customer-wall.ts';
import type { CallRow, ServiceRow } from '#shared/customer-wall.ts';

const call = (ticket: string, calledAt: number): CallRow => ({ ticket, counter: '1', calledAt });
const tickets = (board: CallBoard): string[] => board.shown.map(({ ticket }) => ticket);

describe('calls on the wall', () => {
  const old = newestFirst([call('A1', 1), call('A3', 3), call('A2', 2)]);

  it('stand newest first, five at most', () => {
    const many = newestFirst(['a', 'b', 'c', 'd', 'e', 'f'].map((ticket, i) => call(ticket, i)));
    expect(tickets(nextBoard(null, many, 0))).toEqual(['f', 'e', 'd', 'c', 'b']);
  });

  it('a new call is shown at once when the one before had its six seconds', () => {
    const board = nextBoard(null, old, 0);
    const next = nextBoard(board, [call('A4', 4), ...old], 6_000);
    expect(tickets(next)).toEqual(['A4', 'A3', 'A2', 'A1']);
    expect(next.sinceMs).toBe(6_000);
  });

  it('calls that come faster take turns in the order in which they were called', () => {
    let board = nextBoard(null, old, 0);
    const calls = [call('A6', 6), call('A5', 5), call('A4', 4), ...old];
    board = nextBoard(board, calls, 5_999);
    expect(tickets(board)[0]).toBe('A3');
    board = nextBoard(board, calls, 6_000);
    expect(tickets(board)).toEqual(['A4', 'A3', 'A2', 'A1']);
    board = nextBoard(board, calls, 12_000);
    expect(tickets(board)[0]).toBe('A5');
    board = nextBoard(board, calls, 18_000);
    expect(tickets(board)[0]).toBe('A6');
  });

  it('with more than three waiting each has three seconds', () => {
    const board = nextBoard(null, old, 0);
    const calls = [call('A7', 7), call('A6', 6), call('A5', 5), call('A4', 4), ...old];
    expect(tickets(nextBoard(board, calls, 2_999))[0]).toBe('A3');
    expect(tickets(nextBoard(board, calls, 3_000))[0]).toBe('A4');
  });

  it('a ticket called again is news', () => {
    const board = nextBoard(null, old, 0);
    const again = newestFirst([call('A1', 9), call('A2', 2), call('A3', 3)]);
    expect(tickets(nextBoard(board, again, 7_000))).toEqual(['A1', 'A3', 'A2']);
  });

  it('a call that was taken back leaves no trace, and nothing jumps in its place with a frame', () => {
    const board = nextBoard(null, old, 0);
    expect(tickets(nextBoard(board, old.slice(1), 9_000))).toEqual(['A2', 'A1']);
    expect(nextBoard(board, old, 9_000).sinceMs).toBe(0);
    expect(tickets(nextBoard(board, [], 9_000))).toEqual([]);
  });
});

describe('services on the wall', () => {
  const service = (letter: string): ServiceRow => ({
    id: letter,
    letter,
    nameZh: letter,
    nameEn: letter,
    waiting: 0,
    wait: 'unsure',
    lowMinutes: null,
    highMinutes: null,
  });

  it('come five a page, three pages at most, by letter', () => {
    const pages = servicePages([...'QPONMLKJIHGFEDCBA'].map(service), 5);
    expect(pages.map((page) => page.map(({ letter }) => letter).join(''))).toEqual([
      'ABCDE',
      'FGHIJ',
      'KLMNO',
    ]);
    expect(servicePages([...'ABCDEFGHIJK'].map(service), 5).map((page) => page.length)).toEqual([4, 4, 3]);
    expect(servicePages([], 5)).toEqual([]);
  });
});

describe('the wait beside a service', () => {
  const at = (
    wait: ServiceRow['wait'],
    lowMinutes: number | null = null,
    highMinutes: number | null = null,
  ) => ({
    id: 'q',
    letter: 'A',
    nameZh: '',
    nameEn: '',
    waiting: 3,
    wait,
    lowMinutes,
    highMinutes,
  });

  it('is a range of minutes, or the words for why there is none', () => {
    expect(waitOnWall(at('range', 20, 35), true)).toEqual({ minutes: '20–35' });
    expect(waitOnWall(at('range', 0, 2), true)).toEqual({ minutes: '0–2' });
    for (const words of ['busy', 'unsure', 'paused'] as const)
      expect(waitOnWall(at(words), true)).toEqual({ words });
  });

  it('is a dash when the source is silent or the picture old', () => {
    expect(waitOnWall(at('unknown'), true)).toEqual({ minutes: '—' });
    expect(waitOnWall(at('range', 20, 35), false)).toEqual({ minutes: '—' });
    expect(waitOnWall(at('paused'), false)).toEqual({ minutes: '—' });
  });
});

describe('after closing', () => {
  it('customers are still called for a while after the last call', () => {
    expect(areCalled([call('A1', 190)], 599_000)).toBe(true);
    expect(areCalled([call('A1', 190)], 601_000)).toBe(false);
    expect(areCalled([], 5)).toBe(false);
  });
});
