"""The training steps of TextStepBenchmark.cs in PyTorch: text_step.py IDS mlm|simcse WORDS BATCH STEPS THREADS wall|processor.

IDS is a file with a line of token ids for each sentence, taken batch after batch and padded to the longest of the batch. A line on standard
input starts a round; it is answered by milliseconds a step.
"""

import os
import sys
import time

import torch
import torch.nn.functional as F

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../../Contrastive.Tests/Training/Fixtures"))
import bert_parity  # noqa: E402

path, task, words, size, steps, threads, clock = sys.argv[1:]
words, size, steps = int(words), int(size), int(steps)
torch.set_num_threads(int(threads))
torch.manual_seed(1)
bert_parity.WORDS, bert_parity.WIDTH, bert_parity.LAYERS, bert_parity.HEADS = words, 256, 4, 4
bert_parity.INNER, bert_parity.POSITIONS = 1024, 128
bert = bert_parity.Bert(0.1)
network = bert_parity.Masked(bert) if task == "mlm" else bert
update = torch.optim.AdamW(bert_parity.groups(network), lr=1e-4)
with open(path) as file:
    sentences = [[int(word) for word in line.split()] for line in file]


def step(number):
    chosen = sentences[number * size: (number + 1) * size]
    length = max(map(len, chosen))
    ids = torch.tensor([sentence + [0] * (length - len(sentence)) for sentence in chosen])
    mask = (ids != 0).long()
    if task == "mlm":
        asked = ((torch.rand(ids.shape) < 0.15) & (mask == 1)).flatten().nonzero().squeeze(1)
        masked = ids.flatten().index_fill(0, asked, 103).view_as(ids)
        hidden = bert(masked, mask).flatten(0, 1).index_select(0, asked)
        loss = F.cross_entropy(network(hidden), ids.flatten().index_select(0, asked))
    else:
        hidden = bert(ids.repeat(2, 1), mask.repeat(2, 1))
        first, second = F.normalize(bert.pooler(hidden[:, 0]).tanh(), dim=1).chunk(2)
        loss = F.cross_entropy(first @ second.t() / 0.05, torch.arange(size))
    update.zero_grad(set_to_none=True)
    loss.backward()
    update.step()
    loss.item()


now = time.perf_counter if clock == "wall" else time.process_time
print("ready", flush=True)
for _ in sys.stdin:
    begin = now()
    for number in range(steps):
        step(number)
    print((now() - begin) * 1000 / steps, flush=True)
