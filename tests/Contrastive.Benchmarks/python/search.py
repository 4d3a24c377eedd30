"""Searches by faiss's IndexFlatIP: the peer of SearchBenchmark.cs.

usage: search.py FOLDER THREADS

FOLDER holds items.npy and queries.npy. A line on standard input, the number of results for each query, starts a round; it is answered by its
milliseconds, and the indices found are written to theirs.bin, int64.
"""

import os
import sys
import time

import faiss
import numpy

folder, threads = sys.argv[1:]
faiss.omp_set_num_threads(int(threads))
items = numpy.load(os.path.join(folder, "items.npy"))
queries = numpy.load(os.path.join(folder, "queries.npy"))
index = faiss.IndexFlatIP(items.shape[1])
index.add(items)
del items
print("ready", flush=True)
for line in sys.stdin:
    begin = time.perf_counter()
    _, found = index.search(queries, int(line))
    elapsed = (time.perf_counter() - begin) * 1000
    with open(os.path.join(folder, "theirs.bin"), "wb") as file:
        file.write(found.tobytes())
    print(elapsed, flush=True)
