/** The command line: reads the settings, makes the concrete parts, runs one command. */
import { Command } from 'commander';
import { backUp, restore } from './cli/backup.ts';
import { benchDrivers } from './cli/bench/drivers.ts';
import { benchForecast } from './cli/bench/forecast.ts';
import { benchHistory } from './cli/bench/history.ts';
import { benchLive } from './cli/bench/live.ts';
import { benchPlanner } from './cli/bench/planner.ts';
import { benchPlan } from './cli/bench/plan.ts';
import { benchQueueing } from './cli/bench/queueing.ts';
import { benchRestart } from './cli/bench/restart.ts';
import { benchStaffing } from './cli/bench/staffing.ts';
import { benchTwin } from './cli/bench/twin.ts';
import { benchWaits } from './cli/bench/waits.ts';
import { benchWarnings } from './cli/bench/warnings.ts';
import { importIntervals, importQueueLog } from './cli/import.ts';
import { importStaffing } from './cli/import-staffing.ts';
import { oracle } from './cli/oracle.ts';
import { serve } from './cli/serve.ts';
import { sourceKey } from './cli/source-key.ts';
import { replay } from './cli/replay.ts';
import { verifyAudit } from './cli/verify-audit.ts';
import { UsageError } from './cli/result.ts';
import { ConfigError } from './config.ts';
import { HistoryUnavailable, UnusableHistory } from './history/store.ts';
import { EmbeddedRedisError } from './log/embedded-redis/error.ts';

const muster = new Command('muster').description('Real-time console for service halls and contact centers');

muster
  .command('serve')
  .description('start the server')
  .option('--demo', 'show the demonstration network')
  .action(serve);

muster
  .command('replay')
  .description('send a recorded day through ingest, log and fold, and print what came out')
  .argument(
    '<file>',
    'normalised calls CSV, Asterisk queue_log, level feed CSV or NDJSON events; may be gzipped',
  )
  .option('--speed <n>', 'times real time, or max for as fast as it goes', 'max')
  .option('--branch <id>', 'the branch all events belong to')
  .action(replay);

const imports = muster.command('import').description('add past months to history');
imports
  .command('queue-log')
  .description('an Asterisk queue_log, folded as if it had been told')
  .argument('<file>', 'queue_log; may be gzipped')
  .option('--branch <id>', 'the branch it is of, when network.json has others')
  .option('--zone <zone>', 'time zone of a branch that is not in network.json')
  .option('--add', 'even where history has counts of the same time')
  .action(importQueueLog);
imports
  .command('staffing')
  .description(
    'who may work where: tables of branches, pools, counters, agents, breaks, travel, quiet hours, policy',
  )
  .argument('<files...>', 'CSV, told apart by their columns')
  .action(importStaffing);
imports
  .command('intervals')
  .description('a table of counts: interval_start, calls[, queue][, imputed][, answered, …]')
  .argument('<file>', 'CSV; may be gzipped')
  .option('--branch <id>', 'the branch it is of, when network.json has others')
  .option('--queue <id>', 'the queue it is of')
  .option('--zone <zone>', 'time zone of its times, when not that of the branch')
  .option('--slot-minutes <n>', 'length of its slots, when it does not tell')
  .option('--add', 'even where history has counts of the same time')
  .action(importIntervals);

muster
  .command('oracle')
  .description('run cases with known answers through the queueing functions')
  .argument('<file>', 'oracle file, JSON')
  .action(oracle);

const bench = muster.command('bench').description('measure');
bench
  .command('live')
  .description('post events to a real server while consoles watch')
  .option('--rate <n>', 'events a second', '2000')
  .option('--branches <n>', 'branches they are spread over', '200')
  .option('--consoles <n>', 'consoles, each on the floor of one branch', '1000')
  .option('--seconds <n>', 'how long', '30')
  .action(benchLive);
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
  .action(benchForecast);
bench
  .command('plan')
  .description('time one staffing plan, and compare it with the exact optimum')
  .option('--branches <n>', 'halls', '1000')
  .action(benchPlan);
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
  .action(benchStaffing);
bench.command('twin').description('time replications of the what-if twin').action(benchTwin);
bench
  .command('planner')
  .description('time a full refresh of the predictions of many branches')
  .option('--branches <n>', 'branches', '1000')
  .action(benchPlanner);
bench
  .command('restart')
  .description('time the start of a server with many events in its log, after a crash and after a clean stop')
  .option('--events <n>', 'events in the log', '1000000')
  .option('--branches <n>', 'branches they are spread over', '200')
  .action(benchRestart);
bench
  .command('waits')
  .description('foretell the wait of each contact of a recording when it begins, and compare with what came')
  .argument('<file>', 'normalised calls CSV, Asterisk queue_log or NDJSON events; may be gzipped')
  .action(benchWaits);
bench
  .command('warnings')
  .description('replay days of the demonstration, and compare each warning of a breach with what came')
  .option('--days <n>', 'days', '6')
  .option('--seed <n>', 'of the days', '1')
  .action(benchWarnings);
bench
  .command('history')
  .description('reports from and additions to a history of many quarter-hours')
  .option('--rows <n>', 'quarter-hours', '10000000')
  .option('--branches <n>', 'branches they are of', '300')
  .option('--queues <n>', 'queues of each branch', '8')
  .action(benchHistory);

muster
  .command('backup')
  .description('copy history and accounts, also while Muster runs')
  .argument('<file>', 'a new file for history; accounts go to one beside it, ending in .accounts')
  .action(backUp);
muster
  .command('restore')
  .description(
    'put copies in the place of history and accounts, while Muster does not run; those before are kept',
  )
  .argument('<file>', 'a file that backup made')
  .action(restore);
bench.command('drivers').description('time the split of a day of waits by its drivers').action(benchDrivers);
bench
  .command('queueing')
  .description('time the queueing functions, and compare the fast screen with the exact solution')
  .action(benchQueueing);

muster
  .command('source-key')
  .description('make a key for a source and write its hash into network.json')
  .requiredOption('--source <id>', 'name of the source')
  .requiredOption('--branches <ids>', 'branches it may write to, separated by commas; * for all')
  .action(sourceKey);

muster
  .command('verify-audit')
  .description('check that no entry of the audit trail was changed, moved or taken out')
  .option('--demo', 'that of the demonstration')
  .action(verifyAudit);

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
