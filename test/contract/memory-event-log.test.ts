import { createMemoryEventLog } from '#server/log/memory-event-log.ts';
import { describeEventLog } from './event-log-suite.ts';

describeEventLog('the log in memory', () => {
  const log = createMemoryEventLog();
  return Promise.resolve({
    log,
    reopen: () => Promise.resolve(log),
    goAway: () => Promise.resolve(log.setAvailable(false)),
    comeBack: () => Promise.resolve(log.setAvailable(true)),
    close: () => log.close(),
  });
});
