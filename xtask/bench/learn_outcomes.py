"""Won and lost bids on contracts: chances told for the newest lettings by models that saw older ones alone."""

import json
import pathlib
import subprocess
import sys
import tempfile

import lightgbm
import numpy as np
import pandas as pd
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

# Known with the outcome alone: how many others bid, and the place among them.
AFTERWARDS = ["rank", "n_bidders"]
COUNTY = "county_code"
START, END = "2021-01-01", "2023-01-01"


def bids(data):
    table = pd.read_csv(data / "cost/mdot_contract_bids_2014_2022.csv", parse_dates=["date"]).drop(columns=AFTERWARDS)
    items = pd.read_csv(data / "cost/mdot_sign_items_2014_2022.csv", usecols=["proposal", COUNTY], dtype=str)
    counties = "county " + items.drop_duplicates("proposal").set_index("proposal")[COUNTY]
    return table.assign(county=table.proposal.map(counties))


def ours(program, known, asked):
    folder = pathlib.Path(tempfile.mkdtemp())
    both = pd.concat([known, asked.assign(won=np.nan)]).astype({"won": "Int64"})
    both.to_csv(folder / "bids.csv", index=False)
    words = ["--price", "total", "--cost", "eng_total", "--customer", "vendor", "--time", "date", "--group", "proposal"]
    command = [program, "win", "--json", "--input", folder / "bids.csv", "--output", folder / "out.csv", *words]
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"signwright win: {done.stderr or done.stdout}")
    json.loads(done.stdout)
    return pd.read_csv(folder / "out.csv").chance.to_numpy()


def drivers(table, known):
    """What a booster is given: the same columns, the ratio ready made, names as categories."""
    made = table.drop(columns=["won", "proposal", "date"]).assign(
        ratio=np.log(table.total / table.eng_total), month=table.date.dt.month, day=table.date.astype("int64")
    )
    for name in ("vendor", "county"):
        if name in made:
            made[name] = pd.Categorical(made[name], known[name].dropna().unique())
    return made


def booster(known, asked):
    settings = {"n_estimators": 300, "learning_rate": 0.03, "num_leaves": 15, "min_child_samples": 60, "n_jobs": 2}
    model = lightgbm.LGBMClassifier(verbose=-1, random_state=0, **settings).fit(drivers(known, known), known.won)
    return model.predict_proba(drivers(asked, known))[:, 1]


def by_ratio(known, asked):
    ratio = lambda table: np.log(table.total / table.eng_total).to_numpy().reshape(-1, 1)
    return LogisticRegression().fit(ratio(known), known.won).predict_proba(ratio(asked))[:, 1]


def told(table, starts, everyone):
    """What everyone says from each start to the next, from all that was decided before it."""
    said, won = {name: [] for name in everyone}, []
    for start, end in zip(starts, [*starts[1:], pd.Timestamp(END)]):
        known, asked = table[table.date < start], table[(table.date >= start) & (table.date < end)]
        won.append(asked.won.to_numpy())
        for name, tell in everyone.items():
            said[name].append(tell(known, asked))
    return {name: np.concatenate(parts) for name, parts in said.items()}, np.concatenate(won)


def calibration(said, won):
    bands = pd.qcut(said, 10, labels=False)
    return [(said[bands == band].mean(), won[bands == band].mean()) for band in range(10)]


def outcomes_section(program, data):
    table = bids(data)
    everyone = {
        "signwright": lambda known, asked: ours(program, known, asked),
        "LightGBM": booster,
        "logistic, ratio alone": by_ratio,
        "share won": lambda known, asked: np.full(len(asked), known.won.mean()),
    }
    quarters = list(pd.period_range("2021Q1", "2022Q4", freq="Q").start_time)
    lines = ["| won / lost contract bids of 2021 and 2022, AUC / Brier | " + " | ".join(everyone) + " |"]
    lines.append("| --- |" + " --- |" * len(everyone))
    plain = table.drop(columns="county")
    for what, rows, starts in [
        ("learned once, before 2021", plain, [pd.Timestamp(START)]),
        ("learned again every quarter", plain, quarters),
        ("the same, with the county", table, quarters),
    ]:
        said, won = told(rows, starts, everyone)
        figure = lambda p: f"{roc_auc_score(won, p):.3f} / {np.mean((won - p) ** 2):.4f}"
        lines.append(f"| {what}, {len(won)} bids | " + " | ".join(figure(p) for p in said.values()) + " |")
        print(lines[-1], file=sys.stderr, flush=True)
    bands = ", ".join(f"{100 * p:.0f} {100 * share:.0f}" for p, share in calibration(said["signwright"], won))
    lines += ["", f"Said and won in tenths of the last row's bids, per cent: {bands}."]
    return lines


if __name__ == "__main__":
    print("\n".join(outcomes_section(sys.argv[1], pathlib.Path(sys.argv[2]))))
