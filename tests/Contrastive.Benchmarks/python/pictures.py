"""Decoding and scaling as torchvision's Resize and CenterCrop do it on PIL images: the peer of PictureBenchmark.cs.

usage: pictures.py FOLDER SIDE THREADS plain|draft wall|processor     (draft: JPEGs are decoded at a smaller scale where that suffices)
"""
import os
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import numpy
from PIL import Image

folder, side, threads, kind = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), sys.argv[4]
clock = time.perf_counter if sys.argv[5] == "wall" else time.process_time
paths = sorted(
    os.path.join(root, name) for root, _, names in os.walk(folder) for name in names if name.lower().endswith((".jpg", ".jpeg", ".png")))


def load(path):
    with open(path, "rb") as file:
        image = Image.open(file)
        if kind == "draft":
            image.draft("RGB", (side, side))
        image = image.convert("RGB")
    width, height = image.size
    scale = side / min(width, height)
    image = image.resize((max(side, round(width * scale)), max(side, round(height * scale))), Image.BILINEAR)
    left, top = (image.width - side) // 2, (image.height - side) // 2
    return numpy.asarray(image.crop((left, top, left + side, top + side))).transpose(2, 0, 1)


def load_all(pool):
    return numpy.stack(list(pool.map(load, paths, chunksize=16)))


with ThreadPoolExecutor(threads) as pool:
    load_all(pool)
    print("ready", flush=True)
    for _ in sys.stdin:
        start = clock()
        load_all(pool)
        print((clock() - start) * 1000, flush=True)
