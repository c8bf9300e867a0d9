"""Anomalies side by side with their peers on the same files; writes a section of docs/benchmarks.md.

Series have injected anomalies with labels, a group of six of every kind after the other: every other group was developed on.
The peers of the series are a z-score of the remainder of a robust decomposition (STL) and the interquartile rule on it. Tables are
labelled outlier sets (ADBench); every other one was developed on. Their peers are PyOD's IForest, ECOD and KNN.
"""

import argparse
import importlib.metadata
import os
import pathlib
import subprocess
import sys
import tempfile
import time
import warnings

import numpy as np
import pandas as pd
from pyod.models.ecod import ECOD
from pyod.models.iforest import IForest
from pyod.models.knn import KNN
from sklearn.metrics import average_precision_score, roc_auc_score
from statsmodels.tsa.seasonal import STL

# Series of one group have one of each kind.
GROUP = 6
SEEDS = 3
CHANGES = ["level", "trend"]
warnings.filterwarnings("ignore")


class Product:
    def __init__(self, program):
        self.program, self.folder = program, pathlib.Path(tempfile.mkdtemp())

    def found(self, table, kind):
        given, out = self.folder / "given.csv", self.folder / "out.csv"
        table.to_csv(given, index=False)
        words = ["anomalies", "--input", given, kind, "--output", out]
        done = subprocess.run([self.program, *map(str, words)], capture_output=True, text=True)
        if done.returncode:
            sys.exit(done.stderr or done.stdout)
        return pd.read_csv(out)


def by_remainder(series, season, outlying):
    """Single points whose remainder is outlying; runs of them are one finding."""
    found = []
    for name, points in series.groupby("unique_id", sort=False):
        y = points.y.to_numpy()
        period = season[name]
        rest = STL(y, period=max(2, period), robust=True).fit().resid if len(y) > 2 * max(2, period) else y - np.median(y)
        at = np.flatnonzero(outlying(rest))
        for run in np.split(at, np.flatnonzero(np.diff(at) > 1) + 1) if len(at) else []:
            kind = "point" if len(run) == 1 else "collective"
            found.append((name, points.ds.iloc[run[0]], points.ds.iloc[run[-1]], kind))
    return pd.DataFrame(found, columns=["unique_id", "start", "end", "kind"])


def by_z(rest):
    spread = 1.4826 * np.median(np.abs(rest - np.median(rest)))
    return np.abs(rest - np.median(rest)) > 3.5 * spread


def by_quartiles(rest):
    low, high = np.quantile(rest, [0.25, 0.75])
    return (rest < low - 3 * (high - low)) | (rest > high + 3 * (high - low))


class Truth:
    def __init__(self, series, labels):
        self.names = list(dict.fromkeys(series.unique_id))
        self.dates = {name: points.ds.to_numpy() for name, points in series.groupby("unique_id", sort=False)}
        self.labels = {name: rows for name, rows in labels[labels.kind != "clean"].groupby("unique_id")}

    def meets(self, name, found, label):
        """Whether they touch; changes are placed by their start, which may be one period early."""
        at = lambda day: np.searchsorted(self.dates[name], day)
        start = at(found.start)
        end = start + 1 if found.kind in CHANGES else at(found.end)
        return start <= at(label.end) and end >= at(label.start)

    def score(self, found, half):
        tally = dict.fromkeys(["found", "right", "labels", "seen", "kind", "odd", "odd_seen", "clean", "flagged"], 0)
        by_name = {name: list(rows.itertuples()) for name, rows in found.groupby("unique_id")}
        for at, name in enumerate(self.names):
            if at // GROUP % 2 != half:
                continue
            said = by_name.get(name, [])
            labels = list(self.labels[name].itertuples()) if name in self.labels else []
            tally["found"] += len(said)
            tally["right"] += sum(any(self.meets(name, one, label) for label in labels) for one in said)
            tally["clean"] += not labels
            tally["flagged"] += not labels and bool(said)
            for label in labels:
                seen = [one for one in said if self.meets(name, one, label)]
                tally["labels"] += 1
                tally["seen"] += bool(seen)
                tally["kind"] += any(one.kind == label.kind for one in seen)
                tally["odd"] += label.kind == "contextual"
                tally["odd_seen"] += label.kind == "contextual" and bool(seen)
        return tally


def series_lines(product, data):
    series = pd.read_csv(data / "anomaly/injected_series.csv")
    labels = pd.read_csv(data / "anomaly/injected_labels.csv")
    season = labels.groupby("unique_id").season_length.first()
    truth = Truth(series, labels)
    yield "| series | by | precision | recall | contextual found | kind right | clean series flagged |"
    yield "| --- | --- | --- | --- | --- | --- | --- |"
    found = {
        "signwright": product.found(series, "--series"),
        "STL, z-score": by_remainder(series, season, by_z),
        "STL, quartiles": by_remainder(series, season, by_quartiles),
    }
    for half, what in enumerate(["injected, developed on", "injected, held"]):
        for who, said in found.items():
            t = truth.score(said, half)
            precision, recall, kind = t["right"] / max(1, t["found"]), t["seen"] / t["labels"], t["kind"] / max(1, t["seen"])
            yield (
                f"| {what if who == 'signwright' else ''} | {who} | {precision:.2f} | {recall:.2f} | {t['odd_seen']} of {t['odd']} | "
                f"{kind:.2f} | {t['flagged']} of {t['clean']} |"
            )


def tables_lines(product, data):
    yield "| tables | by | ROC AUC | average precision |"
    yield "| --- | --- | --- | --- |"
    files = sorted((data / "anomaly/tabular").glob("*.csv"))
    peers = {"PyOD IForest": lambda seed: IForest(random_state=seed), "PyOD ECOD": lambda _: ECOD(), "PyOD KNN": lambda _: KNN()}
    scores = {who: [] for who in ["signwright", *peers]}
    for file in files:
        table = pd.read_csv(file, header=None)
        x, y = table.iloc[:, :-1].to_numpy(float), table.iloc[:, -1].to_numpy(int)
        columns = table.iloc[:, :-1].set_axis([f"c{at}" for at in range(x.shape[1])], axis=1)
        scores["signwright"].append(rated(y, product.found(columns, "--table").sort_values("row").score))
        for who, peer in peers.items():
            seeds = range(SEEDS if who == "PyOD IForest" else 1)
            scores[who].append(np.mean([rated(y, peer(seed).fit(x).decision_scores_) for seed in seeds], axis=0))
        print(file.stem, {who: np.round(said[-1], 3).tolist() for who, said in scores.items()}, file=sys.stderr, flush=True)
    for what, which in [("developed on", slice(0, None, 2)), ("held", slice(1, None, 2)), ("all", slice(None))]:
        for who, said in scores.items():
            area, precision = np.mean(said[which], axis=0)
            count = len(said[which])
            yield f"| {f'{count} {what}' if who == 'signwright' else ''} | {who} | {area:.3f} | {precision:.3f} |"


def rated(y, score):
    return roc_auc_score(y, score), average_precision_score(y, score)


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--signwright", required=True)
    arguments.add_argument("--data", required=True, type=pathlib.Path)
    arguments.add_argument("--out", required=True, type=pathlib.Path)
    given = arguments.parse_args()
    product = Product(given.signwright)
    versions = f"pyod {importlib.metadata.version('pyod')}, statsmodels {importlib.metadata.version('statsmodels')}"
    lines = [
        f"## Anomalies beside their peers ({time.strftime('%Y-%m-%d')}, {os.cpu_count()} cores, shared, dev profile)",
        "",
        f"Peers: {versions}. IForest is the mean of {SEEDS} seeds. `xtask/bench/anomalies.py` made the section.",
        "",
        *series_lines(product, given.data),
        "",
        *tables_lines(product, given.data),
    ]
    given.out.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
