"""Forecasts side by side with their peers on the same series; writes a section of docs/benchmarks.md.

The peers are statsforecast's AutoETS, AutoARIMA and DynamicOptimizedTheta, the mean of the three, and Prophet as it comes. Scores are
those of the M4 competition (Makridakis, Spiliotis and Assimakopoulos 2020): sMAPE and MASE in proportion to the deseasonalised
naive (OWA), MSIS and coverage at 95 per cent. Of each set every `--every`th series is taken, because the peers need the better part of an
hour for all.
"""

import argparse
import importlib.metadata
import logging
import os
import pathlib
import subprocess
import sys
import tempfile
import time
import warnings

import numpy as np
import pandas as pd
from prophet import Prophet
from statsforecast import StatsForecast
from statsforecast.models import AutoARIMA, AutoETS, DynamicOptimizedTheta

SEASON = 12
PEERS = {"AutoETS": AutoETS, "DynamicOptimizedTheta": DynamicOptimizedTheta, "AutoARIMA": AutoARIMA}
# Points of the shortened set.
SHORT = 36
warnings.filterwarnings("ignore")
for noisy in ("prophet", "cmdstanpy"):
    logging.getLogger(noisy).disabled = True


def read(data, name, every):
    read = lambda part: pd.read_csv(data / f"series/{name}_{part}.csv", parse_dates=["ds"])
    train, test = read("train"), read("test")
    kept = train.unique_id.unique()[::every]
    taken = lambda table: table[table.unique_id.isin(kept)].reset_index(drop=True)
    return taken(train), taken(test)


def shortened(train):
    return train.groupby("unique_id", sort=False).tail(SHORT).reset_index(drop=True)


def sets(data, every):
    """Name, history, truth."""
    monthly = read(data, "m1_monthly", every)
    yield "M1 monthly", *monthly
    yield f"M1 monthly, its last {SHORT} points", shortened(monthly[0]), monthly[1]
    yield "producer price indices", *read(data, "ppi_dev", every)


def is_seasonal(y):
    """The autocorrelation test of the M4 rules, at 90 per cent."""
    off = y - y.mean()
    correlations = [np.sum(off[lag:] * off[: len(y) - lag]) / max(np.sum(off**2), 1e-300) for lag in range(1, SEASON + 1)]
    limit = 1.645 * np.sqrt((1 + 2 * np.sum(np.square(correlations[:-1]))) / len(y))
    return abs(correlations[-1]) > limit


def naive_2(y, horizon):
    if len(y) < 3 * SEASON or not is_seasonal(y):
        return np.repeat(y[-1], horizon)
    weights = np.r_[0.5, np.ones(SEASON - 1), 0.5] / SEASON
    trend, half = np.convolve(y, weights, "valid"), SEASON // 2
    ratios = y[half : half + len(trend)] / trend
    place = (half + np.arange(len(trend))) % SEASON
    index = np.array([ratios[place == month].mean() for month in range(SEASON)])
    index /= index.mean()
    at = lambda t: index[t % SEASON]
    return y[-1] / at(len(y) - 1) * at(len(y) + np.arange(horizon))


def smape(y, said):
    return np.mean(200 * np.abs(y - said) / np.maximum(np.abs(y) + np.abs(said), 1e-300))


class Truth:
    """Histories and what came after, by name."""

    def __init__(self, train, test):
        values = lambda table: {name: rows.y.to_numpy(float) for name, rows in table.groupby("unique_id", sort=False)}
        self.history, self.after = values(train), values(test)
        self.horizon = max(map(len, self.after.values()))

    def score(self, said):
        """Of a table of unique_id, yhat, lo_95, hi_95: OWA, coverage at 95 (per cent), MSIS, mean and median MAPE."""
        rows = []
        for name, forecast in said.groupby("unique_id", sort=False):
            y, history = self.after[name], self.history[name]
            yhat, low, high = (forecast[column].to_numpy(float)[: len(y)] for column in ("yhat", "lo_95", "hi_95"))
            unit = max(np.mean(np.abs(history[SEASON:] - history[:-SEASON])), 1e-300)
            naive = naive_2(history, len(y))
            width = high - low + 40 * (np.maximum(low - y, 0) + np.maximum(y - high, 0))
            held = (low <= y) & (y <= high)
            mase = lambda said: np.mean(np.abs(y - said)) / unit
            rows.append([smape(y, yhat), smape(y, naive), mase(yhat), mase(naive), held.mean(), width.mean() / unit,
                         100 * np.mean(np.abs((y - yhat) / y))])
        columns = np.array(rows).T
        means = columns.mean(axis=1)
        owa = (means[0] / means[1] + means[2] / means[3]) / 2
        return owa, 100 * means[4], means[5], means[6], np.median(columns[6])


def by_product(signwright, train, horizon):
    with tempfile.TemporaryDirectory() as folder:
        source, out = pathlib.Path(folder, "series.csv"), pathlib.Path(folder, "forecasts.csv")
        train.to_csv(source, index=False)
        words = [signwright, "forecast", "--input", source, "--horizon", horizon, "--output", out]
        begun = time.monotonic()
        done = subprocess.run(list(map(str, words)), capture_output=True, text=True)
        spent = time.monotonic() - begun
        if done.returncode:
            sys.exit(done.stderr or done.stdout)
        said = pd.read_csv(out).rename(columns=lambda name: name.replace("-", "_"))
        return said, spent


def by_peer(model, train, horizon):
    begun = time.monotonic()
    forecasts = StatsForecast(models=[model(season_length=SEASON)], freq="MS", n_jobs=os.cpu_count())
    said = forecasts.forecast(df=train, h=horizon, level=[95])
    spent = time.monotonic() - begun
    name = model.__name__
    return said.rename(columns={name: "yhat", f"{name}-lo-95": "lo_95", f"{name}-hi-95": "hi_95"}), spent


def by_prophet(train, horizon):
    begun = time.monotonic()
    tables = []
    for name, rows in train.groupby("unique_id", sort=False):
        model = Prophet(interval_width=0.95)
        model.fit(rows[["ds", "y"]])
        ahead = model.make_future_dataframe(horizon, freq="MS", include_history=False)
        said = model.predict(ahead)
        tables.append(said.assign(unique_id=name, lo_95=said.yhat_lower, hi_95=said.yhat_upper))
    columns = ["unique_id", "ds", "yhat", "lo_95", "hi_95"]
    return pd.concat(tables)[columns], time.monotonic() - begun


def mean_of(tables):
    mean = tables[0].copy()
    for column in ("yhat", "lo_95", "hi_95"):
        mean[column] = np.mean([table[column] for table in tables], axis=0)
    return mean


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--signwright", required=True)
    arguments.add_argument("--data", required=True, type=pathlib.Path)
    arguments.add_argument("--out", required=True, type=pathlib.Path)
    arguments.add_argument("--every", type=int, default=4)
    given = arguments.parse_args()
    begun = time.monotonic()
    versions = {name: importlib.metadata.version(name) for name in ("statsforecast", "prophet")}
    lines = [
        f"## Forecasts beside their peers ({time.strftime('%Y-%m-%d')}, {os.cpu_count()} cores, shared, dev profile)",
        "",
        f"Peers are of statsforecast {versions['statsforecast']}, the mean of their ranges drawn around the mean of their "
        f"forecasts, and Prophet {versions['prophet']}. One of every {given.every} series.",
        "",
        "| set | by | OWA | held at 95 | MSIS | MAPE mean / median | a series |",
        "| --- | --- | --- | --- | --- | --- | --- |",
    ]

    def line(what, who, score, spent):
        owa, held, msis, mape, middle = score
        each = f"{spent:.3f} s" if spent else ""
        lines.append(f"| {what} | {who} | {owa:.3f} | {held:.1f} % | {msis:.2f} | {mape:.1f} / {middle:.1f} % | {each} |")
        print(lines[-1], file=sys.stderr, flush=True)

    for name, train, test in sets(given.data, given.every):
        truth = Truth(train, test)
        count = len(truth.history)
        what = f"{name}, {count} series, {truth.horizon} ahead"
        said, spent = by_product(given.signwright, train, truth.horizon)
        line(what, "signwright", truth.score(said), spent / count)
        tables = []
        for peer, model in PEERS.items():
            said, spent = by_peer(model, train, truth.horizon)
            tables.append(said)
            line("", peer, truth.score(said), spent / count)
        line("", "mean of the three", truth.score(mean_of(tables)), None)
        said, spent = by_prophet(train, truth.horizon)
        line("", "Prophet", truth.score(said), spent / count)
    lines += ["", f"`cargo xtask bench forecast` took {(time.monotonic() - begun) / 60:.0f} minutes."]
    given.out.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
