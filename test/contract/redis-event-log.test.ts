import { pino } from 'pino';
import { afterAll, beforeAll } from 'vitest';
import type { EventLog } from '#server/log/event-log.ts';
import { openRedisEventLog } from '#server/log/redis-event-log.ts';
import { type OwnRedis, startOwnRedis } from '#test/support/own-redis.ts';
import { describeEventLog } from './event-log-suite.ts';

const silent = pino({ level: 'silent' });
let redis: OwnRedis;
beforeAll(async () => {
  redis = await startOwnRedis();
});
afterAll(() => redis.remove());

for (const soleWriter of [false, true])
  describeEventLog(`the log on Redis${soleWriter ? ' of a sole writer' : ''}`, async () => {
    await redis.flush();
    const opened: EventLog[] = [];
    const open = async (): Promise<EventLog> => {
      const log = await openRedisEventLog({ socketPath: redis.socketPath }, silent, { soleWriter });
      opened.push(log);
      return log;
    };
    return {
      log: await open(),
      reopen: open,
      goAway: () => redis.kill(),
      comeBack: () => redis.start(),
      async close() {
        await Promise.all(opened.map((log) => log.close()));
      },
    };
  });
