/** Halls where somebody waits too long, with alerts that say so at once. */
import { expect, type Page } from '@playwright/test';
import { DEFAULT_RULES } from '#server/domain/alerts/rules.ts';
import { ago, type OwnServer } from './own-server.ts';
import { told } from './profiles.ts';

/** From a fact to its alert: every hall is looked at each 5 s. */
export const RAISED_MS = 12_000;

/** Somebody waits too long in a hall whose rule raises at once. */
export async function oneLate(
  server: OwnServer,
  page: Page,
  hall: string,
  queue = 'personal',
): Promise<void> {
  const rule = { ...DEFAULT_RULES.waitOverTarget, raiseAfterSeconds: 0 };
  const set = await page.request.put(`${server.address}/api/v1/alert-rules/waitOverTarget`, {
    data: { branch: hall, rule },
    headers: { Origin: server.address },
  });
  expect(set.status(), await set.text()).toBe(200);
  await server.tell(
    hall,
    told(ago(1_800), 'contact.queued', { contact: `late-${queue}`, ticket: 'A001', queue }),
    told(ago(0), 'source.heartbeat', {}),
  );
}
