/** What an installation says of itself and people can change while it runs. */
import type { Router } from 'express';
import { dayText, hallDay } from './domain/branch/hall-day.ts';
import { changesBy, concernedBy, stateOf, targetsOf } from './domain/metrics/target-versions.ts';
import type { History } from './history/history.ts';
import { branchProfileRoutes, type BranchProfileRouteParts } from './http/branch-profile-routes.ts';
import { nounRoutes } from './http/noun-routes.ts';
import { type Judging, targetRoutes, type TargetRouteParts } from './http/target-routes.ts';
import type { Logger } from './logger.ts';
import type { Network } from './network.ts';
import type { NetworkSettings } from './network-settings.ts';
import type { NounStore } from './noun-store.ts';
import type { Foresight } from './planner/foresight.ts';
import type { Publisher } from './publish/publisher.ts';
import type { Gateway } from './realtime/gateway.ts';

type Asked = Omit<TargetRouteParts & BranchProfileRouteParts, 'settings' | 'judging'>;

/** The routes; of a network that nobody can set there are none. */
export function configurationRoutes({
  settings,
  nouns,
  now,
  ...asked
}: Asked & { settings: NetworkSettings | undefined; nouns: NounStore; now: () => number }): Router[] {
  const ofNouns = nounRoutes({ ...asked, nouns });
  if (settings === undefined) return [ofNouns];
  const judging: Judging = {
    ...{ stateOf, concernedBy, changesBy },
    today: (profile) => dayText(hallDay(profile, now())),
    targetsOf: (profile) => targetsOf(profile, now()),
  };
  const parts = { ...asked, settings, judging };
  return [ofNouns, targetRoutes(parts), branchProfileRoutes(parts)];
}

/** Keeps the parts of a server in step with a network that changes: history before, screens and forecasts after. */
export function followNetwork(parts: {
  network: Network;
  history: Pick<History, 'know'>;
  foresight: Pick<Foresight, 'know'>;
  publisher: Pick<Publisher, 'describe'>;
  gateway: Pick<Gateway, 'refit'>;
  logger: Logger;
}): void {
  const { network, history, foresight, publisher, gateway, logger } = parts;
  // A fact is taken as soon as its branch is in force, and history must know the branch by then.
  network.prepare((all) => history.know(all));
  network.hear((changed) => {
    publisher.describe(changed);
    gateway.refit();
    foresight.know(network.branches()).catch((error: unknown) => {
      logger.warn({ err: error }, 'what lies ahead is told of the branches as they were');
    });
  });
}
