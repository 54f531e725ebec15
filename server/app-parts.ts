/** What a server is made of: everything that touches the outside but its own port. */
import type { Accounts } from './auth/accounts.ts';
import type { Clock } from './clock.ts';
import type { GuidanceSettings } from './guidance.ts';
import type { History } from './history/history.ts';
import type { EventLog } from './log/event-log.ts';
import type { Logger } from './logger.ts';
import type { Network } from './network.ts';
import type { NetworkSettings } from './network-settings.ts';
import type { NounStore } from './noun-store.ts';
import type { Foresight } from './planner/foresight.ts';
import type { MakeTicks } from './ticks.ts';

export interface AppParts extends GuidanceSettings {
  log: EventLog;
  history: History;
  network: Network;
  clock: Clock;
  logger: Logger;
  host: string;
  /** 0 takes any free port. */
  port: number;
  publicOrigin: string | undefined;
  /** What people may set of the network; without it nothing. */
  settings?: NetworkSettings;
  /** What the organisation calls things; without it they are forgotten with the process. */
  nouns?: NounStore;
  /** Proxies of ours in front. */
  proxies: number;
  /** Who there is and what they may do; closed with the app. */
  accounts: Accounts;
  /** Works out what lies ahead; it is closed with the app. */
  foresight: Foresight;
  /** What lets duties come again and again; by default the timers of the process. */
  ticks?: MakeTicks;
}
