"""Run every measurement, each in its own process, on SQLite and on PostgreSQL where one answers."""

import subprocess
import sys

from tests.run import postgres

ENGINES = ["sqlite", *(["postgresql"] if postgres() else [])]

for module in ("bench.door", "bench.history"):
    for engine in ENGINES:
        print(f"\n— {module} {engine}", flush=True)
        subprocess.run([sys.executable, "-m", module, engine], check=True)
for engine in ENGINES:
    print(f"\n— bench.import_lines {engine}", flush=True)
    subprocess.run([sys.executable, "-m", "bench.import_lines", engine, "10000"], check=True)
print("\n— bench.verify", flush=True)
subprocess.run([sys.executable, "-m", "bench.verify"], check=True)
print("\n— bench.search", flush=True)
subprocess.run([sys.executable, "-m", "bench.search"], check=True)
if len(ENGINES) == 1:
    print("\nPostgreSQL does not answer here: its half was not measured.")
