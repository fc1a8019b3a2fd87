# The server alone. It expects LOANLEDGER_DSN and key files from outside: the image holds no secret.
FROM python:3.13-slim-bookworm AS builder
RUN apt-get update -qq \
    && apt-get install -y -qq --no-install-recommends make \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /app
# The packages first: they change less often than the code.
COPY Makefile pyproject.toml LICENSE ./
COPY requirements requirements
RUN make packages
COPY . .
RUN make setup-runtime

FROM python:3.13-slim-bookworm AS runtime
RUN useradd --system --uid 10001 --home-dir /data --create-home loanledger
COPY --from=builder /app /app
WORKDIR /app
ENV PATH=/app/.venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    LOANLEDGER_HOST=0.0.0.0 \
    LOANLEDGER_DATA=/data
USER loanledger
VOLUME /data
EXPOSE 50051
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=3 \
    CMD ["python", "-m", "server", "healthcheck"]
ENTRYPOINT ["python", "-m", "server"]
CMD ["serve"]
