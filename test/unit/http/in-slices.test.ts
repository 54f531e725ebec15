import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import { setImmediate as turn } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { inSlices } from '#server/http/in-slices.ts';

const SLICE_MS = 8;

/** Requests that take a while each; what happened, in order. */
function stage(workMs: number) {
  const happened: (number | string)[] = [];
  let count = 0;
  const listen = inSlices(() => {
    happened.push(++count);
    const until = performance.now() + workMs;
    while (performance.now() < until);
  });
  const come = (): void => {
    const request = new IncomingMessage(new Socket());
    listen(request, new ServerResponse(request));
  };
  return { happened, come };
}

it('hands requests on in the order in which they came', async () => {
  const { happened, come } = stage(0);
  for (let i = 0; i < 3; i++) come();
  expect(happened).toEqual([]);
  await turn();
  expect(happened).toEqual([1, 2, 3]);
  come();
  await turn();
  expect(happened).toEqual([1, 2, 3, 4]);
});

it('lets other work in between when they take long', async () => {
  const { happened, come } = stage(SLICE_MS);
  for (let i = 0; i < 3; i++) come();
  for (let i = 0; i < 3; i++) {
    await turn();
    happened.push('other work');
  }
  expect(happened).toEqual([1, 'other work', 2, 'other work', 3, 'other work']);
});
