"""Cost models side by side with their peers on the same folds, and on newest jobs; writes a section of docs/benchmarks.md.

The peers are gradient boosters with usual settings, their average, and for ranges MAPIE's CV+ on a gradient booster.
"""

import argparse
import contextlib
import importlib.metadata
import json
import os
import pathlib
import pty
import resource
import subprocess
import sys
import tempfile
import time
import warnings

import lightgbm
import numpy as np
import pandas as pd
import xgboost
from catboost import CatBoostRegressor
from learn_estimate import estimates_section
from learn_outcomes import outcomes_section
from learn_tables import ITEM_COLUMNS, PRICE, TABLES, clean, folds, items
from mapie.regression import CrossConformalRegressor
from sklearn.ensemble import HistGradientBoostingRegressor

PEERS = ["CatBoost", "LightGBM", "XGBoost", "scikit-learn"]
LEVELS = [80, 90, 95]
# Tables of fewer rows are folded so many times.
SMALL, REPEATS = 1000, 3
RARE = "(rare)"
warnings.filterwarnings("ignore")


class Product:
    def __init__(self, program, budget):
        self.program, self.budget, self.folder = program, budget, pathlib.Path(tempfile.mkdtemp())
        self.seconds = 0.0

    def run(self, *words):
        done = subprocess.run([self.program, *map(str, words)], capture_output=True, text=True)
        if done.returncode:
            sys.exit(f"signwright {' '.join(map(str, words))}: {done.stderr or done.stdout}")
        return done.stdout

    def predict(self, train, target, test, *more):
        """Trains on one table and predicts another; gives what is written per row."""
        paths = [self.folder / name for name in ("train.csv", "test.csv", "cost.model", "out.csv")]
        train.to_csv(paths[0], index=False)
        test.drop(columns=[target]).to_csv(paths[1], index=False)
        start = time.monotonic()
        words = ["--target", target, "--budget", self.budget, "--model", paths[2], "--json", *more]
        self.card = json.loads(self.run("train", "--input", paths[0], *words))
        self.seconds = time.monotonic() - start
        self.run("predict", "--input", paths[1], "--model", paths[2], "--output", paths[3])
        return pd.read_csv(paths[3])

    def last_fit(self, table, target):
        """Seconds of a whole training, and of these the ones after all is chosen: measured, grown and calibrated on all rows."""
        paths = [self.folder / name for name in ("train.csv", "cost.model")]
        table.to_csv(paths[0], index=False)
        # Stages are shown on terminals alone.
        shown, terminal = pty.openpty()
        words = ["--target", target, "--budget", self.budget, "--model", paths[1]]
        start, chosen = time.monotonic(), None
        command = [self.program, "train", "--input", paths[0], *words]
        process = subprocess.Popen(list(map(str, command)), stdout=subprocess.DEVNULL, stderr=terminal)
        os.close(terminal)
        # Reading fails once the other side is closed.
        with contextlib.suppress(OSError):
            while text := os.read(shown, 4096):
                if b"measuring" in text:
                    chosen = chosen or time.monotonic()
        code, end = process.wait(), time.monotonic()
        if code or chosen is None:
            sys.exit("signwright train failed")
        return end - start, end - chosen

    def follow(self, known, target, test):
        """What the model of the last call says of more rows when it is told what others came to cost."""
        paths = [self.folder / name for name in ("known.csv", "test.csv", "cost.model", "out.csv")]
        known.to_csv(paths[0], index=False)
        test.drop(columns=[target]).to_csv(paths[1], index=False)
        self.run("predict", "--input", paths[1], "--model", paths[2], "--known", paths[0], "--output", paths[3])
        return pd.read_csv(paths[3])


def texts_of(table):
    return [column for column in table if not pd.api.types.is_numeric_dtype(table[column])]


def with_categories(train, test):
    """Categories for the peers that split on them, with the same codes on both sides."""
    train, test = train.copy(), test.copy()
    for column in texts_of(train):
        known = train[column].value_counts().index[:250]
        for table in (train, test):
            table[column] = pd.Categorical(table[column].where(table[column].isin(known), RARE), [*known, RARE])
    return train, test


def peers(train, y, test):
    texts = texts_of(train)
    catboost = CatBoostRegressor(verbose=0, random_seed=0, cat_features=texts, allow_writing_files=False, thread_count=2)
    said = {"CatBoost": catboost.fit(train, y).predict(test)}
    a, b = with_categories(train, test)
    usual = {"n_estimators": 500, "learning_rate": 0.05, "n_jobs": 2}
    said["LightGBM"] = lightgbm.LGBMRegressor(verbose=-1, **usual).fit(a, y).predict(b)
    said["XGBoost"] = xgboost.XGBRegressor(enable_categorical=True, tree_method="hist", **usual).fit(a, y).predict(b)
    said["scikit-learn"] = HistGradientBoostingRegressor(categorical_features="from_dtype", random_state=0).fit(a, y).predict(b)
    said["their average"] = np.mean([said[name] for name in PEERS], axis=0)
    return said


def numbers_only(train, test):
    """One column per frequent level, for MAPIE, which takes arrays."""
    both = pd.get_dummies(pd.concat([train, test]).apply(rare_together), dtype=float)
    return both.iloc[: len(train)].to_numpy(), both.iloc[len(train) :].to_numpy()


def rare_together(column):
    if pd.api.types.is_numeric_dtype(column):
        return column
    return column.where(column.isin(column.value_counts().index[:16]), RARE)


def cv_plus(train, y, test):
    a, b = numbers_only(train, test)
    base = HistGradientBoostingRegressor(random_state=0)
    ranges = CrossConformalRegressor(base, confidence_level=[level / 100 for level in LEVELS], cv=5, method="plus")
    _, bounds = ranges.fit_conformalize(a, y).predict_interval(b)
    return {level: (bounds[:, 0, i], bounds[:, 1, i]) for i, level in enumerate(LEVELS)}


def interval_score(level, low, high, y):
    """Width, and what is missed outside of it (Gneiting and Raftery 2007)."""
    out = 2 / (1 - level / 100)
    return np.mean(high - low + out * np.maximum(low - y, 0) + out * np.maximum(y - high, 0))


def errors(y, said):
    miss = np.abs(said - y)
    return miss.mean(), np.sqrt((miss**2).mean())


def held(out, y):
    return {level: (out[f"lo-{level}"].to_numpy() <= y) & (y <= out[f"hi-{level}"].to_numpy()) for level in LEVELS}


class OnTable:
    """One table: what everyone says of every row, each by models that had not seen it."""

    def __init__(self, product, data, read):
        table, self.target, groups = read(data)
        table = clean(table)
        self.rows = len(table)
        self.repeats = REPEATS if self.rows < SMALL else 1
        # One repeat of the folds after the other.
        all_rows = self.repeats * self.rows
        self.y = np.tile(table[self.target].to_numpy(float), self.repeats)
        self.ours = pd.DataFrame(index=range(all_rows))
        self.said = {name: np.zeros(all_rows) for name in [*PEERS, "their average"]}
        self.plus = {level: np.zeros((2, all_rows)) for level in LEVELS}
        for repeat in range(self.repeats):
            for train, test in folds(self.rows, groups, repeat):
                self.fold(product, table, train, test, repeat * self.rows + test)

    def fold(self, product, table, train, test, place):
        out = product.predict(table.iloc[train], self.target, table.iloc[test])
        for column in out:
            self.ours.loc[place, column] = out[column].to_numpy()
        drivers = [table.drop(columns=[self.target]).iloc[rows] for rows in (train, test)]
        for name, values in peers(drivers[0], self.y[train], drivers[1]).items():
            self.said[name][place] = values
        for level, bounds in cv_plus(drivers[0], self.y[train], drivers[1]).items():
            self.plus[level][:, place] = bounds

    def errors(self):
        ours = errors(self.y, self.ours["prediction"].to_numpy())
        return ours, {name: errors(self.y, said) for name, said in self.said.items()}

    def ratios(self):
        """Ours divided by the best of the peers."""
        ours, others = self.errors()
        return [ours[i] / min(error[i] for error in others.values()) for i in (0, 1)]

    def coverage(self):
        return {level: inside.mean() for level, inside in held(self.ours, self.y).items()}

    def coverage_of_third(self):
        """At 90 per cent in the third of the rows, by predicted size, where it holds least."""
        thirds = pd.qcut(self.ours["prediction"].rank(method="first"), 3, labels=False)
        inside = held(self.ours, self.y)[90]
        return min(inside[(thirds == third).to_numpy()].mean() for third in range(3))

    def interval_ratios(self):
        ours = {level: (self.ours[f"lo-{level}"].to_numpy(), self.ours[f"hi-{level}"].to_numpy()) for level in LEVELS}
        score = lambda level, bounds: interval_score(level, *bounds, self.y)
        return [score(level, ours[level]) / score(level, self.plus[level]) for level in LEVELS]


def number(x):
    return f"{x:,.0f}" if abs(x) >= 1000 else f"{x:.3g}"


def tables_section(product, data):
    lines = [
        "| table | rows | signwright MAE / RMSE | best of the peers | ratio | held at 80 / 90 / 95 | worst third at 90 | "
        "interval score against CV+ |",
        "| --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    ratios, scores, inside, rows = {True: [], False: []}, [], {level: 0.0 for level in LEVELS}, 0
    for name, read, seen in TABLES:
        table = OnTable(product, data, read)
        ours, others = table.errors()
        best = [min(others.items(), key=lambda item: item[1][i]) for i in (0, 1)]
        ratio, coverage, score = table.ratios(), table.coverage(), table.interval_ratios()
        ratios[seen].append(ratio)
        scores.append(score)
        rows += table.rows
        for level in LEVELS:
            inside[level] += coverage[level] * table.rows
        lines.append(
            f"| {name}{'' if seen else ' (held out)'} | {table.rows} | {number(ours[0])} / {number(ours[1])} "
            f"| {best[0][0]} {number(best[0][1][0])} / {best[1][0]} {number(best[1][1][1])} "
            f"| {ratio[0]:.3f} / {ratio[1]:.3f} | {' / '.join(f'{100 * coverage[level]:.1f}' for level in LEVELS)} "
            f"| {100 * table.coverage_of_third():.1f} | {' / '.join(f'{value:.2f}' for value in score)} |"
        )
        print(lines[-1], file=sys.stderr, flush=True)
    mean = lambda values: " / ".join(f"{value:.3f}" for value in np.exp(np.log(values).mean(axis=0)))
    pooled = " / ".join(f"{100 * inside[level] / rows:.1f}" for level in LEVELS)
    lines += [
        "",
        f"Geometric mean of the ratios: {mean(ratios[True] + ratios[False])} over all tables, {mean(ratios[False])} over those held "
        f"out while the learners were chosen. Ranges held {pooled} % over all {rows:,} rows; interval score against MAPIE's CV+ "
        f"{mean(scores)} at 80 / 90 / 95 %. Five folds, the same for all, drawn {REPEATS} times on tables of fewer than {SMALL:,} rows; contracts stay in one fold.",
    ]
    return lines


def live_rule(rows, day, months=24):
    """The median price of every item over the last months before a day."""
    since = day - pd.DateOffset(months=months)
    recent = rows[(rows.date >= since) & (rows.date < day)]
    return recent.groupby("item")[PRICE].median()


def by_rule(rule, test):
    """The rule's price, or the estimate where there is none."""
    return test.item.map(rule).fillna(test.eng_est).to_numpy()


def relative(y, said):
    return f"{100 * np.median(np.abs(said - y) / y):.1f} % / {np.abs(said - y).mean():.2f}"


def panels_section(product, data):
    """Newest contracts after older ones."""
    rows = items(data, "permanent panel")
    rows = rows[rows.unit == "Sft"][["date", "proposal", *ITEM_COLUMNS, PRICE]]
    context = ["--time", "date", "--group", "proposal"]
    lines = ["| road-sign panels, price per square foot | signwright | item's median, 24 months | held at 80 / 90 / 95 |"]
    lines.append("| --- | --- | --- | --- |")

    def line(what, out, test, rule):
        y = test[PRICE].to_numpy()
        inside = " / ".join(f"{100 * values.mean():.1f}" for values in held(out, y).values())
        ours = relative(y, out["prediction"].to_numpy())
        lines.append(f"| {what}, {len(y)} rows | {ours} | {relative(y, rule)} | {inside} |")
        print(lines[-1], file=sys.stderr, flush=True)

    for year in (2020, 2021):
        start = pd.Timestamp(f"{year}-01-01")
        train, test = rows[rows.date < start], rows[rows.date >= start]
        out = product.predict(train, PRICE, test, *context)
        line(f"trained once, before {year}", out, test, by_rule(live_rule(rows, start), test))
        followed = out.set_index(test.index)
        quarters = test.date.dt.to_period("Q")
        for quarter in sorted(quarters.unique())[1:]:
            now = test[quarters == quarter]
            followed.loc[now.index] = product.follow(test[quarters < quarter], PRICE, now).to_numpy()
        rule = by_rule(live_rule(rows, start), test)
        line("the same, its ranges following each quarter what became known", followed, test, rule)
    outs, tests, rules = [], [], []
    for quarter in pd.period_range("2021Q1", "2022Q4", freq="Q"):
        start, end = quarter.start_time, (quarter + 1).start_time
        train, test = rows[rows.date < start], rows[(rows.date >= start) & (rows.date < end)]
        outs.append(product.predict(train, PRICE, test, *context))
        tests.append(test)
        rules.append(by_rule(live_rule(rows, start), test))
    line("trained again every quarter of 2021 and 2022", pd.concat(outs), pd.concat(tests), np.concatenate(rules))
    return lines


def speed_section(product):
    random = np.random.default_rng(0)
    lines = ["| training | all of it | fitting what was chosen on all rows | peak memory |", "| --- | --- | --- | --- |"]
    for rows, columns in ((5_000, 20), (100_000, 40)):
        x = random.lognormal(size=(rows, columns))
        table = pd.DataFrame(x, columns=[f"x{i}" for i in range(columns)])
        table["cost"] = 100 * x[:, 0] ** 0.7 * (1 + x[:, 1]) + 20 * x[:, 2] + random.lognormal(3, 0.5, rows)
        whole, last = product.last_fit(table, "cost")
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        lines.append(f"| {rows:,} rows, {columns} columns, budget {product.budget} s | {whole:.0f} s | {last:.1f} s | {peak:.0f} MB |")
        print(lines[-1], file=sys.stderr, flush=True)
    return lines


def versions():
    packages = ["catboost", "lightgbm", "xgboost", "scikit-learn", "mapie"]
    return ", ".join(f"{package} {importlib.metadata.version(package)}" for package in packages)


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--signwright", required=True)
    arguments.add_argument("--data", required=True, type=pathlib.Path)
    arguments.add_argument("--out", required=True, type=pathlib.Path)
    arguments.add_argument("--budget", default=20, type=int)
    given = arguments.parse_args()
    product = Product(given.signwright, given.budget)
    # Memory first: the peak is that of the largest child so far.
    speed = speed_section(product)
    panels = panels_section(product, given.data)
    tables = tables_section(product, given.data)
    outcomes = outcomes_section(given.signwright, given.data)
    estimates = estimates_section(given.signwright, given.budget)
    date = time.strftime("%Y-%m-%d")
    section = [
        f"## Cost models beside their peers ({date}, {os.cpu_count()} cores, shared, dev profile)",
        "",
        f"Each training of signwright with a budget of {given.budget} s for the search. Peers: {versions()}; CatBoost as it comes, LightGBM "
        "and XGBoost with 500 rounds at .05, scikit-learn's histogram booster as it comes, and the average of the four.",
        "",
        *tables,
        "",
        *panels,
        "",
        *speed,
        "",
        *estimates,
        "",
        *outcomes,
    ]
    given.out.write_text("\n".join(section) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
