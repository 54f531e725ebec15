/** The command line: reads the settings, makes the concrete parts, runs one command. */
import { Command } from 'commander';
import { benchLive } from './cli/bench/live.ts';
import { benchRestart } from './cli/bench/restart.ts';
import { serve } from './cli/serve.ts';
import { sourceKey } from './cli/source-key.ts';
import { replay } from './cli/replay.ts';
import { UsageError } from './cli/result.ts';
import { ConfigError } from './config.ts';
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
  .option('--to <url>', 'a running Muster to post to, with its key in MUSTER_KEY')
  .action(replay);

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
  .command('restart')
  .description('time the start of a server with many events in its log, after a crash and after a clean stop')
  .option('--events <n>', 'events in the log', '1000000')
  .option('--branches <n>', 'branches they are spread over', '200')
  .action(benchRestart);

muster
  .command('source-key')
  .description('make a key for a source and write its hash into network.json')
  .requiredOption('--source <id>', 'name of the source')
  .requiredOption('--branches <ids>', 'branches it may write to, separated by commas; * for all')
  .action(sourceKey);

try {
  await muster.parseAsync();
} catch (error) {
  const expected =
    error instanceof ConfigError || error instanceof UsageError || error instanceof EmbeddedRedisError;
  process.stderr.write(
    `muster: ${expected ? error.message : String(error instanceof Error ? error.stack : error)}\n`,
  );
  process.exitCode = 2;
}
