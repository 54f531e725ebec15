/** Walls: how they are paired without a keyboard, and how they are kept. */
import { Router } from 'express';
import { Nothing, PollPairing } from '#shared/accounts.ts';
import { DeviceReport, PairDevice } from '#shared/administration.ts';
import { isLegible } from '#shared/wall-sizing.ts';
import type { KeptAccounts } from '../../auth/accounts.ts';
import { createAttempts, networkOf } from '../../auth/attempts.ts';
import { caller } from '../../auth/caller.ts';
import type { Clock } from '../../clock.ts';
import { body, readBody } from '../body.ts';
import type { Cookies } from '../cookies.ts';
import { Refusal } from '../refuse.ts';

/** A wall stays paired until it is revoked; browsers keep a cookie no longer than this, ms. */
const DEVICE_COOKIE_MS = 400 * 86_400_000;
/** Codes that match no wall, of one person; beyond, the code would be guessed and not read. */
const WRONG_CODES = { most: 5, windowMs: 600_000 };
/** Walls of one network that ask to be paired. */
const STARTS = { most: 20, windowMs: 600_000 };

export interface DeviceRouteParts {
  kept: KeptAccounts;
  cookies: Cookies;
  clock: Clock;
  /** True when there is this branch and the caller keeps its walls. */
  mayKeep: (branch: string) => boolean;
}

/** The routes. */
export function deviceRoutes({ kept: { devices }, cookies, clock, mayKeep }: DeviceRouteParts): Router {
  const wrongCodes = createAttempts(clock, WRONG_CODES.most, WRONG_CODES.windowMs);
  const starts = createAttempts(clock, STARTS.most, STARTS.windowMs);
  return Router()
    .post('/api/v1/pairing', readBody, async (request, response) => {
      body(Nothing, request);
      const started = starts.allow(networkOf(caller().address)) ? await devices.start() : null;
      if (started === null) throw new Refusal('too-many-requests');
      response.json(started);
    })
    .post('/api/v1/pairing/poll', readBody, async (request, response) => {
      const { state, token } = await devices.poll(body(PollPairing, request));
      if (token !== undefined) cookies.set(response, 'device', token, clock.now() + DEVICE_COOKIE_MS);
      response.json(state);
    })
    .post('/api/v1/me/report', readBody, async (request, response) => {
      const report = body(DeviceReport, request);
      const { principal } = caller();
      if (principal.kind !== 'device') throw new Refusal('forbidden');
      await devices.report(principal.id, report);
      response.json({});
    })
    .get('/api/v1/devices', async (_request, response) => {
      response.json({ devices: (await devices.list()).filter(({ branch }) => mayKeep(branch)) });
    })
    .post('/api/v1/devices', readBody, async (request, response) => {
      const wanted = body(PairDevice, request);
      if (!mayKeep(wanted.branch)) throw new Refusal('not-found', 'branch');
      if (wanted.note === '' && !isLegible(wanted.view, wanted)) throw new Refusal('invalid', 'note');
      const { principal } = caller();
      const who = principal.kind === 'person' ? principal.login : '';
      if (!wrongCodes.allow(who)) throw new Refusal('too-many-requests');
      const device = await devices.pair(wanted, who);
      if (device === null) throw new Refusal('not-found', 'code');
      wrongCodes.forget(who);
      response.json({ device });
    })
    .post('/api/v1/devices/:id/revoke', readBody, async (request, response) => {
      body(Nothing, request);
      const device = await devices.get(request.params.id);
      if (!device || !mayKeep(device.branch)) throw new Refusal('not-found');
      await devices.revoke(device.id);
      response.json({});
    });
}
