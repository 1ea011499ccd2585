#!/usr/bin/env python3
"""Holds our metrics against scikit-learn's, to 1e-12 relative: metrics_oracle.py PROBE

Exits 77, saying what is missing, without the oracle.
"""
import json
import subprocess
import sys
import warnings

try:
    import numpy as np
    from sklearn import metrics
except ImportError as error:
    print(f"skipped: {error}; set AML_PYTHON to a Python with scikit-learn")
    sys.exit(77)

TOLERANCE = 1e-12
PROBE = sys.argv[1]
failures = []
compared = 0
warnings.simplefilter("ignore")


def evaluate(case):
    done = subprocess.run([PROBE], input=json.dumps(case), capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def compare(what, ours, theirs):
    global compared
    compared += 1
    if ours is None or abs(ours - theirs) > TOLERANCE * max(1, abs(theirs)):
        failures.append(f"{what}: ours {ours}, scikit-learn {theirs}")


def classification(name, labels, probabilities):
    classes = probabilities.shape[1]
    ours = evaluate({"classes": [f"c{i}" for i in range(classes)], "labels": labels.tolist(),
                     "probabilities": probabilities.reshape(-1).tolist()})
    predicted = probabilities.argmax(axis=1)
    compare(f"{name} accuracy", ours["accuracy"], metrics.accuracy_score(labels, predicted))
    compare(f"{name} log_loss", ours["log_loss"], metrics.log_loss(labels, probabilities, labels=range(classes)))
    for metric, function in (("precision", metrics.precision_score), ("recall", metrics.recall_score),
                             ("f1", metrics.f1_score)):
        compare(f"{name} {metric}", ours[metric], function(labels, predicted, average="macro", zero_division=0))
        each = function(labels, predicted, average=None, labels=range(classes), zero_division=np.nan)
        for i, value in enumerate(each):
            own = ours["classes"][i][metric]
            if np.isnan(value) or own is None:
                continue
            compare(f"{name} {metric} of c{i}", own, value)
    if len(np.unique(labels)) == classes:
        score = probabilities[:, 1] if classes == 2 else probabilities
        compare(f"{name} auc", ours["auc"], metrics.roc_auc_score(labels, score, multi_class="ovr", average="macro"))
    confusion = metrics.confusion_matrix(labels, predicted, labels=range(classes)).tolist()
    if ours["confusion"] != confusion:
        failures.append(f"{name} confusion: ours {ours['confusion']}, scikit-learn {confusion}")


def regression(name, targets, predictions):
    ours = evaluate({"targets": targets.tolist(), "predictions": predictions.tolist()})
    compare(f"{name} mae", ours["mae"], metrics.mean_absolute_error(targets, predictions))
    compare(f"{name} mse", ours["mse"], metrics.mean_squared_error(targets, predictions))
    compare(f"{name} rmse", ours["rmse"], np.sqrt(metrics.mean_squared_error(targets, predictions)))
    compare(f"{name} r2", ours["r2"], metrics.r2_score(targets, predictions))


def main():
    random = np.random.default_rng(7)
    for classes in (2, 3, 5):
        for rows in (10, 300, 5000):
            labels = random.integers(0, classes, rows)
            scores = random.normal(size=(rows, classes)) + 1.5 * np.eye(classes)[labels]
            probabilities = np.exp(scores) / np.exp(scores).sum(axis=1, keepdims=True)
            classification(f"{classes} classes, {rows} rows", labels, probabilities)
    ties = np.round(random.uniform(size=400), 1).clip(0.1, 0.9)
    classification("ties", random.integers(0, 2, 400), np.column_stack([1 - ties, ties]))
    rare = np.tile([0.7, 0.2, 0.1], (50, 1))
    classification("never predicted", np.arange(50) % 3, rare)
    classification("class without rows", np.zeros(20, dtype=int) + np.arange(20) % 2, np.tile([0.4, 0.5, 0.1], (20, 1)))
    for rows in (2, 1000):
        targets = random.normal(size=rows) * 100 + 1e3
        regression(f"{rows} numbers", targets, targets + random.normal(size=rows))
    for failure in failures:
        print(failure)
    print(f"{compared} figures compared, {len(failures)} differ")
    sys.exit(1 if failures else 0)


main()
