#!/usr/bin/env python3
"""The jobs of learn_bench with LightGBM, XGBoost and scikit-learn, one thread each, in CPU seconds.

    learn_bench write data.f32 && python3 learn_peers.py data.f32

Runs whichever of the three can be imported and names the others.
"""
import sys
import time

import numpy as np

FEATURES, TRAIN_ROWS = 28, 900_000


def auc(scores, labels):
    order = np.argsort(scores, kind="stable")
    ranks = np.empty(len(scores))
    ranks[order] = np.arange(1, len(scores) + 1)
    positives = labels.sum()
    return (ranks[labels == 1].sum() - positives * (positives + 1) / 2) / (positives * (len(labels) - positives))


def report(name, fit, predict, held_out, labels):
    start = time.process_time()
    model = fit()
    seconds = time.process_time() - start
    print(f"{name:<40} {seconds:7.2f} CPU s   AUC {auc(predict(model, held_out), labels):.5f}", flush=True)


def lightgbm_jobs(x, y, held_out, labels):
    import lightgbm

    for trees, leaves in ((100, 64), (20, 255)):
        params = {"objective": "binary", "num_leaves": leaves, "learning_rate": 0.1, "min_data_in_leaf": 10,
                  "lambda_l2": 1, "max_bin": 255, "num_threads": 1, "verbosity": -1}
        report(f"LightGBM {lightgbm.__version__} {trees} trees x {leaves} leaves",
               lambda: lightgbm.train(params, lightgbm.Dataset(x, y), trees), lambda m, d: m.predict(d), held_out, labels)


def xgboost_jobs(x, y, held_out, labels):
    import xgboost

    for trees, leaves in ((100, 64), (20, 255)):
        params = {"objective": "binary:logistic", "tree_method": "hist", "grow_policy": "lossguide", "max_depth": 0,
                  "max_leaves": leaves, "learning_rate": 0.1, "lambda": 1, "max_bin": 255, "nthread": 1}
        report(f"XGBoost {xgboost.__version__} {trees} trees x {leaves} leaves",
               lambda: xgboost.train(params, xgboost.QuantileDMatrix(x, y, max_bin=255, nthread=1), trees),
               lambda m, d: m.predict(xgboost.DMatrix(d)), held_out, labels)


def sklearn_jobs(x, y, held_out, labels):
    import sklearn
    from sklearn.linear_model import LogisticRegression

    report(f"scikit-learn {sklearn.__version__} LogisticRegression", lambda: LogisticRegression(C=1.0).fit(x, y),
           lambda m, d: m.predict_proba(d)[:, 1], held_out, labels)


def main():
    data = np.fromfile(sys.argv[1], dtype=np.float32).reshape(-1, FEATURES + 1)
    x, y = data[:TRAIN_ROWS, :FEATURES], data[:TRAIN_ROWS, FEATURES].astype(np.int32)
    held_out, labels = data[TRAIN_ROWS:, :FEATURES], data[TRAIN_ROWS:, FEATURES].astype(np.int32)
    for jobs in (lightgbm_jobs, xgboost_jobs, sklearn_jobs):
        try:
            jobs(x, y, held_out, labels)
        except ImportError as error:
            print(f"skipped: {error}")


main()
