/** What somebody in the last row of chairs can read on the screen of the hall. */
import { expect, test } from '@playwright/test';
import { clippedTexts } from '#test/support/clipping.ts';
import { ago, type OwnServer, startOwnServer } from '#test/support/own-server.ts';
import { hall, told } from '#test/support/profiles.ts';
import { hasFreshness } from '#test/support/screens.ts';

const ALL_DAY = { zone: 'UTC', hours: [{ days: [1, 2, 3, 4, 5, 6, 7], opens: '00:00', closes: '24:00' }] };
const TV_INCHES = 55;
const FARTHEST_MM = 6_000;
/** Angles at the eye that can be read, minutes of arc: ISO 9241 for digits, more for the strokes of Han. */
const LEAST = { digits: 20, han: 22 };
/** Height of a digit, and of the body of a Han character, in ems. */
const HEIGHT = { digits: 0.714, han: 0.88 };
const STAGE = { width: 1_920, height: 1_080 };
let server: OwnServer;

test.beforeAll(async () => {
  server = await startOwnServer([
    hall({
      id: 'seats',
      ...ALL_DAY,
      queues: ['综合业务', '宽带家庭', '政企业务', '优先号', '缴费快办'].map((zh, i) => ({
        id: `q${i}`,
        letter: String.fromCharCode(65 + i),
        name: { zh, en: `Service ${i}` },
      })),
      counters: [{ id: 'c5', label: '5' }],
    }),
  ]);
  const signedIn = { agent: 'li', counter: 'c5', name: 'Li Na', queues: ['q0', 'q1'] };
  await server.tell(
    'seats',
    told(ago(1_500), 'agent.signedIn', signedIn),
    ...Array.from({ length: 14 }, (_, i) => served(`B${100 + i}`, 1_500 - 85 * i)).flat(),
    told(ago(40), 'contact.queued', { contact: 'A130', ticket: 'A130', queue: 'q0' }),
    told(ago(10), 'contact.called', { contact: 'A130', counter: 'c5' }),
    told(ago(1), 'contact.queued', { contact: 'B150', ticket: 'B150', queue: 'q1' }),
  );
});
test.afterAll(() => server.remove());

/** Somebody served at c5, from so many seconds ago on: 20 s of waiting, 60 s of service. */
const served = (name: string, seconds: number) => [
  told(ago(seconds), 'contact.queued', { contact: name, ticket: name, queue: 'q1' }),
  told(ago(seconds - 20), 'contact.started', { contact: name, counter: 'c5', agent: 'li' }),
  told(ago(seconds - 80), 'contact.ended', { contact: name }),
];

/** The angle at which characters of this size on the stage are seen, minutes of arc. */
function arcMinutes(fontPx: number, kind: keyof typeof HEIGHT): number {
  const diagonal = Math.hypot(STAGE.width, STAGE.height);
  const mmPerPx = (TV_INCHES * 25.4) / diagonal;
  const height = fontPx * HEIGHT[kind] * mmPerPx;
  return 2 * Math.atan(height / (2 * FARTHEST_MM)) * (180 / Math.PI) * 60;
}

test('T8 which counter for A130, how long for broadband: large enough at 6 m on 55 inches, nothing over another', async ({
  page,
}) => {
  await page.setViewportSize(STAGE);
  await page.goto(`${server.address}/w/seats/customer?lang=zh`);
  await hasFreshness(page, 'live', 15_000);
  const call = page.locator('[data-ticket=A130]');
  await expect(call).toContainText('A130');
  await expect(call.locator('.counter')).toContainText('5');
  const broadband = page.locator('[data-service=q1]');
  await expect(broadband.locator('.name')).toContainText('宽带家庭');
  await expect(broadband.locator('[data-wait]')).toHaveText(/^\d+–\d+$/);

  const sizeOf = (selector: string): Promise<number> =>
    page
      .locator(selector)
      .first()
      .evaluate((element) => parseFloat(getComputedStyle(element).fontSize));
  for (const digits of [
    '[data-ticket] .ticket',
    '[data-ticket] .counter b',
    '[data-service] [data-wait=range]',
  ])
    expect.soft(arcMinutes(await sizeOf(digits), 'digits'), digits).toBeGreaterThanOrEqual(LEAST.digits);
  for (const name of await page.locator('[data-service] .name').all()) {
    const px = await name.evaluate((element) => parseFloat(getComputedStyle(element).fontSize));
    expect.soft(arcMinutes(px, 'han'), await name.innerText()).toBeGreaterThanOrEqual(LEAST.han);
  }
  expect(await clippedTexts(page)).toEqual([]);
  const boxes = await page
    .locator('[data-ticket], [data-service]')
    .evaluateAll((all) =>
      all
        .map((element) => element.getBoundingClientRect())
        .map(({ x, y, right, bottom }) => ({ x, y, right, bottom })),
    );
  const overlaps = boxes.flatMap((a, i) =>
    boxes.slice(i + 1).filter((b) => a.x < b.right && b.x < a.right && a.y < b.bottom && b.y < a.bottom),
  );
  expect(overlaps).toEqual([]);
});
