/** The command line: reads the settings, makes the concrete parts, runs one command. */
import { Command } from 'commander';
import { UsageError } from './cli/result.ts';
import { ConfigError } from './config.ts';
import { HistoryUnavailable, UnusableHistory } from './history/store.ts';
import { EmbeddedRedisError } from './log/embedded-redis/error.ts';

/** The code of a command is read when it runs: a server carries none of the others'. */
const lazily =
  <Args extends unknown[]>(load: () => Promise<(...args: Args) => unknown>) =>
  async (...args: Args): Promise<void> => {
    const command = await load();
    await command(...args);
  };

const muster = new Command('muster').description('Real-time console for service halls and contact centers');

muster
  .command('serve')
  .description('start the server')
  .option('--demo', 'show the demonstration network')
  .action(lazily(async () => (await import('./cli/serve.ts')).serve));

muster
  .command('replay')
  .description('send a recorded day through ingest, log and fold, and print what came out')
  .argument(
    '<file>',
    'normalised calls CSV, Asterisk queue_log, level feed CSV or NDJSON events; may be gzipped',
  )
  .option('--speed <n>', 'times real time, or max for as fast as it goes', 'max')
  .option('--branch <id>', 'the branch all events belong to')
  .action(lazily(async () => (await import('./cli/replay.ts')).replay));

const imports = muster.command('import').description('add past months to history');
imports
  .command('queue-log')
  .description('an Asterisk queue_log, folded as if it had been told')
  .argument('<file>', 'queue_log; may be gzipped')
  .option('--branch <id>', 'the branch it is of, when network.json has others')
  .option('--zone <zone>', 'time zone of a branch that is not in network.json')
  .option('--add', 'even where history has counts of the same time')
  .action(lazily(async () => (await import('./cli/import.ts')).importQueueLog));
imports
  .command('staffing')
  .description(
    'who may work where: tables of branches, pools, counters, agents, breaks, travel, quiet hours, policy',
  )
  .argument('<files...>', 'CSV, told apart by their columns')
  .action(lazily(async () => (await import('./cli/import-staffing.ts')).importStaffing));
imports
  .command('intervals')
  .description('a table of counts: interval_start, calls[, queue][, imputed][, answered, …]')
  .argument('<file>', 'CSV; may be gzipped')
  .option('--branch <id>', 'the branch it is of, when network.json has others')
  .option('--queue <id>', 'the queue it is of')
  .option('--zone <zone>', 'time zone of its times, when not that of the branch')
  .option('--slot-minutes <n>', 'length of its slots, when it does not tell')
  .option('--add', 'even where history has counts of the same time')
  .action(lazily(async () => (await import('./cli/import.ts')).importIntervals));

muster
  .command('oracle')
  .description('run cases with known answers through the queueing functions')
  .argument('<file>', 'oracle file, JSON')
  .action(lazily(async () => (await import('./cli/oracle.ts')).oracle));

const bench = muster.command('bench').description('measure');
bench
  .command('live')
  .description('post events to a real server while consoles watch')
  .option('--rate <n>', 'events a second', '2000')
  .option('--branches <n>', 'branches they are spread over', '200')
  .option('--consoles <n>', 'consoles, each on the floor of one branch', '1000')
  .option('--seconds <n>', 'how long', '30')
  .action(lazily(async () => (await import('./cli/bench/live.ts')).benchLive));
bench
  .command('forecast')
  .description('forecast the days after a date on recorded interval series, and compare with what came')
  .argument('[files...]', 'CSV: interval_start, calls[, imputed][, branch]; several series make a region')
  .requiredOption('--train-until <date>', 'last day of training, YYYY-MM-DD')
  .option('--history-days <n>', 'days of history each forecast may use', '112')
  .option('--pooled <folder>', 'also all .csv files of a folder')
  .option('--halls <n>', 'deal the arrivals of one series out to halls by chance')
  .option('--per-day <n>', 'with --halls: arrivals a day of each', '100')
  .option('--seed <n>', 'with --halls', '1')
  .action(lazily(async () => (await import('./cli/bench/forecast.ts')).benchForecast));
bench
  .command('plan')
  .description('time one staffing plan, and compare it with the exact optimum')
  .option('--branches <n>', 'halls', '1000')
  .action(lazily(async () => (await import('./cli/bench/plan.ts')).benchPlan));
bench
  .command('staffing')
  .description(
    'the staffing planner in the loop with simulated halls, against other ways with the same people',
  )
  .option('--synthetic <name>', 'base, rough or warsaw', 'base')
  .option('--days <n>', 'days', '20')
  .option('--seed <n>', 'of network and days', '1')
  .option('--recalls <n>', 'most recalls from the back office a day; 0 without a back office', '0')
  .option('--told <what>', 'another planner is told: level, the volume of each hall’s day without its surges')
  .action(lazily(async () => (await import('./cli/bench/staffing.ts')).benchStaffing));
bench
  .command('twin')
  .description('time replications of the what-if twin')
  .action(lazily(async () => (await import('./cli/bench/twin.ts')).benchTwin));
bench
  .command('planner')
  .description('time a full refresh of the predictions of many branches')
  .option('--branches <n>', 'branches', '1000')
  .action(lazily(async () => (await import('./cli/bench/planner.ts')).benchPlanner));
bench
  .command('restart')
  .description('time the start of a server with many events in its log, after a crash and after a clean stop')
  .option('--events <n>', 'events in the log', '1000000')
  .option('--branches <n>', 'branches they are spread over', '200')
  .action(lazily(async () => (await import('./cli/bench/restart.ts')).benchRestart));
bench
  .command('waits')
  .description('foretell the wait of each contact of a recording when it begins, and compare with what came')
  .argument('<file>', 'normalised calls CSV, Asterisk queue_log or NDJSON events; may be gzipped')
  .action(lazily(async () => (await import('./cli/bench/waits.ts')).benchWaits));
bench
  .command('warnings')
  .description('replay days of the demonstration, and compare each warning of a breach with what came')
  .option('--days <n>', 'days', '6')
  .option('--seed <n>', 'of the days', '1')
  .action(lazily(async () => (await import('./cli/bench/warnings.ts')).benchWarnings));
bench
  .command('history')
  .description('reports from and additions to a history of many quarter-hours')
  .option('--rows <n>', 'quarter-hours', '10000000')
  .option('--branches <n>', 'branches they are of', '300')
  .option('--queues <n>', 'queues of each branch', '8')
  .action(lazily(async () => (await import('./cli/bench/history.ts')).benchHistory));

muster
  .command('backup')
  .description('copy history and accounts, also while Muster runs')
  .argument('<file>', 'a new file for history; accounts go to one beside it, ending in .accounts')
  .action(lazily(async () => (await import('./cli/backup.ts')).backUp));
muster
  .command('restore')
  .description(
    'put copies in the place of history and accounts, while Muster does not run; those before are kept',
  )
  .argument('<file>', 'a file that backup made')
  .action(lazily(async () => (await import('./cli/backup.ts')).restore));
bench
  .command('drivers')
  .description('time the split of a day of waits by its drivers')
  .action(lazily(async () => (await import('./cli/bench/drivers.ts')).benchDrivers));
bench
  .command('queueing')
  .description('time the queueing functions, and compare the fast screen with the exact solution')
  .action(lazily(async () => (await import('./cli/bench/queueing.ts')).benchQueueing));

muster
  .command('source-key')
  .description('make a key for a source and write its hash into network.json')
  .requiredOption('--source <id>', 'name of the source')
  .requiredOption('--branches <ids>', 'branches it may write to, separated by commas; * for all')
  .action(lazily(async () => (await import('./cli/source-key.ts')).sourceKey));

muster
  .command('verify-audit')
  .description('check that no entry of the audit trail was changed, moved or taken out')
  .option('--demo', 'that of the demonstration')
  .action(lazily(async () => (await import('./cli/verify-audit.ts')).verifyAudit));

try {
  await muster.parseAsync();
} catch (error) {
  const kinds = [ConfigError, UsageError, EmbeddedRedisError, HistoryUnavailable, UnusableHistory];
  const expected = kinds.some((kind) => error instanceof kind);
  process.stderr.write(
    `muster: ${String(error instanceof Error ? (expected ? error.message : error.stack) : error)}\n`,
  );
  process.exitCode = 2;
}
