"""The training step of ClipStepBenchmark.cs in PyTorch: clip_step.py IDS SIZE PATCH WORDS longest|77 BATCH STEPS THREADS wall|processor.

IDS is a file with a line of token ids for each caption, taken batch after batch and padded to the longest of the batch, or to the whole context.
The model is that of clip_parity.py. A line on standard input starts a round; it is answered by milliseconds a step.
"""

import os
import sys
import time

import torch

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../../Contrastive.Tests/Training/Fixtures"))
import clip_parity  # noqa: E402

path, image, patch, words, pad, size, steps, threads, clock = sys.argv[1:]
image, patch, words, size, steps = int(image), int(patch), int(words), int(size), int(steps)
torch.set_num_threads(int(threads))
torch.manual_seed(1)
clip_parity.IMAGE, clip_parity.PATCH, clip_parity.PATCHES = image, patch, (image // patch) ** 2
clip_parity.WIDTH, clip_parity.LAYERS, clip_parity.HEADS, clip_parity.INNER, clip_parity.JOINT = 128, 4, 4, 512, 128
clip_parity.TOKENS, clip_parity.CONTEXT = words, 77
clip_parity.TEXT_WIDTH, clip_parity.TEXT_HEADS, clip_parity.TEXT_INNER = 128, 4, 512
model = clip_parity.Model("clip", 0)
update = torch.optim.AdamW(model.parameters(), lr=1e-4)
images = torch.randint(0, 256, (size * steps, 3, image, image), dtype=torch.uint8)
mean, std = torch.tensor([0.48145466, 0.4578275, 0.40821073]), torch.tensor([0.26862954, 0.26130258, 0.27577711])
with open(path) as file:
    captions = [[int(word) for word in line.split()] for line in file]


def step(number):
    rows = slice(number * size, (number + 1) * size)
    pixels = images[rows].float() / 255
    pixels = (pixels - mean[:, None, None]) / std[:, None, None]
    length = max(map(len, captions[rows])) if pad == "longest" else 77
    ids = torch.tensor([caption + [0] * (length - len(caption)) for caption in captions[rows]])
    loss = model(pixels, ids)
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
