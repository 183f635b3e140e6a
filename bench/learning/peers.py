"""Clusterings and matrix profiles of other packages.

usage: peers.py hdbscan ALGORITHM FILE COLUMNS | peers.py stumpy FILE LENGTH -> prints {"seconds": …, "result": …}
FILE holds float64 values. The result is what is compared: clusters and noise points, or the sum of the profile.
"""
import json
import sys
import time
import warnings

import numpy as np

warnings.filterwarnings("ignore")


def with_hdbscan(algorithm, path, columns):
    import hdbscan

    points = np.fromfile(path, dtype=np.float64).reshape(-1, int(columns))
    model = hdbscan.HDBSCAN(min_cluster_size=12, min_samples=4, cluster_selection_method="leaf", algorithm=algorithm)
    start = time.perf_counter()
    labels = model.fit(points).labels_
    seconds = time.perf_counter() - start
    return seconds, f"{labels.max() + 1} clusters, {(labels < 0).sum()} noise"


def with_stumpy(path, length):
    import stumpy

    series = np.fromfile(path, dtype=np.float64)
    stumpy.stump(series[:500], int(length))  # compiles
    start = time.perf_counter()
    profile = stumpy.stump(series, int(length))[:, 0].astype(float)
    return time.perf_counter() - start, f"sum {profile.sum():.6f}"


seconds, result = {"hdbscan": with_hdbscan, "stumpy": with_stumpy}[sys.argv[1]](*sys.argv[2:])
print(json.dumps({"seconds": seconds, "result": result}))
