"""How soon an estimate is there, with its ranges, drivers and similar jobs, in shops of many jobs; part of the section of
cost models in docs/benchmarks.md."""

import pathlib
import random
import subprocess
import tempfile
import time

from tables import Program, percentile, write_work_orders

SHOPS = [20_000, 100_000]
TYPES = ["monument", "pole", "cabinet", "flat_panel", "blade", "vinyl"]
TIMES = 100


def specification(chance):
    size = {"width": chance.randrange(4, 24) / 2, "height": chance.randrange(4, 20) / 2}
    return {"sign_type": chance.choice(TYPES), "estimator": chance.choice(["KM", "JT", "DP"]), **size}


def estimates_section(signwright, budget):
    lines = [f"| estimates, one after the other, {TIMES} of each | training, budget {budget} s | median | 95th percentile | slowest |"]
    lines.append("| --- | --- | --- | --- | --- |")
    for jobs in SHOPS:
        with tempfile.TemporaryDirectory() as folder:
            folder = pathlib.Path(folder)
            write_work_orders(folder / "orders.csv", jobs)
            program = Program(signwright, folder / "shop.signwright")
            program.take(folder / "orders.csv")
            begun = time.monotonic()
            subprocess.run([*program.words, "--json", "train", "--budget", str(budget)], check=True, capture_output=True)
            trained = time.monotonic() - begun
            chance, spent, similar = random.Random(20254), [], set()
            with program.served() as asked:
                # The history is read with the first one.
                asked.ask("create_estimate", {"title": "", "specification": specification(chance), "save": False})
                for _ in range(TIMES):
                    question = {"title": "", "specification": specification(chance), "save": False}
                    answer, milliseconds = asked.ask("create_estimate", question)
                    spent.append(milliseconds)
                    similar.add((answer["basis"], len(answer["similar"])))
            spent.sort()
            what = ", ".join(f"{basis}, {count} similar jobs" for basis, count in sorted(similar))
            middle, late = percentile(spent, 0.5), percentile(spent, 0.95)
            lines.append(f"| {jobs:,} jobs ({what}) | {trained:.0f} s | {middle:.0f} ms | {late:.0f} ms | {spent[-1]:.0f} ms |")
            print(lines[-1], flush=True)
    return lines


if __name__ == "__main__":
    import sys

    print("\n".join(estimates_section(sys.argv[1], int(sys.argv[2]))))
