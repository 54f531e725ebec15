/** For supervisors and Prometheus: is the process there, is it fit to serve, how is it doing. */
import { Router } from 'express';
import type { Registry } from 'prom-client';

/** Older news from the log than this means not ready, ms. */
const READY_LOG_AGE_MS = 5_000;

/** `/healthz`, `/readyz`, `/metrics`. */
export function healthRoutes(parts: { logAgeMs: () => number; metrics: Registry }): Router {
  return Router()
    .get('/healthz', (_request, response) => {
      response.json({ ok: true });
    })
    .get('/readyz', (_request, response) => {
      const logAgeMs = Math.round(parts.logAgeMs());
      const ok = logAgeMs <= READY_LOG_AGE_MS;
      response.status(ok ? 200 : 503).json({ ok, logAgeMs });
    })
    .get('/metrics', async (_request, response) => {
      response.type(parts.metrics.contentType).send(await parts.metrics.metrics());
    });
}
