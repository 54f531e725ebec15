/** A view of the server as reactive data: the head and the tables by name, and how far they can be believed. */
import { onDestroy } from 'svelte';
import type { FieldValue, ViewSchema, ViewState } from '#shared/delta.ts';
import type { FailureCode } from '#shared/failure.ts';
import type { WatchRequest } from '#shared/protocol.ts';
import { decodeRow } from '#shared/row-codec.ts';
import type { ViewName, Views } from '#shared/views.ts';
import { Feed, type FeedSurroundings } from '#lib/live/feed.ts';
import { initialFeed, type FeedState } from '#lib/live/feed-state.ts';
import { heldChanges } from '#lib/live/held-changes.ts';
import { assess, isCurrent, type Assessment, type Limits } from '#lib/live/freshness.ts';
import { openTransport } from '#lib/live/socket.ts';
import { clock } from './clock.svelte.ts';

/** Tables of a view, rows by id. Rows that did not change keep their reference. */
export type Tables<V extends ViewName> = {
  readonly [T in keyof Views[V]['tables']]: ReadonlyMap<string, Views[V]['tables'][T]>;
};

const RELOADED_AT = 'muster.reloadedAt';
/** A page that is still the old one after a reload is not reloaded again before this time has passed, ms. */
const RELOAD_EVERY_MS = 60_000;

const surroundings: FeedSurroundings = {
  monotonicMs: () => performance.now(),
  wallMs: () => Date.now(),
  random: () => Math.random(),
  later: (delayMs, run) => void setTimeout(run, delayMs),
  reload: () => {
    const last = Number(sessionStorage.getItem(RELOADED_AT) ?? 0);
    if (Date.now() - last < RELOAD_EVERY_MS) return;
    sessionStorage.setItem(RELOADED_AT, String(Date.now()));
    location.reload();
  },
};

/** A picture that stands still goes on by itself after this long, ms. */
const LONGEST_PAUSE_MS = 120_000;
/** The table that goes on while the others stand still. */
const ALERTS = 'alerts';

/** A page waits this long for its first data, so that it is drawn once and whole, ms. */
const FIRST_DATA_MS = 300;
/** The view of a page that is on its way. When another page is opened first, nobody will show this one. */
let ahead: { stop(): void } | null = null;

/** Opens the view of a page that is on its way, and waits a moment for its data. */
export async function openView<V extends ViewName>(
  schema: ViewSchema,
  request: WatchRequest & { view: V },
  limits: Limits,
): Promise<LiveView<V>> {
  ahead?.stop();
  const view = new LiveView<V>(schema, request, limits);
  ahead = view;
  await view.answered(FIRST_DATA_MS);
  return view;
}

export class LiveView<V extends ViewName> {
  head = $state.raw<Views[V]['head'] | null>(null);
  tables = $state.raw({} as Tables<V>);
  /** Why the server does not show the view. */
  failure = $state.raw<FailureCode | null>(null);
  /** Since when the picture stands still because somebody reads it, epoch ms. */
  pausedAt = $state.raw<number | null>(null);
  /** Rows that would change if it went on now. */
  held = $state.raw(0);
  #feedState = $state.raw<FeedState>(initialFeed);
  #asOf = $state.raw<number | null>(null);
  #pausedAsOf = $state.raw<number | null>(null);
  #decoded: ViewState | null = null;
  #schema: ViewSchema;
  #limits: Limits;
  #feed: Feed;
  #stopBeats: () => void;
  #pageShown = (event: PageTransitionEvent): void => {
    if (event.persisted) this.#feed.distrust();
  };
  /** Something came that can be shown: data, or why there is none. */
  #answered: Promise<void>;
  #answer: () => void = () => undefined;

  /** Watches until it is stopped. */
  constructor(schema: ViewSchema, request: WatchRequest & { view: V }, limits: Limits) {
    this.#schema = schema;
    this.#limits = limits;
    this.tables = this.#decode({ head: [], tables: [] });
    this.#answered = new Promise((resolve) => (this.#answer = resolve));
    this.#feed = new Feed({
      request,
      transport: openTransport(),
      surroundings,
      silenceMs: limits.delayedMs,
      onState: (state) => this.#show(state),
      onServerTime: (serverTime) => clock.adjust(serverTime),
      onFailure: (code) => this.#fail(code),
    });
    this.#feed.start();
    this.#stopBeats = clock.onBeat(() => {
      this.#feed.recheck();
      if (this.pausedAt !== null && (clock.now - this.pausedAt >= LONGEST_PAUSE_MS || !this.current))
        this.resume();
    });
    addEventListener('pageshow', this.#pageShown);
  }

  /** For the component that shows the view, while it is made: both end together. */
  endWithComponent(): void {
    if (ahead === this) ahead = null;
    onDestroy(() => this.stop());
  }

  stop(): void {
    this.#feed.stop();
    this.#stopBeats();
    removeEventListener('pageshow', this.#pageShown);
  }

  /** Resolves when there is something to show, and after `ms` at the latest. */
  async answered(ms: number): Promise<void> {
    await Promise.race([this.#answered, new Promise((resolve) => setTimeout(resolve, ms))]);
  }

  /** How far the numbers can be believed now (rule LV3). */
  get assessment(): Assessment {
    return this.#assessment;
  }
  #assessment = $derived.by<Assessment>(() => {
    const { view, syncedAt, ages } = this.#feedState;
    return assess({ shown: view !== null, syncedAt, logMs: ages.logMs }, clock.beatAt, this.#limits);
  });

  /** True while timers may run and hue may be shown. */
  get current(): boolean {
    return isCurrent(this.#assessment.level);
  }

  /** The moment the numbers speak of, epoch ms by the server's clock. */
  get asOf(): number | null {
    if (this.#pausedAsOf !== null) return this.#pausedAsOf;
    return this.#asOf === null ? null : this.#asOf - this.#feedState.ages.logMs;
  }

  /** The time by which waits are counted: it stands still once the data is stale or the picture paused, epoch ms. */
  get now(): number {
    if (this.pausedAt !== null) return this.pausedAt;
    return this.current ? clock.now : (this.asOf ?? clock.now);
  }

  /** Lets the picture stand still for a while, alerts excepted; of old data it stands still anyway. */
  pause(): void {
    if (!this.current || this.pausedAt !== null) return;
    this.#pausedAsOf = this.asOf;
    this.pausedAt = clock.now;
  }

  /** Shows what came meanwhile. */
  resume(): void {
    this.pausedAt = null;
    this.#pausedAsOf = null;
    this.held = 0;
    this.#show(this.#feedState);
  }

  get version(): number {
    return this.#feedState.position?.version ?? 0;
  }

  /** Attempts to reach the server since the connection was lost. */
  get attempts(): number {
    void clock.beatAt;
    return openTransport().attempts;
  }

  /** Seconds since the server last heard this source; `null` when unknown. */
  sourceAgeSeconds(source: string): number | null {
    const { ages, agesAt } = this.#feedState;
    const toldMs = ages.sources?.[source];
    return toldMs === undefined ? null : Math.max(0, Math.floor((toldMs + clock.beatAt - agesAt) / 1_000));
  }

  retry(): void {
    this.#feed.retry();
  }

  /** Takes everything off the screen until a new snapshot has come: nobody saw what happened meanwhile. */
  distrust(): void {
    this.#feed.distrust();
  }

  #show(state: FeedState): void {
    this.#feedState = state;
    if (state.syncedAt !== null) this.#asOf = clock.serverTimeOf(state.syncedAt);
    if (state.view === null || state.view === this.#decoded) return;
    if (this.pausedAt !== null && this.#decoded !== null) return this.#hold(this.#decoded, state.view);
    if (state.view.head !== this.#decoded?.head) this.head = decodeRow(this.#schema.head, state.view.head);
    this.tables = this.#decode(state.view);
    this.#decoded = state.view;
    this.#answer();
  }

  /** Counts what is not shown; alerts are. */
  #hold(shown: ViewState, newest: ViewState): void {
    const names = this.#schema.tables.map(({ name }) => name);
    const still = names.flatMap((name, i) => (name === ALERTS ? [] : [i]));
    this.held = heldChanges(shown, newest, still);
    const partly = {
      ...shown,
      tables: shown.tables.map((rows, i) => (still.includes(i) ? rows : (newest.tables[i] ?? rows))),
    };
    this.tables = this.#decode(partly);
    this.#decoded = partly;
  }

  #fail(code: FailureCode | null): void {
    this.failure = code;
    if (code !== null) this.#answer();
  }

  #decode(view: ViewState): Tables<V> {
    const known = this.tables as Record<string, ReadonlyMap<string, unknown>>;
    const tables = this.#schema.tables.map(({ name, fields }, i) => {
      const rows = view.tables[i] ?? new Map<string, FieldValue[]>();
      const before = this.#decoded?.tables[i];
      const decoded = known[name];
      return [name, rows === before && decoded ? decoded : decodeTable(fields, rows, before, decoded)];
    });
    return Object.fromEntries(tables) as Tables<V>;
  }
}

/** The rows by name; what is the same as before is not decoded again. */
function decodeTable(
  fields: readonly string[],
  rows: ReadonlyMap<string, FieldValue[]>,
  before: ReadonlyMap<string, FieldValue[]> | undefined,
  known: ReadonlyMap<string, unknown> | undefined,
): ReadonlyMap<string, unknown> {
  const decoded = new Map<string, unknown>();
  for (const [id, row] of rows)
    decoded.set(id, before?.get(id) === row ? known?.get(id) : decodeRow(fields, row));
  return decoded;
}
