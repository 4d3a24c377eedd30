"""Encodes sentences with a small BERT in PyTorch: the peer of EncodingBenchmark.cs.

usage: encoding.py FOLDER WORDS given|sorted BATCH THREADS wall|processor

FOLDER holds weights.bin (float32, parameter by parameter) and ids.txt (a line of token ids for each sentence). Batches are taken in the given
order, or by length, and padded to their longest sentence. A line on standard input starts a round; it is answered by its milliseconds, and
the embeddings (the first token's last hidden state) are written to embeddings.bin, in the order of the sentences.
"""

import os
import sys
import time

import torch

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../../Contrastive.Tests/Training/Fixtures"))
import bert_parity  # noqa: E402

folder, words, order, batch, threads, clock = sys.argv[1:]
torch.set_num_threads(int(threads))
bert_parity.WORDS, bert_parity.WIDTH, bert_parity.LAYERS, bert_parity.HEADS = int(words), 256, 4, 4
bert_parity.INNER, bert_parity.POSITIONS = 1024, 128
model = bert_parity.Bert(0)
with open(os.path.join(folder, "weights.bin"), "rb") as file:
    weights = torch.frombuffer(bytearray(file.read()), dtype=torch.float32)
with torch.no_grad():
    for parameter in model.parameters():
        parameter.copy_(weights[: parameter.numel()].view_as(parameter))
        weights = weights[parameter.numel():]
assert len(weights) == 0
with open(os.path.join(folder, "ids.txt")) as file:
    sentences = [[int(word) for word in line.split()] for line in file]


def encode():
    places = list(range(len(sentences)))
    if order == "sorted":
        places.sort(key=lambda place: -len(sentences[place]))
    embeddings = torch.empty(len(sentences), 256)
    for start in range(0, len(places), int(batch)):
        chosen = places[start: start + int(batch)]
        length = max(len(sentences[place]) for place in chosen)
        ids = torch.tensor([sentences[place] + [0] * (length - len(sentences[place])) for place in chosen])
        embeddings[torch.tensor(chosen)] = model(ids, (ids != 0).long())[:, 0]
    return embeddings


now = time.perf_counter if clock == "wall" else time.process_time
with torch.inference_mode():
    print("ready", flush=True)
    for _ in sys.stdin:
        begin = now()
        result = encode()
        elapsed = (now() - begin) * 1000
        with open(os.path.join(folder, "embeddings.bin"), "wb") as file:
            file.write(result.numpy().tobytes())
        print(elapsed, flush=True)
