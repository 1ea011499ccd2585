#!/usr/bin/env python3
"""Scores the same rows with our executor and with onnxruntime: labels must be equal, numbers within 1e-5.

    onnx_oracle.py PROBE PENGUINS_RAW.csv

Three kinds of models: our learners' own, pipelines exported by skl2onnx, and single ai.onnx.ml nodes whose edge cases
the specification leaves to the runtime. Exits 77, saying what is missing, without the oracles.
"""
import csv
import itertools
import os
import subprocess
import sys
import tempfile
import warnings

try:
    import numpy as np
    import onnx
    import onnxruntime as ort
    from onnx import TensorProto, helper
except ImportError as error:
    print(f"skipped: {error}; set AML_PYTHON to a Python with onnxruntime and onnx")
    sys.exit(77)

TOLERANCE = 1e-5
PROBE, PENGUINS = sys.argv[1:3]
failures = []
passed = 0


def session(model_bytes):
    options = ort.SessionOptions()
    options.intra_op_num_threads = 1
    options.log_severity_level = 3
    return ort.InferenceSession(model_bytes, options, providers=["CPUExecutionProvider"])


def probe(model_bytes, rows, names, columns=()):
    """Our scores of a table given as rows of text."""
    with tempfile.TemporaryDirectory() as folder:
        model, table = os.path.join(folder, "m.onnx"), os.path.join(folder, "t.csv")
        with open(model, "wb") as file:
            file.write(model_bytes)
        with open(table, "w", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows([names, *rows])
        done = subprocess.run([PROBE, "score", model, table, *columns], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise RuntimeError(done.stderr.strip())
    return list(csv.DictReader(done.stdout.splitlines()))


def split_outputs(outputs):
    """onnxruntime's outputs as (labels or None, matrix of numbers)."""
    labels, scores = None, None
    for value in outputs:
        if isinstance(value, list):  # ZipMap: a dict per row
            value = np.array([list(row.values()) for row in value])
        if value.dtype.kind in "OUSi" and labels is None:
            labels = [str(v) for v in value.reshape(-1)]
        elif value.dtype.kind == "f" and scores is None:
            scores = value.reshape(len(value), -1)
    return labels, scores


def differences(ours, labels, scores):
    if labels is not None:
        for row, (mine, theirs) in enumerate(zip(ours, labels)):
            if mine["label"] != theirs:
                yield f"row {row}: label {mine['label']} instead of {theirs}"
    numbers = [[float(v) for k, v in row.items() if k != "label"] for row in ours]
    for row, (mine, theirs) in enumerate(zip(numbers, scores)):
        if len(mine) != len(theirs):
            yield f"row {row}: {len(mine)} numbers instead of {len(theirs)}"
        elif not np.allclose(mine, theirs, rtol=TOLERANCE, atol=TOLERANCE, equal_nan=True):
            yield f"row {row}: {mine} instead of {list(theirs)}"


def compare(name, model_bytes, feeds, rows, names, columns=(), label_rule=None):
    global passed
    try:
        labels, scores = split_outputs(session(model_bytes).run(None, feeds))
        labels = labels if label_rule is None else label_rule(scores)
        ours = probe(model_bytes, rows, names, columns)
        found = [] if len(ours) == len(scores) else [f"{len(ours)} rows instead of {len(scores)}"]
        found += itertools.islice(differences(ours, labels, scores), 3)
    except Exception as error:  # an oracle that refuses is a finding too
        found = [str(error)]
    if found:
        failures.append(name)
        print(f"FAILED {name}")
        for line in found:
            print(f"  {line}")
    else:
        passed += 1


# Models of our own learners, on a table with missing values and categories never seen in training.

def read_penguins():
    columns = {"species": "Species", "island": "Island", "bill": "Culmen Length (mm)", "depth": "Culmen Depth (mm)",
               "flipper": "Flipper Length (mm)", "mass": "Body Mass (g)", "sex": "Sex"}
    with open(PENGUINS, newline="", encoding="utf-8") as file:
        rows = [["" if raw[c] == "NA" else raw[c] for c in columns.values()] for raw in csv.DictReader(file)]
    return list(columns), rows


def check_own_models():
    names, rows = read_penguins()
    table = rows + [[rows[0][0], "Atlantis", *rows[0][2:]], [""] * len(names)]
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "penguins.csv")
        with open(path, "w", newline="", encoding="utf-8") as file:
            csv.writer(file, lineterminator="\n").writerows([names, *rows])
        for learner, label in itertools.product(("fast_trees", "logistic_regression", "linear_regression"), names):
            trained = subprocess.run([PROBE, "train", path, label, learner], capture_output=True, check=False)
            if trained.returncode == 0:
                check_own_model(f"ours: {learner} of {label}", trained.stdout, names, table)


def check_own_model(name, model, names, table):
    feeds = {}
    for value in session(model).get_inputs():
        cells = [row[names.index(value.name)] for row in table]
        if value.type == "tensor(double)":
            array = np.array([float(c) if c else np.nan for c in cells], dtype=np.float64)
        else:
            array = np.array(cells, dtype=object)
        feeds[value.name] = array.reshape(-1, 1)
    compare(name, model, feeds, table, names)


# Pipelines as scikit-learn's users export them.

def sklearn_models():
    from sklearn.compose import ColumnTransformer
    from sklearn.ensemble import (ExtraTreesClassifier, GradientBoostingClassifier, GradientBoostingRegressor,
                                  RandomForestClassifier, RandomForestRegressor)
    from sklearn.impute import SimpleImputer
    from sklearn.linear_model import LinearRegression, LogisticRegression, Ridge
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import (Binarizer, MaxAbsScaler, MinMaxScaler, Normalizer, OneHotEncoder,
                                       OrdinalEncoder, StandardScaler)
    from sklearn.tree import DecisionTreeClassifier, DecisionTreeRegressor

    yield "logistic, 3 classes", make_pipeline(StandardScaler(), LogisticRegression()), 3
    yield "logistic, 2 classes", make_pipeline(MinMaxScaler(), LogisticRegression()), 2
    yield "forest, 3 classes", RandomForestClassifier(20, random_state=0), 3
    yield "forest, 2 classes", RandomForestClassifier(20, random_state=0), 2
    yield "extra trees, words", ExtraTreesClassifier(10, random_state=0), -3
    yield "boosting, 2 classes", GradientBoostingClassifier(n_estimators=15, random_state=0), 2
    yield "boosting, 3 classes", GradientBoostingClassifier(n_estimators=15, random_state=0), 3
    yield "tree, 2 classes", DecisionTreeClassifier(max_depth=4, random_state=0), -2
    yield "linear regression", make_pipeline(SimpleImputer(), LinearRegression()), 0
    yield "ridge, normalised", make_pipeline(Normalizer("l2"), Ridge()), 0
    yield "ridge, l1, binarised", make_pipeline(MaxAbsScaler(), Normalizer("l1"), Binarizer(threshold=0.2), Ridge()), 0
    yield "forest regression", RandomForestRegressor(20, random_state=0), 0
    yield "tree regression", DecisionTreeRegressor(max_depth=6, random_state=0), 0
    yield "boosting regression", GradientBoostingRegressor(n_estimators=15, random_state=0), 0
    numbers = make_pipeline(SimpleImputer(strategy="median"), StandardScaler())
    for word_encoder in (OneHotEncoder(handle_unknown="ignore"),
                         OrdinalEncoder(handle_unknown="use_encoded_value", unknown_value=-1)):
        mixed = ColumnTransformer([("numbers", numbers, ["a", "b"]), ("words", word_encoder, ["w"])])
        name = type(word_encoder).__name__
        yield f"columns with {name}, forest", make_pipeline(mixed, RandomForestClassifier(10, random_state=0)), "mixed"
        yield f"columns with {name}, logistic", make_pipeline(mixed, LogisticRegression()), "mixed"


def target(random, x, classes):
    if classes == 0:
        return x[:, 0] * 2 - x[:, 1] + random.normal(size=len(x)) * 0.1
    numbers = (np.digitize(x[:, 0] + x[:, 1], [-0.5, 0.5]) if abs(classes) == 3 else (x[:, 0] > x[:, 1]).astype(int))
    return np.array(["one", "two", "three"])[numbers] if classes < 0 else numbers


def check_sklearn():
    try:
        import pandas as pd
    except ImportError:
        pd = None
    from skl2onnx import convert_sklearn
    from skl2onnx.common.data_types import FloatTensorType, StringTensorType

    random = np.random.default_rng(7)
    x = random.normal(size=(200, 4)).astype(np.float32)
    names = ["a", "b", "c", "d"]
    rows = [[repr(float(v)) for v in row] for row in x]
    for name, pipeline, classes in sklearn_models():
        if classes == "mixed":
            if pd is not None:
                check_mixed(pd, name, pipeline, x, random, convert_sklearn, FloatTensorType, StringTensorType)
            continue
        pipeline.fit(x, target(random, x, classes))
        for zip_map in (True, False) if classes else (None,):
            options = None if zip_map is None else {id(pipeline): {"zipmap": zip_map}}
            model = convert_sklearn(pipeline, initial_types=[("X", FloatTensorType([None, 4]))], options=options)
            data = model.SerializeToString()
            compare(f"sklearn: {name}, zipmap={zip_map}", data, {"X": x}, rows, names)
            compare(f"sklearn: {name}, named columns", data, {"X": x[:, ::-1].copy()}, rows, names, names[::-1])


def check_mixed(pd, name, pipeline, x, random, convert_sklearn, float_type, string_type):
    words = random.choice(["red", "green", "blue", ""], size=len(x))
    frame = pd.DataFrame({"a": x[:, 0], "b": x[:, 1], "w": words})
    frame.loc[::7, "a"] = np.nan
    pipeline.fit(frame, (x[:, 0] + (words == "red") > 0.3).astype(int))
    types = [("a", float_type([None, 1])), ("b", float_type([None, 1])), ("w", string_type([None, 1]))]
    model = convert_sklearn(pipeline, initial_types=types).SerializeToString()
    feeds = {k: frame[[k]].to_numpy(dtype=np.float32) for k in ("a", "b")}
    feeds["w"] = frame[["w"]].to_numpy(dtype=object).copy()
    feeds["w"][3] = "never seen"
    rows = [["" if np.isnan(a) else repr(float(a)), repr(float(b)), w[0]]
            for a, b, w in zip(feeds["a"][:, 0], feeds["b"][:, 0], feeds["w"])]
    compare(f"sklearn: {name}", model, feeds, rows, ["a", "b", "w"])


# Single nodes of ai.onnx.ml.

def one_node(op, width, outputs, element=TensorProto.FLOAT, **attributes):
    node = helper.make_node(op, ["X"], [name for name, _, _ in outputs], domain="ai.onnx.ml", **attributes)
    graph = helper.make_graph([node], "g", [helper.make_tensor_value_info("X", element, [None, width])],
                              [helper.make_tensor_value_info(*output) for output in outputs])
    opsets = [helper.make_opsetid("", 17), helper.make_opsetid("ai.onnx.ml", 3)]
    return helper.make_model(graph, opset_imports=opsets, ir_version=8).SerializeToString()


def rows_of(x):
    return [["" if np.isnan(v) else repr(float(v)) for v in row] for row in x]


def compare_node(name, model, x, label_rule=None):
    names = [f"c{i}" for i in range(x.shape[1])]
    compare(name, model, {"X": x}, rows_of(x), names, label_rule=label_rule)


def make_forest(random, trees, mode, features, targets, weight, real=np.float32):
    """Attributes of random trees of depth 2, thresholds drawn from a coarse grid so that rows hit them exactly."""
    keys = ("treeids", "nodeids", "featureids", "values", "modes", "truenodeids", "falsenodeids",
            "missing_value_tracks_true")
    nodes = {key: [] for key in keys}
    leaves = {key: [] for key in ("treeids", "nodeids", "ids", "weights")}
    for tree in range(trees):
        for node in range(7):
            is_leaf = node >= 3
            values = (tree, node, 0 if is_leaf else int(random.integers(features)),
                      0.0 if is_leaf else float(real(random.integers(-4, 5) * 0.1)), "LEAF" if is_leaf else mode,
                      0 if is_leaf else 2 * node + 1, 0 if is_leaf else 2 * node + 2, int(random.integers(2)))
            for key, value in zip(keys, values):
                nodes[key].append(value)
            for leaf_target in targets if is_leaf else ():
                for key, value in zip(leaves, (tree, node, leaf_target, float(np.float32(weight())))):
                    leaves[key].append(value)
    return nodes, leaves


def tree_attributes(nodes, leaves, prefix, as_double=False):
    attributes = {f"nodes_{key}": value for key, value in nodes.items()}
    attributes.update({f"{prefix}_{key}": value for key, value in leaves.items()})
    if as_double:
        for name in ("nodes_values", f"{prefix}_weights"):
            values = attributes.pop(name)
            attributes[f"{name}_as_tensor"] = helper.make_tensor(name, TensorProto.DOUBLE, [len(values)], values)
    return attributes


def grid(random, rows, features, real):
    x = (random.integers(-5, 6, size=(rows, features)) * 0.1).astype(real)
    x[random.random(x.shape) < 0.1] = np.nan
    return x


def check_regression_trees():
    random = np.random.default_rng(11)
    score = [("Y", TensorProto.FLOAT, [None, 1])]
    for mode in ("BRANCH_LEQ", "BRANCH_LT", "BRANCH_GTE", "BRANCH_GT", "BRANCH_EQ", "BRANCH_NEQ"):
        for real, element in ((np.float32, TensorProto.FLOAT), (np.float64, TensorProto.DOUBLE)):
            forest = make_forest(random, 5, mode, 3, [0], random.normal, real)
            model = one_node("TreeEnsembleRegressor", 3, score, element, n_targets=1,
                             **tree_attributes(*forest, "target", real is np.float64))
            compare_node(f"trees: {mode} {real.__name__}", model, grid(random, 100, 3, real))
    for aggregate in ("SUM", "AVERAGE", "MIN", "MAX"):
        forest = make_forest(random, 5, "BRANCH_LEQ", 3, [0], random.normal)
        model = one_node("TreeEnsembleRegressor", 3, score, n_targets=1, aggregate_function=aggregate,
                         base_values=[0.25], **tree_attributes(*forest, "target"))
        compare_node(f"trees: {aggregate} with a base value", model, grid(random, 60, 3, np.float32))


def check_classification_trees():
    random = np.random.default_rng(13)
    for classes, targets, positive, base, post in itertools.product(
            (2, 3), ("one", "all"), (True, False), ("none", "all"), ("NONE", "LOGISTIC", "SOFTMAX", "SOFTMAX_ZERO")):
        if classes == 3 and targets == "one":
            continue
        if classes == 2 and targets == "all" and base == "all":
            continue  # onnxruntime drops one of the two base values here; the specification adds both
        weight = (lambda: random.random() / 4) if positive else random.normal
        forest = make_forest(random, 4, "BRANCH_LEQ", 3, [0] if targets == "one" else range(classes), weight)
        attributes = tree_attributes(*forest, "class")
        if base == "all":
            attributes["base_values"] = [0.1] if targets == "one" else [0.1, 0.2, 0.3][:classes]
        outputs = [("L", TensorProto.STRING, [None]), ("P", TensorProto.FLOAT, [None, classes])]
        model = one_node("TreeEnsembleClassifier", 3, outputs, classlabels_strings=["x", "y", "z"][:classes],
                         post_transform=post, **attributes)
        name = f"trees: {classes} classes, weights for {targets}, positive={positive}, base={base}, {post}"
        # Of two scores onnxruntime looks at the sign of the second only; the specification wants the top class.
        top = (lambda scores: ["xy"[i] for i in scores.argmax(axis=1)]) if classes == 2 and targets == "all" else None
        compare_node(name, model, grid(random, 60, 3, np.float32), top)


def check_linear_nodes():
    random = np.random.default_rng(17)
    x = random.normal(size=(50, 3)).astype(np.float32)
    for classes, post in itertools.product((1, 2, 3), ("NONE", "LOGISTIC", "SOFTMAX")):
        if classes == 1 and post == "SOFTMAX":
            continue  # one score has no softmax
        labels = max(classes, 2)
        outputs = [("L", TensorProto.INT64, [None]), ("P", TensorProto.FLOAT, [None, labels])]
        model = one_node("LinearClassifier", 3, outputs, classlabels_ints=[10, 20, 30][:labels], post_transform=post,
                         coefficients=[float(v) for v in random.normal(size=classes * 3)],
                         intercepts=[float(v) for v in random.normal(size=classes)])
        compare_node(f"linear: {classes} rows of coefficients, {post}", model, x)
    for norm in ("MAX", "L1", "L2"):
        model = one_node("Normalizer", 3, [("Y", TensorProto.FLOAT, [None, 3])], norm=norm)
        compare_node_matrix(f"normalizer: {norm}", model, x)


def compare_node_matrix(name, model, x):
    """A node that gives several numbers: one model for each, by ArrayFeatureExtractor, since a score is one column."""
    proto = onnx.load_from_string(model)
    for column in range(x.shape[1]):
        single = onnx.ModelProto()
        single.CopyFrom(proto)
        single.graph.initializer.append(helper.make_tensor("i", TensorProto.INT64, [1], [column]))
        single.graph.node.append(helper.make_node("ArrayFeatureExtractor", ["Y", "i"], ["Z"], domain="ai.onnx.ml"))
        single.graph.output[0].CopyFrom(helper.make_tensor_value_info("Z", TensorProto.FLOAT, [None, 1]))
        compare_node(f"{name}, column {column}", single.SerializeToString(), x)


def main():
    warnings.simplefilter("ignore")
    check_own_models()
    if passed < 8:
        failures.append("own models")
        print("FAILED training our own models")
    check_regression_trees()
    check_classification_trees()
    check_linear_nodes()
    try:
        import skl2onnx  # noqa: F401
    except ImportError as error:
        print(f"skipped: pipelines of scikit-learn ({error})")
    else:
        check_sklearn()
    print(f"{passed} models scored alike by both, {len(failures)} not")
    sys.exit(1 if failures else 0)


main()
