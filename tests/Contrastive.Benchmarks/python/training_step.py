"""The training steps of OwnSteps.cs in PyTorch: training_step.py small|resnet18 contiguous|channels-last THREADS STEPS wall|processor.

A line on standard input starts a round; it is answered by milliseconds a step, of the clock or of the processor.
"""

import os
import sys
import time

import torch
import torch.nn as nn
import torch.nn.functional as F

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../../Contrastive.Tests/Training/Fixtures"))
from simclr_parity import Block, SmallResNet, convolution, groups, head  # noqa: E402


class ResNet18(nn.Module):
    """ResNet-18 with the CIFAR stem."""

    def __init__(self):
        super().__init__()
        self.conv1, self.bn1 = convolution(3, 64, 3), nn.BatchNorm2d(64)
        widths = [64, 64, 128, 256, 512]
        self.layers = nn.Sequential(*[
            nn.Sequential(Block(widths[i], widths[i + 1], 1 if i == 0 else 2), Block(widths[i + 1], widths[i + 1], 1)) for i in range(4)])

    def forward(self, x):
        return self.layers(F.relu(self.bn1(self.conv1(x)))).mean((2, 3))


def nt_xent(first, second, temperature=0.5):
    z = F.normalize(torch.cat([first, second]), dim=1)
    logits = (z @ z.t() / temperature).fill_diagonal_(float("-inf"))
    n = len(first)
    return F.cross_entropy(logits, torch.cat([torch.arange(n, 2 * n), torch.arange(n)]))


class Step:
    def __init__(self, model, layout):
        torch.manual_seed(1)
        self.memory = torch.channels_last if layout == "channels-last" else torch.contiguous_format
        if model == "small":
            pairs, self.network = 128, nn.Sequential(SmallResNet(32), head(128, 64))
            self.update = torch.optim.AdamW(groups(self.network, 1e-4), lr=2e-3)
        else:
            pairs, self.network = 16, nn.Sequential(ResNet18(), head(512, 128))
            self.update = torch.optim.SGD(groups(self.network, 5e-4), lr=0.06, momentum=0.9)
        self.network.to(memory_format=self.memory)
        self.views = torch.rand(2 * pairs, 3, 32, 32)

    def run(self):
        loss = nt_xent(*self.network(self.views.contiguous(memory_format=self.memory)).chunk(2))
        self.update.zero_grad(set_to_none=True)
        loss.backward()
        self.update.step()
        loss.item()


if __name__ == "__main__":
    torch.set_num_threads(int(sys.argv[3]))
    step, count = Step(sys.argv[1], sys.argv[2]), int(sys.argv[4])
    clock = time.perf_counter if sys.argv[5] == "wall" else time.process_time
    print("ready", flush=True)
    for _ in sys.stdin:
        begin = clock()
        for _ in range(count):
            step.run()
        print((clock() - begin) * 1000 / count, flush=True)
