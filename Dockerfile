# The web server and the worker of Vreemde Ogen, without the embedded PostgreSQL of the demo.
# `docker build -t vreemdeogen .`; docs/operations.md says how it is run.

FROM python:3.11.14-slim-trixie AS made
WORKDIR /srv/vreemdeogen
COPY requirements.production.lock ./
RUN python -m venv .venv \
 && .venv/bin/pip install --no-cache-dir --disable-pip-version-check --no-deps --require-hashes -r requirements.production.lock
COPY pyproject.toml wsgi.py ./
COPY app app
COPY config config
COPY migrations migrations
COPY tenants tenants
RUN printf '#!/bin/sh\nexec python -m app.cli "$@"\n' > .venv/bin/vreemdeogen \
 && chmod +x .venv/bin/vreemdeogen \
 && .venv/bin/pybabel -q compile -d app/translations \
 && .venv/bin/python -m compileall -q app config migrations tenants

FROM python:3.11.14-slim-trixie
# `vreemdeogen backup`, `restore` and `drill` need the programs of the server's own version.
RUN apt-get update && apt-get install --yes --no-install-recommends postgresql-client-17 && rm -rf /var/lib/apt/lists/*
RUN useradd --uid 10001 --user-group --no-create-home --shell /usr/sbin/nologin vreemdeogen
COPY --from=made /srv/vreemdeogen /srv/vreemdeogen
WORKDIR /srv/vreemdeogen
ENV PATH=/srv/vreemdeogen/.venv/bin:$PATH PYTHONPATH=/srv/vreemdeogen PYTHONDONTWRITEBYTECODE=1
USER 10001:10001
EXPOSE 8000
STOPSIGNAL SIGTERM
# Of the web server; compose.yaml has that of the worker.
HEALTHCHECK --interval=30s --timeout=10s --start-period=30s --start-interval=2s --retries=3 \
    CMD ["vreemdeogen", "serve", "--check"]
CMD ["vreemdeogen", "serve", "--host", "0.0.0.0"]
