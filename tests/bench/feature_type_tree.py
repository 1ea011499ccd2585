#!/usr/bin/env python3
"""Trains the decision tree of lib/inspect/feature_type_tree.inc and prints it; accuracies go to standard error.

    BUILD/bench/inspect_bench data_train.csv > features.csv
    feature_type_tree.py features.csv > lib/inspect/feature_type_tree.inc

Columns that are held out are not trained on. A second tree, trained without a fifth of the files, tells how much of the
accuracy comes from columns that resemble others of their own file; it is not printed.
"""
import csv
import sys

import numpy
from sklearn.tree import DecisionTreeClassifier

LEAVES = 150
TYPES = {"numeric": "kNumber", "categorical": "kCategory", "datetime": "kDate", "sentence": "kText", "url": "kUrl",
         "list": "kList", "embedded-number": "kQuantity", "not-generalizable": "kIdentifier",
         "context-specific": "kUnclear"}


def read(path):
    with open(path, encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    labels = numpy.array([row[0] for row in rows])
    held_out = numpy.array([row[1] == "1" for row in rows])
    file_held_out = numpy.array([row[2] == "1" for row in rows])
    features = numpy.array([[float(cell) for cell in row[4:]] for row in rows], dtype=numpy.float32)
    return header[4:], labels, held_out, file_held_out, features


def train(features, labels):
    tree = DecisionTreeClassifier(max_leaf_nodes=LEAVES, min_samples_leaf=2, random_state=0)
    return tree.fit(features, labels)


def print_tree(model, names):
    tree = model.tree_
    for node in range(tree.node_count):
        if tree.children_left[node] < 0:
            print(f"leaf({TYPES[model.classes_[tree.value[node][0].argmax()]]}),  // {node}")
            continue
        # The comparison is made in single precision; round the threshold down so that it parts the same values.
        threshold = numpy.float32(tree.threshold[node])
        if float(threshold) > tree.threshold[node]:
            threshold = numpy.nextafter(threshold, numpy.float32(-numpy.inf))
        text = repr(float(threshold))
        print(f"{{{tree.feature[node]}, {text}F, {tree.children_left[node]}, "
              f"{tree.children_right[node]}}},  // {node}: {names[tree.feature[node]]}")


def main():
    names, labels, held_out, file_held_out, features = read(sys.argv[1])
    for what, out in (("files", file_held_out), ("columns", held_out)):
        model = train(features[~out], labels[~out])
        accuracy = (model.predict(features[out]) == labels[out]).mean()
        print(f"held-out {what}: {accuracy:.4f} of {out.sum()}, trained on {(~out).sum()}", file=sys.stderr)
    print_tree(model, names)


if __name__ == "__main__":
    main()
