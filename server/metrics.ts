/** Counters of the process for Prometheus. */
import { collectDefaultMetrics, Counter, Gauge, Registry } from 'prom-client';
import type { IngestAnswer } from './ingest.ts';

export interface ProcessMetrics {
  registry: Registry;
  countAnswer(source: string, answer: IngestAnswer): void;
}

/** What the gauges read when they are asked. */
export interface Gauges {
  logAgeMs(): number;
  folded(): number;
  sockets(): number;
  /** Quarter-hours of branches compared with their history since the start. */
  historyChecks(): { agreed: number; disagreed: number };
  /** How far history is behind, ms. */
  historyAgeMs(): number;
}

/** The loop's delay is sampled this often; the library's 10 ms would wake an idle process 100 times a second. */
const LOOP_SAMPLE_MS = 1_000;

/** A registry of its own for each server, so that two in one process do not mix. */
export function createMetrics(gauges: Gauges): ProcessMetrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, eventLoopMonitoringPrecision: LOOP_SAMPLE_MS });
  const registers = [registry];
  const events = new Counter({
    name: 'muster_ingest_events_total',
    help: 'Events posted, by source and what became of them',
    labelNames: ['source', 'result'],
    registers,
  });
  gauge('muster_log_age_seconds', 'Since the log was last heard from', () => gauges.logAgeMs() / 1_000);
  gauge('muster_folded_events', 'Events folded since the start', () => gauges.folded());
  gauge('muster_history_age_seconds', 'How far history is behind', () => gauges.historyAgeMs() / 1_000);
  gauge(
    'muster_history_agreed',
    'Quarter-hours found equal live and in history since the start',
    () => gauges.historyChecks().agreed,
  );
  gauge(
    'muster_history_disagreed',
    'Quarter-hours found different live and in history since the start; must be 0',
    () => gauges.historyChecks().disagreed,
  );
  gauge('muster_sockets', 'Consoles and walls connected', () => gauges.sockets());

  function gauge(name: string, help: string, read: () => number): void {
    new Gauge({
      name,
      help,
      registers,
      collect() {
        this.set(read());
      },
    });
  }

  return {
    registry,
    countAnswer(source, { accepted, duplicate, rejected }) {
      events.inc({ source, result: 'accepted' }, accepted);
      events.inc({ source, result: 'duplicate' }, duplicate);
      events.inc({ source, result: 'rejected' }, rejected.length);
    },
  };
}
