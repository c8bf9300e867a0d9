"""How long a large table takes into a new shop on disk, and how soon lists of that shop answer; writes a section of
docs/benchmarks.md.

The work orders, their lines of labour and every value are made up from a fixed seed. Each import is a process of its own
(`signwright import`), so that its processor time and memory are the kernel's figures. Lists are asked of `signwright serve`
as the window asks them, JSON and HTTP included.
"""

import argparse
import contextlib
import csv
import datetime
import http.client
import json
import os
import pathlib
import platform
import random
import re
import subprocess
import tempfile
import time

HEADER = [
    "WO #", "Cust ID", "Customer", "Location", "Description", "Sign Type", "Estimator", "Quote No", "Status",
    "Date Completed", "Width", "Height", "Total Material Cost", "Total Labor Cost", "Total Burden Cost",
    "Total Outplant Cost", "Total Cost", "Quoted Price", "Sale Price", "Actual Hours",
]
LABOUR = [
    "Work Order", "Department", "Work Code", "Description", "Estimated Hours", "Actual Hours", "Estimated Cost", "Job Cost",
]
TYPES = [
    "Monument", "Pole sign", "Channel letters, lit", "Channel letters, non-lit", "Cabinet, lit", "Flat panel", "Directional",
    "Blade / projecting", "ADA / wayfinding", "Reface / retrofit", "Vinyl graphics", "Banner",
]
FIRST = [
    "Thistledown", "Ironbridge", "Orwick", "Sandpiper", "Dunmore", "Marrow", "Tannery", "Fernhollow", "Quillstone", "Larkfield",
    "Saltmarsh", "Copperleaf", "Windrow", "Ashgrove", "Millrace", "Juniper", "Bramble", "Northgate", "Kestrel", "Oxbow",
]
SECOND = [
    "Mobile", "Builders", "Garden Center", "Fuel Stops", "Transit Agency", "Optical", "Construction", "Dental", "Bakery",
    "Motors", "Clinic", "Hardware", "Credit Union", "Brewing", "Academy",
]
STREETS = ["Station Sq", "Harbor Ave", "Main Street", "Foundry Lane", "Mill Road", "Orchard Way", "Depot Street", "Canal Row"]
TOWNS = ["Ashgrove", "Weston Mills", "Larkfield", "Dunmore Flats", "Port Ellery", "Hollis"]
DEPARTMENTS = [
    ("100", "ART"), ("200", "ROUT"), ("200", "BEND"), ("300", "WELD"), ("300", "ASSY"), ("400", "PREP"), ("400", "PAINT"),
    ("500", "VINYL"), ("600", "WIRE"), ("700", "INST"),
]
FIRST_NUMBER = 100_000


def money(amount):
    return f"{amount:,.2f}"


def work_order(n, chance):
    customer = n * 7919 % 2500
    name = f"{FIRST[customer % 20]} {SECOND[customer // 20 % 15]} {customer // 300 + 1}"
    kind = TYPES[chance.randrange(len(TYPES))]
    width, height = chance.randrange(2, 24) / 2, chance.randrange(2, 20) / 2
    day = datetime.date(2012, 1, 2) + datetime.timedelta(days=chance.randrange(5000))
    material = round(width * height * chance.uniform(9, 30), 2)
    hours = round(4 + width * height * chance.uniform(0.4, 0.9), 1)
    labour, outplant = round(hours * 43.15, 2), round(chance.choice([0, 0, 1]) * chance.uniform(40, 900), 2)
    burden = round(labour * 0.4, 2)
    total = round(material + labour + burden + outplant, 2)
    price = round(total * chance.uniform(1.1, 1.7), -1)
    return [
        FIRST_NUMBER + n, f"C{10000 + customer}", name, f"{chance.randrange(1, 999)} {STREETS[n % 8]}, {TOWNS[n % 6]}",
        f"{kind}, {width:g} x {height:g} ft, {name.upper()}", kind, ["KM", "JT", "DP", "RT", "AS", "LB", "WO"][n % 7],
        f"Q{400000 + n}", "Completed" if n % 9 else "In Progress", day.strftime("%m/%d/%Y") if n % 9 else "",
        f"{width:g}", f"{height:g}", money(material), money(labour), money(burden), money(outplant), money(total),
        money(price), money(price), f"{hours:g}",
    ]


def write_work_orders(path, rows, corrected=None):
    """`corrected` names one row that a second export says otherwise."""
    chance = random.Random(20251)
    with open(path, "w", newline="") as file:
        table = csv.writer(file)
        table.writerow(HEADER)
        for n in range(rows):
            row = work_order(n, chance)
            if n == corrected:
                row[HEADER.index("Description")] += " (corrected)"
            table.writerow(row)


def write_labour(path, orders, lines):
    chance = random.Random(20252)
    with open(path, "w", newline="") as file:
        table = csv.writer(file)
        table.writerow(LABOUR)
        for n in range(orders):
            for department, code in DEPARTMENTS[:lines]:
                estimated = chance.randrange(1, 60) / 4
                actual = max(0.25, estimated + chance.randrange(-8, 12) / 4)
                cost = [money(round(hours * 43.15, 2)) for hours in (estimated, actual)]
                table.writerow([FIRST_NUMBER + n, department, code, f"{code} work", f"{estimated:g}", f"{actual:g}", *cost])


class Program:
    def __init__(self, signwright, shop):
        self.words, self.shop = [signwright, "--shop", shop], shop

    def take(self, path):
        """Imports a file; what came of it, seconds, processor seconds and peak megabytes."""
        begun = time.monotonic()
        process = subprocess.Popen([*self.words, "--json", "import", path], stdout=subprocess.PIPE, text=True)
        said = process.stdout.read()
        _, status, used = os.wait4(process.pid, 0)
        wall = time.monotonic() - begun
        if os.waitstatus_to_exitcode(status):
            raise SystemExit(f"import of {path} failed: {said}")
        counts = json.loads(said)["counts"]
        return counts, wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024

    @contextlib.contextmanager
    def served(self):
        """A connection to the shop's local server, as the window has one."""
        process = subprocess.Popen(
            [*self.words, "serve", "--port", "0"], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        try:
            for line in process.stdout:
                if found := re.search(r"http://127\.0\.0\.1:(\d+)/#token=(\w+)", line):
                    yield Asked(int(found[1]), found[2])
                    break
        finally:
            process.terminate()
            process.wait()


class Asked:
    def __init__(self, port, token):
        self.connection = http.client.HTTPConnection("127.0.0.1", port)
        self.headers = {
            "Authorization": f"Bearer {token}", "Content-Type": "application/json", "Host": f"127.0.0.1:{port}",
        }

    def ask(self, command, question):
        """The answer, and the milliseconds until it was whole."""
        begun = time.monotonic()
        self.connection.request("POST", f"/api/v1/{command}", json.dumps(question), self.headers)
        response = self.connection.getresponse()
        body = response.read()
        spent = (time.monotonic() - begun) * 1000
        if response.status != 200:
            raise SystemExit(f"{command} {question}: {body.decode()}")
        return json.loads(body), spent


def questions(rows, types):
    """Groups of questions, each asked many times with other values."""
    sorts = ["completed", "quoted", "number", "customer", "sign_type", "estimated_cost", "actual_cost", "overrun"]
    chance = random.Random(20253)
    somewhere = lambda: chance.randrange(rows)
    page = lambda **more: ("list_jobs", {"limit": 100, **more})
    words = ["harb", "dental", "thistledown", "monument", "main street", "copperleaf bakery", "channel lit", "q4", "co", "s"]
    return {
        "first page, any order": lambda i: page(sort=sorts[i % 8], descending=i % 16 < 8),
        "page anywhere, any order": lambda i: page(sort=sorts[i % 8], offset=somewhere()),
        "last page": lambda i: page(sort=sorts[i % 8], offset=rows - 100),
        "one type": lambda i: page(sign_type=types[i % len(types)], sort=sorts[i % 8], offset=[0, 0, rows // 20][i % 3]),
        "one estimator, in progress": lambda i: page(estimator="KM", status="in_progress", sort=sorts[i % 8]),
        "type and estimator": lambda i: page(sign_type=types[i % len(types)], estimator="JT", sort=sorts[i % 8]),
        "nobody's jobs": lambda i: page(estimator="nobody", sort=sorts[i % 8]),
        "flagged": lambda i: page(flagged=True, sort=sorts[i % 8]),
        "search a number": lambda i: page(search=str(FIRST_NUMBER + somewhere())),
        "search words": lambda i: page(search=words[i % len(words)]),
        "search words, one type, sorted": lambda i: page(
            search=words[i % len(words)], sign_type=types[i % len(types)], sort=sorts[i % 8]
        ),
        "one job with its lines and sources": lambda i: ("show_job", {"number": str(FIRST_NUMBER + somewhere())}),
        "an import with its records": lambda i: ("show_import", {"id": 1}),
        "findings of the rules": lambda i: ("list_findings", {}),
        "quotes": lambda i: ("list_quotes", {}),
        "rejects": lambda i: ("list_rejects", {}),
        "the shop at a glance": lambda i: ("shop_summary", {}),
    }


def ask_all(asked, rows, times):
    """Lines of a table: name, median, 95th percentile and slowest of the answers in milliseconds."""
    types = [facet["value"] for facet in asked.ask("list_jobs", {})[0]["sign_types"]]
    everything, lines = [], []
    for name, question in questions(rows, types).items():
        spent = sorted(asked.ask(*question(i))[1] for i in range(times))
        everything += spent
        lines.append((name, spent))
    everything.sort()
    return [*lines, ("all of them", everything)]


def percentile(spent, share):
    return spent[min(len(spent) - 1, int(len(spent) * share))]


def machine():
    cores, load = os.cpu_count(), os.getloadavg()[0]
    return f"{datetime.date.today().isoformat()}, {cores} cores, load {load:.1f} at the beginning, {platform.system()}, dev profile"


def grouped(n):
    return f"{n:,}"


def measure(args, folder):
    program = Program(args.signwright, folder / "large.signwright")
    first, again, labour = folder / "work-orders.csv", folder / "work-orders-again.csv", folder / "labour.csv"
    write_work_orders(first, args.rows)
    write_work_orders(again, args.rows, corrected=args.rows // 2)
    steps = [(f"{grouped(args.rows)} work orders of 20 columns", first), ("the same again, one value changed", again)]
    if args.lines:
        write_labour(labour, args.rows, args.lines)
        steps.append((f"{grouped(args.rows * args.lines)} lines of labour for them", labour))
    yield "| file | clock | processor time | peak memory | created, updated, unchanged | shop |"
    yield "| --- | --- | --- | --- | --- | --- |"
    for name, path in steps:
        counts, wall, cpu, peak = program.take(path)
        size = path.stat().st_size / 1e6
        done = ", ".join(grouped(counts[kind]) for kind in ("created", "updated", "unchanged"))
        shop = program.shop.stat().st_size / 1e6
        yield f"| {name}, {size:.0f} MB | {wall:.1f} s | {cpu:.1f} s | {peak:.0f} MB | {done} | {shop:.0f} MB |"
    yield ""
    yield f"Then asked {args.times} times each, with other values each time, in milliseconds:"
    yield ""
    yield "| question | median | 95th percentile | slowest |"
    yield "| --- | --- | --- | --- |"
    with program.served() as asked:
        for name, spent in ask_all(asked, args.rows, args.times):
            yield f"| {name} | {percentile(spent, 0.5):.0f} | {percentile(spent, 0.95):.0f} | {spent[-1]:.0f} |"


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--signwright", required=True)
    parser.add_argument("--out", type=pathlib.Path)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--lines", type=int, default=2, choices=range(11), help="lines of labour of each work order")
    parser.add_argument("--times", type=int, default=48)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        lines = [f"## Large tables and lists ({machine()})", ""]
        for line in measure(args, pathlib.Path(folder)):
            print(line, flush=True)
            lines.append(line)
    if args.out:
        args.out.write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
