/** The access table as the server applies it: which entry a request falls under, and that every route has one. */
import type { RequestHandler, Router } from 'express';
import { type Access, ROUTES } from '#shared/access.ts';

const PATTERNS = Object.entries(ROUTES).map(([route, access]) => {
  const [method = '', path = ''] = route.split(' ');
  return { route, method, path: new RegExp(`^${path.replaceAll(/:\w+/g, '[^/]+')}/?$`, 'i'), access };
});

/** The entry of a request; `undefined` when there is none, which means no. */
export function accessOf(method: string, path: string): (Access & { route: string }) | undefined {
  const asked = method === 'HEAD' ? 'GET' : method;
  const found = PATTERNS.find((each) => each.method === asked && each.path.test(path));
  return found && { ...found.access, route: found.route };
}

/** Every route these routers answer, as `GET /path`. */
function routesOf(routers: readonly (Router | RequestHandler)[]): string[] {
  return routers.flatMap((router) =>
    'stack' in router
      ? router.stack.flatMap(({ route }) =>
          route === undefined
            ? []
            : route.stack.map(({ method }) => `${method.toUpperCase()} ${String(route.path)}`),
        )
      : [],
  );
}

/** Throws when a route is not in the table: such a server must not start. */
export function requireAccess(routers: readonly (Router | RequestHandler)[]): void {
  const missing = routesOf(routers).filter((route) => !(route in ROUTES));
  if (missing.length > 0)
    throw new Error(`not in the access table (shared/access.ts): ${missing.join(', ')}`);
}
