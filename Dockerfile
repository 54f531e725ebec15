FROM node:24-slim AS dependencies
WORKDIR /app
COPY package.json package-lock.json .npmrc ./

FROM dependencies AS web
RUN npm ci
COPY tsconfig.json vite.config.ts vite.walls.config.ts vite.parts.ts ./
COPY shared shared
COPY web web
RUN npx vite build && npx vite build --config vite.walls.config.ts

FROM dependencies
# The image has its own Node; the packaged ones are for machines with an older one.
RUN npm ci --omit=dev --omit=optional && npm cache clean --force
COPY server server
COPY shared shared
COPY --from=web /app/build/web build/web
RUN mkdir /data && chown node:node /data
ENV MALLOC_ARENA_MAX=2 NODE_ENV=production DATA_DIR=/data
VOLUME /data
USER node
EXPOSE 8080
HEALTHCHECK --interval=5s --timeout=3s --start-period=30s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:8080/healthz').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
# The server is the container's first process: it gets the stop signal itself, and Docker's init collects the dead.
CMD ["node", "--max-semi-space-size=16", "--heap-growing-percent=60", "server/main.ts", "serve"]
