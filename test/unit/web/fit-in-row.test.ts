import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fitAlike, fitInRow } from '#lib/views/wall/fit-in-row.ts';

/** A line of text of a size and width, as far as fitting asks for it. */
interface Line {
  fit: number;
  lineHeight: number;
  textWidth: number;
  width: number;
}

const element = (line: Line): HTMLElement =>
  ({
    style: { setProperty: (_name: string, value: string) => (line.fit = Number(value)) },
    get scrollWidth() {
      return line.textWidth * line.fit;
    },
    get clientWidth() {
      return line.width;
    },
    get offsetHeight() {
      return line.lineHeight * line.fit;
    },
    lineHeight: line.lineHeight,
  }) as unknown as HTMLElement;

const blockOf = (lines: readonly Line[], rowHeight: number, inList = true): HTMLElement => {
  const elements = lines.map(element);
  return {
    closest: () => (inList ? { clientHeight: rowHeight } : null),
    querySelectorAll: () => elements,
  } as unknown as HTMLElement;
};

const line = (changes: Partial<Line> = {}): Line => ({
  fit: 0,
  lineHeight: 100,
  textWidth: 300,
  width: 400,
  ...changes,
});

describe('lines in a row of a wall', () => {
  let resized: () => void = () => undefined;
  let observing = 0;

  beforeEach(() => {
    class Observer {
      constructor(callback: () => void) {
        resized = callback;
      }
      observe(): void {
        observing++;
        resized();
      }
      disconnect(): void {
        observing--;
      }
    }
    vi.stubGlobal('ResizeObserver', Observer);
    vi.stubGlobal('getComputedStyle', (of: { lineHeight: number }) => ({ lineHeight: `${of.lineHeight}px` }));
  });
  afterEach(() => {
    vi.unstubAllGlobals();
    observing = 0;
  });

  it('keep their size when all of them is to be seen', () => {
    const lines = [line(), line()];
    fitInRow()(blockOf(lines, 300));
    expect(lines.map(({ fit }) => fit)).toEqual([1, 1]);
  });

  it('become smaller until the longest is not cut off, the others stay', () => {
    const lines = [line({ textWidth: 800 }), line()];
    fitInRow()(blockOf(lines, 300));
    expect(lines[0]?.fit).toBeLessThanOrEqual(0.5);
    expect(lines[0]?.fit).toBeGreaterThan(0.45);
    expect(lines[1]?.fit).toBe(1);
  });

  it('leave room for a line of text after them', () => {
    const lines = [line({ lineHeight: 200 }), line({ lineHeight: 60 })];
    fitInRow()(blockOf(lines, 200));
    const [first, second] = lines;
    expect((first?.fit ?? 0) * 200).toBeLessThanOrEqual(200 * 0.94 - 60);
    expect(second?.fit).toBe(1);
  });

  it('are never smaller than can be read', () => {
    const lines = [line({ textWidth: 100_000 })];
    fitInRow()(blockOf(lines, 300));
    expect(lines[0]?.fit).toBeGreaterThan(0.3);
  });

  it('are fitted again when the row changes, until the block is gone', () => {
    const changing = line();
    const stop = fitInRow()(blockOf([changing], 300));
    changing.textWidth = 500;
    resized();
    expect(changing.fit).toBeLessThan(1);
    expect(observing).toBe(1);
    stop?.();
    expect(observing).toBe(0);
  });

  it('outside a list stay as they are', () => {
    const alone = line({ textWidth: 900 });
    expect(fitInRow()(blockOf([alone], 300, false))).toBeUndefined();
    expect(alone.fit).toBe(0);
  });

  it('that are names in a list have one size, at which the longest is whole', () => {
    let fit = 0;
    const names = [200, 500, 300].map((textWidth) => ({
      get scrollWidth() {
        return textWidth * fit;
      },
      clientWidth: 400,
      offsetHeight: 40,
      closest: () => ({ clientHeight: 100 }),
    }));
    const list = {
      style: { setProperty: (_name: string, value: string) => (fit = Number(value)) },
      querySelectorAll: () => names,
    } as unknown as HTMLElement;
    fitAlike('.name')(list);
    expect(fit).toBeLessThanOrEqual(0.8);
    expect(fit).toBeGreaterThan(0.75);
  });
});
