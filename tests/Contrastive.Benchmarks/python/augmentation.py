"""torchvision's per-image pipeline, as it is commonly used in a data loader's worker: the peer of AugmentationBenchmark.cs.

usage: augmentation.py IMAGES cifar|imagenet pil|tensor THREADS     (IMAGES: uint8 [N, 3, 32, 32], raw)
"""
import sys
import time

import torch
from torchvision import transforms
from torchvision.transforms.functional import to_pil_image

path, preset, kind, threads = sys.argv[1:]
torch.set_num_threads(int(threads))
torch.manual_seed(0)
with open(path, "rb") as file:
    images = torch.frombuffer(bytearray(file.read()), dtype=torch.uint8).view(-1, 3, 32, 32)
if kind == "pil":
    images = [to_pil_image(image) for image in images]

s = 0.5 if preset == "cifar" else 1.0
steps = [
    transforms.RandomResizedCrop(32) if kind == "pil" else transforms.RandomResizedCrop(32, antialias=True),
    transforms.RandomHorizontalFlip(),
    transforms.RandomApply([transforms.ColorJitter(0.8 * s, 0.8 * s, 0.8 * s, 0.2 * s)], p=0.8),
    transforms.RandomGrayscale(p=0.2),
]
if preset == "imagenet":
    steps.append(transforms.RandomApply([transforms.GaussianBlur(3, (0.1, 2.0))], p=0.5))
steps.append(transforms.ToTensor() if kind == "pil" else transforms.ConvertImageDtype(torch.float32))
pipeline = transforms.Compose(steps)


def two_views():
    return torch.stack([pipeline(image) for image in images]), torch.stack([pipeline(image) for image in images])


two_views()
print("ready", flush=True)
for _ in sys.stdin:
    start = time.perf_counter()
    two_views()
    print((time.perf_counter() - start) * 1000, flush=True)
