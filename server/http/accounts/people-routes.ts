/** Administration of people, their grants, and everybody's sessions. */
import { Router } from 'express';
import { Nothing } from '#shared/accounts.ts';
import { NewGrant, NewPerson, type NewPersonAnswer } from '#shared/administration.ts';
import type { KeptAccounts } from '../../auth/accounts.ts';
import { PeopleRefusal } from '../../auth/people.ts';
import { body, readBody } from '../body.ts';
import { Refusal } from '../refuse.ts';

/** The routes. */
export function peopleRoutes({ store, people, sessions, links, audit, announce }: KeptAccounts): Router {
  return Router()
    .get('/api/v1/people', async (_request, response) => {
      response.json({ people: await people.list() });
    })
    .post('/api/v1/people', readBody, async (request, response) => {
      const wanted = body(NewPerson, request);
      const { id, link } = await refusing(() =>
        store.change(async (db) => {
          const added = await people.add(db, { ...wanted, state: 'invited' });
          return { id: added, link: await links.make(db, 'invite', added) };
        }),
      );
      response.json({ person: await people.get(id), link } satisfies NewPersonAnswer);
    })
    .post('/api/v1/people/:id/disable', readBody, async (request, response) => {
      body(Nothing, request);
      response.json({ person: await refusing(() => people.setState(request.params.id, 'disabled')) });
    })
    .post('/api/v1/people/:id/enable', readBody, async (request, response) => {
      body(Nothing, request);
      response.json({ person: await refusing(() => people.setState(request.params.id, 'active')) });
    })
    .post('/api/v1/people/:id/reset', readBody, async (request, response) => {
      body(Nothing, request);
      const { id } = request.params;
      const before = await refusing(() => people.get(id));
      if (before.state === 'disabled') throw new Refusal('invalid', 'state');
      const link = await store.change(async (db) => {
        await people.update(db, id, { password: null, totp_secret: null, totp_since: null });
        await sessions.end(db, { person: id });
        await audit.within(db, { action: 'person.reset', subject: before.login });
        return links.make(db, before.state === 'invited' ? 'invite' : 'reset', id);
      });
      people.changed(id);
      response.json({ person: await people.get(id), link } satisfies NewPersonAnswer);
    })
    .post('/api/v1/people/:id/grants', readBody, async (request, response) => {
      const grant = body(NewGrant, request);
      response.json({ person: await refusing(() => people.grant(request.params.id, grant)) });
    })
    .post('/api/v1/people/:id/grants/:grant/remove', readBody, async (request, response) => {
      body(Nothing, request);
      const { id, grant } = request.params;
      response.json({ person: await refusing(() => people.removeGrant(id, grant)) });
    })
    .get('/api/v1/sessions', async (_request, response) => {
      response.json({ sessions: await sessions.list() });
    })
    .post('/api/v1/sessions/:id/end', readBody, async (request, response) => {
      body(Nothing, request);
      const { id } = request.params;
      const ended = await store.change(async (db) => {
        const gone = await sessions.end(db, { id });
        if (gone.length > 0) await audit.within(db, { action: 'session.ended', subject: id });
        return gone;
      });
      if (ended.length === 0) throw new Refusal('not-found');
      announce({ session: id });
      response.json({});
    });
}

async function refusing<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof PeopleRefusal)) throw error;
    if (error.reason === 'not-found') throw new Refusal('not-found');
    throw new Refusal('conflict', error.reason);
  }
}
