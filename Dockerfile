# syntax=docker/dockerfile:1
# One image with one binary: pages, migrations and the Danish pack are inside it.

FROM node:24-bookworm-slim AS pages
WORKDIR /src/frontend
COPY frontend/package.json frontend/package-lock.json frontend/.npmrc ./
RUN --mount=type=cache,target=/root/.npm npm ci
COPY schema /src/schema
COPY frontend ./
RUN npm run build

FROM rust:1.95-slim-bookworm AS binary
WORKDIR /src
COPY . .
COPY --from=pages /src/frontend/dist frontend/dist
RUN --mount=type=cache,target=/usr/local/cargo/registry --mount=type=cache,target=/src/target \
    cargo build --release --locked -p varsel-server && cp target/release/varsel /varsel

FROM debian:bookworm-slim
# The same number as in helm/varsel; the folder is the only place that the server writes to.
RUN useradd --system --uid 10001 --user-group --home-dir /var/lib/varsel varsel \
    && install -d -o varsel -g varsel -m 0750 /var/lib/varsel /var/lib/varsel/data
COPY --from=binary /varsel /usr/local/bin/varsel
COPY LICENSE NOTICE /usr/share/doc/varsel/
COPY LICENSES /usr/share/doc/varsel/LICENSES
USER 10001:10001
WORKDIR /var/lib/varsel
ENV VARSEL_HTTP__ADDRESS=0.0.0.0
EXPOSE 8080
ENTRYPOINT ["/usr/local/bin/varsel"]
CMD ["serve"]
